"""Seasons: `the summer of 2014`, `last spring`, `that winter`, `the following autumn`.

A winter is named after the year in which it ends.
"""

from datetime import MAXYEAR, MINYEAR, date

from extract.dates.timex.calendar import FINENESS, day_or_none, whole_number
from extract.dates.timex.context import REFERENCE, Base, Context, Meaning, Reference
from extract.dates.timex.families.absolute import mod_of, stated_year, step_of
from extract.dates.timex.families.durations import quantity_of
from extract.dates.timex.ranges import days_of
from extract.model import TimexSpan

_MIDDLE_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}
_MIDDLE_OF_MONTH = 15
_YEARS_AROUND = (-1, 0, 1)


def season(span: TimexSpan, context: Context) -> Meaning | None:
    """`the summer of 2014`; without a year, the one near publication or, in a narrative, in the story."""
    stated = stated_year(span)
    if stated is not None:  # `the winter of 1940-41` is that of 1941
        return _season_of(span, stated + ("end_year" in span.parts and span.parts["season"] == "WI"))
    mentioned = context.reference if "anaphoric" in span.parts else None
    if context.narrative:
        mentioned = context.story
    if mentioned is None or FINENESS.index(mentioned.unit) > FINENESS.index("Y"):
        return _around_publication(span, context)
    return _around_mentioned(span, context, mentioned)


def season_of_stepped_year(span: TimexSpan, context: Context) -> Meaning | None:
    """`the summer of that year`, `the spring of last year`."""
    base = context.mentioned("Y", span.start) if "anaphoric" in span.parts else context.now("Y")
    return _season_of(span, None if base is None else base.day.year + step_of(span), base)


def seasons_ago(span: TimexSpan, context: Context) -> Meaning | None:
    """`two summers ago`: the last summer that has begun counts as the first."""
    base, count = context.published("Q"), whole_number(quantity_of(span.parts))
    if count is None:
        return Meaning("DATE", "PAST_REF")
    if base is None:
        return _season_of(span, None)
    months = _MIDDLE_MONTHS[span.parts["season"]]
    is_to_come = (base.day.month, base.day.day) < (months - 1, 1)
    return _season_of(span, base.day.year - is_to_come - count + 1, base)


def _season_of(span: TimexSpan, year: int | None, base: Base | None = None) -> Meaning:
    stated = f"{year:04d}" if year is not None and MINYEAR <= year <= MAXYEAR else "XXXX"
    return Meaning("DATE", f"{stated}-{span.parts['season']}", mod_of(span), base)


def _around_publication(span: TimexSpan, context: Context) -> Meaning:
    base, middle = context.published("Q"), _MIDDLE_MONTHS[span.parts["season"]]
    if base is None:
        return _season_of(span, None)
    year, month = base.day.year, base.day.month
    if step_of(span) < 0 and month < middle + 2:
        year -= 1
    if step_of(span) > 0 and month >= middle:
        year += 1
    return _season_of(span, year, base)


def _around_mentioned(span: TimexSpan, context: Context, mentioned: Reference) -> Meaning:
    """Return the season that contains the mentioned date, the one before or after it, or the story's next."""
    name, day, steps = span.parts["season"], mentioned.day, step_of(span)
    base = Base(day, REFERENCE)
    middles = _middles_around(name, day)
    if steps:
        beyond = [middle for middle in middles if (middle - day).days * steps > 0]
        return _season_of(span, beyond[0 if steps > 0 else -1].year if beyond else None, base)
    if mentioned.unit == "Y":
        return _season_of(span, day.year, base)
    holding = [middle for middle in middles if _holds(f"{middle.year:04d}-{name}", day)]
    chosen = holding[0] if holding else context.choose_in_story(middles, span.start, day)
    return _season_of(span, chosen.year, base)


def _middles_around(name: str, day: date) -> list[date]:
    """Return the middle of that season in the year of a day, the one before and the one after."""
    days = (day_or_none(day.year + away, _MIDDLE_MONTHS[name], _MIDDLE_OF_MONTH) for away in _YEARS_AROUND)
    return [middle for middle in days if middle is not None]


def _holds(value: str, day: date) -> bool:
    days = days_of(value)
    return days is not None and days[0] <= day <= days[1]
