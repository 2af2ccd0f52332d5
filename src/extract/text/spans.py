"""Stretches of text, as pairs of offsets."""

from bisect import bisect_right
from collections.abc import Sequence


def overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether one of the spans, which are in text order, overlaps a stretch of text."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return first < len(spans) and spans[first][0] < end
