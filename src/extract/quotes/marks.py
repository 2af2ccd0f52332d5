"""Quotation marks: finds the regions of a text between them.

This looks at characters only, not at language or speakers, in one linear pass per paragraph, so an
unbalanced mark affects only its own paragraph.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Literal

from extract.text.paragraphs import find_paragraphs

MarkKind = Literal["double", "single"]

MARKED = re.compile(r"[“\"][^“”\"\n]*[”\"]")  # words in double marks, where a rough answer will do
_OPENING, _CLOSING = "“„‟«`", "”»"
_DOUBLE = re.compile(r"[\"“”„‟«»]|``|''")
_SINGLE = re.compile(r"['‘’‚‹›]")
# Characters that may directly precede an opening mark, and directly follow a closing one.
_BEFORE_OPENING = frozenset("([{—–-/‘'“\"")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-…/’'”\"")
_NEVER_OPENED = frozenset(",;:!?)]}")  # no quotation starts with one of these: `« Go » , he said`
_SENTENCE_ENDS = (".", "?", "!", "…")


class Role(Enum):
    """What a mark does, judging by its shape and its neighbours."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark of the text."""

    start: int
    end: int
    role: Role


Pairing = tuple[list[tuple[Mark, Mark]], Mark | None]  # pairs of marks, and the one left unclosed


@dataclass(frozen=True, slots=True)
class MarkedRegion:
    """A quoted region: the text between two quotation marks. Regions are in text order and never overlap.

    Attributes:
        start: Offset of the first character inside the marks, leading white space excluded.
        end: Offset after the last character inside the marks, trailing white space excluded.
        outer_start: Offset of the opening mark.
        outer_end: Offset after the closing mark; without one, the end of the paragraph.
        kind: Whether the marks are double (straight, curly, guillemets) or single.
        closed: Whether the end is known, from a closing mark or from the cue that follows.
        group: Index of the first region of the utterance. A quotation left open at the end of its paragraph
            continues in the next one if that opens with a mark; one left open at the end of a sentence
            continues at a mark that opens there.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: MarkKind
    closed: bool
    group: int = 0


def find_marked_regions(
    text: str, clipped: re.Pattern[str], paragraphs: list[tuple[int, int]] | None = None
) -> tuple[MarkedRegion, ...]:
    """Find the quoted regions of a text.

    Args:
        text: The article's text.
        clipped: Matches an apostrophe at the start of a word or year, which is not an opening mark (`'em`).
        paragraphs: Offsets of its paragraphs, if already known.

    Returns:
        The outermost regions, in order. A nested quotation is part of the outer one.
    """
    paragraphs = find_paragraphs(text) if paragraphs is None else paragraphs
    regions: list[MarkedRegion] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        reopened = following is not None and _opens_with_mark(text, *following)
        regions += _scan_paragraph(text, start, end, clipped, reopened=reopened)
    return _group(regions, text)


def _opens_with_mark(text: str, start: int, end: int) -> bool:
    match = _DOUBLE.match(text, skip_space(text, start, end))
    return match is not None and _role(text, match.start(), match.end(), start, end) is not Role.CLOSES


def _scan_paragraph(
    text: str, start: int, end: int, clipped: re.Pattern[str], *, reopened: bool
) -> list[MarkedRegion]:
    marks = [
        Mark(match.start(), match.end(), _role(text, match.start(), match.end(), start, end))
        for match in _DOUBLE.finditer(text, start, end)
    ]
    doubles = _double_regions(marks, text, start, end, reopened=reopened)
    singles = _single_regions(_single_marks(text, start, end, clipped), text, end, doubles)
    return sorted([*doubles, *singles], key=lambda region: region.start) if singles else doubles


def _role(text: str, start: int, end: int, first: int, last: int) -> Role:
    """Return a mark's role, judging by its neighbours within the paragraph, then by its shape.

    Args:
        text: The article's text.
        start: Offset of the mark.
        end: Offset after it.
        first: Offset of its paragraph.
        last: Offset after its paragraph.
    """
    before = text[start - 1] if start > first else " "
    after = text[end] if end < last else " "
    starts = not after.isspace() and after not in _NEVER_OPENED
    opens = starts and (before.isspace() or before in _BEFORE_OPENING)
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if opens != closes:
        return Role.OPENS if opens else Role.CLOSES
    return _role_by_shape(text[start])


def _role_by_shape(mark: str) -> Role:
    if mark in _OPENING:
        return Role.OPENS
    return Role.CLOSES if mark in _CLOSING else Role.EITHER


def _double_regions(
    marks: Sequence[Mark], text: str, start: int, end: int, *, reopened: bool
) -> list[MarkedRegion]:
    """Return the regions between the double marks of a paragraph; the last one may be unclosed."""
    opening_of_all = skip_space(text, start, end) if reopened else None
    pairs, unclosed = _pair(marks, text, opening_of_all)
    regions = [_region_between(text, opening, closing) for opening, closing in pairs]
    if unclosed is not None:
        regions.append(replace(_region(text, unclosed.start, end, unclosed.end, end), closed=False))
    return [region for region in regions if region.start < region.end]


def _region_between(text: str, opening: Mark, closing: Mark) -> MarkedRegion:
    """Return the region between two marks; a closing one without width says where the next mark opens."""
    region = _region(text, opening.start, closing.end, opening.end, closing.start)
    return replace(region, closed=closing.start < closing.end)


def _pair(marks: Sequence[Mark], text: str, opening_of_all: int | None) -> Pairing:
    """Pair marks as nested; without nesting if that leaves one open and others open after it.

    Args:
        marks: The marks of a paragraph.
        text: The article's text.
        opening_of_all: Offset where a quotation opens that fills the paragraph and the next one reopens:
            a mark there may stay open.
    """
    pairs, unclosed = _pair_nested(marks)
    if unclosed is None or unclosed.start == opening_of_all:
        return pairs, unclosed
    opened_later = any(mark.role is Role.OPENS for mark in marks if mark.start > unclosed.start)
    return _pair_flat(marks, text) if opened_later else (pairs, unclosed)


def _pair_nested(marks: Sequence[Mark]) -> Pairing:
    """Pair the outermost marks; an opening mark inside a quotation opens a nested one."""
    pairs: list[tuple[Mark, Mark]] = []
    opening, depth = None, 0
    for mark in marks:
        if opening is None:
            if mark.role is not Role.CLOSES:
                opening, depth = mark, 1
            continue
        depth += 1 if mark.role is Role.OPENS else -1
        if depth == 0:
            pairs.append((opening, mark))
            opening = None
    return pairs, opening


def _pair_flat(marks: Sequence[Mark], text: str) -> Pairing:
    """Pair each closing mark with the nearest opening one before it.

    An opening mark left over is dropped, unless the next one opens after the end of a sentence: paragraphs
    that each open with a mark were joined (`“It is late. “Nobody came.”`).
    """
    pairs: list[tuple[Mark, Mark]] = []
    opening = None
    for mark in marks:
        if mark.role is Role.OPENS or (opening is None and mark.role is Role.EITHER):
            if opening is not None and text[opening.end : mark.start].rstrip().endswith(_SENTENCE_ENDS):
                pairs.append((opening, Mark(mark.start, mark.start, Role.CLOSES)))
            opening = mark
        elif opening is not None:
            pairs.append((opening, mark))
            opening = None
    return pairs, opening


def _single_regions(
    marks: Iterator[tuple[int, Role]], text: str, end: int, doubles: list[MarkedRegion]
) -> list[MarkedRegion]:
    """Find the regions between single marks that overlap no region between double marks."""
    regions: list[MarkedRegion] = []
    opening: int | None = None
    possessive: int | None = None  # a mark after an s, which closes only if no other mark does
    for position, role in marks:
        if role is Role.OPENS:
            regions += _close_single(text, opening, possessive)
            opening, possessive = position, None
        elif opening is None or position <= opening + 1:
            continue
        elif text[position - 1] in "sS" and position + 1 < end:
            possessive = position
        else:
            regions += _close_single(text, opening, position)
            opening, possessive = None, None
    regions += _close_single(text, opening, possessive)
    return [region for region in regions if not _overlaps(region, doubles)]


def _single_marks(text: str, start: int, end: int, clipped: re.Pattern[str]) -> Iterator[tuple[int, Role]]:
    """Yield the offset and role of each single mark that opens or closes; apostrophes are skipped."""
    for match in _SINGLE.finditer(text, start, end):
        position = match.start()
        role = _role(text, position, match.end(), start, end)
        opens = role is Role.OPENS and text[position] != "’" and not clipped.match(text, position)
        if opens or role is Role.CLOSES:
            yield position, role


def _close_single(text: str, opening: int | None, closing: int | None) -> list[MarkedRegion]:
    if opening is None or closing is None:
        return []
    region = _region(text, opening, closing + 1, opening + 1, closing)
    return [replace(region, kind="single")] if region.start < region.end else []


def _overlaps(region: MarkedRegion, others: list[MarkedRegion]) -> bool:
    """Return whether a region overlaps one of several disjoint regions, which are in order."""
    number = bisect_left(others, region.outer_end, key=lambda other: other.outer_start) - 1
    return number >= 0 and others[number].outer_end > region.outer_start


def _region(text: str, outer_start: int, outer_end: int, start: int, end: int) -> MarkedRegion:
    start = skip_space(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    return MarkedRegion(start, end, outer_start, outer_end, kind="double", closed=True)


def skip_space(text: str, start: int, end: int) -> int:
    """Return the first offset that is not white space, or the end."""
    while start < end and text[start].isspace():
        start += 1
    return start


def _group(regions: list[MarkedRegion], text: str) -> tuple[MarkedRegion, ...]:
    """Set each region's group to the index of the first region of its utterance."""
    grouped = [replace(region, group=index) for index, region in enumerate(regions)]
    for index, (earlier, later) in enumerate(pairwise(regions), start=1):
        reopens = not text[earlier.outer_end : later.outer_start].strip()
        if not earlier.closed and reopens and later.kind == earlier.kind:
            grouped[index] = replace(later, group=grouped[index - 1].group)
    return tuple(grouped)
