"""Named days and anniversaries: `Ashura`, `the eve of Eid al-Fitr`, `the anniversary of the fall of Mosul`.

A feast of several days has the value of its first day; earliest and latest are its first and last day.
"""

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date
from functools import partial

from extract.dates.timex.calendar import OPEN_VALUES, day_or_none, shift, value_of
from extract.dates.timex.clock import clock_time
from extract.dates.timex.context import REFERENCE, Base, Context, Meaning
from extract.dates.timex.families.absolute import step_of
from extract.dates.timex.families.durations import quantity_of
from extract.dates.timex.families.feasts import feast_of_hijri_year, feasts_in, open_value
from extract.dates.timex.families.relative import with_time
from extract.dates.timex.ranges import Days
from extract.dates.timex.yearless import place, step_from
from extract.model import TimexSpan

_Placed = tuple[Days, Base | None]
_UNCOUNTED = "X"


def named_day(span: TimexSpan, context: Context) -> Meaning | None:
    """`Ashura`, `last Arbaeen`, `Eid al-Adha 2022`, `the third day of Eid al-Adha`."""
    codes, parts = span.parts["named_day"], span.parts
    if _has_year(parts):
        placed = _in_stated_year(codes, span, context)
        if placed is None and (parts.get("year") or parts.get("hijri_year")):
            return None
    else:
        placed = _of_step(codes, span, context) if step_of(span) else _nearby(codes, span, context)
    if placed is None:
        return with_time(Meaning("DATE", open_value(codes)), clock_time(parts))
    meaning = _part_of_feast(parts, *placed)
    return None if meaning is None else with_time(meaning, clock_time(parts))


def _has_year(parts: Mapping[str, str]) -> bool:
    return bool({"year", "hijri_year", "year_step", "anaphoric"} & set(parts))


def _in_stated_year(codes: str, span: TimexSpan, context: Context) -> _Placed | None:
    """Return the feast of `2021`, `1443 AH`, `last year`, `that year`."""
    parts = span.parts
    if "hijri_year" in parts:
        feast = feast_of_hijri_year(codes, int(parts["hijri_year"]))
        return None if feast is None else (feast, None)
    base = None
    if "year" in parts:
        year = int(parts["year"])
    else:
        base = context.mentioned("Y") if "anaphoric" in parts else context.now("Y")
        if base is None:
            return None
        year = base.day.year + int(parts.get("year_step") or parts["anaphoric"])
    feasts = feasts_in(codes, year)
    return (feasts[0], base) if feasts else None


def _nearby(codes: str, span: TimexSpan, context: Context) -> _Placed | None:
    """Return the feast in the year that the context suggests."""
    placed = place(lambda around: [feast[0] for feast in _feasts_around(codes, around)], span, context)
    if placed is None:
        return None
    day, base = placed
    return next(feast for feast in feasts_in(codes, day.year) if feast[0] == day), base


def _of_step(codes: str, span: TimexSpan, context: Context) -> _Placed | None:
    """Return the feast meant by `last Ashura`, `the coming Eid al-Fitr`."""
    base = context.now("Y")
    feast = None if base is None else step_from(_feasts_around(codes, base.day), base.day, step_of(span))
    return None if feast is None else (feast, base)


def _feasts_around(codes: str, day: date) -> list[Days]:
    years = range(max(day.year - 2, MINYEAR), min(day.year + 2, MAXYEAR) + 1)
    return [feast for year in years for feast in feasts_in(codes, year)]


def _part_of_feast(parts: Mapping[str, str], feast: Days, base: Base | None) -> Meaning | None:
    """Return the whole feast, one of its days, a day before or after it, or its week."""
    first, last = feast
    if parts.get("number") == _UNCOUNTED:  # `a few days before Ashura`
        near = last if int(parts["side"]) > 0 else first
        return Meaning("DATE", OPEN_VALUES["D"], base=Base(near, REFERENCE))
    if "feast_period" in parts:
        return Meaning("DATE", value_of(first, parts["feast_period"]), base=base)
    if "feast_day" in parts:
        number = int(parts["feast_day"])
        day = shift(first, "D", number - 1) if number else last
    elif (steps := _days_away(parts)) is not None:
        day = shift(last if steps > 0 else first, "D", steps)
    else:
        return Meaning("DATE", first.isoformat(), base=base, days=feast)
    return None if day is None else Meaning("DATE", day.isoformat(), base=base)


def _days_away(parts: Mapping[str, str]) -> int | None:
    """Return the distance from the feast in days: -1 for `the eve of`, None if the feast itself is meant."""
    if "feast_shift" in parts:
        return int(parts["feast_shift"])
    if "side" not in parts:
        return None
    count = quantity_of(parts)
    return None if count is None else int(parts["side"]) * int(count * int(parts["feast_unit"]))


def every_named_day(span: TimexSpan, _context: Context) -> Meaning:
    """`every Ashura`, `each Christmas`; a month or a movable feast means just `every year`."""
    codes = span.parts.get("named_day")
    value = "" if codes is None else open_value(codes)
    return Meaning("SET", value if value[-1:].isdigit() and value.count("-") > 1 else "P1Y")


def anniversary(span: TimexSpan, context: Context) -> Meaning | None:
    """`the anniversary of the fall of Baghdad`; `the second anniversary` lies two years after the event."""
    event = date.fromisoformat(span.parts["occasion"])
    if "count" in span.parts:
        found = day_or_none(event.year + int(span.parts["count"]), event.month, event.day)
        return None if found is None else Meaning("DATE", found.isoformat())
    placed = place(partial(_anniversaries_around, event), span, context)
    if placed is None:
        return Meaning("DATE", f"XXXX-{event.month:02d}-{event.day:02d}")
    day, base = placed
    return Meaning("DATE", day.isoformat(), base=base)


def _anniversaries_around(event: date, around: date) -> list[date]:
    """Return the anniversaries near a day, or the first one if the day lies before the event."""
    years = range(max(around.year - 1, event.year + 1), max(around.year + 1, event.year + 1) + 1)
    days = (day_or_none(year, event.month, event.day) for year in years)
    return [day for day in days if day is not None]
