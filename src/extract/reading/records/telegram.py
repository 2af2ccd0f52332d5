"""Messages of a Telegram Desktop export (`result.json`), or of Telethon's -> the values of a record."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeGuard

from extract.reading.problems import Problem

_KINDS = frozenset({"message", "service"})
# In a channel all messages are from the channel; in a group each has its author.
_CHANNEL = "channel"


# What Telethon (`message.to_dict()`) calls them.
_TELETHON_KINDS = {"Message": "message", "MessageService": "service"}


def as_exported(value: object) -> object:
    """Return a message of Telethon in the form of a Telegram Desktop export; any other value as it is.

    The number of a message is its own in its chat only, so the number of the chat is part of the id.
    """
    if not isinstance(value, dict) or value.get("_") not in _TELETHON_KINDS:
        return value
    peer, origin = value.get("peer_id"), value.get("fwd_from")
    if not isinstance(peer, dict) or not {"id", "date"} <= value.keys():
        return value
    chat = next((number for name, number in peer.items() if name.endswith("_id")), None)
    message = {name: value[name] for name in ("id", "date")} | {
        "type": _TELETHON_KINDS[value["_"]],
        "text": value.get("message") or "",
        "from_id": chat,
        "author": value.get("post_author"),
        "edited": None if value.get("edit_hide") else value.get("edit_date"),
    }
    return message | ({"forwarded_from": origin.get("from_name")} if isinstance(origin, dict) else {})


def is_message(value: object) -> TypeGuard[Mapping[str, object]]:
    """Return whether a value is a message of an export."""
    return isinstance(value, dict) and value.get("type") in _KINDS and {"id", "date", "text"} <= value.keys()


def why_skipped(message: Mapping[str, object]) -> str | None:
    """Return what a message is that is no article, in the plural."""
    if message.get("type") == "service":
        return "service messages"
    return None if _text(message).strip() else "messages without text"


def values_of_message(message: Mapping[str, object], chat: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of a message by the names that all records use."""
    is_channel = _CHANNEL in str(chat.get("type") or "") or message.get("from") == chat.get("name")
    chat_id = chat.get("id") or chat.get("name") or message.get("from_id") or message.get("from")
    return {
        "id": f"{chat_id}/{message['id']}",
        "text": _text(message),
        "published": message.get("date_unixtime") or message.get("date"),
        "outlet": chat.get("name") or message.get("from"),
        "author": message.get("author") if is_channel else message.get("from"),
    }


def problems_of_message(message: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return what a reader of a message must know: it was forwarded, or edited."""
    return tuple(_problems(message))


def _problems(message: Mapping[str, object]) -> Iterator[Problem]:
    origin = message.get("forwarded_from")
    if "forwarded_from" in message:
        name = f"{origin!r}" if origin else "an account that is gone"
        text = f"The message was forwarded from {name}: the words are not the channel's own."
        yield Problem("info", "forwarded", text, "Read it as a quotation of that source.")
    edited = _day(message.get("edited_unixtime"))
    if edited or message.get("edited"):
        text = (
            f"The message was edited on {edited or message['edited']}; its date is that of the first version."
        )
        yield Problem("info", "edited", text, "Nothing needs to be done.")


def skipped_note(skipped: Counter[str]) -> Iterator[Problem]:
    """Yield what is to be told about the messages that are no articles."""
    if skipped:
        counts = ", ".join(f"{what}: {count:,}" for what, count in sorted(skipped.items()))
        yield Problem("info", "skipped_messages", f"Left out are {counts}.", "Nothing needs to be done.")


def _text(message: Mapping[str, object]) -> str:
    """Return the text, whose formatted pieces are objects."""
    text = message.get("text")
    pieces = text if isinstance(text, list) else [text]
    return "".join(
        str(piece.get("text") or "") if isinstance(piece, dict) else str(piece or "") for piece in pieces
    )


def _day(seconds: object) -> str | None:
    try:
        return datetime.fromtimestamp(int(str(seconds)), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return None
