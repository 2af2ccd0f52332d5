"""Words and marks of a text, for formats of words: borders of marks are borders of words."""

import re
from collections.abc import Iterable

# Letters and digits with their combining marks and joiners, or one other character.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff"
_JOINED = "\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_WORD = re.compile(rf"(?:[^\W{_MARKS}{_JOINED}][{_MARKS}{_JOINED}]*)+|\S[{_MARKS}{_JOINED}]*")


def tokens(text: str, borders: Iterable[int]) -> list[tuple[int, int]]:
    """Return the places of the words of a text.

    Args:
        text: Any text.
        borders: Offsets at which a word ends and another one begins.

    >>> tokens("Anti-Iran, 2021", [7])
    [(0, 4), (4, 5), (5, 7), (7, 9), (9, 10), (11, 15)]
    """
    cuts = sorted(set(borders))
    found: list[tuple[int, int]] = []
    at = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        while at < len(cuts) and cuts[at] < end:
            found.append((start, cuts[at]))
            start = cuts[at]
            at += 1
        found.append((start, end))
    return found
