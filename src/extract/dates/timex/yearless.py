"""The year of a day that recurs every year and is stated without one: `28 July`, `Ashura`, `10 Muharram`."""

from collections.abc import Callable, Sequence
from datetime import date

from extract.dates.timex.calendar import FINENESS, value_of
from extract.dates.timex.context import REFERENCE, Base, Context, Reference
from extract.dates.timex.narrative import last_and_next
from extract.dates.timex.ranges import Days
from extract.dates.timex.year_headings import is_near
from extract.model import TimexSpan

#: A day -> the candidate days in the surrounding years, in order; empty outside the range of the calendar.
DaysAround = Callable[[date], Sequence[date]]

# Within this many days of publication the nearest day is meant; beyond, the tense decides.
_NEAR_DAYS = 60
_MIDDLE_OF_YEAR = (7, 2)
_LONGEST_UNTIL = 16
_CLAUSE = 120
_NEARBY_PARAGRAPHS = 2
_PERIODS_OF_A_STORY = ("M", "Y")


def place(days_around: DaysAround, span: TimexSpan, context: Context) -> tuple[date, Base] | None:
    """Return the day that is meant, and the day its year was counted from; None if unknown.

    The year that opens the sentence or that a narrative has reached decides, else publication, else the date
    mentioned before. Far from publication, a date of another year in the same sentence decides: `seized in
    2014, retaken on October 10`.
    """
    placed = _from_frame_or_story(days_around, span, context)
    base = context.published("Y")
    if placed is not None or base is None:
        return placed or _nearest_to_mentioned(days_around, span, context)
    days = days_around(base.day)
    if not days:
        return None
    chosen = _nearest_or_by_tense(days, base.day, context.tense(span.start))
    if not _is_near(chosen, base.day) and (found := _in_month_mentioned(days, span, context)) is not None:
        return found
    mentioned = None if _until_now(context, span.start) else context.mentioned_in_sentence(span.start)
    if mentioned is None or mentioned.day.year == base.day.year or _is_near(chosen, base.day):
        return chosen, base
    return _nearest_to(mentioned, days_around) or (chosen, base)


def _in_month_mentioned(days: Sequence[date], span: TimexSpan, context: Context) -> tuple[date, Base] | None:
    """Return the day in the month mentioned nearby, if it is in that month: `in June 2006 ... on June 16`."""
    mentioned = context.reference
    if mentioned is None or not mentioned.is_of_text or FINENESS.index(mentioned.unit) > FINENESS.index("M"):
        return None
    if not is_near(context.text, mentioned.end, span.start, paragraphs=_NEARBY_PARAGRAPHS):
        return None
    month = (mentioned.day.year, mentioned.day.month)
    within = [day for day in days if (day.year, day.month) == month]
    return (within[0], Base(mentioned.day, REFERENCE)) if len(within) == 1 else None


def _until_now(context: Context, offset: int) -> bool:
    """Return whether a date begins a period that lasts until publication: `has not met since April`."""
    return context.cues.until_now.search(context.text, max(0, offset - _CLAUSE), offset) is not None


def _from_frame_or_story(
    days_around: DaysAround, span: TimexSpan, context: Context
) -> tuple[date, Base] | None:
    """Return the day in the year that frames the sentence, or in the story; None without either."""
    frame = context.framing_year(span.start) or _year_of_story_until(span, context)
    if frame is not None:
        return _nearest_to(frame, days_around)
    if context.narrative and context.story is not None:
        return _from_story(context.story, days_around, span, context)
    return None


def _year_of_story_until(span: TimexSpan, context: Context) -> Reference | None:
    """Return the year of the paragraph's story after `until` in a past clause: `lasted until June`."""
    if not context.cues.until.search(context.text, max(0, span.start - _LONGEST_UNTIL), span.start):
        return None
    return context.story_year(span.start) if context.tense(span.start) == "PAST" else None


def _from_story(
    story: Reference, days_around: DaysAround, span: TimexSpan, context: Context
) -> tuple[date, Base] | None:
    """Return that day in the year or month that the story has reached, else the one that moves it forward."""
    days, reached = days_around(story.day), story.day
    if not days:
        return None
    within = [found for found in days if value_of(found, story.unit) == value_of(reached, story.unit)]
    if story.unit in _PERIODS_OF_A_STORY and len(within) == 1:
        return within[0], Base(reached, REFERENCE)
    if story.unit == "D":
        within = [found for found in days if (found.year, found.month) == (reached.year, reached.month)]
        if within:
            return within[0], Base(reached, REFERENCE)
    return context.choose_in_story(days, span.start, reached), Base(reached, REFERENCE)


def _nearest_to_mentioned(
    days_around: DaysAround, span: TimexSpan, context: Context
) -> tuple[date, Base] | None:
    """Return the day nearest to a month or day that the sentence mentions before; None without one.

    Anything farther away would be a guess: `The siege began in 2014. The council met in October.` So would
    what is to come: `invited in July 1997, they will join on 12 March`.
    """
    if context.tense(span.start) == "FUT":
        return None
    year = context.story_year(span.start)
    if year is not None:
        return _nearest_to(year, days_around)
    mentioned = context.mentioned_in_sentence(span.start)
    if mentioned is None or FINENESS.index(mentioned.unit) > FINENESS.index("M"):
        return None
    return _nearest_to(mentioned, days_around)


def _nearest_to(mentioned: Reference, days_around: DaysAround) -> tuple[date, Base] | None:
    """Return the day nearest to a date mentioned before; for a year, nearest to its middle."""
    month, day = _MIDDLE_OF_YEAR
    near = mentioned.day.replace(month=month, day=day) if mentioned.unit == "Y" else mentioned.day
    days = days_around(near)
    return (_nearest(days, near), Base(mentioned.day, REFERENCE)) if days else None


def _nearest(days: Sequence[date], base: date) -> date:
    return min(days, key=lambda day: abs((day - base).days))


def _is_near(day: date, base: date) -> bool:
    return abs((day - base).days) <= _NEAR_DAYS


def _nearest_or_by_tense(days: Sequence[date], base: date, tense: str | None) -> date:
    """Choose between the last such day before publication and the first after it."""
    past, future = last_and_next(days, base)
    nearest = _nearest([past, future], base)
    if _is_near(nearest, base):
        return nearest
    return {"FUT": future, "PAST": past}.get(tense or "", nearest)


def step_from(periods: Sequence[Days], base: date, step: int) -> Days | None:
    """Return the last period that ends before `base` (step -1) or the first that begins after it (1)."""
    if step < 0:
        return max((period for period in periods if period[1] < base), default=None)
    return min((period for period in periods if period[0] > base), default=None)
