"""Floors of quality: the sample articles, and the project's real articles where they are at hand.

A floor may be raised, never lowered.
"""

import json
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from extract.evaluate import (
    check_floors,
    evaluate_tables,
    format_errors,
    format_losses,
    format_scores,
    read_gold,
)
from extract.pipeline import run
from extract.pipeline.annotator import Annotator
from extract.settings import Settings
from extract.tables import TABLES
from warm_workers import warm_workers

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Corpus:
    articles: Path
    gold: Path
    floors: Path
    engine: str = "spacy"

    def read_floors(self) -> dict[str, float]:
        floors: dict[str, float] = json.loads(self.floors.read_text(encoding="utf-8"))
        return floors


HARD = ROOT / "tests" / "gold" / "hard"
CORPORA = {
    "samples": Corpus(ROOT / "seeds", ROOT / "tests" / "gold", ROOT / "tests" / "eval_floors.json"),
    "hard": Corpus(HARD / "articles", HARD, ROOT / "tests" / "eval_floors_hard.json"),
    "hard, stanza": Corpus(
        HARD / "articles", HARD, ROOT / "tests" / "eval_floors_hard_stanza.json", engine="stanza"
    ),
    "hard, consensus": Corpus(
        HARD / "articles", HARD, ROOT / "tests" / "eval_floors_hard_consensus.json", engine="consensus"
    ),
    "real": Corpus(
        ROOT.parent / "shared" / "seeds",
        ROOT.parent / "shared" / "gold",
        ROOT / "tests" / "eval_floors_real.json",
    ),
}


@pytest.mark.parametrize("name", CORPORA)
def test_no_score_is_below_its_floor(name: str, tmp_path: Path, annotator: Annotator) -> None:
    corpus = CORPORA[name]
    if not (corpus.articles.is_dir() and corpus.gold.is_dir()):
        pytest.skip("these articles are not at hand")
    # One worker: to load Stanza takes longer than to read these articles.
    with warm_workers(annotator) if corpus.engine == "spacy" else nullcontext():
        run([corpus.articles], Settings(output=tmp_path, engine=corpus.engine, workers=1))
    tables = {table: pd.read_parquet(tmp_path / table) for table in TABLES}
    assert not format_losses(tables["issues"])
    scores = evaluate_tables(tables, read_gold(corpus.gold))
    violations = check_floors(scores, corpus.read_floors())
    report = [*violations, format_scores(scores), format_errors(scores, tables["articles"])]
    assert not violations, "\n".join(report)


@pytest.mark.parametrize("name", CORPORA)
def test_there_is_a_floor_for_every_table(name: str) -> None:
    assert {measure.split(".")[0] for measure in CORPORA[name].read_floors()} == {
        "entities",
        "quotes",
        "dates",
    }
