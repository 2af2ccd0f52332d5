"""Durations that say where they lie in time: `the past three weeks`, `the following two years`."""

import math

from extract.dates.timex.absolute import step_of
from extract.dates.timex.calendar import FINENESS, shift, whole_number
from extract.dates.timex.context import Base, Context
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


def _whole_units(unit: str, count: float | None) -> tuple[str, int | None]:
    """Return unit and number of a duration, with hours as whole days; None if the number is not whole."""
    if unit == _HOURS and count is not None:
        return "D", math.ceil(count / _HOURS_OF_DAY)
    return unit, whole_number(count)
