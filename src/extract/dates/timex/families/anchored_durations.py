"""Durations that say where they lie in time: `the past three weeks`, `the following two years`."""

import math
from datetime import timedelta

from extract.dates.timex.calendar import FINENESS, day_or_none, shift, whole_number
from extract.dates.timex.context import Base, Context
from extract.dates.timex.families.absolute import step_of
from extract.dates.timex.ranges import Days
from extract.model import TimexSpan

_HOURS = "TH"
_HOURS_OF_DAY = 24


def anchor_duration(
    span: TimexSpan, context: Context, unit: str, count: float | None
) -> tuple[Base, Days] | None:
    """Return the day at which a duration ends or begins, and its first and last day; None if unknown.

    Args:
        span: The expression; its step says whether the duration lies before or after that day.
        context: Where the expression occurs.
        unit: Unit of the duration.
        count: Number of units, None if not stated.
    """
    step = step_of(span)
    unit, whole = _whole_units(unit, count)
    if not step or unit not in FINENESS or whole is None:
        return None
    if context.text.startswith(context.cues.part, span.end):  # `the last two years of the war`
        return None
    base = context.mentioned("D", span.start) if "anaphoric" in span.parts else context.now("D")
    away = None if base is None else shift(base.day, unit, step * whole)
    if base is None or away is None:
        return None
    return base, (min(base.day, away), max(base.day, away))


def place_in_year(
    span: TimexSpan, context: Context, unit: str, count: float | None
) -> tuple[Base | None, Days] | None:
    """Return the first and last day of `the first two months` of 2021 or of last year; None if unknown."""
    base = None if "whole_year" in span.parts else context.now("Y")
    if base is None and "whole_year" not in span.parts:
        return None
    stepped = 0 if base is None else base.day.year + int(span.parts["year_step"])
    year = int(span.parts.get("whole_year") or stepped)
    first, after = day_or_none(year, 1, 1), day_or_none(year + 1, 1, 1)
    whole = whole_number(count)
    if first is None or after is None or unit not in FINENESS or whole is None:
        return None
    if span.parts["extreme"] == "START":
        after = shift(first, unit, whole) or after
    else:
        first = shift(after, unit, -whole) or first
    return base, (first, after - timedelta(days=1))


def _whole_units(unit: str, count: float | None) -> tuple[str, int | None]:
    """Return unit and number of a duration, with hours as whole days; None if the number is not whole."""
    if unit == _HOURS and count is not None:
        return "D", math.ceil(count / _HOURS_OF_DAY)
    return unit, whole_number(count)
