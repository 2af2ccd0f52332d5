"""Probabilities from fitted weights, and whether probabilities are true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.evaluate.calibration import Calibration, Judged
from extract.probability import Probability

WEIGHTS = Probability(
    intercept=0.0, weights={"rule": {"clause": 1.0, "object": -1.0}, "type": {"direct": 2.0}}
)


def judged(*rows: tuple[float, bool]) -> Calibration:
    return Calibration(tuple(Judged(*row) for row in rows))


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ({}, 0.5),
        ({"rule": "unheard of"}, 0.5),
        ({"rule": "clause"}, 0.73),
        ({"rule": "object"}, 0.27),
        ({"rule": "clause", "type": "direct"}, 0.95),
    ],
)
def test_the_weights_of_the_features_add_up(features: dict[str, str], expected: float) -> None:
    assert WEIGHTS.of(features) == expected


@given(st.dictionaries(st.sampled_from(["rule", "type"]), st.sampled_from(["clause", "object", "direct"])))
def test_a_probability_is_between_0_and_1(features: dict[str, str]) -> None:
    assert 0 <= WEIGHTS.of(features) <= 1


def test_true_probabilities_have_no_error() -> None:
    rows = [(0.75, True)] * 3 + [(0.75, False)]
    assert judged(*rows).ece == pytest.approx(0)


def test_the_error_is_the_distance_between_confidence_and_share_of_right_rows() -> None:
    assert judged((0.9, True), (0.9, False)).ece == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("rows", "auc"),
    [
        ([(0.9, True), (0.1, False)], 1.0),
        ([(0.1, True), (0.9, False)], 0.0),
        ([(0.5, True), (0.5, False)], 0.5),
        ([(0.9, True)], None),
    ],
)
def test_auc_is_the_chance_that_a_right_row_is_the_surer_one(
    rows: list[tuple[float, bool]], auc: float | None
) -> None:
    assert judged(*rows).auc == auc


def test_a_threshold_keeps_the_rows_at_or_above_it() -> None:
    kept = judged((0.95, True), (0.94, False), (0.99, True)).above(0.95)
    assert (len(kept.rows), kept.precision) == (2, 1.0)


def test_every_row_is_in_one_bin() -> None:
    bins = judged((0.0, False), (0.05, True), (1.0, True)).bins
    assert [(one.low, one.rows, one.right) for one in bins] == [(0.0, 2, 1), (0.9, 1, 1)]
