"""Replacements in a text, and where its offsets are afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text and what replaces it."""

    start: int
    end: int
    new: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with replacements, which are in text order and do not overlap.

    >>> apply_edits("a&amp;b", [Edit(1, 6, "&")])
    'a&b'
    """
    parts, end = [], 0
    for edit in edits:
        parts += [text[end : edit.start], edit.new]
        end = edit.end
    return "".join([*parts, text[end:]])


def moved(offset: int, edits: Sequence[Edit]) -> int:
    """Return where an offset is after the edits; one inside a replaced stretch moves to its end.

    >>> moved(6, [Edit(1, 6, "&")]), moved(3, [Edit(1, 6, "&")]), moved(1, [Edit(1, 6, "&")])
    (2, 2, 1)
    """
    shift = 0
    for edit in edits:
        if offset <= edit.start:
            break
        if offset < edit.end:
            return edit.start + shift + len(edit.new)
        shift += len(edit.new) - (edit.end - edit.start)
    return offset + shift
