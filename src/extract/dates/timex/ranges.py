"""The days that a TIMEX3 value can mean: value and mod -> first and last day.

Conventions of this project: the early, middle and late part of a month are days 1-10, 11-20 and 21 to its
end; early in the year is January to March, mid-year May to August, late in the year October to December; the
beginning and the end of a year are January and December. Other periods are divided into thirds. A winter is
named after the year in which it ends.
"""

import math
import re
from collections.abc import Callable
from datetime import date, timedelta

from extract.dates.timex.calendar import last_of_month

Days = tuple[date, date]

_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>\d)|H(?P<half>\d)|(?P<season>SP|SU|FA|WI)))?|(?P<decade>\d{3})|(?P<century>\d\d)"
)
_PARTS_OF_YEAR = {"START": (1, 3), "MID": (5, 8), "END": (10, 12)}
_EDGES_OF_YEAR = {"START": (1, 1), "MID": (5, 8), "END": (12, 12)}
_PARTS_OF_MONTH = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}
_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SATURDAY = 5  # days after Monday
_THIRDS = ("START", "MID", "END")


def days_of(value: str, mod: str | None = None, *, edge: bool = False) -> Days | None:
    """Return the first and last day that a value can mean; None for an open value or a reference.

    Args:
        value: TIMEX3 value of a DATE or TIME.
        mod: TIMEX3 mod; `START`, `MID` and `END` narrow the days.
        edge: The mod comes from `the end of`, not from `late`; for a year it means one month.

    >>> days_of("2021-07", "END")
    (datetime.date(2021, 7, 21), datetime.date(2021, 7, 31))
    """
    match = _PERIOD.fullmatch(value)
    if match is None:
        return None
    try:
        return _narrowed(match, mod, edge=edge)
    except (ValueError, OverflowError):  # outside the calendar's years
        return None


def _narrowed(match: re.Match[str], mod: str | None, *, edge: bool) -> Days:
    whole = _whole(match)
    if mod not in _THIRDS or match["day"]:
        return whole
    if match["month"]:
        first, last = _PARTS_OF_MONTH[mod]
        return whole[0].replace(day=first), whole[1].replace(day=min(last, whole[1].day))
    if match["year"] == match[0]:
        months = (_EDGES_OF_YEAR if edge else _PARTS_OF_YEAR)[mod]
        return _months(whole[0].year, *months)
    third = _third_of_years if match["decade"] or match["century"] else _third_of_days
    return third(whole, _THIRDS.index(mod))


def _whole(match: re.Match[str]) -> Days:
    """Return the days of the whole period."""
    finest = next(kind for kind in _WHOLE_PERIODS if match[kind])
    return _WHOLE_PERIODS[finest](match)


def _day(match: re.Match[str]) -> Days:
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return day, day


def _week(match: re.Match[str]) -> Days:
    monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    return monday + timedelta(days=_SATURDAY if match["weekend"] else 0), monday + timedelta(days=6)


def _months_of(match: re.Match[str], kind: str, length: int) -> Days:
    last = int(match[kind]) * length
    return _months(int(match["year"]), last - length + 1, last)


def _years(first: int, count: int) -> Days:
    return date(max(first, 1), 1, 1), date(first + count - 1, 12, 31)


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, last_of_month(year, last))


def _season(year: int, season: str) -> Days:
    first = _SEASON_STARTS[season]
    if season == "WI":
        return date(year - 1, first, 1), date(year, 2, last_of_month(year, 2))
    return _months(year, first, first + 2)


def _third_of_years(days: Days, index: int) -> Days:
    """Return the first, second or last third of a decade or a century, in whole years."""
    years = days[1].year - days[0].year + 1
    skipped, end = math.ceil(years * index / 3), math.ceil(years * (index + 1) / 3)
    return _years(days[0].year + skipped, end - skipped)


def _third_of_days(days: Days, index: int) -> Days:
    """Return the first, second or last third of a shorter period, which may lie in two years."""
    length = (days[1] - days[0]).days + 1
    first, last = length * index // 3, length * (index + 1) // 3 - 1
    return days[0] + timedelta(days=first), days[0] + timedelta(days=max(first, last))


# From fine to coarse: the first one that a value contains is its unit.
_WHOLE_PERIODS: dict[str, Callable[[re.Match[str]], Days]] = {
    "day": _day,
    "week": _week,
    "month": lambda match: _months_of(match, "month", 1),
    "quarter": lambda match: _months_of(match, "quarter", 3),
    "half": lambda match: _months_of(match, "half", 6),
    "season": lambda match: _season(int(match["year"]), match["season"]),
    "year": lambda match: _years(int(match["year"]), 1),
    "decade": lambda match: _years(int(match["decade"]) * 10, 10),
    "century": lambda match: _years(int(match["century"]) * 100, 100),
}
