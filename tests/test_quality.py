"""Floors of quality: the sample articles, and the project's real articles where they are at hand.

A floor may be raised, never lowered.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from extract.evaluate import Scores, check_floors, evaluate_tables, format_errors, format_scores, read_gold
from extract.pipeline import run
from extract.schema import TABLES
from extract.settings import Settings

ROOT = Path(__file__).parents[1]
FLOORS: Mapping[str, Mapping[str, float]] = json.loads((ROOT / "tests" / "eval_floors.json").read_text("utf-8"))
CORPORA = {
    "samples": (ROOT / "seeds", ROOT / "tests" / "gold"),
    "real": (ROOT.parent / "shared" / "seeds", ROOT.parent / "shared" / "gold"),
}


@pytest.fixture(params=CORPORA)
def corpus(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if not all(folder.is_dir() for folder in CORPORA[name]):
        pytest.skip(f"the {name} articles are not at hand")
    return name


def score(corpus: str, output: Path) -> tuple[Scores, pd.DataFrame]:
    articles, gold = CORPORA[corpus]
    run([articles], Settings(output=output))
    tables = {name: pd.read_parquet(output / name) for name in TABLES}
    return evaluate_tables(tables, read_gold(gold)), tables["articles"]


def test_no_score_is_below_its_floor(corpus: str, tmp_path: Path) -> None:
    scores, articles = score(corpus, tmp_path / "out")
    violations = check_floors(scores, FLOORS[corpus])
    assert not violations, "\n".join([*violations, format_scores(scores), format_errors(scores, articles)])


def test_there_is_a_floor_for_every_table() -> None:
    for floors in FLOORS.values():
        assert {name.split(".")[0] for name in floors} == {"entities", "quotes", "dates"}
