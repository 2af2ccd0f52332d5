"""The fit of the ranking: the search for better weights, and how they are written."""

import shutil
from pathlib import Path

from benchmarks.quotes.fit_ranking import search, write_weights

from extract.knowledge import read_shaped
from extract.quotes.cues import RANKING_FILE, Cues
from extract.quotes.grammar_shapes import RankingWeights


def test_a_search_changes_only_what_helps(cues: Cues) -> None:
    today = cues.ranking
    best = search(today, lambda weights: (weights.speaks < today.speaks) + (weights.place == 0))
    assert best.speaks < today.speaks
    assert best.model_copy(update={"speaks": today.speaks, "place": today.place}) == today


def test_weights_are_written_where_they_stood(models_dir: Path, cues: Cues, tmp_path: Path) -> None:
    file = Path(shutil.copy(models_dir / RANKING_FILE, tmp_path))
    before = file.read_text("utf-8")
    fitted = cues.ranking.model_copy(update={"speaks": 0.25, "place": -4.5})
    write_weights(file, fitted)
    assert read_shaped(file, RankingWeights) == fitted
    write_weights(file, cues.ranking)
    assert file.read_text("utf-8") == before
