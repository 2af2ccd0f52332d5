"""Counted parts of a month or a decade: `the first Monday of August`, `the second half of July`.

Each function reads one family of rules: span and context -> meaning, None if there is no such date.
"""

from dataclasses import replace
from datetime import date

from extract.dates.timex.calendar import (
    OPEN_VALUES,
    last_of_month,
    nth_weekday,
    shift,
    value_of,
    whole_number,
)
from extract.dates.timex.clock import clock_time
from extract.dates.timex.context import Context, Meaning
from extract.dates.timex.families.absolute import calendar_day, month
from extract.dates.timex.families.durations import quantity_of
from extract.dates.timex.families.relative import period_from
from extract.dates.timex.ranges import Days, days_of
from extract.model import TimexSpan

_WEEK = 7
_MONTHS = 12


def half_of_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`the first half of July`: its days 1 to 15; the second half is the rest."""
    whole = month(span, context)
    days = None if whole is None else days_of(whole.value)
    mod = span.parts["half_part"]
    if whole is None or days is None:
        return None if whole is None else replace(whole, mod=mod)
    half = (days[0], days[0].replace(day=15)) if mod == "START" else (days[0].replace(day=16), days[1])
    return replace(whole, mod=mod, days=half)


def half_of_decade(span: TimexSpan, _context: Context) -> Meaning | None:
    """`the second half of the 1990s`: five years."""
    first = int(span.parts["decade"]) * 10 + (0 if span.parts["half_part"] == "START" else 5)
    days = date(first, 1, 1), date(first + 4, 12, 31)
    return Meaning("DATE", span.parts["decade"], span.parts["half_part"], days=days)


def month_of_year(span: TimexSpan, _context: Context) -> Meaning | None:
    """`the second month of 2021`."""
    nth, year = int(span.parts["nth"]), int(span.parts["year"])
    number = nth if nth > 0 else _MONTHS
    return Meaning("DATE", f"{year:04d}-{number:02d}") if number <= _MONTHS else None


def day_in_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`that January day in 2011`, `one April morning in 2003`: a day of the month that is not named."""
    unnamed = {part: value for part, value in span.parts.items() if part != "daypart"}
    whole = month(replace(span, parts=unnamed), context)
    if whole is None:
        return None
    time = clock_time(span.parts)
    return replace(
        whole, type="TIME" if time else "DATE", value=f"{whole.value}-XX{time}", days=days_of(whole.value)
    )


def week_of_day(span: TimexSpan, context: Context) -> Meaning | None:
    """`the week of March 6`."""
    found = calendar_day(span, context)
    days = None if found is None else found.range()
    if found is None or days is None:
        return None if found is None else replace(found, value=OPEN_VALUES["W"])
    return replace(found, value=value_of(days[0], "W"))


def week_of_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`the third week of July`: days 15 to 21; the last week is the last seven days."""
    whole = month(span, context)
    days = None if whole is None else days_of(whole.value)
    if whole is None or days is None:
        return whole
    week = _nth_week(days, int(span.parts["nth"]))
    return None if week is None else replace(whole, days=week)


def _nth_week(month_days: Days, nth: int) -> Days | None:
    first, last = month_days
    if nth < 0:
        return last.replace(day=last.day - _WEEK + 1), last
    start = (nth - 1) * _WEEK + 1
    if start > last.day:
        return None
    return first.replace(day=start), first.replace(day=min(start + _WEEK - 1, last.day))


def weekday_of_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`the first Monday of August`, `the last Friday in Ramadan`."""
    unnamed = {part: value for part, value in span.parts.items() if part != "weekday"}
    whole = month(replace(span, parts=unnamed), context)
    days = None if whole is None else days_of(whole.value)
    if whole is None or days is None:
        return whole
    day = _nth_day(days[0].year, days[0].month, int(span.parts["weekday"]), int(span.parts["nth"]))
    return None if day is None else replace(whole, value=day.isoformat(), mod=None)


def _nth_day(year: int, number: int, weekday: int, nth: int) -> date | None:
    if nth > 0:
        return nth_weekday(year, number, weekday, nth)
    last = date(year, number, last_of_month(year, number))
    return last.replace(day=last.day - (last.isoweekday() - weekday) % _WEEK)


def weekdays_ago(span: TimexSpan, context: Context) -> Meaning | None:
    """`two Fridays ago`: the last Friday before publication counts as the first."""
    base, number = context.now("D"), int(span.parts["weekday"])
    count = whole_number(quantity_of(span.parts))
    if count is None:
        return Meaning("DATE", "PAST_REF")
    day = None if base is None else _weekday_before(base.day, number, count)
    if day is None:
        return Meaning("DATE", f"XXXX-WXX-{number}")
    return Meaning("DATE", day.isoformat(), base=base)


def _weekday_before(day: date, weekday: int, count: int) -> date | None:
    back = (day.isoweekday() - weekday) % _WEEK or _WEEK
    return shift(day, "D", -back - _WEEK * (count - 1))


def this_period(span: TimexSpan, context: Context) -> Meaning | None:
    """`during the year`: of a date in the sentence, else of publication; `the day`: one mentioned nearby."""
    unit = span.parts["bare_period"]
    if unit == "D":
        return period_from(unit, 0, context.day_mentioned_nearby(span.start) or context.now(unit))
    mentioned = context.mentioned_in_sentence(span.start)
    base = context.now(unit) if mentioned is None else context.mentioned(unit, span.start)
    return period_from(unit, 0, base)
