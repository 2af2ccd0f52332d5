"""Expressions counted from publication (`last week`) or from a date mentioned before (`two days later`).

Each function reads one family of rules: span and context -> meaning, None where the expression says no date.
Where there is no day to count from, the value keeps X for what is not known.
"""

import re
from datetime import date

from extract.dates.timex.absolute import part_of, step_of
from extract.dates.timex.anchored_durations import lies
from extract.dates.timex.calendar import FINENESS, OPEN_VALUES, shift, value_of
from extract.dates.timex.clock import clock_time
from extract.dates.timex.context import REFERENCE, Base, Context, Meaning
from extract.dates.timex.durations import length_of, quantity_of
from extract.dates.timex.narrative import is_retrospect
from extract.dates.timex.ranges import days_of
from extract.model import TimexSpan, TimexType

_SATURDAY = 6
_QUARTER_END = len(" that ended on Wednesday, September 30, 2020")
_DAYS_OF_WEEK = 7
# So many days, weeks... back is the same of the year before; of days and weeks on the same weekday.
_IN_A_YEAR = {"D": 364, "W": 52, "M": 12, "Q": 4}
_TO_ANOTHER = re.compile(r"day(?:\s?[-–—]\s?|,?\s(?:to|until|till|through)\s)\Z", re.IGNORECASE)
_LONGEST_RANGE_MARK = len("day, through ")
_FOR = re.compile(r"\bfor\s\Z")


def counted(
    unit: str, steps: int, base: Base | None, mod: str | None = None, *, edge: bool = False
) -> Meaning:
    """Return the period that lies `steps` units from the base's; open without a base."""
    day = None if base is None else shift(base.day, unit, steps)
    if day is None:
        return Meaning("DATE", OPEN_VALUES[unit], mod)
    return Meaning("DATE", value_of(day, unit), mod, base, edge=edge)


def timed(meaning: Meaning, time: str) -> Meaning:
    """Return the meaning of a day at a time of day."""
    if not time:
        return meaning
    return Meaning("TIME", meaning.value + time, meaning.mod, meaning.base)


def today(span: TimexSpan, context: Context) -> Meaning | None:
    """`yesterday`, `tomorrow night`, `last night`."""
    if "tonight" in span.parts:
        day = counted("D", int(span.parts["tonight"]), context.published("D"), part_of(span))
        return timed(day, "TNI")
    day = counted("D", int(span.parts["today"]), context.published("D"), part_of(span))
    return timed(day, clock_time(span.parts))


def daypart(span: TimexSpan, context: Context) -> Meaning | None:
    """`this morning`, `that night`."""
    base = context.mentioned("D", span.start) if "anaphoric" in span.parts else context.published("D")
    return timed(counted("D", step_of(span), base, part_of(span)), clock_time(span.parts))


def clock(span: TimexSpan, context: Context) -> Meaning | None:
    """`8:30 p.m.`, `midnight`: of the last day mentioned nearby, else of publication."""
    base = context.day_mentioned_nearby(span.start) or context.now("D")
    return timed(counted("D", 0, base, part_of(span)), clock_time(span.parts))


def weekday(span: TimexSpan, context: Context) -> Meaning | None:
    """`Tuesday`: the most recent one, publication included; after a cue of the future the next."""
    number = int(span.parts["weekday"])
    base = _base_of_weekday(span, context)
    day = None
    if base is not None:
        day = _weekday_from(base.day, number, _weekday_step(span, context))
        if day == base.day and span.parts.get("anaphoric") == "1":  # from a Monday, `the following Monday`
            day = shift(day, "D", _DAYS_OF_WEEK)
    if day is None:
        open_day = Meaning("DATE", f"XXXX-WXX-{number}", part_of(span))
        return timed(open_day, clock_time(span.parts))
    return timed(Meaning("DATE", day.isoformat(), part_of(span), base), clock_time(span.parts))


def _base_of_weekday(span: TimexSpan, context: Context) -> Base | None:
    """Return the day to count from: after `Monday to` that Monday."""
    mentioned = span.parts.get("anaphoric")
    if mentioned is None and not _closes_days(span, context):
        return context.now("D")
    base = context.mentioned("D", span.start)
    return context.now("D") if base is None and mentioned == "0" else base  # that same Thursday


def _closes_days(span: TimexSpan, context: Context) -> bool:
    """Return whether the weekday is the last of a range: `Monday to Wednesday`, not `Sunday and Saturday`."""
    return context.ends_range(span, "D") and bool(_TO_ANOTHER.search(context.text, *_just_before(span)))


def _is_what_for(span: TimexSpan, context: Context) -> bool:
    """Return whether something is for that day: a strike called for Thursday.

    Not: blamed for Thursday's strike, a vote that had been planned for Thursday.
    """
    if context.text.startswith(("'", "’"), span.end) or is_retrospect(context.text, span.start):
        return False
    return bool(_FOR.search(context.text, *_just_before(span)))


def _just_before(span: TimexSpan) -> tuple[int, int]:
    return max(0, span.start - _LONGEST_RANGE_MARK), span.start


def _weekday_step(span: TimexSpan, context: Context) -> int | None:
    """Return -1 for the one before, 1 for the one after, None for the most recent."""
    stated = span.parts.get("step") or span.parts.get("anaphoric")
    if stated and stated != "0":
        return int(stated)
    if stated and "step" in span.parts and context.tense(span.start) != "PAST":  # this Thursday
        return 1
    if _closes_days(span, context) or _is_what_for(span, context):
        return 1
    if context.narrative and context.story is not None:
        return -1 if is_retrospect(context.text, span.start) else 1
    return 1 if context.tense(span.start) == "FUT" else None


def _weekday_from(day: date, number: int, step: int | None) -> date | None:
    """Return that weekday on or before `day`; strictly before (-1) or, where it is not `day`, after (1)."""
    back = (day.isoweekday() - number) % 7
    if step == -1:
        back = back or 7
    elif step == 1 and back:
        back -= 7
    return shift(day, "D", -back)


def weekday_of_week(span: TimexSpan, context: Context) -> Meaning | None:
    """`Tuesday of last week`."""
    number, base = int(span.parts["weekday"]), context.now("D")
    monday = None if base is None else shift(base.day, "D", 1 - base.day.isoweekday() + 7 * step_of(span))
    day = None if monday is None else shift(monday, "D", number - 1)
    if day is None:
        return Meaning("DATE", f"XXXX-WXX-{number}")
    return Meaning("DATE", day.isoformat(), base=base)


def period(span: TimexSpan, context: Context) -> Meaning | None:
    """`this year`, `early next week`, `earlier this month`."""
    unit = span.parts["period"]
    if unit == "WE":
        return weekend(span, context)
    meaning = counted(unit, step_of(span), _base_of_period(span, context, unit), part_of(span))
    return since_or_until_now(meaning) if "since" in span.parts else meaning


def _base_of_period(span: TimexSpan, context: Context, unit: str) -> Base | None:
    """Return the day that `this month` is counted from: of a story only where the clause is in the past."""
    is_of_story = context.anchor is None or "step" not in span.parts or context.tense(span.start) == "PAST"
    return context.now(unit) if is_of_story else context.published(unit)


def since_or_until_now(meaning: Meaning) -> Meaning:
    """Cut the days of `earlier this year` and `later this year` at the day they are counted from."""
    days = days_of(meaning.value)
    if days is None or meaning.base is None or not days[0] <= meaning.base.day <= days[1]:
        return meaning
    now = meaning.base.day
    cut = (days[0], now) if meaning.mod == "START" else (now, days[1])
    return Meaning(meaning.type, meaning.value, meaning.mod, meaning.base, days=cut)


def definite_period(span: TimexSpan, context: Context) -> Meaning | None:
    """`the past year` is the length of a year; `the current year`, `the coming week` are periods."""
    if int(span.parts["step"]) < 0 and part_of(span) is None:
        unit = span.parts["period"]
        base, days = lies(span, context, unit, 1) or (None, None)
        return Meaning("DURATION", length_of("1", unit), base=base, days=days)
    return period(span, context)


def anaphoric_period(span: TimexSpan, context: Context) -> Meaning | None:
    """`that month`, `the following year`: counted from the date mentioned before."""
    unit, steps = span.parts["period"], step_of(span)
    base = context.mentioned(unit, span.start)
    if (
        base is None and steps and unit not in ("D", "W")
    ):  # the previous year: of publication, if none was told
        base = context.now(unit)
    return counted(unit, steps, base, part_of(span))


def period_edge(span: TimexSpan, context: Context) -> Meaning | None:
    """`the end of this year`, `the beginning of the following month`."""
    unit, parts = span.parts["period"], span.parts
    base = context.mentioned(unit, span.start) if "anaphoric" in parts else None
    if base is None:
        base = context.now(unit)
    return counted(unit, step_of(span), base, parts["edge"], edge=True)


def year_end(_span: TimexSpan, context: Context) -> Meaning | None:
    """`year-end`: of the year of publication, of a narrative that of its story."""
    return counted("Y", 0, context.now("Y"), "END", edge=True)


def weekend(span: TimexSpan, context: Context) -> Meaning | None:
    """`the weekend`: during a week the one before, unless the clause looks ahead."""
    base = context.published("WE")
    in_weekend = base is not None and base.day.isoweekday() >= _SATURDAY
    steps = step_of(span)
    tense = context.tense(span.start)
    this = "this" in span.parts or span.parts.get("step") == "0"
    ahead = tense == "FUT" or (this and tense != "PAST" and span.parts.get("since") != "START")
    if steps > 0:
        steps = 1 if in_weekend else 0
    elif not steps and not ahead:
        steps = 0 if in_weekend else -1
    return counted("WE", steps, base, part_of(span))


def latest_quarter(_span: TimexSpan, context: Context) -> Meaning | None:
    """`the latest quarter`, `the latest period`: the last quarter that has ended."""
    return counted("Q", -1, context.published("Q"))


def anaphoric_quarter(_span: TimexSpan, context: Context) -> Meaning | None:
    """`the quarter`: the one named before; elsewhere a part of a town."""
    reference = context.reference_quarter
    return None if reference is None else counted("Q", 0, Base(reference.day, REFERENCE))


def year_ago(span: TimexSpan, context: Context) -> Meaning | None:
    """`the year-ago quarter`, `the same month last year`: a year before what was named before."""
    unit = span.parts.get("same_unit")
    if unit not in (None, "period"):
        return counted(
            unit, -_IN_A_YEAR[unit], context.mentioned(unit, span.start) or context.published(unit)
        )
    mentioned = context.reference
    if unit and mentioned is not None and mentioned.unit == "M":
        return counted("M", -_IN_A_YEAR["M"], Base(mentioned.day, REFERENCE))
    reference = context.reference_quarter
    if reference is None:
        return counted("Y", -1, context.published("Y"))
    return counted("Q", -_IN_A_YEAR["Q"], Base(reference.day, REFERENCE))


def offset(span: TimexSpan, context: Context) -> Meaning | None:
    """`two days ago`, `three years later`, `months ago`."""
    parts = span.parts
    sign = int(parts.get("direction") or parts["anaphoric_direction"])
    mod = parts.get("measure") or parts.get("about")
    unit, count = parts["unit"], quantity_of(parts)
    if unit not in FINENESS or count is None or count != int(count):
        kind: TimexType = "TIME" if unit.startswith("T") else "DATE"
        return Meaning(kind, "PAST_REF" if sign < 0 else "FUTURE_REF", mod)
    if _inherits_quarter(context, unit, sign):
        quarter = context.reference_quarter
        base = None if quarter is None else Base(quarter.day, REFERENCE)
        return counted("Q", -_IN_A_YEAR["Q"] * int(count), base, mod)
    base = _offset_base(span, context, unit, sign)
    if base is None and "anaphoric_direction" in parts and sign > 0:
        return Meaning("DURATION", length_of(str(int(count)), unit), mod)
    return counted(unit, sign * int(count), base, mod)


def _inherits_quarter(context: Context, unit: str, sign: int) -> bool:
    """Return whether `a year earlier` follows the name of a quarter: it then means that year's quarter.

    The day on which the quarter ended may stand between them.
    """
    last, quarter = context.reference, context.reference_quarter
    if unit != "Y" or sign > 0 or last is None or quarter is None:
        return False
    ended = last.unit == "D" and last.end - quarter.end < _QUARTER_END
    return last.unit == "Q" or (ended and value_of(last.day, "Q") == value_of(quarter.day, "Q"))


def _offset_base(span: TimexSpan, context: Context, unit: str, sign: int) -> Base | None:
    if "anaphoric_direction" not in span.parts:
        return context.published(unit)
    base = context.mentioned(unit, span.start)
    return context.now(unit) if base is None and sign < 0 else base
