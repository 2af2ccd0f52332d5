from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.evaluate import DateRow, score_dates
from extract.evaluate.dates import by_article, pair_rows

DAY = DateRow("a", 10, 20, "3 May 2021", "DATE", "2021-05-03", "START", "2021-05-01", "2021-05-10")


def timex(start: int, value: str) -> DateRow:
    return DateRow("a", start, start + 6, "words", "DATE", value)


timexes = st.lists(
    st.builds(timex, st.integers(0, 200).map(lambda n: 10 * n), st.sampled_from(["2021", "P1D"])),
    min_size=1,
    max_size=15,
    unique_by=lambda row: row.start,
)


@settings(max_examples=60)
@given(timexes)
def test_a_perfect_prediction_scores_one(gold: list[DateRow]) -> None:
    scores = score_dates(gold, gold)
    assert all(value in (None, 1) for value in scores.measures().values())
    assert not scores.disagreements


@settings(max_examples=60)
@given(timexes, st.data())
def test_a_dropped_row_lowers_recall_alone(gold: list[DateRow], data: st.DataObject) -> None:
    dropped = data.draw(st.sampled_from(gold))
    scores = score_dates(gold, [row for row in gold if row != dropped])
    assert scores.recall(scores.value) == (len(gold) - 1) / len(gold)
    assert scores.precision(scores.value) == (1 if len(gold) > 1 else 0)
    assert [(row.problem, row.start) for row in scores.disagreements] == [("missed", dropped.start)]


@settings(max_examples=60)
@given(timexes)
def test_a_spurious_row_lowers_precision_alone(gold: list[DateRow]) -> None:
    scores = score_dates(gold, [*gold, timex(5000, "2021")])
    assert scores.recall(scores.strict) == 1
    assert scores.precision(scores.strict) == len(gold) / (len(gold) + 1)


@settings(max_examples=60)
@given(timexes, timexes)
def test_the_order_of_rows_does_not_matter(gold: list[DateRow], predicted: list[DateRow]) -> None:
    assert score_dates(gold, predicted) == score_dates(gold[::-1], predicted[::-1])


@pytest.mark.parametrize(
    ("changes", "strict", "value", "kind", "problems"),
    [
        ({}, 1, 1, 1, []),
        ({"end": 15}, 0, 1, 1, ["span"]),
        ({"value": "2021-05"}, 1, 0, 1, ["value"]),
        ({"value": " 2021-05-03 "}, 1, 1, 1, []),
        ({"type": "TIME"}, 1, 1, 0, ["type"]),
        ({"start": 5, "value": "2021", "type": "SET"}, 0, 0, 0, ["span", "type", "value"]),
    ],
)
def test_overlap_is_relaxed_and_the_rest_is_counted_on_it(
    changes: dict[str, object], strict: int, value: int, kind: int, problems: list[str]
) -> None:
    scores = score_dates([DAY], [replace(DAY, **changes)])
    assert (scores.relaxed, scores.strict, scores.value, scores.type) == (1, strict, value, kind)
    assert [row.problem for row in scores.disagreements] == problems


def test_mod_and_range_are_asked_where_gold_has_them() -> None:
    scores = score_dates([DAY], [replace(DAY, mod=None, latest="2021-05-09")])
    assert (scores.mod, scores.mod_gold, scores.range, scores.range_gold) == (0, 1, 0, 1)
    bare = replace(DAY, mod=None, earliest=None, latest=None)
    scores = score_dates([bare], [DAY])
    assert (scores.mod_gold, scores.range_gold) == (0, 0)
    assert scores.measures()["mod_accuracy"] is None


def test_the_same_span_goes_before_a_larger_overlap() -> None:
    gold = [timex(0, "a"), timex(10, "b")]
    predicted = [replace(timex(3, "c"), end=14), timex(20, "d")]
    assert pair_rows(gold, [*predicted, gold[1]])[0] == (gold[1], gold[1])


def test_the_largest_overlap_wins_and_each_row_answers_once() -> None:
    gold = [replace(DAY, start=0, end=4), replace(DAY, start=4, end=20)]
    [pair] = pair_rows(gold, [replace(DAY, start=2, end=12)])
    assert pair[0] == gold[1]


def test_nested_rows_are_reduced_to_the_longest_on_both_sides() -> None:
    nested = replace(DAY, start=12, end=15)
    assert by_article([nested, DAY])["a"] == [DAY]
    assert score_dates([DAY, nested], [nested, DAY]).relaxed == 1


def test_optional_spans_excuse_only_unpaired_rows() -> None:
    extra = timex(100, "PAST_REF")
    scores = score_dates([DAY], [DAY, extra], [replace(extra, end=102), DAY])
    assert (scores.predicted, scores.relaxed) == (1, 1)


def test_rows_of_other_articles_do_not_meet() -> None:
    assert score_dates([DAY], [replace(DAY, article="b")]).relaxed == 0
