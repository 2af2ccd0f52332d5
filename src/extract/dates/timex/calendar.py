"""Calendar arithmetic on TIMEX3 periods: the period that contains a day, and the day N periods away.

Units are the TIMEX3 letters of models/dates/names.toml: D day, W week, WE weekend, FN fortnight, M month,
Q quarter, Y year, E decade, C century.
"""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

_DAYS = {"D": 1, "W": 7, "WE": 7, "FN": 14}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
_FEWEST_MONTHS, _MOST_MONTHS = 12, 9999 * 12 + 11

#: Units from fine to coarse.
FINENESS = ("D", "W", "WE", "FN", "M", "Q", "Y", "E", "C")

#: Values of periods that cannot be placed: X for every unknown digit.
OPEN_VALUES = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "FN": "XXXX-WXX",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "E": "XXX",
    "C": "XX",
}


def shift(day: date, unit: str, count: int) -> date | None:
    """Return the day `count` units away; None outside the years 1 to 9999.

    >>> shift(date(2021, 7, 31), "M", -1)
    datetime.date(2021, 6, 30)
    """
    if unit in _DAYS:
        try:
            return day + timedelta(days=_DAYS[unit] * count)
        except OverflowError:
            return None
    months = day.year * 12 + day.month - 1 + _MONTHS[unit] * count
    if not _FEWEST_MONTHS <= months <= _MOST_MONTHS:
        return None
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, last_of_month(year, month + 1)))


def last_of_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]


def value_of(day: date, unit: str) -> str:
    """Return the TIMEX3 value of the period of that unit that contains `day`.

    >>> value_of(date(2021, 7, 28), "W")
    '2021-W30'
    """
    return _VALUES[unit](day)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


_VALUES: dict[str, Callable[[date], str]] = {
    "D": date.isoformat,
    "W": _week,
    "FN": _week,
    "WE": lambda day: f"{_week(day)}-WE",
    "M": lambda day: f"{day.year:04d}-{day.month:02d}",
    "Q": lambda day: f"{day.year:04d}-Q{(day.month + 2) // 3}",
    "Y": lambda day: f"{day.year:04d}",
    "E": lambda day: f"{day.year // 10:03d}",
    "C": lambda day: f"{day.year // 100:02d}",
}


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the day, None if the calendar does not have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def whole_number(count: float | None) -> int | None:
    """Return the count as a whole number, None if it is unknown or has a fraction."""
    return None if count is None or count != int(count) else int(count)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the nth occurrence of a weekday (Monday is 1) in a month, None if the month has fewer.

    >>> nth_weekday(2021, 11, 4, 4)
    datetime.date(2021, 11, 25)
    """
    days_on = (weekday - date(year, month, 1).isoweekday()) % 7 + 7 * (nth - 1)
    return day_or_none(year, month, 1 + days_on)
