"""Days some steps away: `the Friday before last`, `a week from Friday`, `the day before the vote`.

Each function reads one family of rules: span and context -> meaning.
"""

from extract.dates.timex.calendar import FINENESS, OPEN_VALUES, shift, whole_number
from extract.dates.timex.context import Base, Context, Meaning
from extract.dates.timex.families.durations import quantity_of
from extract.dates.timex.families.relative import days_to_weekday, period_from
from extract.model import TimexSpan

_WEEK = 7
_PART_OF_DAY = "T"


def beyond(span: TimexSpan, context: Context) -> Meaning | None:
    """`the Friday before last`, `the week before last`, `the Monday after next`."""
    steps = int(span.parts["beyond"])
    if "weekday" not in span.parts:
        unit = span.parts["period"]
        return period_from(unit, steps, context.now(unit))
    number, base = int(span.parts["weekday"]), context.now("D")
    nearest, weeks = (-1, steps + 1) if steps < 0 else (1, steps - 1)
    return _weekday(number, nearest, weeks, base)


def _weekday(number: int, step: int, weeks: int, base: Base | None) -> Meaning:
    """Return the weekday before (-1) or after (1) a day, some weeks away from it."""
    away = None if base is None else days_to_weekday(base.day, number, step) + _WEEK * weeks
    day = None if base is None or away is None else shift(base.day, "D", away)
    if day is None:
        return Meaning("DATE", f"XXXX-WXX-{number}")
    return Meaning("DATE", day.isoformat(), base=base)


def from_day(span: TimexSpan, context: Context) -> Meaning | None:
    """`a week from Friday`, `two days from tomorrow`."""
    parts, base, count = span.parts, context.now("D"), whole_number(quantity_of(span.parts))
    if count is None:
        return Meaning("DATE", "FUTURE_REF", base=base)
    if "weekday" in parts:
        return _weekday(int(parts["weekday"]), 1, count, base)
    start = None if base is None else shift(base.day, "D", int(parts["today"]))
    day = None if start is None or parts["unit"] not in FINENESS else shift(start, parts["unit"], count)
    if day is None:
        return Meaning("DATE", OPEN_VALUES["D"])
    return Meaning("DATE", day.isoformat(), base=base)


def event_day(span: TimexSpan, _context: Context) -> Meaning | None:
    """`the third day` of the protests, `the night` before the raid: open, as the event has no date."""
    unit = span.parts["event_period"]
    if unit.startswith(_PART_OF_DAY):
        return Meaning("TIME", OPEN_VALUES["D"] + unit)
    return Meaning("DATE", OPEN_VALUES[unit])
