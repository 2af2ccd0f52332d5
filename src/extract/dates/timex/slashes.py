"""Numbers with slashes in the order that the text proves: beside 28/7/2021, 3/8/2021 is in August."""

from collections.abc import Sequence
from dataclasses import replace

from extract.model import TimexSpan

_MONTHS = 12


def in_one_order(spans: Sequence[TimexSpan]) -> tuple[TimexSpan, ...]:
    """Return the expressions, those with slashes with the day second: first and second are month and day.

    They are swapped where another one of the text puts the day first and none puts the month first.
    """
    pairs = [(int(span.parts["first"]), int(span.parts["second"])) for span in spans if "first" in span.parts]
    is_day_first = any(first > _MONTHS for first, _ in pairs)
    if not is_day_first or any(second > _MONTHS for _, second in pairs):
        return tuple(spans)
    return tuple(_swapped(span) if "first" in span.parts else span for span in spans)


def _swapped(span: TimexSpan) -> TimexSpan:
    parts = span.parts
    return replace(span, parts={**parts, "first": parts["second"], "second": parts["first"]})
