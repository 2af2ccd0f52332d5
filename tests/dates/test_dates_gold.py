"""The dates of the seed articles against their gold; skipped where the articles are not at hand."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc

from extract.dates import find
from extract.dates.rules import DateRules
from extract.dates.tense import tense_of
from extract.model import Timex

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold" / "seed_dates.jsonl"
# What reading the articles tells of their publication; one has no date of its own.
ANCHORS = {
    "000": (date(2021, 7, 29), "inferred"),
    "003": (date(2021, 7, 28), "published"),
    "004": (date(2021, 7, 24), "published"),
}

Spans = dict[tuple[str, int, int], dict[str, str | None]]


@pytest.fixture(scope="module")
def gold() -> Spans:
    if not GOLD.is_file():
        pytest.skip("the seed articles and their gold are not here")
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line]
    return {(row["file"], row["start"], row["end"]): row for row in rows}


@pytest.fixture(scope="module")
def found(gold: Spans, rules: DateRules, parse: Callable[[str], Doc]) -> dict[tuple[str, int, int], Timex]:
    timexes: dict[tuple[str, int, int], Timex] = {}
    for file in sorted({file for file, _, _ in gold}):
        text = (SHARED / "seeds" / file).read_text(encoding="utf-8")
        anchor, source = ANCHORS[file[:3]]
        tense = tense_of(parse(text), rules.cues.tense)
        for timex in find(text, anchor, rules=rules, anchor_source=source, tense=tense):
            timexes[(file, timex.start, timex.end)] = timex
    return timexes


def days(timex: Timex) -> tuple[date | None, date | None]:
    return timex.earliest, timex.latest


def f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold)


def test_spans_and_values_are_those_of_the_gold(
    gold: Spans, found: dict[tuple[str, int, int], Timex]
) -> None:
    common = gold.keys() & found.keys()
    values = [key for key in common if gold[key]["value"] == found[key].value]
    assert f1(len(common), len(found), len(gold)) >= 0.92
    assert f1(len(values), len(found), len(gold)) >= 0.90


def test_mods_and_ranges_are_those_of_the_gold(gold: Spans, found: dict[tuple[str, int, int], Timex]) -> None:
    wrong = defaultdict(list)
    for key in gold.keys() & found.keys():
        seen, row = found[key], gold[key]
        if seen.value != row["value"]:
            continue
        if seen.mod != row["mod"]:
            wrong["mod"].append((key, seen.mod))
        # The gold is older than the half-open days of "now" and "the future": the next test has those.
        if not seen.value.endswith("_REF") and [str(day) for day in days(seen)] != [
            str(row["earliest"]),
            str(row["latest"]),
        ]:
            wrong["range"].append((key, *days(seen)))
    assert not wrong


def test_now_and_the_future_are_open_at_the_anchor(found: dict[tuple[str, int, int], Timex]) -> None:
    open_days = {
        (timex.text, timex.value, timex.anchor, *days(timex))
        for timex in found.values()
        if timex.value in ("PRESENT_REF", "FUTURE_REF")
    }
    assert open_days
    for text, value, anchor, earliest, latest in open_days:
        assert (earliest, latest) == (anchor, None), (text, value)
