"""One day of a period: `the last day of the month`, `the first day of 2014`, `the last Friday of Ramadan`.

Each function reads one family of rules: span and context -> meaning, None if there is no such day.
"""

from collections.abc import Callable
from datetime import date, timedelta

from extract.dates.timex.calendar import OPEN_VALUES, shift
from extract.dates.timex.context import Context, Meaning
from extract.dates.timex.families.absolute import calendar_year, month, stated_year
from extract.dates.timex.families.hijri import hijri_month
from extract.dates.timex.families.relative import anaphoric_period, period
from extract.dates.timex.ranges import Days
from extract.model import TimexSpan

_WEEK = 7


def day_of_period(span: TimexSpan, context: Context) -> Meaning | None:
    """`the last day of the month`, `the first day of July`, `the second day of 2014`."""
    nth = int(span.parts["nth"])
    return _one_day(_whole(span, context), lambda days: _nth_day(days, nth))


def weekday_of_hijri_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`the first Friday of Ramadan`."""
    weekday, nth = int(span.parts["weekday"]), int(span.parts["nth"])
    return _one_day(hijri_month(span, context), lambda days: _nth_weekday(days, weekday, nth))


def _whole(span: TimexSpan, context: Context) -> Meaning | None:
    """Return the meaning of the period that contains the day."""
    parts = span.parts
    if "month" in parts:
        return month(span, context)
    if stated_year(span) is not None:
        return calendar_year(span, context)
    return anaphoric_period(span, context) if "anaphoric" in parts else period(span, context)


def _one_day(whole: Meaning | None, choose: Callable[[Days], date | None]) -> Meaning | None:
    """Return the meaning of a day chosen from a period; open if its days are unknown."""
    if whole is None:
        return None
    days = whole.range()
    if days is None:
        return Meaning("DATE", OPEN_VALUES["D"])
    day = choose(days)
    return None if day is None else Meaning("DATE", day.isoformat(), base=whole.base)


def _nth_day(days: Days, nth: int) -> date | None:
    if nth < 0:
        return days[1]
    day = shift(days[0], "D", nth - 1)
    return day if day is not None and day <= days[1] else None


def _nth_weekday(days: Days, weekday: int, nth: int) -> date | None:
    if nth < 0:
        return days[1] - timedelta(days=(days[1].isoweekday() - weekday) % _WEEK)
    day = days[0] + timedelta(days=(weekday - days[0].isoweekday()) % _WEEK + _WEEK * (nth - 1))
    return day if day <= days[1] else None
