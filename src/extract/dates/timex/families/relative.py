"""Expressions counted from publication (`last week`) or from a date mentioned before (`two days later`).

Each function reads one family of rules: span and context -> meaning, None if the expression is not a date.
Without a day to count from, the value has X for every unknown digit.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from extract.dates.timex.calendar import FINENESS, OPEN_VALUES, shift, value_of, whole_number
from extract.dates.timex.clock import clock_time
from extract.dates.timex.context import REFERENCE, Base, Context, Meaning
from extract.dates.timex.families.absolute import mod_of, step_of
from extract.dates.timex.families.anchored_durations import anchor_duration
from extract.dates.timex.families.durations import length_of, quantity_of
from extract.dates.timex.ranges import days_of
from extract.model import TimexSpan, TimexType

_SATURDAY = 6
_LONGEST_QUARTER_END = len(" that ended on Wednesday, September 30, 2020")
_WEEK = 7
# Units that are counted from the day, not by the calendar: `over the next decade`.
_SPANS = ("E", "C")
_MONTHS = 12
_QUARTERS_PER_YEAR = 4
_LONGEST_RANGE_MARK = len("day, through ")


def period_from(
    unit: str, steps: int, base: Base | None, mod: str | None = None, *, edge: bool = False
) -> Meaning:
    """Return the period `steps` units away from the base; open without a base."""
    day = None if base is None else shift(base.day, unit, steps)
    if day is None:
        return Meaning("DATE", OPEN_VALUES[unit], mod)
    return Meaning("DATE", value_of(day, unit), mod, base, edge=edge)


def with_time(meaning: Meaning, time: str) -> Meaning:
    """Add a time of day to the meaning of a day."""
    if not time:
        return meaning
    return Meaning("TIME", meaning.value + time, meaning.mod, meaning.base)


def today(span: TimexSpan, context: Context) -> Meaning | None:
    """`yesterday`, `tomorrow night`, `last night`."""
    if "tonight" in span.parts:
        day = period_from("D", int(span.parts["tonight"]), context.published("D"), mod_of(span))
        return with_time(day, "TNI")
    day = period_from("D", int(span.parts["today"]), context.published("D"), mod_of(span))
    return with_time(day, clock_time(span.parts))


def daypart(span: TimexSpan, context: Context) -> Meaning | None:
    """`this morning`, `that night`."""
    base = context.mentioned("D", span.start) if "anaphoric" in span.parts else context.published("D")
    return with_time(period_from("D", step_of(span), base, mod_of(span)), clock_time(span.parts))


def clock(span: TimexSpan, context: Context) -> Meaning | None:
    """`8:30 p.m.`, `midnight`: on the last day mentioned nearby, else on the day of publication."""
    base = context.day_mentioned_nearby(span.start) or context.now("D")
    return with_time(period_from("D", 0, base, mod_of(span)), clock_time(span.parts))


def weekday(span: TimexSpan, context: Context) -> Meaning | None:
    """`Tuesday`: the most recent one, which may be the day of publication; in a future clause, the next."""
    number = int(span.parts["weekday"])
    base = _base_of_weekday(span, context)
    day = None
    if base is not None:
        day = _weekday_from(base.day, number, _weekday_step(span, context))
        is_following = span.parts.get("anaphoric") == "1"
        if day == base.day and is_following:  # counted from a Monday, `the following Monday`
            day = shift(day, "D", _WEEK)
    if day is None:
        open_day = Meaning("DATE", f"XXXX-WXX-{number}", mod_of(span))
        return with_time(open_day, clock_time(span.parts))
    return with_time(Meaning("DATE", day.isoformat(), mod_of(span), base), clock_time(span.parts))


def _base_of_weekday(span: TimexSpan, context: Context) -> Base | None:
    """Return the day to count from; after `Monday to`, that Monday."""
    steps = span.parts.get("anaphoric")
    if steps is None and not _ends_weekday_range(span, context):
        return context.now("D")
    base = context.mentioned("D", span.start)
    return context.now("D") if base is None and steps == "0" else base  # `that same Thursday`


def _ends_weekday_range(span: TimexSpan, context: Context) -> bool:
    """Return whether the weekday is the last of a range: `Monday to Wednesday`, not `Sunday and Saturday`."""
    if not context.ends_range(span, "D"):
        return False
    return context.cues.weekday_range.search(context.text, *_just_before(span)) is not None


def _is_arranged_for(span: TimexSpan, context: Context) -> bool:
    """Return whether something is arranged for that day: `a strike called for Thursday`.

    Not: `blamed for Thursday's strike`, `a vote that had been planned for Thursday`.
    """
    if context.text.startswith(("'", "’"), span.end) or context.in_retrospect(span.start):
        return False
    return context.cues.arranged.search(context.text, *_just_before(span)) is not None


def _just_before(span: TimexSpan) -> tuple[int, int]:
    return max(0, span.start - _LONGEST_RANGE_MARK), span.start


def _weekday_step(span: TimexSpan, context: Context) -> int | None:
    """Return -1 for the weekday before, 1 for the one after, None for the most recent."""
    steps = step_of(span)
    if steps:
        return steps
    if _is_coming_weekday(span, context):
        return 1
    if context.narrative and context.story is not None:
        return -1 if context.in_retrospect(span.start) else 1
    return 1 if context.tense(span.start) == "FUT" else None


def _is_coming_weekday(span: TimexSpan, context: Context) -> bool:
    """Return whether the words next to the weekday put it ahead: `this Thursday`, `called for Thursday`."""
    if "step" in span.parts and context.tense(span.start) != "PAST":
        return True
    return _ends_weekday_range(span, context) or _is_arranged_for(span, context)


def _weekday_from(day: date, number: int, step: int | None) -> date | None:
    """Return that weekday on or before `day`; strictly before it (-1); on or after it (1)."""
    return shift(day, "D", days_to_weekday(day, number, step))


def days_to_weekday(day: date, number: int, step: int | None) -> int:
    """Return how many days away that weekday is: on or before `day`, before it (-1), on or after it (1)."""
    days_back = (day.isoweekday() - number) % _WEEK
    if step == -1:
        days_back = days_back or _WEEK
    elif step == 1 and days_back:
        days_back -= _WEEK
    return -days_back


def weekday_of_week(span: TimexSpan, context: Context) -> Meaning | None:
    """`Tuesday of last week`."""
    number, base = int(span.parts["weekday"]), context.now("D")
    monday = None if base is None else shift(base.day, "D", 1 - base.day.isoweekday() + _WEEK * step_of(span))
    day = None if monday is None else shift(monday, "D", number - 1)
    if day is None:
        return Meaning("DATE", f"XXXX-WXX-{number}")
    return Meaning("DATE", day.isoformat(), base=base)


def period(span: TimexSpan, context: Context) -> Meaning | None:
    """`this year`, `early next week`, `earlier this month`."""
    unit = span.parts["period"]
    if unit == "WE":
        return weekend(span, context)
    meaning = period_from(unit, step_of(span), _base_of_period(span, context, unit), mod_of(span))
    return cut_at_base(meaning) if "since" in span.parts else meaning


def _base_of_period(span: TimexSpan, context: Context, unit: str) -> Base | None:
    """Return the day that `this month` is counted from: the story's only if the clause is in the past."""
    is_of_story = context.anchor is None or "step" not in span.parts or context.tense(span.start) == "PAST"
    return context.now(unit) if is_of_story else context.published(unit)


def cut_at_base(meaning: Meaning) -> Meaning:
    """Cut off `earlier this year` and `later this year` at the day they are counted from."""
    days = days_of(meaning.value)
    if days is None or meaning.base is None or not days[0] <= meaning.base.day <= days[1]:
        return meaning
    now = meaning.base.day
    cut = (days[0], now) if meaning.mod == "START" else (now, days[1])
    return Meaning(meaning.type, meaning.value, meaning.mod, meaning.base, days=cut)


def definite_period(span: TimexSpan, context: Context) -> Meaning | None:
    """`the past year`, `the next decade`: durations; `the current year`, `the coming week`: periods."""
    unit, step = span.parts["period"], int(span.parts["step"])
    if (step < 0 or (step > 0 and unit in _SPANS)) and mod_of(span) is None:
        base, days = anchor_duration(span, context, unit, 1) or (None, None)
        return Meaning("DURATION", length_of("1", unit), base=base, days=days)
    return period(span, context)


def anaphoric_period(span: TimexSpan, context: Context) -> Meaning | None:
    """`that month`, `the following year`: counted from the date mentioned before."""
    unit, steps = span.parts["period"], step_of(span)
    base = context.mentioned(unit, span.start)
    if base is None and steps and unit not in ("D", "W"):  # `the previous year` without a date before it
        base = context.now(unit)
    return period_from(unit, steps, base, mod_of(span))


def period_edge(span: TimexSpan, context: Context) -> Meaning | None:
    """`the end of this year`, `the beginning of the following month`."""
    unit, parts = span.parts["period"], span.parts
    base = context.mentioned(unit, span.start) if "anaphoric" in parts else None
    if base is None:
        base = context.now(unit)
    return period_from(unit, step_of(span), base, parts["edge"], edge=True)


def year_end(_span: TimexSpan, context: Context) -> Meaning | None:
    """`year-end`: of the year of publication or, in a narrative, of the story."""
    return period_from("Y", 0, context.now("Y"), "END", edge=True)


def weekend(span: TimexSpan, context: Context) -> Meaning | None:
    """`the weekend`: on a weekday the previous one, unless the clause looks ahead."""
    base = context.published("WE")
    in_weekend = base is not None and base.day.isoweekday() >= _SATURDAY
    steps = step_of(span)
    if steps > 0:
        steps = 1 if in_weekend else 0
    elif not steps and not _is_coming_weekend(span, context):
        steps = 0 if in_weekend else -1
    return period_from("WE", steps, base, mod_of(span))


def _is_coming_weekend(span: TimexSpan, context: Context) -> bool:
    """Return whether the clause looks ahead, or says `this weekend` and does not look back."""
    tense, parts = context.tense(span.start), span.parts
    is_this = "this" in parts or parts.get("step") == "0"
    return tense == "FUT" or (is_this and tense != "PAST" and parts.get("since") != "START")


def offset(span: TimexSpan, context: Context) -> Meaning | None:
    """`two days ago`, `three years later`, `months ago`."""
    parts = span.parts
    sign = int(parts.get("direction") or parts["anaphoric_direction"])
    mod = parts.get("measure") or parts.get("about")
    unit, count = _units_away(parts)
    if unit not in FINENESS or count is None:
        return _past_or_future(unit, sign, mod, _offset_base(span, context, "D", sign))
    is_far = "anaphoric_direction" in parts and context.is_far_above(span.start)
    if unit == "Y" and sign < 0 and (is_far or not context.can_compare(span.start)):
        return Meaning("DATE", OPEN_VALUES[unit], mod)
    quarter = _quarter_inherited(context, unit, sign)
    if quarter is not None:
        return period_from("Q", -_QUARTERS_PER_YEAR * count, quarter, mod)
    base = _offset_base(span, context, unit, sign)
    if base is None and "anaphoric_direction" in parts and sign > 0:
        return Meaning("DURATION", length_of(str(count), unit), mod)
    if "first_unit" not in parts:
        return period_from(unit, sign * count, base, mod)
    found = period_from(unit, sign * count, _after_first_unit(base, parts, sign), mod)
    return found if found.base is None else replace(found, base=base)


def _units_away(parts: Mapping[str, str]) -> tuple[str, int | None]:
    """Return the unit in which a distance is counted, the last of two, and its number; None if unknown."""
    unit, count = parts["unit"], quantity_of(parts)
    if "first_unit" in parts and not (parts["first_unit"] in FINENESS and parts["first_count"].isdigit()):
        return unit, None
    if (
        unit == "Y"
        and count is not None
        and float(count * _MONTHS).is_integer()
        and not float(count).is_integer()
    ):
        return "M", int(count * _MONTHS)  # a year and a half ago
    return unit, whole_number(count)


def _after_first_unit(base: Base | None, parts: Mapping[str, str], sign: int) -> Base | None:
    """Return the day that is left to count from after the first of two units: `1 month 2 days ago`."""
    first = parts.get("first_count", "")
    day = None if base is None else shift(base.day, parts["first_unit"], sign * int(first))
    return None if day is None or base is None else Base(day, base.source)


def _past_or_future(unit: str, sign: int, mod: str | None, base: Base | None) -> Meaning:
    """Return the reference for a time at an unknown distance: `months ago`, `half an hour later`."""
    kind: TimexType = "TIME" if unit.startswith("T") else "DATE"
    return Meaning(kind, "PAST_REF" if sign < 0 else "FUTURE_REF", mod, base)


def _quarter_inherited(context: Context, unit: str, sign: int) -> Base | None:
    """Return the quarter that `a year earlier` follows: it then means the same quarter of that year.

    The day on which the quarter ended may come between them.
    """
    last, quarter = context.reference, context.reported
    if unit != "Y" or sign > 0 or last is None or quarter is None or quarter.is_left:
        return None
    ended = last.unit == "D" and last.end - quarter.end < _LONGEST_QUARTER_END
    return Base(quarter.day, REFERENCE) if last.unit == "Q" or ended else None


def _offset_base(span: TimexSpan, context: Context, unit: str, sign: int) -> Base | None:
    if "anaphoric_direction" not in span.parts:
        return context.published(unit)
    base = context.mentioned(unit, span.start)
    return context.now(unit) if base is None and sign < 0 else base
