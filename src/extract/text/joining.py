"""A text as it is analysed: the lines of each paragraph joined, every position known in the text itself."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.text.line_breaks import LineBreak, ends_in_dash, ends_in_hyphen
from extract.text.line_words import LineWords, load_line_words
from extract.text.soft_breaks import find_soft_breaks

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_LAST_PART = re.compile(r"[\w'’]+$")
_FIRST_PART = re.compile(r"[\w'’]+")
_WORD = re.compile(r"[\w'’]+(?:[-\N{HYPHEN}][\w'’]+)*")
_BROKEN = re.compile(r"[\w'’-]+[-\N{HYPHEN}\N{SOFT HYPHEN}]\n[\s>]*[\w'’-]+")
_SHORTEST_PART = 4  # letters of the last part of a compound: `self-ish` is none


@dataclass(frozen=True, slots=True)
class JoinedText:
    """A text whose soft line breaks are replaced, with the position of every character in the original.

    Attributes:
        text: The joined text.
        starts: Where each piece of the original starts in `text`.
        originals: Where it starts in the original.
    """

    text: str
    starts: Sequence[int] = (0,)
    originals: Sequence[int] = (0,)

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing was joined."""
        return len(self.starts) == 1

    def original(self, offset: int) -> int:
        """Return the offset in the original of the character at an offset."""
        piece = bisect_right(self.starts, offset) - 1
        return self.originals[piece] + offset - self.starts[piece]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the original; the end of a span follows its last character."""
        first = self.original(start)
        return first, self.original(end - 1) + 1 if end > start else first

    def pieces(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return where the pieces inside a span start: in the span, and in the original."""
        first, last = bisect_right(self.starts, start), bisect_right(self.starts, end - 1)
        inside = zip(self.starts[first:last], self.originals[first:last], strict=True)
        return tuple((at - start, original) for at, original in inside)

    def joined(self, offset: int) -> int:
        """Return the offset of a character of the original; what was replaced is where its blank is."""
        piece = bisect_right(self.originals, offset) - 1
        found = self.starts[piece] + offset - self.originals[piece]
        return min(found, self.starts[piece + 1]) if piece + 1 < len(self.starts) else found

    def joined_span(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end of a span of the original."""
        first = self.joined(start)
        return first, self.joined(end - 1) + 1 if end > start else first


def join_lines(text: str, words: LineWords | None = None) -> JoinedText:
    r"""Join the lines of paragraphs that were wrapped at some width; all other line breaks stay.

    Args:
        text: Any text.
        words: From `load_line_words`; those of the project if None.

    >>> joined = join_lines("The delegates of both parties met on Sunday at the resi-\ndence of the host.")
    >>> joined.text
    'The delegates of both parties met on Sunday at the residence of the host.'
    >>> joined.original_span(*joined_span) if (joined_span := (51, 60)) else None
    (51, 62)
    """
    words = words or load_line_words()
    breaks = find_soft_breaks(text, words)
    if not breaks:
        return JoinedText(text)
    hyphens = Hyphens(text, words)
    pieces, starts, originals = [], [0], [0]
    for found in breaks:
        end, gap = _replacement(found, hyphens)
        pieces.append(text[originals[-1] : end] + gap)
        starts.append(starts[-1] + len(pieces[-1]))
        originals.append(found.below.start)
    pieces.append(text[originals[-1] :])
    return JoinedText("".join(pieces), starts, originals)


def _replacement(found: LineBreak, hyphens: "Hyphens") -> tuple[int, str]:
    """Return where the text above a break ends, and what replaces the break."""
    if ends_in_hyphen(found.above, found.below):
        return found.above.end - (not hyphens.is_kept(found)), ""
    return found.above.end, "" if ends_in_dash(found.above) else " "


@dataclass(frozen=True)
class Hyphens:
    """Tells the hyphens of words (`al-Sudani`) from those of line breaks (`resi-dence`).

    Attributes:
        text: The whole text: words that it has elsewhere tell how a broken one is written.
    """

    text: str
    words: LineWords

    @cached_property
    def _known(self) -> frozenset[str]:
        unbroken = _BROKEN.sub(" ", self.text)
        whole = {match[0].casefold() for match in _WORD.finditer(unbroken)}
        return frozenset(whole.union(*(word.split("-") for word in whole if "-" in word)))

    def is_kept(self, found: LineBreak) -> bool:
        """Return whether the hyphen at the end of a line belongs to the word."""
        before, after = _LAST_PART.search(found.above.text[:-1]), _FIRST_PART.match(found.below.text)
        if found.above.text[-1] == _SOFT_HYPHEN or before is None or after is None:
            return False
        first, last = before[0].casefold(), after[0].casefold()
        if first + last in self._known:
            return False
        if after[0][0].isupper() or after[0][0].isdigit() or first[-1].isdigit():
            return True
        if before[0].isupper() and len(first) > 1:  # `US-led`
            return True
        return f"{first}-{last}" in self._known or self._is_compound(before[0], first, last)

    def _is_compound(self, surface: str, first: str, last: str) -> bool:
        """Return whether two parts are words that a hyphen joins."""
        if first in self.words.hyphen_first and len(last) >= _SHORTEST_PART:
            return True
        if last in self.words.hyphen_last and (surface[0].isupper() or first in self._known):
            return True
        return first in self._known and last in self._known
