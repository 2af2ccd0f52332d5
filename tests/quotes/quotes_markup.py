"""Compare the quotes of a marked example with those found in its text."""

from extract.model import Quote
from markup import Marked, parse_markup

Row = tuple[str, str, str | None, str | None]  # type, text, speaker, cue


def marked_rows(source: str) -> list[Row]:
    """Return what the tags say: `by` and `cue` are the ids of speaker and cue, `none` for none."""
    _, marked = parse_markup(source)
    return [
        (
            tag.attrs["type"],
            tag.text,
            _named(marked, "speaker", tag.attrs.get("by")),
            None if tag.attrs.get("by") == "none" else _named(marked, "cue", tag.attrs.get("cue")),
        )
        for tag in marked
        if tag.tag == "quote"
    ]


def found_rows(quotes: tuple[Quote, ...]) -> list[Row]:
    return [
        (
            quote.type,
            quote.text,
            quote.speaker.text if quote.speaker else None,
            quote.cue.text if quote.cue else None,
        )
        for quote in quotes
    ]


def _named(marked: list[Marked], tag: str, number: str | None) -> str | None:
    """Return the text of the speaker or cue with that id; of the only one where no id is given."""
    if number == "none":
        return None
    return next((m.text for m in marked if m.tag == tag and m.attrs.get("id") == number), None) or next(
        (m.text for m in marked if m.tag == tag), None
    )
