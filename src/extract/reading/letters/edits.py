"""Replacements in a text, and where its offsets are afterwards."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


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


class Moves:
    """Where offsets are after edits; one inside a replaced stretch moves to its end.

    Args:
        edits: In text order, without overlaps.

    >>> [Moves([Edit(1, 6, "&")])(offset) for offset in (1, 3, 6, 7)]
    [1, 2, 2, 3]
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        lengths = (len(edit.new) - (edit.end - edit.start) for edit in edits)
        self._shifts = list(accumulate(lengths, initial=0))

    def __call__(self, offset: int) -> int:
        """Return where an offset is after the edits."""
        number = bisect_left(self._edits, offset, key=lambda edit: edit.start)
        if number and offset < self._edits[number - 1].end:
            edit = self._edits[number - 1]
            return edit.start + self._shifts[number - 1] + len(edit.new)
        return offset + self._shifts[number]
