"""Days and months that only a date mentioned before can place: `on the 5th`, `that January`.

Each function reads one family of rules: span and context -> meaning, None if no date was mentioned.
"""

from datetime import date

from extract.dates.timex.calendar import FINENESS, day_or_none, shift
from extract.dates.timex.clock import clock_time
from extract.dates.timex.context import BEFORE_CHRIST, REFERENCE, Base, Context, Meaning, Reference
from extract.dates.timex.families.absolute import mod_of, placed_month, step_of
from extract.dates.timex.year_headings import is_near
from extract.model import TimexSpan

# A day more than this far before the last one is in the next month: `the 28th ... on the 3rd`.
_NEXT_MONTH = 15
_MONTHS_OF_YEAR = 12
# Enough months for every day of the month to fall on every weekday.
_MONTHS_AROUND = range(-12, 13)


def before_christ(span: TimexSpan, _context: Context) -> Meaning | None:
    """`480 BC`, `2 August 216 BC`, `the 5th century BC`: BC0480, BC0216-08-02, BC04, as in TIMEX2 (2005)."""
    parts = span.parts
    if "century" in parts:
        number = int(parts["century"]) - 1
        return Meaning("DATE", f"{BEFORE_CHRIST}{number:02d}", mod_of(span)) if number >= 0 else None
    value = f"{BEFORE_CHRIST}{int(parts['ancient_year']):04d}"
    if "season" in parts:
        value += f"-{parts['season']}"
    if "month" in parts:
        value += f"-{int(parts['month']):02d}"
    if "day" in parts:
        value += f"-{int(parts['day']):02d}"
    return Meaning("DATE", value, mod_of(span))


def anaphoric_day(span: TimexSpan, context: Context) -> Meaning | None:
    """`on the 5th`, `the evening of the 6th`: in the month mentioned before."""
    if "weekday" in span.parts:
        return _on_weekday(span, context)
    mentioned = _mentioned_month(context, span.start)
    if mentioned is None:
        return _day_of_this_month(span, context) if "of_month" in span.parts else None
    day = _day_in_month(mentioned, int(span.parts["day"]))
    if day is None:
        return None
    time = clock_time(span.parts)
    return Meaning("TIME" if time else "DATE", f"{day}{time}", mod_of(span), Base(mentioned.day, REFERENCE))


def _day_of_this_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`the first of the month`, where no month was mentioned."""
    base, number = context.now("M"), int(span.parts["day"])
    if base is None:
        return Meaning("DATE", f"XXXX-XX-{number:02d}")
    day = day_or_none(base.day.year, base.day.month, number)
    return None if day is None else Meaning("DATE", day.isoformat(), base=base)


def _on_weekday(span: TimexSpan, context: Context) -> Meaning:
    """`Friday the 13th`: the nearest one."""
    base, number = context.now("D"), int(span.parts["day"])
    months = [] if base is None else [shift(base.day.replace(day=1), "M", away) for away in _MONTHS_AROUND]
    days = [day_or_none(month.year, month.month, number) for month in months if month is not None]
    fit = [day for day in days if day is not None and str(day.isoweekday()) == span.parts["weekday"]]
    if base is None or not fit:
        return Meaning("DATE", f"XXXX-XX-{number:02d}")
    return Meaning("DATE", min(fit, key=lambda day: abs((day - base.day).days)).isoformat(), base=base)


def _mentioned_month(context: Context, offset: int) -> Reference | None:
    """Return the last date mentioned, if it is a month or finer."""
    mentioned = context.reference
    if context.narrative and context.story is not None and context.mentioned_in_sentence(offset) is None:
        mentioned = context.story
    if mentioned is None or FINENESS.index(mentioned.unit) > FINENESS.index("M"):
        return None
    is_mentioned_here = context.narrative or is_near(context.text, mentioned.end, offset, paragraphs=0)
    return mentioned if is_mentioned_here else None


def _day_in_month(mentioned: Reference, day: int) -> date | None:
    month = mentioned.day
    if mentioned.unit == "D" and mentioned.day.day - day > _NEXT_MONTH:
        month = shift(mentioned.day.replace(day=1), "M", 1) or mentioned.day
    return day_or_none(month.year, month.month, day)


def anaphoric_month(span: TimexSpan, context: Context) -> Meaning | None:
    """`that January`: in the story; `the following January`: the first after the date mentioned before."""
    number, steps = int(span.parts["month"]), step_of(span)
    base = context.mentioned("M", span.start) or context.mentioned("Y", span.start)
    if not steps or base is None:
        return placed_month(span, context)
    months = (number - base.day.month) * steps % _MONTHS_OF_YEAR or _MONTHS_OF_YEAR
    found = shift(base.day.replace(day=1), "M", steps * months)
    return (
        None
        if found is None
        else Meaning("DATE", f"{found.year:04d}-{number:02d}", mod_of(span), base, edge="edge" in span.parts)
    )
