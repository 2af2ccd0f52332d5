"""The year of what comes back every year and is told without one: `28 July`, `Ashura`, `10 Muharram`."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from extract.dates.timex.calendar import value_of
from extract.dates.timex.context import REFERENCE, Base, Context, Reference
from extract.dates.timex.narrative import in_story
from extract.dates.timex.ranges import Days
from extract.model import TimexSpan

#: A day -> the days meant in the years around it, in order; none where the calendar does not reach.
DaysAround = Callable[[date], Sequence[date]]

# The nearest within this many days of publication, else the tense decides.
_NEAR_DAYS = 60
_MIDDLE_OF_YEAR = (7, 2)
_UNTIL = re.compile(r"\b(?:until|till)\s+\Z", re.IGNORECASE)
_LONGEST_UNTIL = 16
_SINCE = re.compile(r"(?:\b(?:has|have)|['’]ve|n['’]t)\b[^.;:\n]{1,100}\bsince\s\Z", re.IGNORECASE)
_CLAUSE = 120
_PERIODS_OF_A_STORY = ("M", "Y")


def place(days_around: DaysAround, span: TimexSpan, context: Context) -> tuple[date, Base] | None:
    """Return the day that is meant, and what its year was counted from; None if nothing tells.

    The year that opens the sentence or that a narrative has reached rules, else publication, else the date
    mentioned before. Far from publication a date of another year in the same sentence counts: `seized in
    2014, retaken on October 10`.
    """
    placed = _ruled(days_around, span, context)
    base = context.published("Y")
    if placed is not None or base is None:
        return placed or _beside_mentioned(days_around, context)
    days = days_around(base.day)
    if not days:
        return None
    chosen = _nearest_or_by_tense(days, base.day, context.tense(span.start))
    mentioned = None if _until_now(context.text, span.start) else context.mentioned_in_sentence(span.start)
    if mentioned is None or mentioned.day.year == base.day.year or _is_near(chosen, base.day):
        return chosen, base
    return _beside(mentioned, days_around) or (chosen, base)


def _until_now(text: str, offset: int) -> bool:
    """Return whether a date opens a time that lasts until publication: `has not met since April`."""
    return _SINCE.search(text, max(0, offset - _CLAUSE), offset) is not None


def _ruled(days_around: DaysAround, span: TimexSpan, context: Context) -> tuple[date, Base] | None:
    """Return the day that the sentence's own year or the story's date gives, None if there is none."""
    frame = context.framing_year(span.start) or _year_of_story_until(span, context)
    if frame is not None:
        return _beside(frame, days_around)
    if context.narrative and context.story is not None:
        return _beside_story(context.story, days_around, span, context)
    return None


def _year_of_story_until(span: TimexSpan, context: Context) -> Reference | None:
    """Return the year of a paragraph's story that lasted `until June`."""
    if not _UNTIL.search(context.text, max(0, span.start - _LONGEST_UNTIL), span.start):
        return None
    return context.story_year(span.start) if context.tense(span.start) == "PAST" else None


def _beside_story(
    story: Reference, days_around: DaysAround, span: TimexSpan, context: Context
) -> tuple[date, Base] | None:
    """Return that day in the year or month that the story has reached, else the one that keeps it going."""
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
    is_in_section = context.section == reached.year
    found = in_story(days, context.text, span.start, reached, in_section=is_in_section)
    return found, Base(reached, REFERENCE)


def _beside_mentioned(days_around: DaysAround, context: Context) -> tuple[date, Base] | None:
    """Return the day nearest to the date mentioned before, where one of a year or finer was."""
    if context.reference is None or context.mentioned("Y") is None:
        return None
    return _beside(context.reference, days_around)


def _beside(mentioned: Reference, days_around: DaysAround) -> tuple[date, Base] | None:
    """Return the day nearest to a date mentioned before; of a year, to its middle."""
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
    past = max((day for day in days if day <= base), default=days[0])
    future = min((day for day in days if day >= base), default=days[-1])
    nearest = _nearest([past, future], base)
    if _is_near(nearest, base):
        return nearest
    return {"FUT": future, "PAST": past}.get(tense or "", nearest)


def step_from(periods: Sequence[Days], base: date, step: int) -> Days | None:
    """Return the last period that was over before `base` (step -1) or the first that begins after it (1)."""
    if step < 0:
        return max((period for period in periods if period[1] < base), default=None)
    return min((period for period in periods if period[0] > base), default=None)
