"""The dates of named days: codes of models/dates/calendars.toml -> days of a year."""

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

from extract.dates.timex.calendar import day_or_none
from extract.dates.timex.families import hijri
from extract.dates.timex.ranges import Days, days_of

_CODE = re.compile(
    r"(?P<hijri>H)?(?P<month>\d\d)-(?:(?P<day>\d\d)|(?P<weekday>[1-7])#(?P<nth>-?[1-5]))(?:/(?P<length>\d))?"
    r"|(?P<easter>[EO])(?P<offset>[+-]\d{1,2})"
)


def feasts_in(codes: str, year: int) -> list[Days]:
    """Return the first and last day of each such feast that begins in a Gregorian year, in order.

    Args:
        codes: One or more codes, as explained at [named_day] in calendars.toml.
        year: A Gregorian year.

    >>> feasts_in("H12-10/4", 2021)
    [(datetime.date(2021, 7, 20), datetime.date(2021, 7, 23))]
    """
    if not MINYEAR <= year <= MAXYEAR:
        return []
    feasts = []
    for code in codes.split():
        match = _read(code)
        if match["hijri"]:
            found = [_hijri_feast(match, hijri_year) for hijri_year in hijri.years_in(year)]
            feasts += [feast for feast in found if feast is not None and feast[0].year == year]
        elif (feast := _gregorian_feast(match, year)) is not None:
            feasts.append(feast)
    return sorted(feasts)


def feast_of_hijri_year(codes: str, year: int) -> Days | None:
    """Return the feast in a year of the Islamic calendar; None if it follows another calendar."""
    match = _read(codes.split(maxsplit=1)[0])
    return _hijri_feast(match, year) if match["hijri"] else None


def open_value(codes: str) -> str:
    """Return the TIMEX3 value of a named day in an unknown year.

    >>> open_value("12-25"), open_value("11-4#4"), open_value("H01-10")
    ('XXXX-12-25', 'XXXX-11', 'XXXX-XX-XX')
    """
    match = _read(codes.split(maxsplit=1)[0])
    if match["hijri"] or match["easter"]:
        return "XXXX-XX-XX"
    return f"XXXX-{match['month']}" + (f"-{match['day']}" if match["day"] else "")


def _read(code: str) -> re.Match[str]:
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"{code!r} is not the code of a named day.")
    return match


def _hijri_feast(match: re.Match[str], year: int) -> Days | None:
    days = hijri.days_of_month(year, int(match["month"]))
    if days is None:
        return None
    if match["weekday"]:
        return _one_day(_nth_weekday(days, match))
    return _lasting(days[0] + timedelta(days=int(match["day"]) - 1), match)


def _gregorian_feast(match: re.Match[str], year: int) -> Days | None:
    if match["easter"]:
        return _one_day(_easter(match["easter"], year) + timedelta(days=int(match["offset"])))
    month = days_of(f"{year:04d}-{match['month']}")
    if month is not None and match["weekday"]:
        return _one_day(_nth_weekday(month, match))
    day = day_or_none(year, int(match["month"]), int(match["day"]))
    return None if day is None else _lasting(day, match)


def _one_day(day: date) -> Days:
    return day, day


def _lasting(day: date, match: re.Match[str]) -> Days:
    return day, day + timedelta(days=int(match["length"] or 1) - 1)


def _nth_weekday(days: Days, match: re.Match[str]) -> date:
    """Return the nth occurrence of a weekday in a month, counted from the end if negative."""
    weekday, nth = int(match["weekday"]), int(match["nth"])
    if nth > 0:
        return days[0] + timedelta(days=(weekday - days[0].isoweekday()) % 7 + 7 * (nth - 1))
    return days[1] - timedelta(days=(days[1].isoweekday() - weekday) % 7 + 7 * (-nth - 1))


def _easter(church: str, year: int) -> date:
    """Return Easter Sunday of the Western (E) or the Eastern churches (O), in the Gregorian calendar."""
    return _western_easter(year) if church == "E" else _eastern_easter(year)


def _western_easter(year: int) -> date:
    """Compute by Oudin's Gregorian algorithm (Explanatory Supplement to the Astronomical Almanac, 1992)."""
    century, golden = year // 100, year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full_moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full_moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=full_moon - weekday)


def _eastern_easter(year: int) -> date:
    """Compute by Oudin's Julian algorithm, converted to the Gregorian calendar."""
    full_moon = (19 * (year % 19) + 15) % 30
    weekday = (year + year // 4 + full_moon) % 7
    days_between_calendars = year // 100 - year // 400 - 2
    return date(year, 3, 28) + timedelta(days=full_moon - weekday + days_between_calendars)
