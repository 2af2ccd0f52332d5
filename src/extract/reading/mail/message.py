"""A mail as it was sent -> its head, its text and what is attached to it."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from pathlib import PureWindowsPath
from typing import NamedTuple

from extract.errors import ReadError
from extract.reading.letters.decoding import decode
from extract.reading.mail.text import MailHead
from extract.reading.markup import visible_text
from extract.reading.problems import Problem

_LONGEST_HEADER = 2_000
_SAVE = "Save the mail as .eml, or its text as .txt."
_MOST_PARTS = 1_000
# A plain text much shorter than the page beside it only says that the mail cannot be shown.
_SHORT = 200
_NO_ID = re.compile(r"[^\w.@+=$-]+")
_LONGEST_ID = 200
_BLANKS = re.compile(r"[ \t\r\f\v\xa0\u200c]+")
_BULK_HEADERS = ("List-Unsubscribe", "List-Id", "List-Post")


class Attachment(NamedTuple):
    """A file that a mail brings."""

    name: str
    content: bytes


class Mail(NamedTuple):
    """A mail.

    Attributes:
        text: Its plain text, else that of its page; "" if it has none.
        kinds: The types of its parts, for messages.
        problems: What was guessed.
    """

    head: MailHead
    id: str
    text: str
    attachments: tuple[Attachment, ...]
    kinds: tuple[str, ...]
    problems: tuple[Problem, ...]


def parse_mail(data: bytes) -> Mail:
    """Parse a mail.

    Raises:
        ReadError: It has no head, or its parts are nested too deeply.
    """
    try:
        # The older policy: that of today parses the heads of damaged mails with errors of many kinds.
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = list(_parts(message))
    except RecursionError:
        raise ReadError("The parts of the mail are nested too deeply.", advice=_SAVE) from None
    subject, sender, date = (_header(message, name) for name in ("Subject", "From", "Date"))
    if not (subject or sender):
        raise ReadError(
            "It has neither sender nor subject: it is no mail.", advice="Save the mail as a file."
        )
    text, problem = _text(parts)
    return Mail(
        head=MailHead(subject, sender, date, is_bulk=any(name in message for name in _BULK_HEADERS)),
        id=_NO_ID.sub("", _header(message, "Message-ID"))[:_LONGEST_ID],
        text=text,
        attachments=tuple(_attachments(parts)),
        kinds=tuple(sorted({part.get_content_type() for part in parts})),
        problems=(problem,) if problem else (),
    )


def _header(message: Message, name: str) -> str:
    """Return a field of the head, decoded; "" if there is none."""
    found = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
    raw = next(found, "")[:_LONGEST_HEADER]
    raw, _ = decode(raw.encode("utf-8", "surrogateescape"))
    return _plain(raw)


def _plain(raw: str) -> str:
    """Return a field without its encoded words: `=?UTF-8?Q?Caf=C3=A9?=`."""
    try:
        value = str(make_header(decode_header(raw)))
    except (ValueError, LookupError):
        value = raw
    return " ".join(value.split())


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something, not those that hold parts."""
    for index, part in enumerate(message.walk()):
        if index >= _MOST_PARTS:
            raise ReadError(f"The mail has more than {_MOST_PARTS:,} parts.", advice="Save its text.")
        if not part.is_multipart():
            yield part


def _text(parts: list[Message]) -> tuple[str, Problem | None]:
    """Return the plain text, or that of the page if the plain text is only a stub."""
    plain, problem = _first(parts, "text/plain")
    if len(plain) >= _SHORT:
        return plain, problem
    page, page_problem = _first(parts, "text/html")
    shown = _BLANKS.sub(" ", visible_text(page)).strip()
    return (shown, page_problem) if len(shown) > len(plain) * 2 else (plain, problem)


def _first(parts: list[Message], kind: str) -> tuple[str, Problem | None]:
    """Return the first part of a type that has text and is not attached."""
    for part in parts:
        if part.get_content_type() == kind and not _file_name(part):
            text, problem = _decoded(part)
            if text.strip():
                return text, problem
    return "", None


def _decoded(part: Message) -> tuple[str, Problem | None]:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset()
    try:
        if charset:
            return data.decode(charset).replace("\r\n", "\n"), None
    except (LookupError, ValueError):
        pass  # not what it says
    return decode(data)


def _file_name(part: Message) -> str:
    """Return the name of an attached file, "" of a part of the mail itself.

    Some programs write it in encoded words, as no standard allows.
    """
    name = str(part.get_filename() or "")
    if not name and part.get_content_disposition() != "attachment":
        return ""
    plain = _plain(name) if "=?" in name else name
    return PureWindowsPath(plain).name or "attachment"


def _attachments(parts: list[Message]) -> Iterator[Attachment]:
    for part in parts:
        name = _file_name(part)
        content = part.get_payload(decode=True) if name else None
        if isinstance(content, bytes):
            yield Attachment(name, content)
