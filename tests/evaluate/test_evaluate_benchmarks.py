"""The parts of the benchmarks that turn foreign formats into ours; the runs themselves take minutes."""

import json
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from extract.evaluate import DateRow

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
TEXT = 'Rana Odeh said "we stay" and left. It is a "plan". Tarek thinks so.'


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return import_module(request.param)


def span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


@pytest.mark.parametrize("benchmark", ["quotes_polnear"], indirect=True)
def test_polnear_regions_become_speech_or_scare_and_spans_indirect_speech(benchmark: ModuleType) -> None:
    line: dict[str, Any] = {
        "id": "d",
        "quotes": [
            {
                "type": "direct",
                "spans": [span("we stay")],
                "speaker": [span("Rana Odeh")],
                "speaker_text": "Rana Odeh",
            },
            {"type": "indirect", "spans": [span("so"), span("It")], "speaker": [], "speaker_text": ""},
        ],
        "regions": [{"span": span("we stay"), "q": 0}, {"span": span("plan"), "q": None}],
    }
    rows = list(benchmark.gold_rows(line, TEXT))
    assert [(row.type, row.text, row.speaker) for row in rows] == [
        ("direct", "we stay", "Rana Odeh"),
        ("scare", "plan", None),
        ("indirect", "so", None),
        ("indirect", "It", None),
    ]
    assert [rows[0].speaker_start, rows[0].speaker_end] == span("Rana Odeh")


@pytest.mark.parametrize("benchmark", ["quotes_polnear"], indirect=True)
def test_predictions_leave_scare_quotes_out(benchmark: ModuleType) -> None:
    common = {"article_id": "d", "speaker_text": None, "speaker_start": None, "speaker_end": None}
    speech = {"start_char": 16, "end_char": 23, "type": "direct", "cue_start": 10, "cue_end": 14}
    scare = {"start_char": 44, "end_char": 48, "type": "scare", "cue_start": None, "cue_end": None}
    quotes = pd.DataFrame([common | speech, common | scare])
    assert benchmark.prediction("d", quotes) == {
        "id": "d",
        "quotes": [{"spans": [[16, 23]], "speaker": None, "speaker_text": "", "cue": [10, 14]}],
    }


@pytest.mark.parametrize("benchmark", ["dates_timebank"], indirect=True)
def test_timebank_spans_lose_white_space(benchmark: ModuleType, tmp_path: Path) -> None:
    line = {"file": "d", "start": 2, "end": 9, "type": "DATE", "value": "1998", "mod": "APPROX", "tid": "t1"}
    (tmp_path / "gold.jsonl").write_text(json.dumps(line), encoding="utf-8")
    rows = benchmark.read_gold_rows(tmp_path / "gold.jsonl", {"d": "in \n1998  it was"})
    assert rows == [DateRow("d", 4, 8, "1998", "DATE", "1998", "APPROX")]


@pytest.mark.parametrize("benchmark", ["articles"], indirect=True)
def test_repeated_articles_differ_from_one_another(benchmark: ModuleType, tmp_path: Path) -> None:
    seeds, folder = tmp_path / "seeds", tmp_path / "articles"
    seeds.mkdir()
    for name in ("a", "b"):
        (seeds / f"{name}.txt").write_text(f"Three words {name}\n", encoding="utf-8")
    words = benchmark.make_articles(seeds, folder, 5)
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir()]
    assert len(set(texts)) == 5
    assert words == sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("benchmark", ["entity_cost"], indirect=True)
def test_every_step_is_timed_and_only_those_on_entities_count(benchmark: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Officials in Baghdad met on 3 May 2021.\n", encoding="utf-8")
    seconds = benchmark.time_steps(tmp_path)
    assert set(seconds) >= {*benchmark.NOT_ENTITIES, "EntityFinder", "link_mentions", "resolve_speakers"}
    assert all(cost >= 0 for cost in seconds.values())
    costs = dict.fromkeys(benchmark.NOT_ENTITIES, 2.0) | {"EntityFinder": 0.1, "link_mentions": 0.02}
    assert benchmark.entity_share(costs) == pytest.approx(0.06)
