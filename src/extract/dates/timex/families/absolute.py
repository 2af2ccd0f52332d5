"""Expressions that name a day, month, year or another period; the year may have to be inferred.

Each function reads one family of rules: span and context -> meaning, None if the calendar has no such date.
"""

from datetime import MAXYEAR, MINYEAR, date

from extract.dates.timex.calendar import OPEN_VALUES, day_or_none, shift, value_of
from extract.dates.timex.clock import clock_time
from extract.dates.timex.context import REFERENCE, Base, Context, Meaning, Reference
from extract.dates.timex.yearless import place
from extract.model import TimexSpan

_MIDDLE_OF_MONTH = 15
# Two-digit years up to this one belong to this century.
_CENTURY_PIVOT = 40
_MONTHS_OF_YEAR = 12
_LONGEST_RANGE_MARK = len(" through ")
# A leap year, which has every day of the calendar.
_LEAP_YEAR = 2000
_LEAP_REACH = 8  # years: 1896 and 1904 had a leap day, 1900 had none


def calendar_day(span: TimexSpan, context: Context) -> Meaning | None:
    """`July 28, 2021`, `28 July`, `7/28/2021`."""
    month, day = _month_and_day(span)
    year = stated_year(span)
    if year is None:
        return _day_of_unknown_year(span, context, month, day)
    found = day_or_none(year, month, day)
    if found is None:
        return None
    return _day_meaning(span, found)


def _day_meaning(span: TimexSpan, day: date | str, base: Base | None = None) -> Meaning:
    time = clock_time(span.parts)
    return Meaning("TIME" if time else "DATE", f"{day}{time}", mod_of(span), base)


def _month_and_day(span: TimexSpan) -> tuple[int, int]:
    """Return the numbers of month and day; in `a/b/year`, a is the month if it can be."""
    parts = span.parts
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        return (second, first) if first > _MONTHS_OF_YEAR else (first, second)
    return int(parts.get("month") or parts["month_number"]), int(parts["day"])


def stated_year(span: TimexSpan) -> int | None:
    """Return the year stated in the expression, None if there is none."""
    parts = span.parts
    if "short_year" in parts:
        short = int(parts["short_year"])
        return (2000 if short <= _CENTURY_PIVOT else 1900) + short
    if "tens" in parts:  # `nineteen ninety-six`
        return 1900 + int(parts["tens"]) + int(parts.get("ones", 0))
    if "millennium" in parts:  # `the year two thousand`
        return 2000 + int(parts.get("ones", 0))
    stated = parts.get("year") or parts.get("old_year")
    if stated is None:
        return None
    # `December to January 2020`: the year is that of the last month.
    is_year_before = "end_month" in parts and int(parts["month"]) > int(parts["end_month"])
    return int(stated) - is_year_before


def _day_of_unknown_year(span: TimexSpan, context: Context, month: int, day: int) -> Meaning | None:
    if day_or_none(_LEAP_YEAR, month, day) is None:
        return None
    placed = _placed(month, day, span, context)
    if placed is None:
        return _day_meaning(span, f"XXXX-{month:02d}-{day:02d}")
    return _day_meaning(span, *placed)


def day_of_stepped_year(span: TimexSpan, context: Context) -> Meaning | None:
    """`Oct 27 of last year`, `3 May of that year`."""
    month, day = _month_and_day(span)
    base = _base_of_step(span, context, "Y")
    if base is None:
        return _day_of_unknown_year(span, context, month, day)
    found = day_or_none(base.day.year + step_of(span), month, day)
    return None if found is None else _day_meaning(span, found, base)


def day_of_stepped_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`the 20th of this month`."""
    base, day = _base_of_step(span, context, "M"), int(span.parts["day"])
    month = None if base is None else shift(base.day, "M", step_of(span))
    if month is None:
        return _day_meaning(span, f"XXXX-XX-{day:02d}")
    found = day_or_none(month.year, month.month, day)
    return None if found is None else _day_meaning(span, found, base)


def _base_of_step(span: TimexSpan, context: Context, unit: str) -> Base | None:
    """Return the day that `that year` or `last year` is counted from."""
    return context.mentioned(unit, span.start) if "anaphoric" in span.parts else context.now(unit)


def last_day_of_range(span: TimexSpan, context: Context) -> Meaning | None:
    """The `5` of `July 3-5`: in the month named just before."""
    first = _range_start(span, context, "D")
    if first is None:
        return None
    last = day_or_none(stated_year(span) or first.day.year, first.day.month, int(span.parts["day"]))
    if last is None or last <= first.day:
        return None
    return Meaning("DATE", last.isoformat(), base=Base(first.day, REFERENCE))


def _placed(month: int, day: int, span: TimexSpan, context: Context) -> tuple[date, Base] | None:
    """Return that day in the year it belongs to, and the day it was counted from; None if unknown."""
    return place(lambda around: _days_that_fit(around, month, day, span), span, context)


def _days_that_fit(around: date, month: int, day: int, span: TimexSpan) -> list[date]:
    """Return that day in the surrounding years, only those on the stated weekday if there are any."""
    days = _same_days_around(around, month, day)
    weekday = span.parts.get("weekday")
    return [found for found in days if found.isoweekday() == int(weekday or 0)] or days


def _same_days_around(day: date, month: int, day_of_month: int) -> list[date]:
    """Return that day in each surrounding year: eight years on each side, because of 29 February."""
    years = range(max(day.year - _LEAP_REACH, MINYEAR), min(day.year + _LEAP_REACH, MAXYEAR) + 1)
    days = (day_or_none(year, month, day_of_month) for year in years)
    return [found for found in days if found is not None]


def month(span: TimexSpan, context: Context) -> Meaning | None:
    """`late July 2021`, `mid-July`, `in May`."""
    number = int(span.parts["month"])
    year = stated_year(span)
    if year is not None:
        return _month_meaning(span, year, number)
    return placed_month(span, context)


def placed_month(span: TimexSpan, context: Context) -> Meaning:
    """Return the meaning of a month without a year; open if the year cannot be inferred."""
    number = int(span.parts["month"])
    placed = _placed(number, _MIDDLE_OF_MONTH, span, context)
    if placed is None:
        return _month_meaning(span, None, number)
    chosen, base = placed
    return _month_meaning(span, chosen.year, number, base)


def _month_meaning(span: TimexSpan, year: int | None, number: int, base: Base | None = None) -> Meaning:
    value = f"{'XXXX' if year is None else f'{year:04d}'}-{number:02d}"
    return Meaning("DATE", value, mod_of(span), base, edge="edge" in span.parts)


def mod_of(span: TimexSpan) -> str | None:
    """Return the TIMEX3 mod for `early`, `late`, `the end of` or `earlier`."""
    parts = span.parts
    return parts.get("part") or parts.get("edge") or parts.get("since") or parts.get("approx")


def stepped_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`last April`, `next May`."""
    number, step = int(span.parts["month"]), int(span.parts["step"])
    base = context.now("Y")
    if base is None:
        return _month_meaning(span, None, number)
    year = base.day.year
    if step < 0 and number >= base.day.month:
        year -= 1
    if step > 0 and number <= base.day.month:
        year += 1
    return _month_meaning(span, year, number, base)


def month_of_stepped_year(span: TimexSpan, context: Context) -> Meaning | None:
    """`July last year`, `May of the following year`, `June of that year`."""
    base = _base_of_step(span, context, "Y")
    number = int(span.parts["month"])
    if base is None:
        return _month_meaning(span, None, number)
    return _month_meaning(span, base.day.year + step_of(span), number, base)


def step_of(span: TimexSpan) -> int:
    """Return how many periods away the expression points."""
    return int(span.parts.get("step") or span.parts.get("anaphoric") or 0)


def calendar_year(span: TimexSpan, _context: Context) -> Meaning | None:
    """`2014`, `late 2017`, `post-2003`, `nineteen ninety-six`."""
    parts = span.parts
    mod = mod_of(span) or parts.get("relation")
    year = stated_year(span)
    return Meaning("DATE", str(year), mod, edge="edge" in parts)


def last_year_of_range(span: TimexSpan, context: Context) -> Meaning | None:
    """The `17` of `2014-17`: in the century of the year just before."""
    first = _range_start(span, context, "Y")
    if first is None:
        return None
    last = first.day.year - first.day.year % 100 + int(span.parts["short_year"])
    return Meaning("DATE", str(last)) if last > first.day.year else None


def _range_start(span: TimexSpan, context: Context, unit: str) -> Reference | None:
    """Return the date of that unit with which the range begins."""
    first = context.reference
    is_near = first is not None and first.unit == unit and span.start - first.end <= _LONGEST_RANGE_MARK
    return first if is_near else None


def half_of_year(span: TimexSpan, context: Context) -> Meaning | None:
    """`the first half of 2021`, `the second half of the year`."""
    year, base = _stated_or_stepped_year(span, context)
    return Meaning("DATE", f"{year}-H{span.parts['half']}", base=base)


def quarter_of_year(span: TimexSpan, context: Context) -> Meaning | None:
    """`the third quarter of 2020`; without a year the last one begun; in a future clause, this year's."""
    parts, quarter = span.parts, int(span.parts["ordinal"])
    year, base = _stated_or_stepped_year(span, context)
    if base is not None:
        if "year_back" in parts:
            year = f"{base.day.year - 1:04d}"
        elif not {"step", "the_year"} & set(parts):
            is_to_come = quarter > (base.day.month + 2) // 3
            is_over = is_to_come and context.tense(span.start) != "FUT"
            year = f"{base.day.year - is_over:04d}"
    return Meaning("DATE", f"{year}-Q{quarter}", base=base)


def quarter_ended(span: TimexSpan, context: Context) -> Meaning | None:
    """`the quarter ended Sept. 30`: the one that contains the day."""
    placed = _placed(int(span.parts["end_month"]), int(span.parts["end_day"]), span, context)
    if placed is None:
        return Meaning("DATE", OPEN_VALUES["Q"])
    day, base = placed
    return Meaning("DATE", value_of(day, "Q"), base=base)


def _stated_or_stepped_year(span: TimexSpan, context: Context) -> tuple[str, Base | None]:
    if "year" in span.parts:
        return span.parts["year"], None
    base = context.now("Y")
    return ("XXXX" if base is None else f"{base.day.year + step_of(span):04d}"), base


def decade(span: TimexSpan, _context: Context) -> Meaning | None:
    """`the early 1990s`, `the '80s`."""
    value = span.parts.get("decade") or f"19{span.parts['short_decade']}"
    return Meaning("DATE", value, mod_of(span))


def century(span: TimexSpan, _context: Context) -> Meaning | None:
    """`the early 20th century` -> 19."""
    number = int(span.parts["century"]) - 1
    return Meaning("DATE", f"{number:02d}", mod_of(span)) if number >= 0 else None


def event(span: TimexSpan, _context: Context) -> Meaning | None:
    """`9/11`."""
    return Meaning("DATE", span.parts["event"])


def new_year(span: TimexSpan, context: Context) -> Meaning | None:
    """`the new year`: the next 1 January; in the first half of a year, the last one."""
    base = context.mentioned("M", span.start) or context.now("Y")
    if base is None:
        return Meaning("DATE", "XXXX-01-01")
    half_year = shift(base.day, "M", 6)
    if half_year is None:
        return None
    return Meaning("DATE", f"{value_of(half_year, 'Y')}-01-01", base=base)
