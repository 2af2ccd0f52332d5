"""The measures of the context of quotes: right rows score in full, and each fault costs its own column."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from benchmarks.quotes.context import measure
from benchmarks.quotes.context_cases import format_counts, judge
from benchmarks.quotes.context_gold import Actor, Day, GoldQuote, Hearer, Media, Sides
from benchmarks.quotes.context_rows import index

TEXT = "Brandt, of the League, warned Odeh on 3 May: We know that Velm robbed us. It rained."
WORDS = "We know that Velm robbed us"
START = TEXT.index(WORDS)
NAMES = {("a", "The League"): [(15, 21)]}


def span(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


GOLD = GoldQuote(
    "a",
    START,
    START + len(WORDS),
    act=("statement", "fact"),
    about=(
        Actor(frozenset({"velm"}), "name", optional=False),
        Actor(frozenset({"The League"}), "pronoun", optional=False),
        Actor(frozenset({"odeh"}), "target", optional=True),
    ),
    said_on=Day("2021-05-03", "2021-05-03", **span("3 May"), optional=False),
    affiliation=Sides((frozenset({"The League"}),), optional=False),
    addressee=Hearer(**span("Odeh"), text=None, ids=frozenset(), optional=False),
    medium=Media(frozenset({"letter"}), optional=True),
)
NONE = GoldQuote("a", **span("It rained"), none="b")
ROW = {
    "article_id": "a",
    "quote_id": "a:q1",
    "start_char": START,
    "end_char": START + len(WORDS),
    "text": WORDS,
    "type": "direct",
    "cue": "warned",
    "speaker_entity_id": None,
    "speaker_name_id": "person:brandt",
    "act": "statement",
    "polarity": "affirmed",
    "anonymous": False,
    "about": ["velm", "org:league"],
    "said_on_earliest": "2021-05-03",
    "said_on_latest": "2021-05-03",
    "said_on_date_id": None,
    "affiliation": ["org:league"],
    "addressee": "Odeh",
    "addressee_id": None,
    "medium": None,
}
LEAGUE = {
    "article_id": "a", "start_char": 15, "end_char": 21, "entity_id": None, "name_id": "org:league",
    "entity_kind": None,
}  # fmt: skip
MOSUL = LEAGUE | {
    "start_char": 0,
    "end_char": 6,
    "entity_id": "mosul",
    "name_id": "mosul",
    "entity_kind": "city",
}
ARTICLE = {"article_id": "a", "source": "in/a.txt", "text": TEXT}
DATE = {
    "article_id": "a",
    "date_id": "a:d1",
    "start_char": TEXT.index("3 May"),
    "end_char": TEXT.index(": We"),
}


def report(*rows: Mapping[str, Any], gold: GoldQuote = GOLD) -> dict[str, str]:
    tables = {"quotes": rows, "entities": [LEAGUE, MOSUL], "articles": [ARTICLE], "dates": [DATE]}
    lines = measure(index(tables), [gold, NONE], NAMES).lines
    return {line[:24].strip(): line[24:].strip() for line in lines}


PERFECT = report(ROW)


def test_a_right_row_scores_in_full() -> None:
    assert PERFECT["gold quotes"] == "1, with a row 1 of 1 (100.0 %)"
    assert PERFECT["no attribution"] == "1, without a row 1 of 1 (100.0 %)"
    assert PERFECT["act"] == "accuracy 1 of 1 (100.0 %)"
    for column in ("about", "said_on", "affiliation", "addressee"):
        assert "F1 100.0 %  end to end 100.0 %" in PERFECT[column]
    assert "(right 0, wrong 0, missed 0)" in PERFECT["medium"]


@pytest.mark.parametrize(
    ("column", "value", "result"),
    [
        ("act", "demand", "accuracy 0 of 1 (0.0 %)"),
        ("polarity", "negated", "accuracy 0 of 1 (0.0 %)"),
        ("anonymous", True, "accuracy 0 of 1 (0.0 %)"),
        ("about", ["velm"], "(right 1, wrong 0, missed 1), whole list right 0 of 1 (0.0 %)"),
        ("about", ["velm", "org:league", "isis"], "(right 2, wrong 1, missed 0)"),
        ("about", [], "(right 0, wrong 0, missed 2)"),
        ("said_on_latest", "2021-05-04", "(right 0, wrong 1, missed 1)"),
        ("affiliation", ["org:league", "velm"], "(right 0, wrong 1, missed 1)"),
        ("affiliation", [], "(right 0, wrong 0, missed 1)"),
        ("addressee", "Velm", "(right 0, wrong 1, missed 1)"),
        ("medium", "tweet", "(right 0, wrong 1, missed 0)"),
    ],
)
def test_a_fault_costs_its_column_and_no_other(column: str, value: object, result: str) -> None:
    name = "said_on" if column.startswith("said_on") else column
    found = report(ROW | {column: value})
    assert result in found[name]
    changed = {key for key in PERFECT if found.get(key) != PERFECT[key]}
    assert {key for key in changed if not key.startswith(("recall", "statement", "affirmed", "False"))} == {
        name
    }


@pytest.mark.parametrize(
    ("column", "changed"),
    [
        ("said_on", {"said_on_earliest": "2021-05-04"}),
        ("affiliation", {"affiliation": []}),
        ("addressee", {"addressee": "Velm"}),
        ("anonymous", {"anonymous": True}),
    ],
)
def test_a_column_that_gold_leaves_open_is_not_judged(column: str, changed: dict[str, Any]) -> None:
    gold = replace(GOLD, optional=frozenset({column}))
    assert report(ROW | changed, gold=gold) == report(ROW, gold=gold)


@pytest.mark.parametrize(
    "change",
    [
        {"act": "fact"},
        {"about": ["velm", "org:league", "odeh"]},
        {"about": ["velm", "org:league", "mosul"]},
        {"said_on_latest": "2021-05-04", "said_on_date_id": "a:d1"},
        {"affiliation": ["org:league", "person:brandt"]},
        {"addressee": "the man Odeh"},
        {"medium": "letter"},
        {"end_char": START + len(WORDS) + 1},
    ],
)
def test_what_gold_leaves_open_costs_nothing(change: dict[str, Any]) -> None:
    found = report(ROW | change)
    for column in ("about", "said_on", "affiliation", "addressee", "medium"):
        assert "wrong 0, missed 0" in found[column]
    assert found["act"] == PERFECT["act"]


def test_a_quote_without_a_row_is_lost_and_a_row_without_words_is_wrong() -> None:
    found = report(ROW | {"start_char": NONE.start, "end_char": NONE.end})
    assert found["gold quotes"] == "1, with a row 0 of 1 (0.0 %)"
    assert found["no attribution"] == "1, without a row 0 of 1 (0.0 %)"
    assert "end to end 0.0 %" in found["about"]


def test_the_addressee_may_stand_in_front_only_where_gold_says_so() -> None:
    tables = {"entities": [LEAGUE], "articles": [ARTICLE], "dates": [DATE]}
    longer = index(tables | {"quotes": [ROW | {"start_char": TEXT.index("Odeh")}]})
    lead = GoldQuote("a", GOLD.start, GOLD.end, act=GOLD.act, lead=True)
    assert measure(longer, [GOLD], {}).lines[0].endswith("with a row 0 of 1 (0.0 %)")
    assert measure(longer, [lead], {}).lines[0].endswith("with a row 1 of 1 (100.0 %)")


def test_a_column_that_the_table_lacks_is_absent() -> None:
    assert report({key: value for key, value in ROW.items() if key != "about"})["about"] == "absent"


CASE = {
    "id": "a",
    "text": TEXT,
    "rows": [{"quote": WORDS, "act": "statement", "about": ["org:league", "velm"], "said_on": "2021-05-03"}],
    "absent": [],
}
EMPTY = {"id": "b", "text": "It rained.", "rows": [], "absent": ["It rained"]}


def test_small_texts_are_judged_value_by_value() -> None:
    right = [line.split() for line in format_counts(judge([CASE, EMPTY], [ROW]))]
    assert [line[-3:] for line in right] == [["1", "of", "1"]] * 5
    wrong = ROW | {"about": ["velm"], "said_on_latest": "2021-05-04"}
    verdicts = {name: good for name, good, _ in judge([CASE], [wrong, ROW | {"article_id": "b"}])}
    assert verdicts == {"row found": True, "act": True, "about": False, "said_on": False}
    assert [good for name, good, _ in judge([EMPTY], [ROW | {"article_id": "b"}]) if name == "no row"] == [
        False
    ]
