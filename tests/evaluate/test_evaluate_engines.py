"""The pure parts of the comparison of engines; the comparison itself takes minutes."""

import json
import subprocess
import sys
from argparse import ArgumentTypeError
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.engines import cost, report
from benchmarks.engines import gold as gold_names

from extract.engines.names import SeenName
from extract.evaluate import EntityRow, Gold, QuoteRow, read_gold
from extract.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = "Officials left Basra for the Gulf coast.\n"


def mention(words: str, label: str, article: str = "a") -> EntityRow:
    start = TEXT.index(words)
    return EntityRow(article, start, start + len(words), words, label)


@pytest.mark.parametrize(
    ("lengths", "words", "expected"),
    [([30, 10], 1, 1), ([30, 10], 40, 2), ([30, 10], 41, 3), ([30, 10], 75, 4), ([0, 5], 10, 4)],
)
def test_articles_are_repeated_until_there_are_words_enough(
    lengths: list[int], words: int, expected: int
) -> None:
    assert cost.count_articles(lengths, words) == expected


def test_without_articles_there_is_nothing_to_measure(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no \.txt file"):
        cost.make_text([tmp_path], tmp_path, 100)


def test_the_text_is_made_of_all_folders(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "same-name.txt").write_text(f"Three words {folder.name}\n", encoding="utf-8")
    files = sorted(cost.make_text(folders, tmp_path, 8).iterdir())
    assert [file.read_text(encoding="utf-8").split()[2] for file in files] == ["one", "two", "one"]


def test_the_cost_is_the_median_of_each_measure() -> None:
    turns = [cost.Cost(1, 30, 200), cost.Cost(9, 10, 100), cost.Cost(2, 20, 900)]
    assert cost.median_cost(turns) == cost.Cost(2, 20, 200)


def test_parts_take_turns(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two words\n", encoding="utf-8")
    order: list[str] = []

    def measure(part: str, _: Path) -> object:
        order.append(part)
        return cost.Cost(1, 1, len(order))

    monkeypatch.setattr(cost, "measure_in_process", measure)
    costs = cost.measure_in_turns(["spacy", "stanza"], [tmp_path], 10, 3)
    assert order == ["spacy", "stanza"] * 3
    assert {part: cost.speed for part, cost in costs.items()} == {"spacy": 3, "stanza": 4}


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="no /proc here")
def test_memory_is_that_of_the_process_alone() -> None:
    held = bytes(200_000_000)
    command = [sys.executable, "-c", "from benchmarks.engines import cost; print(cost.peak_memory())"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert 1 < float(done.stdout) < len(held) / 2**20 < cost.peak_memory()


@pytest.mark.parametrize(
    ("group", "expected"),
    [("GPE+LOC", 1.0), ("PERSON", None), ("all", 0.5)],
)
def test_labels_of_a_group_are_not_told_apart(group: str, expected: float | None) -> None:
    gold = [mention("Basra", "GPE"), mention("Gulf", "LOC")]
    found = [mention("Basra", "GPE"), mention("the Gulf", "GPE")]
    assert gold_names.group_f1(gold, found, group) == expected


def test_debatable_spans_are_not_counted() -> None:
    gold, debatable = [mention("Basra", "GPE")], [mention("Gulf coast", "LOC")]
    found = [mention("Basra", "GPE"), mention("Gulf", "LOC")]
    assert gold_names.group_f1(gold, found, "GPE+LOC") == pytest.approx(2 / 3)
    assert gold_names.group_f1(gold, found, "GPE+LOC", debatable) == 1


def test_names_are_scored_on_the_articles_with_gold(tmp_path: Path) -> None:
    gold_folder, folder = tmp_path / "gold", tmp_path / "articles"
    gold_folder.mkdir()
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    line = {"file": "a.txt", "start": 15, "end": 20, "text": "Basra", "label": "GPE"}
    (gold_folder / "entities.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    gold = read_gold(gold_folder)
    ((article, expected),) = gold_names.read_annotated(gold, folder, Settings())
    assert expected == [mention("Basra", "GPE")]
    found = gold_names.name_rows(article, [SeenName(15, 20, "GPE", "spacy")])
    elsewhere = [mention("Gulf", "LOC", article="b")]
    assert report.score_groups(gold, [*found, *elsewhere])["GPE+LOC"] == 1


def test_published_mentions_are_known_by_their_files() -> None:
    span = {"start_char": 15, "end_char": 20, "text": "Basra", "label": "GPE"}
    tables = {
        "articles": pd.DataFrame([{"article_id": "x1", "source": "somewhere/a.txt"}]),
        "entities": pd.DataFrame([span | {"article_id": "x1", "entity_id": None, "entity_name": None}]),
    }
    assert report.rows_by_stem(tables) == [mention("Basra", "GPE")]


def test_pooled_gold_has_the_rows_of_all() -> None:
    names, quotes = (mention("Basra", "GPE"),), (QuoteRow("b", 0, 4, "left", "direct"),)
    pooled = report.pool([Gold(entities=names), Gold(entities=names, quotes=quotes)])
    assert pooled == Gold(entities=names * 2, quotes=quotes)


@pytest.mark.parametrize("argument", ["gold", "gold=", "=articles"])
def test_half_a_pair_is_refused(argument: str) -> None:
    with pytest.raises(ArgumentTypeError, match="GOLD=ARTICLES"):
        gold_names.parse_pair(argument)


def test_speed_is_compared_with_spacy_and_parts_have_no_memory() -> None:
    slow = cost.Cost(7.04, 1234.4, 1000)
    costs = {"spacy": cost.Cost(3, 400, 4000), "stanza": slow, report.STANZA_NAMES: slow}
    assert report.cost_rows(costs) == [
        ["`spacy`", "3.0", "400", "4,000", "1.00"],
        ["`stanza`", "7.0", "1,234", "1,000", "0.25"],
        [report.PARTS[report.STANZA_NAMES], "–", "–", "1,000", "0.25"],
    ]
    assert report.cost_rows({"stanza": slow}) == [["`stanza`", "7.0", "1,234", "1,000", "–"]]


def test_names_alone_come_before_the_whole() -> None:
    alone = {"spacy": report.Quality({"ORG": 0.5}), "stanza": report.Quality({"ORG": None})}
    whole = {"spacy": report.Quality({"ORG": 0.75}, quotes=0.9, dates=1.0)}
    assert report.quality_rows(alone, whole) == [
        ["`spacy`, names alone", "50.0", "–", "–"],
        ["`stanza`, names alone", "–", "–", "–"],
        ["`spacy`, with the rules", "75.0", "90.0", "100.0"],
    ]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (False, "cost   words/s\nspacy    4,000"),
        (True, "| cost | words/s |\n| --- | ---: |\n| `spacy` | 4,000 |"),
    ],
)
def test_tables_are_plain_or_markdown(markdown: bool, expected: str) -> None:
    assert report.format_table(["cost", "words/s"], [["`spacy`", "4,000"]], markdown=markdown) == expected
