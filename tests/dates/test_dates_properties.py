"""What holds for every text: values are TIMEX3, ranges are ordered, spans do not overlap, nothing fails."""

import re
import time
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.dates.finder import _LEFT_CONTEXT, _fits_context, find_timexes
from extract.dates.rules import DateGrowth, DateRules, load_date_rules
from extract.dates.timex.ranges import days_of
from extract.dates.timex.resolver import resolve_timexes
from extract.model import Timex
from extract.text.paragraphs import find_paragraphs

MODELS = Path(__file__).parents[2] / "models"

# TimeML 1.2.1: dates and times as in ISO 8601 with X for what is not known and the letters of TIDES TIMEX2.
DAY = r"[\dX]{4}(-[\dX]{2}(-[\dX]{2})?|-W[\dX]{2}(-([1-7]|WE))?|-Q[1-4X]|-H[12]|-(SP|SU|FA|WI))?"
ZONE = r"(Z|[+-]\d\d(:?[0-5]\d)?)?"
CLOCK = rf"T([01]\d|2[0-4]):[0-5]\d(:[0-5]\d)?{ZONE}|T(MO|MI|AF|EV|NI)"
NUMBER = r"(X|\d+(\.\d+)?)"
HOURS = rf"T(?=.)({NUMBER}H)?({NUMBER}M)?({NUMBER}S)?"
LENGTH = rf"P(?=.)({NUMBER}[YEC])?({NUMBER}M)?({NUMBER}W)?({NUMBER}D)?({HOURS})?"
VALUES = {
    "DATE": re.compile(
        rf"{DAY}|[\dX]{{2,3}}|BC\d{{2,4}}(-\d\d){{0,2}}|BC\d{{4}}-(SP|SU|FA|WI)|(PAST|PRESENT|FUTURE)_REF"
    ),
    "TIME": re.compile(rf"({DAY})({CLOCK})|(PAST|PRESENT|FUTURE)_REF"),
    "DURATION": re.compile(LENGTH),
    "SET": re.compile(rf"{LENGTH}|({DAY})({CLOCK})?"),
}
MODS = {
    *(None, "START", "MID", "END", "BEFORE", "AFTER", "APPROX"),
    *("MORE_THAN", "LESS_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"),
}

WORDS = (
    *("July", "May", "Mar.", "28", "3", "31st", "2021", "1999", "2,500", "Monday", "Fridays", "Tue,"),
    *("the", "of", "in", "last", "next", "this", "that", "following", "previous", "early", "mid-"),
    *("late", "end", "earlier", "later", "year", "years", "week", "weekend", "month", "day", "hours"),
    *("quarter", "decade", "century", "ago", "-", "–", "two", "a", "several", "half", "twenty-"),
    *("a few", "1/2", "and a half", "first", "second", "20th", "every", "yesterday", "tomorrow"),
    *("tonight", "morning", "night", "noon", "8", ":30", "p.m.", "at", "on", "by", "daily", "summer"),
    *("winter", "Christmas", "new year", "now", "the future", "9999", "0001", "1890s", "'80s", "\n"),
    *(".", ",", "more than", "at least", "will", "said", "post-", "2021-07-", "7/28/", "fiscal"),
    *("In 2014,", "2003:", "from 3 to", "3-", "-5", "-17", "to", "until", "in Tammuz", "10:00"),
    *("10 Muharram", "1443 AH", "Ramadan", "Eid al-Fitr", "Ashura", "first anniversary of", "BC"),
    *("GMT", "EST", "local time", "10:00:30", "T09:45:10", "0300", "Q3", "H1", "late", "week of"),
    *("about", "Nowruz", "’s", "$", "yearſ", "laſt", "thıs", "mİnutes", "fall\u00a0of"),
)
# Texts that could make a careless pattern try again and again.
REPEATED = [
    *(" ", "a ", "1,111,", "1/", "2021-", "2021 ", "May ", "early ", "the ", "two ", "twenty-"),
    *("a few ", "\n", "\n \n", "July 1 ", "Monday, ", "more than ", "the end of ", "9", "year-"),
    *("July 3-", "3-5 ", "2014-17 ", "2003: a. ", "! In 2014 ", "until June ", "Monday at 10:00 "),
    *("half an ", "12:30 ", "or ", "and a half ", "nineteen ninety-", "the day before ", "’"),
]

# Letters that ignoring case takes for others; what is written with them is no word that the files hold.
LOOK_ALIKES = str.maketrans("ſıİ\u212a", "sIIK")

# Feasts have their first day as value; years and months of another calendar the one of ours they begin in.
LONGER_THAN_VALUE = ("named_day", "hijri")

texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=14).map(" ".join) | st.text(
    max_size=60
)
days = st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 1, 1))
anchors = st.none() | days
sources = st.sampled_from(["published", "inferred"])


@cache
def rules() -> DateRules:
    return load_date_rules(MODELS)


def read(text: str, anchor: date | None, source: str) -> tuple[Timex, ...]:
    spans = find_timexes(text, rules())
    return resolve_timexes(spans, text, rules().cues, anchor=anchor, anchor_source=source)


@settings(max_examples=400, deadline=None)
@given(text=texts, anchor=anchors, source=sources)
def test_every_reading_is_well_formed(text: str, anchor: date | None, source: str) -> None:
    timexes = read(text, anchor, source)
    for timex in timexes:
        assert text[timex.start : timex.end] == timex.text
        assert timex.text.strip() == timex.text
        assert VALUES[timex.type].fullmatch(timex.value), timex
        assert timex.mod in MODS
        is_half_open = timex.relation is not None or timex.value.endswith("_REF")
        assert is_half_open or (timex.earliest is None) == (timex.latest is None)
        assert timex.relation in {None, "since", "by", "until", "after", "before", "from", "to"}
        assert timex.range_of is None or timex.range_of <= (timex.start, timex.end)
        assert timex.earliest is None or timex.latest is None or timex.earliest <= timex.latest
        assert (timex.anchor is None) == (timex.anchor_source is None)
        assert timex.anchor_source in {None, source, "reference"}
    for before, after in pairwise(timexes):
        assert before.end <= after.start


@settings(max_examples=300, deadline=None)
@given(text=texts, anchor=days)
def test_the_days_lie_within_what_the_value_says(text: str, anchor: date) -> None:
    for timex in read(text, anchor, "published"):
        said = days_of(timex.value) if timex.type in ("DATE", "TIME") else None
        is_beyond = timex.relation in ("after", "before")
        if said is not None and timex.earliest and timex.latest and not is_beyond:
            end = date.max if timex.rule.startswith(LONGER_THAN_VALUE) else said[1]
            assert said[0] <= timex.earliest <= timex.latest <= end, timex
        if timex.type == "DATE" and re.fullmatch(r"\d{4}(-[\dQHW-]+)?", timex.value):
            assert timex.earliest or timex.latest, timex


@settings(max_examples=200, deadline=None)
@given(text=texts)
def test_without_anchor_nothing_is_counted_from_publication(text: str) -> None:
    assert {t.anchor_source for t in read(text, None, "published")} <= {None, "reference"}


@settings(max_examples=200, deadline=None)
@given(text=texts, anchor=anchors)
def test_a_line_before_shifts_the_spans(text: str, anchor: date | None) -> None:
    line = "A line without any.\n"
    plain = [(t.start + len(line), t.end + len(line), t.value) for t in read(text, anchor, "published")]
    assert [(t.start, t.end, t.value) for t in read(line + text, anchor, "published")] == plain


@settings(max_examples=200, deadline=None)
@given(text=texts, anchor=days)
def test_a_stated_day_is_its_own_range(text: str, anchor: date) -> None:
    for timex in read(text, anchor, "published"):
        if (
            timex.type == "DATE"
            and re.fullmatch(r"\d{4}-\d\d-\d\d", timex.value)
            and "since" not in timex.rule
            and not timex.rule.startswith(LONGER_THAN_VALUE)
        ):
            assert timex.earliest == timex.latest == date.fromisoformat(timex.value)


@cache
def ordinary_rules() -> DateRules:
    """The rules without those that only take in what others find."""
    never = re.compile(r"(?!)")
    ordinary = tuple(rule for rule in rules().rules if not rule.is_fallback)
    return replace(rules(), rules=ordinary, growth=DateGrowth(left=never, right=never))


def find_everywhere(text: str) -> list[tuple[int, int, str]]:
    """Try every rule at every place of each paragraph, without a look at triggers or words."""
    found = []
    for first, last in find_paragraphs(text):
        candidates = [
            (match.start(), -match.end(), rule.name)
            for rule in ordinary_rules().rules
            for match in rule.pattern.finditer(text, first, last)
            if _fits_context(rule, text[max(first, match.start() - _LEFT_CONTEXT) : match.start()])
        ]
        end = first
        for start, minus_end, name in sorted(candidates, key=lambda candidate: candidate[:2]):
            if start >= end:
                end = -minus_end
                found.append((start, end, name))
    return found


@settings(max_examples=300, deadline=None)
@given(text=texts)
@example(text="early hours")
def test_runs_of_date_words_hold_all_that_the_rules_match(text: str) -> None:
    plain = text.translate(LOOK_ALIKES)
    assert [(s.start, s.end, s.rule) for s in find_timexes(plain, ordinary_rules())] == find_everywhere(plain)


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_what_grows_takes_in_others_whole(text: str) -> None:
    grown = find_timexes(text, rules())
    for span in find_timexes(text, ordinary_rules()):
        assert any(whole.start <= span.start and span.end <= whole.end for whole in grown), span
    for before, after in pairwise(grown):
        assert before.end <= after.start


@pytest.mark.parametrize("unit", REPEATED)
def test_no_text_makes_the_search_slow(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    started = time.process_time()
    read(text, date(2021, 7, 28), "published")
    assert time.process_time() - started < 1


@pytest.mark.parametrize("day", range(1, 8))
def test_parts_of_periods_have_days_in_order(day: int) -> None:
    parts = ("early ", "late ", "mid-", "earlier ", "later ", "the end of ", "the beginning of ")
    units = ("day", "weekend", "week", "month", "quarter", "year", "decade", "century")
    for part, step, unit in product(parts, ("this", "last", "next"), units):
        for timex in read(f"{part}{step} {unit}", date(2016, 8, day), "published"):
            assert timex.earliest is None or timex.earliest <= (timex.latest or date.min), timex
