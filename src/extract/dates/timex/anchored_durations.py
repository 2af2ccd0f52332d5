"""Durations that say where they lie in time: `the past three weeks`, `the following two years`."""

import math

from extract.dates.timex.calendar import FINENESS, shift
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
    step = int(span.parts.get("step") or span.parts.get("anaphoric") or 0)
    if unit == _HOURS and count is not None:
        unit, count = "D", math.ceil(count / _HOURS_OF_DAY)
    if not step or unit not in FINENESS or count is None or count != int(count):
        return None
    if context.text.startswith(" of ", span.end):  # `the last two years of the war`
        return None
    base = context.mentioned("D", span.start) if "anaphoric" in span.parts else context.now("D")
    away = None if base is None else shift(base.day, unit, step * int(count))
    if base is None or away is None:
        return None
    return base, (min(base.day, away), max(base.day, away))
