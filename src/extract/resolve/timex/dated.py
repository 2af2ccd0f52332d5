"""Expressions that name a day, month, year or another period; the year may have to be found.

Each function reads one family of rules: span and context -> meaning, None where the calendar has no such
date.
"""

import re
from datetime import MAXYEAR, MINYEAR, date

from extract.model import TimexSpan
from extract.resolve.timex.calendar import OPEN_VALUES, day_or_none, nth_weekday, shift, value_of
from extract.resolve.timex.clock import clock_time
from extract.resolve.timex.context import REFERENCE, Base, Context, Meaning, Reference

# Month and day without a year: the nearest within this many days of publication, else the tense decides.
_NEAR_DAYS = 60
_MIDDLE_OF_MONTH = 15
# Two-digit years up to this one lie in this century.
_CENTURY_PIVOT = 40
_MONTHS_OF_YEAR = 12
_MIDDLE_OF_YEAR = (7, 2)
_UNTIL = re.compile(r"\b(?:until|till)\s+\Z", re.IGNORECASE)
_LONGEST_UNTIL = 16
_LONGEST_RANGE_MARK = len(" through ")
# A leap year: every day that any year has.
_LEAP_YEAR = 2000
_SEASON_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}


def calendar_day(span: TimexSpan, context: Context) -> Meaning | None:
    """`July 28, 2021`, `28 July`, `7/28/2021`."""
    month, day = _month_and_day(span)
    year = _year(span)
    if year is None:
        return _day_of_unknown_year(span, context, month, day)
    found = day_or_none(year, month, day)
    if found is None:
        return None
    return _day_meaning(span, found)


def _day_meaning(span: TimexSpan, day: date | str, base: Base | None = None) -> Meaning:
    time = clock_time(span.parts)
    return Meaning("TIME" if time else "DATE", f"{day}{time}", part_of(span), base)


def _month_and_day(span: TimexSpan) -> tuple[int, int]:
    """Return the numbers of month and day; of `a/b/year`, a is the month unless it cannot be."""
    parts = span.parts
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        return (second, first) if first > _MONTHS_OF_YEAR else (first, second)
    return int(parts.get("month") or parts["month_number"]), int(parts["day"])


def _year(span: TimexSpan) -> int | None:
    parts = span.parts
    if "short_year" in parts:
        short = int(parts["short_year"])
        return (2000 if short <= _CENTURY_PIVOT else 1900) + short
    if "tens" in parts:  # nineteen ninety-six
        return 1900 + int(parts["tens"]) + int(parts.get("ones", 0))
    if "millennium" in parts:  # the year two thousand
        return 2000 + int(parts.get("ones", 0))
    if "year" not in parts:
        return None
    # December to January 2020: the year is that of the last month.
    is_year_before = "end_month" in parts and int(parts["month"]) > int(parts["end_month"])
    return int(parts["year"]) - is_year_before


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
    return context.told(unit) if "told" in span.parts else context.published(unit)


def last_day_of_range(span: TimexSpan, context: Context) -> Meaning | None:
    """The `5` of `July 3-5`: of the month named just before."""
    first = _just_before(span, context, "D")
    if first is None:
        return None
    last = day_or_none(_year(span) or first.day.year, first.day.month, int(span.parts["day"]))
    if last is None or last <= first.day:
        return None
    return Meaning("DATE", last.isoformat(), base=Base(first.day, REFERENCE))


def _placed(month: int, day: int, span: TimexSpan, context: Context) -> tuple[date, Base] | None:
    """Return that day of the year it belongs to, and what the year was counted from; None if nothing tells.

    A year that opens the sentence rules. Else the day nearest to publication counts; far from it, a date of
    another year in the same sentence: `seized in 2014, retaken on October 10`.
    """
    frame = context.framing_year(span.start) or _year_of_story_until(span, context)
    if frame is not None:
        return _beside(frame, month, day, span)
    base = context.published("Y")
    if base is None:
        known = context.reference if context.told("Y") else None
        return None if known is None else _beside(known, month, day, span)
    chosen = _nearest_or_by_tense(month, day, base, span, context)
    told = context.told_in_sentence(span.start)
    if told is None or told.day.year == base.day.year or _is_near(chosen, base):
        return chosen, base
    return _beside(told, month, day, span)


def _year_of_story_until(span: TimexSpan, context: Context) -> Reference | None:
    """Return the year of a paragraph's story that lasted `until June`."""
    if not _UNTIL.search(context.text, max(0, span.start - _LONGEST_UNTIL), span.start):
        return None
    return context.story_year(span.start) if context.tense(span.start) == "PAST" else None


def _beside(told: Reference, month: int, day: int, span: TimexSpan) -> tuple[date, Base]:
    """Return that day nearest to a date mentioned before; of a year, the day in it."""
    near = (
        told.day.replace(month=_MIDDLE_OF_YEAR[0], day=_MIDDLE_OF_YEAR[1]) if told.unit == "Y" else told.day
    )
    return _nearest(_days_that_fit(near, month, day, span), near), Base(told.day, REFERENCE)


def _days_that_fit(around: date, month: int, day: int, span: TimexSpan) -> list[date]:
    """Return that day of the years around, on the weekday named beside it."""
    days = _same_days_around(around, month, day)
    weekday = span.parts.get("weekday")
    return [found for found in days if found.isoweekday() == int(weekday or 0)] or days


def _nearest(days: list[date], base: date) -> date:
    return min(days, key=lambda found: abs((found - base).days))


def _same_days_around(day: date, month: int, day_of_month: int) -> list[date]:
    """Return that day of every year around; of eight years on each side, for the 29th of February."""
    days = (day_or_none(year, month, day_of_month) for year in _years_around(day, 8))
    return [found for found in days if found is not None]


def _years_around(day: date, reach: int) -> range:
    return range(max(day.year - reach, MINYEAR), min(day.year + reach, MAXYEAR) + 1)


def _base_of_year(context: Context) -> Base | None:
    """Return what fixes a missing year: publication, else a date mentioned before."""
    return context.published("Y") or context.told("Y")


def _nearest_or_by_tense(month: int, day: int, base: Base, span: TimexSpan, context: Context) -> date:
    """Choose between the last such date before publication and the first after it."""
    days = _days_that_fit(base.day, month, day, span)
    past = max((found for found in days if found <= base.day), default=days[0])
    future = min((found for found in days if found >= base.day), default=days[-1])
    nearest = _nearest([past, future], base.day)
    if _is_near(nearest, base):
        return nearest
    return {"FUT": future, "PAST": past}.get(context.tense(span.start) or "", nearest)


def _is_near(day: date, base: Base) -> bool:
    return abs((day - base.day).days) <= _NEAR_DAYS


def month(span: TimexSpan, context: Context) -> Meaning | None:
    """`late July 2021`, `mid-July`, `in May`."""
    number = int(span.parts["month"])
    year = _year(span)
    if year is not None:
        return _month_meaning(span, year, number)
    placed = _placed(number, _MIDDLE_OF_MONTH, span, context)
    if placed is None:
        return _month_meaning(span, None, number)
    chosen, base = placed
    return _month_meaning(span, chosen.year, number, base)


def _month_meaning(span: TimexSpan, year: int | None, number: int, base: Base | None = None) -> Meaning:
    value = f"{'XXXX' if year is None else f'{year:04d}'}-{number:02d}"
    return Meaning("DATE", value, part_of(span), base, edge="edge" in span.parts)


def part_of(span: TimexSpan) -> str | None:
    """Return the TIMEX3 mod that `early`, `late`, `the end of` or `earlier` gives."""
    parts = span.parts
    return parts.get("part") or parts.get("edge") or parts.get("since") or parts.get("approx")


def stepped_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`last April`, `next May`."""
    number, step = int(span.parts["month"]), int(span.parts["step"])
    base = context.published("Y")
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
    return int(span.parts.get("step") or span.parts.get("told") or 0)


def calendar_year(span: TimexSpan, _context: Context) -> Meaning | None:
    """`2014`, `late 2017`, `post-2003`, `nineteen ninety-six`."""
    parts = span.parts
    mod = part_of(span) or parts.get("relation")
    year = _year(span) or int(parts["old_year"])
    return Meaning("DATE", str(year), mod, edge="edge" in parts)


def last_year_of_range(span: TimexSpan, context: Context) -> Meaning | None:
    """The `17` of `2014-17`: of the century of the year just before."""
    first = _just_before(span, context, "Y")
    if first is None:
        return None
    last = first.day.year - first.day.year % 100 + int(span.parts["short_year"])
    return Meaning("DATE", str(last)) if last > first.day.year else None


def _just_before(span: TimexSpan, context: Context, unit: str) -> Reference | None:
    """Return the date of that unit that the range began with."""
    first = context.reference
    is_near = first is not None and first.unit == unit and span.start - first.end <= _LONGEST_RANGE_MARK
    return first if is_near else None


def half_of_year(span: TimexSpan, context: Context) -> Meaning | None:
    """`the first half of 2021`, `the second half of the year`."""
    year, base = _stated_or_stepped_year(span, context)
    return Meaning("DATE", f"{year}-H{span.parts['half']}", base=base)


def quarter_of_year(span: TimexSpan, context: Context) -> Meaning | None:
    """`the third quarter of 2020`; without a year the last such quarter that has begun."""
    parts, quarter = span.parts, int(span.parts["ordinal"])
    year, base = _stated_or_stepped_year(span, context)
    if base is not None:
        if "year_back" in parts:
            year = f"{base.day.year - 1:04d}"
        elif not {"step", "the_year"} & set(parts):
            year = f"{base.day.year - (quarter > (base.day.month + 2) // 3):04d}"
    return Meaning("DATE", f"{year}-Q{quarter}", base=base)


def quarter_ended(span: TimexSpan, context: Context) -> Meaning | None:
    """`the quarter ended Sept. 30`: the one that holds the day."""
    placed = _placed(int(span.parts["end_month"]), int(span.parts["end_day"]), span, context)
    if placed is None:
        return Meaning("DATE", OPEN_VALUES["Q"])
    day, base = placed
    return Meaning("DATE", value_of(day, "Q"), base=base)


def _stated_or_stepped_year(span: TimexSpan, context: Context) -> tuple[str, Base | None]:
    if "year" in span.parts:
        return span.parts["year"], None
    base = context.published("Y")
    return ("XXXX" if base is None else f"{base.day.year + step_of(span):04d}"), base


def decade(span: TimexSpan, _context: Context) -> Meaning | None:
    """`the early 1990s`, `the '80s`."""
    value = span.parts.get("decade") or f"19{span.parts['short_decade']}"
    return Meaning("DATE", value, part_of(span))


def century(span: TimexSpan, _context: Context) -> Meaning | None:
    """`the early 20th century` -> 19."""
    number = int(span.parts["century"]) - 1
    return Meaning("DATE", f"{number:02d}", part_of(span)) if number >= 0 else None


def season(span: TimexSpan, context: Context) -> Meaning | None:
    """`the summer of 2014`, `last spring`, `in the summer`."""
    name, stated = span.parts["season"], _year(span)
    if stated is not None:
        return Meaning("DATE", f"{stated}-{name}", part_of(span))
    base = context.published("Q")
    if base is None:
        return Meaning("DATE", f"XXXX-{name}", part_of(span))
    year, month = base.day.year, base.day.month
    middle = _SEASON_MONTHS[name]
    if step_of(span) < 0 and month < middle + 2:
        year -= 1
    if step_of(span) > 0 and month >= middle:
        year += 1
    return Meaning("DATE", f"{year:04d}-{name}", part_of(span), base)


def holiday(span: TimexSpan, context: Context) -> Meaning | None:
    """`Christmas Eve`: the nearest one; in a clause of the future the next."""
    rule = span.parts["holiday"]
    base = _base_of_year(context)
    month, day = rule.split("-")
    if base is None:
        return Meaning("DATE", f"XXXX-{rule}" if "#" not in rule else f"XXXX-{month}")
    dates = [_holiday_in(year, int(month), day) for year in _years_around(base.day, 1)]
    step = step_of(span) or int(context.tense(span.start) == "FUT")
    if step:
        past = [found for found in dates if found < base.day]
        chosen = past[-1] if step < 0 else dates[len(past)]
    else:
        chosen = min(dates, key=lambda found: abs((found - base.day).days))
    return Meaning("DATE", chosen.isoformat(), base=base)


def _holiday_in(year: int, month: int, day: str) -> date:
    if "#" in day:
        weekday, nth = day.split("#")
        return nth_weekday(year, month, int(weekday), int(nth))
    return date(year, month, int(day))


def event(span: TimexSpan, _context: Context) -> Meaning | None:
    """`9/11`."""
    return Meaning("DATE", span.parts["event"])


def new_year(_span: TimexSpan, context: Context) -> Meaning | None:
    """`the new year`: the next first of January; in the first half of a year, the one gone by."""
    base = context.told("M") or context.published("Y")
    if base is None:
        return Meaning("DATE", "XXXX-01-01")
    half_year = shift(base.day, "M", 6)
    if half_year is None:
        return None
    return Meaning("DATE", f"{value_of(half_year, 'Y')}-01-01", base=base)
