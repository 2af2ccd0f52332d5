"""Quotation marks: text -> the regions between them.

Nothing here knows about language or speakers; one linear pass a paragraph, so an unbalanced mark can harm
no more than its paragraph.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Literal

from extract.text.doc_lines import find_paragraphs

MarkKind = Literal["double", "single"]

_OPENING, _CLOSING = "“„‟«", "”»"
_DOUBLE = re.compile(r"[\"“”„‟«»]|``|''")
_SINGLE = re.compile(r"['‘’‚‹›]")
# What may stand directly before an opening mark, and directly after a closing one.
_BEFORE_OPENING = frozenset("([{—–-/‘'“\"")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-…/’'”\"")
# Words that start with an apostrophe, and years: no opening single marks.
_APOSTROPHE_WORD = re.compile(r".(?:\d|(?:em|tis|twas|til|cause|round|bout)\b)", re.IGNORECASE)


class Role(Enum):
    """What a mark does, as far as its shape and its neighbours tell."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark of the text."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class MarkedRegion:
    """A stretch of text between quotation marks; regions come in text order and never overlap.

    Attributes:
        start: First character inside the marks, white space skipped.
        end: After the last character inside the marks, white space skipped.
        outer_start: Offset of the opening mark.
        outer_end: Offset after the closing mark; the end of the paragraph where there is none.
        kind: Double marks (straight, curly, guillemets) or single ones.
        closed: Whether its end is known: by a closing mark, or by the cue that follows it.
        group: Index of the first region of the utterance: a paragraph that leaves its quotation open goes on
            in the next one, if that opens with a mark.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: MarkKind
    closed: bool
    group: int = 0


def find_marked_regions(
    text: str, paragraphs: list[tuple[int, int]] | None = None
) -> tuple[MarkedRegion, ...]:
    """Find the quoted regions of a text.

    Args:
        text: The article's text.
        paragraphs: Offsets of its paragraphs, where they are known already.

    Returns:
        The outermost regions, in order. Nested quotations stay inside the outer one.
    """
    paragraphs = find_paragraphs(text) if paragraphs is None else paragraphs
    regions: list[MarkedRegion] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        reopened = following is not None and _opens_with_mark(text, *following)
        regions += _scan_paragraph(text, start, end, reopened=reopened)
    return _group(regions, text)


def _opens_with_mark(text: str, start: int, end: int) -> bool:
    match = _DOUBLE.match(text, _skip_space(text, start, end))
    return match is not None and _role(text, match.start(), match.end(), start, end) is not Role.CLOSES


def _scan_paragraph(text: str, start: int, end: int, *, reopened: bool) -> list[MarkedRegion]:
    marks = [
        Mark(match.start(), match.end(), _role(text, match.start(), match.end(), start, end))
        for match in _DOUBLE.finditer(text, start, end)
    ]
    doubles = _pair(marks, text, start, end, reopened=reopened)
    singles = _single_regions(text, start, end, doubles)
    return sorted([*doubles, *singles], key=lambda region: region.start) if singles else doubles


def _role(text: str, start: int, end: int, first: int, last: int) -> Role:
    """Judge a mark by its neighbours within the paragraph, then by its shape."""
    before = text[start - 1] if start > first else " "
    after = text[end] if end < last else " "
    opens = not after.isspace() and (before.isspace() or before in _BEFORE_OPENING)
    closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    if opens != closes:
        return Role.OPENS if opens else Role.CLOSES
    if text[start] in _OPENING or text[start] == "`":
        return Role.OPENS
    return Role.CLOSES if text[start] in _CLOSING else Role.EITHER


def _pair(marks: list[Mark], text: str, start: int, end: int, *, reopened: bool) -> list[MarkedRegion]:
    """Pair the marks of a paragraph, nested first; if that leaves one open, without nesting."""
    pairs, unclosed = _pair_nested(marks)
    if unclosed is not None and any(mark.role is Role.OPENS for mark in marks if mark.start > unclosed.start):
        whole = reopened and unclosed.start == _skip_space(text, start, end)
        if not whole:
            pairs, unclosed = _pair_flat(marks)
    regions = [
        _region(text, opening.start, closing.end, opening.end, closing.start) for opening, closing in pairs
    ]
    if unclosed is not None:
        regions.append(replace(_region(text, unclosed.start, end, unclosed.end, end), closed=False))
    return [region for region in regions if region.start < region.end]


def _pair_nested(marks: list[Mark]) -> tuple[list[tuple[Mark, Mark]], Mark | None]:
    """Pair outermost marks; an opening mark inside a quotation opens a nested one."""
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


def _pair_flat(marks: list[Mark]) -> tuple[list[tuple[Mark, Mark]], Mark | None]:
    """Pair each closing mark with the nearest opening one; an opening mark left alone is dropped."""
    pairs: list[tuple[Mark, Mark]] = []
    opening = None
    for mark in marks:
        if mark.role is Role.OPENS or (opening is None and mark.role is Role.EITHER):
            opening = mark
        elif opening is not None:
            pairs.append((opening, mark))
            opening = None
    return pairs, opening


def _single_regions(text: str, start: int, end: int, doubles: list[MarkedRegion]) -> list[MarkedRegion]:
    """Find regions between single marks outside the double ones, apostrophes passed over."""
    regions: list[MarkedRegion] = []
    opening: int | None = None
    possessive: int | None = None  # a mark after an s: closes only if nothing better comes
    for match in _SINGLE.finditer(text, start, end):
        position = match.start()
        role = _role(text, position, match.end(), start, end)
        if role is Role.OPENS and text[position] != "’" and not _APOSTROPHE_WORD.match(text, position):
            regions += _close_single(text, opening, possessive)
            opening, possessive = position, None
        elif role is Role.CLOSES and opening is not None and position > opening + 1:
            if text[position - 1] in "sS" and position + 1 < end:
                possessive = position
            else:
                regions += _close_single(text, opening, position)
                opening, possessive = None, None
    regions += _close_single(text, opening, possessive)
    return [region for region in regions if not _overlaps(region, doubles)]


def _close_single(text: str, opening: int | None, closing: int | None) -> list[MarkedRegion]:
    if opening is None or closing is None:
        return []
    region = _region(text, opening, closing + 1, opening + 1, closing)
    return [replace(region, kind="single")] if region.start < region.end else []


def _overlaps(region: MarkedRegion, others: list[MarkedRegion]) -> bool:
    """Return whether a region shares text with one of several that lie apart, in order."""
    number = bisect_left(others, region.outer_end, key=lambda other: other.outer_start) - 1
    return number >= 0 and others[number].outer_end > region.outer_start


def _region(text: str, outer_start: int, outer_end: int, start: int, end: int) -> MarkedRegion:
    start = _skip_space(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    return MarkedRegion(start, end, outer_start, outer_end, kind="double", closed=True)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _group(regions: list[MarkedRegion], text: str) -> tuple[MarkedRegion, ...]:
    """Give each region the index of the first one of its utterance."""
    grouped = [replace(region, group=index) for index, region in enumerate(regions)]
    for index, (earlier, later) in enumerate(pairwise(regions), start=1):
        reopens = not text[earlier.outer_end : later.outer_start].strip()
        if not earlier.closed and reopens and later.kind == earlier.kind:
            grouped[index] = replace(later, group=grouped[index - 1].group)
    return tuple(grouped)
