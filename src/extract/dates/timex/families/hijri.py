"""Days, months and years of the Islamic calendar -> Gregorian days.

Computed in the Umm al-Qura calendar (`hijridate`, 1343 to 1500 AH). Iraq begins a month when its clerics
sight the moon, so a date there may fall one day later, which no calendar can predict. The value of a month or
year is the Gregorian month or year in which it begins; earliest and latest are its own first and last day.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from extract.dates.timex.calendar import day_or_none
from extract.dates.timex.clock import clock_time
from extract.dates.timex.context import Base, Context, Meaning
from extract.dates.timex.families.absolute import mod_of, step_of
from extract.dates.timex.families.relative import with_time
from extract.dates.timex.ranges import Days
from extract.dates.timex.yearless import place, step_from
from extract.model import TimexSpan

_MONTHS = 12
_MOST_DAYS = 30
_MIDDLE_OF_MONTH = 15
# First and last day of each third of a month, as for Gregorian months; a month may end before the last.
_DEKADS = {"START": (1, 10), "MID": (11, 20), "END": (21, _MOST_DAYS)}
# Lunar years are shorter: 1 AH began in 622 (Freeman-Grenville, "The Muslim and Christian Calendars").
_GREGORIAN_YEARS_PER_HIJRI_YEAR, _HIJRI_EPOCH = 0.970224, 621.5774
# An Islamic year and the day that it was counted from.
_PlacedYear = tuple[int, Base | None]


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day, None if the calendar does not have it.

    Depending on the moon any month may have 30 days; if the calendar gives 29, the 30th is the day after.

    >>> to_gregorian(1443, 1, 10)
    datetime.date(2021, 8, 18)
    """
    if not (1 <= month <= _MONTHS and 1 <= day <= _MOST_DAYS):
        return None
    try:
        first = Hijri(year, month, 1).to_gregorian()
    except OverflowError:
        return None
    return date(first.year, first.month, first.day) + timedelta(days=day - 1)


def days_of_month(year: int, month: int) -> Days | None:
    """Return the first and last day of an Islamic month, None outside the calendar.

    >>> days_of_month(1442, 9)
    (datetime.date(2021, 4, 13), datetime.date(2021, 5, 12))
    """
    first = to_gregorian(year, month, 1)
    if first is None:
        return None
    return first, first + timedelta(days=Hijri(year, month, 1).month_length() - 1)


def years_around(day: date, reach: int = 1) -> range:
    """Return the Islamic years around a Gregorian day; empty outside the range of the calendar."""
    try:
        year = Gregorian.fromdate(day).to_hijri().year
    except OverflowError:
        return range(0)
    return range(year - reach, year + reach + 1)


def years_in(gregorian_year: int) -> range:
    """Return the Islamic years that may overlap a Gregorian year."""
    middle = day_or_none(gregorian_year, 7, 1)
    return range(0) if middle is None else years_around(middle)


def gregorian_year(hijri_year: int) -> int:
    """Return the Gregorian year in which an Islamic year begins, also outside the range of the calendar.

    >>> gregorian_year(61), gregorian_year(1443)
    (680, 2021)
    """
    first = to_gregorian(hijri_year, 1, 1)
    if first is not None:
        return first.year
    return int(hijri_year * _GREGORIAN_YEARS_PER_HIJRI_YEAR + _HIJRI_EPOCH)


def hijri_year(span: TimexSpan, _context: Context) -> Meaning | None:
    """`1443 AH`, `61 AH`."""
    return _year_meaning(int(span.parts["hijri_year"]))


def _year_meaning(year: int) -> Meaning | None:
    if year < 1:
        return None
    value = f"{gregorian_year(year):04d}"
    first, next_first = to_gregorian(year, 1, 1), to_gregorian(year + 1, 1, 1)
    if first is None or next_first is None:
        return Meaning("DATE", value)
    return Meaning("DATE", value, days=(first, next_first - timedelta(days=1)))


def hijri_day(span: TimexSpan, context: Context) -> Meaning | None:
    """`10 Muharram 1443`, `the tenth of Muharram`; `10 Muharram (19 August 2021)` is the stated day."""
    parts = span.parts
    if "gloss_year" in parts:
        gloss = day_or_none(int(parts["gloss_year"]), int(parts["gloss_month"]), int(parts["gloss_day"]))
        return None if gloss is None else Meaning("DATE", gloss.isoformat())
    month, day = int(parts["hijri_month"]), int(parts.get("day", _MIDDLE_OF_MONTH))
    if day > _MOST_DAYS:
        return None
    placed = _placed_year(span, context, month, day)
    if placed is None:
        return _year_or_open(parts, "XXXX-XX-XX")
    year, base = placed
    days = days_of_month(year, month)
    if days is None:
        return None
    computed = days[1] if "last_day" in parts else days[0] + timedelta(days=day - 1)
    sighted = _on_weekday(computed, parts.get("weekday"))
    return with_time(Meaning("DATE", sighted.isoformat(), base=base), clock_time(parts))


def _on_weekday(day: date, weekday: str | None) -> date:
    """Return the day, or the adjacent day on the stated weekday, as sightings of the moon differ."""
    near = (day, day + timedelta(days=1), day - timedelta(days=1))
    return next((found for found in near if str(found.isoweekday()) == weekday), day)


def hijri_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`Ramadan`, `Muharram 1443 AH`, `the last ten days of Ramadan`, `last Ramadan`."""
    parts, month = span.parts, int(span.parts["hijri_month"])
    placed = _placed_year(span, context, month, _MIDDLE_OF_MONTH)
    if placed is None:
        return _year_or_open(parts, "XXXX-XX", mod_of(span))
    year, base = placed
    days = days_of_month(year, month)
    if days is None:
        return None
    part = _part_of_month(days, mod_of(span), parts.get("count"))
    return Meaning("DATE", f"{part[0].year:04d}-{part[0].month:02d}", mod_of(span), base, days=part)


def _part_of_month(days: Days, part: str | None, count: str | None) -> Days:
    """Return part of a month: its first or last `count` days, or one of its dekads."""
    if part is None:
        return days
    first, last = _DEKADS[part]
    if count is not None and count.isdigit() and 1 <= int(count) < _MOST_DAYS:
        first, last = {"START": (1, int(count)), "END": (_MOST_DAYS + 1 - int(count), last)}.get(
            part, (first, last)
        )
    begin = min(days[0] + timedelta(days=first - 1), days[1])
    return begin, min(days[0] + timedelta(days=last - 1), days[1])


def _year_or_open(parts: Mapping[str, str], open_value: str, mod: str | None = None) -> Meaning | None:
    """Return the stated year of a date outside the calendar, or an open value if it has no year."""
    stated = parts.get("hijri_year")
    return Meaning("DATE", open_value, mod) if stated is None else _year_meaning(int(stated))


def _placed_year(span: TimexSpan, context: Context, month: int, day: int) -> _PlacedYear | None:
    """Return the Islamic year of a month or day, and the day it was counted from."""
    parts = span.parts
    stated = parts.get("hijri_year")
    if stated is not None:
        return _year_if_known(int(stated), month)
    if "year" in parts:
        return _hijri_year_in(int(parts["year"]), month, day, None)
    if "year_step" in parts or "anaphoric" in parts:
        return _year_of_stepped_year(span, context, month, day)
    if step := int(parts.get("anaphoric_month") or step_of(span)):
        return _year_of_step(_base_of_step(span, context), month, step)
    framing = context.framing_hijri_year(span.start)
    if framing is not None:  # In 1443 AH, Ramadan fell in spring
        return _year_if_known(framing, month)
    placed = place(lambda around: _days_around(around, month, day), span, context)
    return None if placed is None else (_hijri_year_of(placed[0], day), placed[1])


def _year_if_known(year: int, month: int) -> _PlacedYear | None:
    """Return a stated Islamic year, None outside the range of the calendar."""
    return None if to_gregorian(year, month, 1) is None else (year, None)


def _year_of_stepped_year(span: TimexSpan, context: Context, month: int, day: int) -> _PlacedYear | None:
    """Return the Islamic year of `Ramadan of last year`, `Ramadan of that year`."""
    parts = span.parts
    base = context.mentioned("Y") if "anaphoric" in parts else context.now("Y")
    steps = int(parts.get("year_step") or parts.get("anaphoric") or 0)
    return None if base is None else _hijri_year_in(base.day.year + steps, month, day, base)


def _hijri_year_in(gregorian: int, month: int, day: int, base: Base | None) -> _PlacedYear | None:
    """Return the Islamic year in which that day falls in a Gregorian year."""
    for year in years_in(gregorian):
        found = to_gregorian(year, month, day)
        if found is not None and found.year == gregorian:
            return year, base
    return None


def _base_of_step(span: TimexSpan, context: Context) -> Base | None:
    """Return the day that `last Ramadan` or, after another date, `the following Ramadan` is counted from."""
    mentioned = context.mentioned("M", span.start) if "anaphoric_month" in span.parts else None
    return mentioned or context.now("Y")


def _year_of_step(base: Base | None, month: int, step: int) -> _PlacedYear | None:
    """Return the Islamic year of `last Ramadan`, `next Muharram`, `the following Ramadan`."""
    if base is None:
        return None
    months = [days for year in years_around(base.day, 2) if (days := days_of_month(year, month)) is not None]
    found = step_from(months, base.day, step)
    return None if found is None else (_hijri_year_of(found[0], 1), base)


def _days_around(around: date, month: int, day: int) -> list[date]:
    days = (to_gregorian(year, month, day) for year in years_around(around))
    return [found for found in days if found is not None]


def _hijri_year_of(found: date, day_of_month: int) -> int:
    """Return the Islamic year of a day of a month."""
    first_of_month = found - timedelta(days=day_of_month - 1)
    return Gregorian.fromdate(first_of_month).to_hijri().year


__all__ = [
    "days_of_month", "gregorian_year", "hijri_day", "hijri_month", "hijri_year", "to_gregorian",
    "years_around", "years_in",
]  # fmt: skip
