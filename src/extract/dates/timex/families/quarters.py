"""Quarters and other periods that figures are about: `the latest quarter`, `the year-ago period`.

Each function reads one family of rules: span and context -> meaning, None if the words do not mean a time.
"""

from datetime import date

from extract.dates.timex.calendar import value_of
from extract.dates.timex.context import REFERENCE, Base, Context, Meaning
from extract.dates.timex.families.relative import period_from
from extract.dates.timex.ranges import days_of
from extract.dates.timex.reports import Reported
from extract.model import TimexSpan

_QUARTER = "Q"
_DAYS_PER_YEAR = 366
# Units to go back to the same day, week... a year before; days and weeks keep the weekday.
_UNITS_PER_YEAR = {"D": 364, "W": 52, "M": 12, _QUARTER: 4}


def latest_quarter(_span: TimexSpan, context: Context) -> Meaning | None:
    """`the latest quarter`, `the latest period`: the one reported on, else the last that has ended."""
    published, reported = context.published(_QUARTER), context.reported
    if published is not None and reported is not None and _is_latest(reported, published.day):
        return period_from(_QUARTER, 0, Base(reported.day, REFERENCE))
    return period_from(_QUARTER, -1, published)


def _is_latest(quarter: Reported, published: date) -> bool:
    """Return whether a quarter is over, and was not one of the years before."""
    days = days_of(value_of(quarter.day, _QUARTER))
    return days is not None and days[1] < published and (published - days[0]).days < _DAYS_PER_YEAR


def anaphoric_quarter(span: TimexSpan, context: Context) -> Meaning | None:
    """`the quarter`: the one reported on; without one, the word means a part of a town.

    `the 1988 period` is the same quarter of that year; without a quarter, the year.
    """
    year = span.parts.get("year")
    if year is None:
        quarter = _quarter_reported(context)
        return None if quarter is None else period_from(_QUARTER, 0, quarter)
    quarter = _quarter_compared(span, context)
    if quarter is None:
        return Meaning("DATE", year)
    return Meaning("DATE", year + value_of(quarter.day, _QUARTER)[len(year) :], base=quarter)


def year_ago(span: TimexSpan, context: Context) -> Meaning | None:
    """`the year-ago quarter`, `the same month last year`: one year before the period mentioned last."""
    unit = span.parts.get("same_unit")
    if unit not in (None, "period"):
        return period_from(
            unit, -_UNITS_PER_YEAR[unit], context.mentioned(unit, span.start) or context.published(unit)
        )
    mentioned = context.reference
    if unit and mentioned is not None and mentioned.unit == "M":
        return period_from("M", -_UNITS_PER_YEAR["M"], Base(mentioned.day, REFERENCE))
    quarter = _quarter_compared(span, context)
    if quarter is None:
        return period_from("Y", -1, context.published("Y"))
    return period_from(_QUARTER, -_UNITS_PER_YEAR[_QUARTER], quarter)


def _quarter_compared(span: TimexSpan, context: Context) -> Base | None:
    """Return the quarter that is compared with another year; None after figures of a longer period."""
    is_left = context.reported is not None and context.reported.is_left
    if not context.can_compare(span.start) or (is_left and "quarter" not in span.parts):
        return None
    return _quarter_reported(context)


def _quarter_reported(context: Context) -> Base | None:
    return None if context.reported is None else Base(context.reported.day, REFERENCE)
