"""The year of what comes back every year and is told without one: `Ashura`, `10 Muharram`, `Christmas`."""

from collections.abc import Callable, Sequence
from datetime import date

from extract.model import TimexSpan
from extract.resolve.timex.context import REFERENCE, Base, Context, Reference
from extract.resolve.timex.ranges import Days

#: A day -> the days meant in the years around it, in order; none where the calendar does not reach.
DaysAround = Callable[[date], Sequence[date]]

# The nearest within this many days of publication, else the tense decides: as for month and day.
_NEAR_DAYS = 60
_MIDDLE_OF_YEAR = (7, 2)


def place(days_around: DaysAround, span: TimexSpan, context: Context) -> tuple[date, Base] | None:
    """Return the day that is meant, and what its year was counted from; None if nothing tells.

    The year that opens the sentence or that a narrative has reached rules, else publication, else the date
    mentioned before. Far from publication a date of another year in the same sentence counts.
    """
    ruling = _ruling_date(span, context)
    placed = None if ruling is None else _beside(ruling, days_around)
    base = context.published("Y")
    if placed is not None or base is None:
        return placed or _beside_told(days_around, context)
    days = days_around(base.day)
    if not days:
        return None
    chosen = _nearest_or_by_tense(days, base.day, context.tense(span.start))
    told = context.told_in_sentence(span.start)
    if told is None or told.day.year == base.day.year or _is_near(chosen, base.day):
        return chosen, base
    return _beside(told, days_around) or (chosen, base)


def _ruling_date(span: TimexSpan, context: Context) -> Reference | None:
    return context.framing_year(span.start) or (context.story if context.narrative else None)


def _beside_told(days_around: DaysAround, context: Context) -> tuple[date, Base] | None:
    """Return the day nearest to the date mentioned before, where one of a year or finer was."""
    if context.reference is None or context.told("Y") is None:
        return None
    return _beside(context.reference, days_around)


def _beside(told: Reference, days_around: DaysAround) -> tuple[date, Base] | None:
    """Return the day nearest to a date mentioned before; of a year, to its middle."""
    month, day = _MIDDLE_OF_YEAR
    near = told.day.replace(month=month, day=day) if told.unit == "Y" else told.day
    days = days_around(near)
    return (_nearest(days, near), Base(told.day, REFERENCE)) if days else None


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
