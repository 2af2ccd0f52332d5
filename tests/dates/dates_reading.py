"""What the tests of the dates rooms share: a text is read, and its dates are compared with inline markup."""

from datetime import date

from hijridate import Hijri

from extract.dates.finder import find_timexes
from extract.dates.rules import DateRules
from extract.dates.timex.resolver import resolve_timexes
from extract.model import Timex
from markup import parse_markup

WEDNESDAY = date(2021, 7, 28)


def read(
    text: str, rules: DateRules, *, anchor: date | None = WEDNESDAY, source: str | None = "published"
) -> tuple[Timex, ...]:
    spans = find_timexes(text, rules)
    return resolve_timexes(spans, text, rules.cues, anchor=anchor, anchor_source=source)


def of_hijri(year: int, month: int, day: int) -> date:
    return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())


def described(timex: Timex, attributes: dict[str, str]) -> dict[str, str | None]:
    """Return the timex in the terms of the markup; mod is always compared, range and type where given."""
    seen = {"value": timex.value, "mod": timex.mod}
    if "type" in attributes:
        seen["type"] = timex.type
    if "range" in attributes:
        seen["range"] = f"{timex.earliest}/{timex.latest}"
    if "anchor" in attributes:
        seen["anchor"] = f"{timex.anchor} {timex.anchor_source}"
    if "relation" in attributes:
        seen["relation"] = str(timex.relation)
    return seen


def check(source: str, timexes: tuple[Timex, ...], text: str) -> None:
    marked = parse_markup(source)[1]
    assert [(t.start, t.end, t.text) for t in timexes] == [(m.start, m.end, m.text) for m in marked]
    for timex, mark in zip(timexes, marked, strict=True):
        assert described(timex, mark.attrs) == {"mod": None, **mark.attrs}
        assert text[timex.start : timex.end] == timex.text
