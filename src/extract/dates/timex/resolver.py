"""Temporal expressions -> TIMEX3 values (TimeML 1.2.1), counted from publication or from earlier dates.

To add a family of rules (`[rules.FAMILY.NAME]` in models/dates/rules.toml), write its function and add it to
`FAMILIES`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from extract.dates.cues import DateCues
from extract.dates.tense import lexical_tense
from extract.dates.timex.context import REFERENCE, Context, Meaning
from extract.dates.timex.families import (
    absolute,
    anaphoric,
    days_within,
    durations,
    hijri,
    named_days,
    parts,
    quarters,
    relative,
    seasons,
    steps,
)
from extract.dates.timex.narrative import is_narrative
from extract.dates.timex.range_ends import End, are_joined, in_one_stretch
from extract.dates.timex.relations import relate
from extract.dates.timex.slashes import in_one_order
from extract.dates.timex.speech_days import Speech, speeches
from extract.model import Timex, TimexSpan

Family = Callable[[TimexSpan, Context], Meaning | None]

# Families are the first part of a rule's name, which the tables hold: they are never renamed.
FAMILIES: Mapping[str, Family] = {
    "day": absolute.calendar_day,
    "day_of_stepped_year": absolute.day_of_stepped_year,
    "day_of_stepped_month": absolute.day_of_stepped_month,
    "day_range": absolute.last_day_of_range,
    "month": absolute.month,
    "month_of_year": parts.month_of_year,
    "day_in_month": parts.day_in_month,
    "half_of_month": parts.half_of_month,
    "half_of_decade": parts.half_of_decade,
    "week_of_month": parts.week_of_month,
    "week_of_day": parts.week_of_day,
    "weekday_of_month": parts.weekday_of_month,
    "day_of_period": days_within.day_of_period,
    "weekday_of_hijri_month": days_within.weekday_of_hijri_month,
    "weekdays_ago": parts.weekdays_ago,
    "this_period": parts.this_period,
    "stepped_month": absolute.stepped_month,
    "month_of_stepped_year": absolute.month_of_stepped_year,
    "year": absolute.calendar_year,
    "year_range": absolute.last_year_of_range,
    "half": absolute.half_of_year,
    "quarter": absolute.quarter_of_year,
    "quarter_ended": absolute.quarter_ended,
    "decade": absolute.decade,
    "century": absolute.century,
    "ancient": anaphoric.before_christ,
    "told_day": anaphoric.anaphoric_day,
    "told_month": anaphoric.anaphoric_month,
    "season": seasons.season,
    "seasons_ago": seasons.seasons_ago,
    "season_of_stepped_year": seasons.season_of_stepped_year,
    "hijri_day": hijri.hijri_day,
    "hijri_month": hijri.hijri_month,
    "hijri_year": hijri.hijri_year,
    "named_day": named_days.named_day,
    "every_named_day": named_days.every_named_day,
    "anniversary": named_days.anniversary,
    "event": absolute.event,
    "new_year": absolute.new_year,
    "today": relative.today,
    "daypart": relative.daypart,
    "clock": relative.clock,
    "weekday": relative.weekday,
    "weekday_of_week": relative.weekday_of_week,
    "period": relative.period,
    "definite_period": relative.definite_period,
    "coming_span": relative.definite_period,
    "told_period": relative.anaphoric_period,
    "period_edge": relative.period_edge,
    "year_end": relative.year_end,
    "weekend": relative.weekend,
    "latest_quarter": quarters.latest_quarter,
    "told_quarter": quarters.anaphoric_quarter,
    "year_ago": quarters.year_ago,
    "beyond": steps.beyond,
    "from_day": steps.from_day,
    "event_day": steps.event_day,
    "offset": relative.offset,
    "duration": durations.duration,
    "set": durations.every,
    "reference": durations.reference,
}


def resolve_timexes(
    spans: Iterable[TimexSpan],
    text: str,
    cues: DateCues,
    *,
    anchor: date | None,
    anchor_source: str | None,
    tense: Callable[[int], str | None] | None = None,
) -> tuple[Timex, ...]:
    """Resolve temporal expressions to their values.

    Args:
        spans: From `find_timexes`, in text order.
        text: The text they were found in.
        cues: The words around dates, from the date rules.
        anchor: Day of publication; without it relative dates stay open (`XXXX-WXX-2`).
        anchor_source: `published`, or `inferred` if publication is only known to be no earlier than the
            anchor: then weekdays and other expressions finer than a month stay open.
        tense: Tense at an offset (`FUT`, `PAST`, None), as returned by `tense_of`; by default the
            surrounding words decide.

    Returns:
        The expressions that have a value, in text order.
    """
    found = in_one_order(tuple(spans))
    context = Context(
        text,
        anchor,
        anchor_source if anchor else None,
        tense or lexical_tense(text, cues.tense),
        cues.context,
        narrative=is_narrative(found, anchor),
    )
    timexes, contexts = _resolve_in_order(found, context)
    for speech in speeches(text, timexes, anchor, cues.context):
        _anchor_on_speech(speech, timexes, contexts)
    return relate(timexes, text, cues.context)


def _resolve_in_order(
    spans: Sequence[TimexSpan], context: Context
) -> tuple[list[Timex], list[tuple[TimexSpan, Context]]]:
    """Return the expressions that have a value, with the span and context of each."""
    timexes: list[Timex] = []
    contexts: list[tuple[TimexSpan, Context]] = []
    last: End | None = None
    for span in spans:
        meaning = _meaning(span, context)
        if meaning is None:
            continue
        end = End(span, meaning)
        if last is not None and are_joined(
            context.text, last.span.start, last.span.end, span.start, context.cues
        ):
            first, end = in_one_stretch(last, end, context.anchor, context.tense)
            if first is not last:
                timexes[-1] = _timex(first.span, first.meaning)
                context = contexts[-1][1].after(first.meaning, first.span)
        timexes.append(_timex(span, end.meaning))
        contexts.append((span, context))
        context = context if _is_comparison(span) else context.after(end.meaning, span)
        last = end
    return timexes, contexts


def _meaning(span: TimexSpan, context: Context) -> Meaning | None:
    return FAMILIES[span.rule.split(".")[0]](span, context)


def _anchor_on_speech(
    speech: Speech, timexes: list[Timex], contexts: Sequence[tuple[TimexSpan, Context]]
) -> None:
    """Resolve a quotation's dates from the day it was spoken, except those counted from earlier dates."""
    first = bisect_left(timexes, speech.start, key=attrgetter("start"))
    last = bisect_left(timexes, speech.end, key=attrgetter("start"))
    for index in range(first, last):
        if timexes[index].anchor_source == REFERENCE:
            continue
        span, context = contexts[index]
        spoken = replace(context, anchor=speech.day, anchor_source=REFERENCE, narrative=False)
        meaning = _meaning(span, spoken)
        if meaning is not None:
            timexes[index] = _timex(span, meaning)


def _is_comparison(span: TimexSpan) -> bool:
    """Return whether the expression only compares with the past: `from 14 guilders a year earlier`."""
    years_back = span.parts.get("unit") == "Y" and "-1" in (
        span.parts.get("direction"),
        span.parts.get("anaphoric_direction"),
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
