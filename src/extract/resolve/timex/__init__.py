"""Temporal expressions -> TIMEX3 values (TimeML 1.2.1), counted from publication or from dates told before.

To add a family of rules (`[rules.FAMILY.NAME]` in models/dates/rules.toml), write its function and a line in
`FAMILIES`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from extract.annotate.dates_tense import lexical_tense
from extract.model import Timex, TimexSpan
from extract.resolve.timex import amounts, dated, relative
from extract.resolve.timex.context import Context, Meaning

Family = Callable[[TimexSpan, Context], Meaning | None]

FAMILIES: Mapping[str, Family] = {
    "day": dated.calendar_day,
    "day_of_stepped_year": dated.day_of_stepped_year,
    "day_of_stepped_month": dated.day_of_stepped_month,
    "day_range": dated.last_day_of_range,
    "month": dated.month,
    "stepped_month": dated.stepped_month,
    "month_of_stepped_year": dated.month_of_stepped_year,
    "year": dated.calendar_year,
    "year_range": dated.last_year_of_range,
    "half": dated.half_of_year,
    "quarter": dated.quarter_of_year,
    "quarter_ended": dated.quarter_ended,
    "decade": dated.decade,
    "century": dated.century,
    "season": dated.season,
    "holiday": dated.holiday,
    "event": dated.event,
    "new_year": dated.new_year,
    "today": relative.today,
    "daypart": relative.daypart,
    "clock": relative.clock,
    "weekday": relative.weekday,
    "weekday_of_week": relative.weekday_of_week,
    "period": relative.period,
    "definite_period": relative.definite_period,
    "told_period": relative.told_period,
    "period_edge": relative.period_edge,
    "year_end": relative.year_end,
    "weekend": relative.weekend,
    "latest_quarter": relative.latest_quarter,
    "told_quarter": relative.told_quarter,
    "year_ago": relative.year_ago,
    "offset": relative.offset,
    "duration": amounts.duration,
    "set": amounts.every,
    "reference": amounts.reference,
}


def resolve_timexes(
    spans: Iterable[TimexSpan],
    text: str,
    *,
    anchor: date | None,
    anchor_source: str | None,
    tense: Callable[[int], str | None] | None = None,
) -> tuple[Timex, ...]:
    """Give temporal expressions their values.

    Args:
        spans: From `find_timexes`, in text order.
        text: The text they were found in.
        anchor: Day of publication; without it relative dates stay open (`XXXX-WXX-2`).
        anchor_source: `published`, or `inferred` where publication is only known to be no earlier than the
            anchor: then weekdays and other expressions finer than a month stay open.
        tense: Tense at an offset (`FUT`, `PAST`, None), as made by `tense_of`; by default the words around
            decide.

    Returns:
        The expressions that have a value, in text order.
    """
    context = Context(text, anchor, anchor_source if anchor else None, tense or lexical_tense(text))
    timexes = []
    for span in spans:
        meaning = FAMILIES[span.rule.split(".")[0]](span, context)
        if meaning is not None:
            timexes.append(_timex(span, meaning))
            context = context if _is_comparison(span) else context.after(meaning, span)
    return tuple(timexes)


def _is_comparison(span: TimexSpan) -> bool:
    """Tell whether the expression only looks back in passing: `from 14 guilders a year earlier`."""
    years_back = span.parts.get("unit") == "Y" and "-1" in (
        span.parts.get("direction"),
        span.parts.get("told_direction"),
    )
    return years_back or span.rule.startswith("year_ago.")


def _timex(span: TimexSpan, meaning: Meaning) -> Timex:
    earliest, latest = meaning.range() or (None, None)
    return Timex(
        start=span.start,
        end=span.end,
        text=span.text,
        type=meaning.type,
        value=meaning.value,
        rule=span.rule,
        mod=meaning.mod,
        earliest=earliest,
        latest=latest,
        anchor=meaning.base.day if meaning.base else None,
        anchor_source=meaning.base.source if meaning.base else None,
    )


__all__ = ["FAMILIES", "resolve_timexes"]
