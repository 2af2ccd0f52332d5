"""The parts of the benchmarks that turn foreign formats into ours; the runs themselves take minutes."""

import json
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from benchmarks.runs import digest

from extract.evaluate import DateRow
from extract.model import Annotation, Article, Issue, Timex
from extract.tables import issue_table, to_tables

TEXT = 'Rana Odeh said "we stay" and left. It is a "plan". Tarek thinks so.'


@pytest.fixture
def benchmark(request: pytest.FixtureRequest) -> ModuleType:
    return import_module(f"benchmarks.{request.param}")


def span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


@pytest.mark.parametrize("benchmark", ["quotes.polnear"], indirect=True)
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


@pytest.mark.parametrize("benchmark", ["quotes.polnear"], indirect=True)
def test_predictions_leave_scare_quotes_out(benchmark: ModuleType) -> None:
    common = {"article_id": "d", "speaker_text": None, "speaker_start": None, "speaker_end": None}
    speech = {"start_char": 16, "end_char": 23, "type": "direct", "cue_start": 10, "cue_end": 14}
    scare = {"start_char": 44, "end_char": 48, "type": "scare", "cue_start": None, "cue_end": None}
    quotes = pd.DataFrame([common | speech, common | scare])
    assert benchmark.prediction("d", quotes) == {
        "id": "d",
        "quotes": [{"spans": [[16, 23]], "speaker": None, "speaker_text": "", "cue": [10, 14]}],
    }


TIMEML = """<?xml version="1.0"?>
<TimeML><DOCID>d</DOCID>
<DCT><TIMEX3 tid="t0" value="1998-03-04T10:00:00" functionInDocument="CREATION_TIME">x</TIMEX3></DCT>
<TEXT>It <EVENT eid="e1">fell</EVENT> in <TIMEX3 tid="t1" type="DATE" value="1997" mod="APPROX">
1997 </TIMEX3>, A&amp;B said <s><TIMEX3 tid="t2" type="DURATION" value="P2D">two days</TIMEX3></s> ago.</TEXT>
</TimeML>"""


@pytest.mark.parametrize("benchmark", ["dates.read_timeml"], indirect=True)
def test_timeml_becomes_text_and_gold_without_white_space(benchmark: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "d.tml").write_text(TIMEML, encoding="utf-8")
    (tmp_path / "._d.tml").write_bytes(b"\x00\x05")  # what archives of another system leave behind
    [document] = benchmark.read_corpus(tmp_path)
    assert document.text == "It fell in \n1997 , A&B said two days ago."
    assert document.created == date(1998, 3, 4)
    assert document.gold == (
        DateRow("d.tml", 12, 16, "1997", "DATE", "1997", "APPROX"),
        DateRow("d.tml", 28, 36, "two days", "DURATION", "P2D"),
    )
    assert all(document.text[row.start : row.end] == row.text for row in document.gold)


CAT = """<?xml version="1.0"?>
<Document doc_id="1"><token t_id="1" sentence="0">Talks</token>
<token t_id="2" sentence="1">March</token><token t_id="3" sentence="1">01</token>
<token t_id="4" sentence="1">,</token><token t_id="5" sentence="1">2008</token>
<token t_id="6" sentence="2">"</token>
<token t_id="7" sentence="2">Yes</token><token t_id="8" sentence="2">"</token>
<token t_id="9" sentence="2">on</token><token t_id="10" sentence="2">Friday</token>
<token t_id="11" sentence="2">.</token><token t_id="12" sentence="6">Monday</token>
<Markables>
<TIMEX3 type="DATE" value="2008-03-01" functionInDocument="CREATION_TIME"><token_anchor t_id="2"/>
<token_anchor t_id="5"/></TIMEX3><TIMEX3 type="DATE" value="2008-02-29"><token_anchor t_id="10"/></TIMEX3>
<TIMEX3 type="DATE" value="2008-03-03"><token_anchor t_id="12"/></TIMEX3>
<TIMEX3 type="DATE" value="2008" functionInDocument="NONE"/></Markables></Document>"""


@pytest.mark.parametrize("benchmark", ["dates.read_timeml"], indirect=True)
def test_tokens_of_newsreader_become_text_as_far_as_it_is_annotated(
    benchmark: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "airbus").mkdir()
    (tmp_path / "airbus" / "d.xml").write_text(CAT, encoding="utf-8")
    [document] = benchmark.read_corpus(tmp_path)
    assert document.text == 'Talks\nMarch 01, 2008\n"Yes" on Friday.'
    assert document.created == date(2008, 3, 1)
    assert [(row.text, row.value) for row in document.gold] == [
        ("March 01, 2008", "2008-03-01"),
        ("Friday", "2008-02-29"),
    ]


@pytest.mark.parametrize("benchmark", ["dates.read_timeml"], indirect=True)
def test_a_third_of_a_corpus_is_held_out(benchmark: ModuleType, tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.tml").write_text(TIMEML, encoding="utf-8")
    dev, held, every = (
        {document.name for document in benchmark.read_corpus(tmp_path, part)}
        for part in ("dev", "held", "all")
    )
    assert dev | held == every
    assert not dev & held
    assert 10 < len(held) < 30


@pytest.mark.parametrize("benchmark", ["dates.timeml"], indirect=True)
def test_peers_that_are_not_installed_are_named(
    benchmark: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "timexy", None)
    assert set(benchmark.make_finders("timexy")) == {"extract.dates"}
    assert "timexy is left out" in capsys.readouterr().out


@pytest.mark.parametrize("benchmark", ["dates.timeml"], indirect=True)
def test_the_table_has_a_row_for_each_system(
    benchmark: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set/d.tml").write_text(TIMEML, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["dates.py", f"{tmp_path}/set", "--peers=", f"--write={tmp_path}/out"])
    benchmark.main()
    row = capsys.readouterr().out.splitlines()[-1]
    assert row.split()[:4] == ["extract.dates", "50.0", "100.0", "50.0"]  # `two days ago` is one expression
    [first, second] = [json.loads(line) for line in (tmp_path / "out/set/gold.jsonl").open(encoding="utf-8")]
    assert (first["file"], first["start"], second["value"]) == ("d.tml", 12, "P2D")


@pytest.mark.parametrize("benchmark", ["corpora.articles"], indirect=True)
def test_repeated_articles_differ_from_one_another(benchmark: ModuleType, tmp_path: Path) -> None:
    seeds, folder = tmp_path / "seeds", tmp_path / "articles"
    seeds.mkdir()
    for name in ("a", "b"):
        (seeds / f"{name}.txt").write_text(f"Three words {name}\n", encoding="utf-8")
    words = benchmark.make_articles(seeds, folder, 5)
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir()]
    assert len(set(texts)) == 5
    assert words == sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("benchmark", ["entities.speed"], indirect=True)
def test_every_step_is_timed_and_only_those_on_entities_count(benchmark: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Officials in Baghdad met on 3 May 2021.\n", encoding="utf-8")
    seconds = benchmark.time_steps(tmp_path)
    assert set(seconds) == {benchmark.MODEL, "EntityComponent", "DateComponent", "QuoteComponent"}
    assert all(cost >= 0 for cost in seconds.values())
    assert benchmark.entity_share({benchmark.MODEL: 2.0, "EntityComponent": 0.12}) == pytest.approx(0.06)


def test_columns_that_differ_are_named_with_their_first_values() -> None:
    before, after = pa.table({"a": [1, 2], "b": ["x", "y"]}), pa.table({"a": [1, 3], "b": ["x", "y"]})
    assert digest.digest(before) == digest.digest(before) != digest.digest(after)
    assert digest.differences("t", before, after) == ["t.a: 1 of 2 values differ: 1: 2 -> 3"]
    assert digest.differences("t", before, before) == []
    assert digest.differences("t", before, after[:1]) == ["t: other rows or columns (2 and 1 rows)"]


@pytest.mark.parametrize("benchmark", ["corpora.contracts"], indirect=True)
def test_rows_that_a_corpus_loses_are_counted_by_the_rules(benchmark: ModuleType) -> None:
    text = "He left late last week. She left late last week (Friday)."
    days = {"earliest": date(2026, 1, 1), "latest": date(2025, 12, 31)}
    timexes = tuple(
        Timex(start, start + 14, text[start : start + 14], "DATE", "2025-W01", rule, "END", **days)
        for start, rule in ((8, "period.step"), (33, "period.step"), (42, "weekday.plain"))
    )
    article = Article("a", "a.txt", "txt", text, "")
    tables = to_tables([Annotation(article, ((0, len(text)),), 9, "none", timexes=timexes)], drop_broken=True)
    unread = Issue("b.txt", None, "error", "empty_text", "There is no text.", "Remove it.")
    issues = pa.concat_tables([tables["issues"], issue_table([unread])]).to_pandas()
    losses = benchmark.read_losses(1, issues)
    broken = "`earliest` not after `latest`"
    assert losses.rows == {("dates", "period.step", broken): 2, ("dates", "weekday.plain", broken): 1}
    assert losses.lost == {"empty_text": 1}
    shown = benchmark.format_losses(losses)
    assert "articles: 1 published, 1 lost" in shown
    assert f"2 dates, rule period.step: {broken}" in shown


@pytest.mark.parametrize("benchmark", ["corpora.contracts"], indirect=True)
def test_a_sample_is_spread_over_folders_and_files(benchmark: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for number in range(4):
        (tmp_path / "texts" / f"{number}.txt").write_text(f"Text {number}.", encoding="utf-8")
    records = [{"id": str(number), "text": f"Record {number}."} for number in range(6)]
    benchmark.write_jsonl(tmp_path / "records.jsonl", records)
    chosen = benchmark.sample([tmp_path / "texts", tmp_path / "records.jsonl"], 5, tmp_path)
    texts = [record["text"] for record in benchmark.read_jsonl(chosen)]
    assert texts == ["Text 0.", "Text 2.", "Record 0.", "Record 2.", "Record 4."]
