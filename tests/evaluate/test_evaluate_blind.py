"""Reading linked speakers blind: what readers get, and what is counted of their verdicts."""

from pathlib import Path

import pandas as pd
import pytest
from benchmarks.quotes import blind


def _quotes() -> pd.DataFrame:
    """Six statements by named speakers, two by pronouns, one that repeats another and one without a link."""
    kinds = ["named"] * 6 + ["pronoun"] * 2 + ["named", "named"]
    return pd.DataFrame(
        {
            "article_id": "paper:1",
            "start_char": range(0, 100, 10),
            "end_char": range(5, 105, 10),
            "speaker_kind": kinds,
            "speaker_entity_id": ["iraqi-army"] * 9 + [None],
            "duplicate_of": [None] * 8 + ["paper:1:q1", None],
        }
    )


def test_statements_are_drawn_by_kind_and_numbered_in_reading_order() -> None:
    rows = blind.drawn(_quotes(), most=3, seed=1)

    assert rows.speaker_kind.value_counts().to_dict() == {"named": 3, "pronoun": 2}
    assert rows.groupby("speaker_kind").n_of_kind.first().to_dict() == {"named": 6, "pronoun": 2}
    assert list(rows.n) == [1, 2, 3, 4, 5]
    assert rows.start_char.is_monotonic_increasing


def test_a_sheet_shows_statements_within_each_other_and_no_speaker() -> None:
    text = "Layla said the bridge was “gone for good” that day."
    rows = pd.DataFrame({"n": [1, 2], "start_char": [11, 27], "end_char": [41, 40]})

    marked = "Layla said ⟦1: the bridge was “⟦2: gone for good :2⟧” :1⟧ that day."
    assert blind.sheet(text, rows) == marked


@pytest.mark.parametrize(
    ("verdicts", "weighted", "sure"),
    [
        (["right", "right", "right"], "0.0%", "0 of 2"),
        (["right", "wrong", "right"], "25.0%", "0 of 2"),  # half of the named, who are half of all
        (["right", "right", "wrong"], "50.0%", "1 of 2"),
    ],
)
def test_wrong_names_weigh_as_much_as_their_kind_is_frequent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verdicts: list[str], weighted: str, sure: str
) -> None:
    key = pd.DataFrame(
        {
            "n": [1, 2, 3],
            "speaker_kind": ["named", "named", "pronoun"],
            "n_of_kind": [40, 40, 40],
            "speaker_confidence": [0.97, 0.6, 0.95],
        }
    )
    key.to_csv(tmp_path / "key.csv", index=False)
    pd.DataFrame({"n": key.n, "verdict": verdicts}).to_csv(tmp_path / "verdicts.csv", index=False)

    blind.score(tmp_path)

    told = capsys.readouterr().out
    assert f"each kind is: {weighted}" in told
    assert f"0.95 or more: {sure}" in told


@pytest.mark.parametrize("verdict", ["maybe", ""])
def test_an_unknown_or_missing_verdict_is_refused(tmp_path: Path, verdict: str) -> None:
    pd.DataFrame({"n": [1], "speaker_kind": ["named"], "n_of_kind": [1], "speaker_confidence": [0.9]}).to_csv(
        tmp_path / "key.csv", index=False
    )
    pd.DataFrame({"n": [1], "verdict": [verdict]}).to_csv(tmp_path / "verdicts.csv", index=False)

    with pytest.raises(SystemExit, match=f"1: {verdict or 'nan'}"):
        blind.score(tmp_path)
