"""Our scores against those of the scripts that come with the seed gold, where both are at hand."""

import json
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from evaluate_frames import tables_of

from extract.evaluate import DateRow, EntityRow, Gold, QuoteRow, Scores, evaluate_tables, read_gold
from extract.evaluate.entities import LABELS

SHARED = Path(__file__).parents[3] / "shared"

pytestmark = pytest.mark.skipif(not (SHARED / "eval" / "score.py").is_file(), reason="no seed gold here")


@pytest.fixture(scope="module")
def gold() -> Gold:
    return read_gold(SHARED / "gold")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted((SHARED / "seeds").glob("*.txt"))}


@pytest.fixture(scope="module", params=[1, 2, 3])
def spoiled(
    request: pytest.FixtureRequest,
    gold: Gold,
    texts: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Scores, Path]:
    """Scores of gold spoiled at random, and the folder of those tables."""
    chance = random.Random(request.param)  # noqa: S311 - repeatable, nothing secret
    worse = Gold(
        entities=tuple(spoil_entity(row, texts, chance) for row in some(gold.entities, chance)),
        quotes=tuple(spoil_quote(row, chance) for row in some(gold.quotes, chance)),
        dates=tuple(spoil_date(row, chance) for row in some((*gold.dates, *gold.optional_dates), chance)),
    )
    tables = tables_of(worse, texts)
    # The script knows ids alone: names stand in their place.
    entities = tables["entities"]
    entities["entity_id"] = entities["entity_id"].fillna(entities["entity_name"])
    folder = tmp_path_factory.mktemp("tables")
    for name, frame in tables.items():
        frame.to_parquet(folder / f"{name}.parquet")
    return evaluate_tables(tables, gold), folder


def some(rows: tuple[Any, ...], chance: random.Random) -> list[Any]:
    kept = [row for row in rows if chance.random() > 0.1]
    return kept + chance.sample(kept, len(kept) // 10)


def spoil_entity(row: EntityRow, texts: dict[str, str], chance: random.Random) -> EntityRow:
    kind = chance.randrange(8)
    text = texts[row.article.removesuffix(".txt")]
    if kind == 0:
        return replace(row, label=chance.choice([*LABELS, "EVENT"]))
    if kind == 1:
        return replace(row, link=chance.choice([None, "kataib-hezbollah", ""]))
    if kind in (2, 3):  # the article before it and the possessive behind it belong to the prediction
        start = row.start - 4 if text[row.start - 4 : row.start].lower() == "the " else row.start
        end = row.end + 2 if text[row.end : row.end + 2] in ("'s", "’s") else row.end
        return replace(row, start=start, end=end, text=text[start:end])
    if kind == 4:
        return replace(row, end=row.end + 3, text=text[row.start : row.end + 3])
    return row


def spoil_quote(row: QuoteRow, chance: random.Random) -> QuoteRow:
    changes: list[dict[str, Any]] = [
        {"type": chance.choice(["direct", "mixed", "indirect", "scare"])},
        {"speaker": None, "speaker_start": None, "speaker_end": None},
        {"speaker_start": 0, "speaker_end": 4},
        {"speaker": "someone else", "speaker_start": 0, "speaker_end": 4},
        {"start": row.start + chance.randrange(12)},
        {"end": row.end + chance.randrange(80)},
        {},
    ]
    return replace(row, **chance.choice(changes))


def spoil_date(row: DateRow, chance: random.Random) -> DateRow:
    changes: list[dict[str, Any]] = [
        {"type": "SET"},
        {"value": row.value[:4]},
        {"start": row.start + 1},
        {"end": row.end + 12},
        {"mod": "APPROX", "earliest": "2020-01-01"},
        {},
        {},
    ]
    return replace(row, **chance.choice(changes))


def run_script(kind: str, folder: Path, gold_file: str, *options: str) -> str:
    script, answers = SHARED / "eval" / "score.py", SHARED / "gold" / gold_file
    command = [sys.executable, str(script), kind, str(folder), str(answers), *options]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def test_mentions_score_as_in_the_script(spoiled: tuple[Scores, Path]) -> None:
    scores, folder = spoiled
    assert scores.entities is not None
    expected = json.loads(run_script("entities", folder, "seed_entities.jsonl", "--json"))
    named = {**scores.entities.labels, "all": scores.entities.all, "span": scores.entities.span}
    for name, row in named.items():
        ours = [row.gold, row.found, row.predicted, row.good, row.precision, row.recall, row.f1]
        assert ours == [expected[name][key] for key in ("gold", "found", "pred", "good", "P", "R", "F1")]
    for label, links in scores.entities.links.items():
        theirs = expected["canonical"][label]
        assert [links.gold, links.found, links.linked, links.right] == [
            theirs[key] for key in ("gold", "found", "linked", "right")
        ]


def test_quotes_score_as_in_the_script(spoiled: tuple[Scores, Path]) -> None:
    scores, folder = spoiled
    assert scores.quotes is not None
    printed = run_script("quotes", folder, "seed_quotes.jsonl")
    numbers = [int(number) for number in re.findall(r"\b\d+\b(?!\.\d| %)", re.sub(r"= \S+ %", "", printed))]
    marked, indirect = scores.quotes.marked, scores.quotes.types["indirect"]
    assert numbers == [
        marked.gold,
        marked.found,
        marked.right_type,
        marked.right_speaker,
        indirect.right_speaker,
        indirect.gold,
        scores.quotes.scare_taken,
        scores.quotes.scare,
    ]


def test_dates_score_as_in_the_script(spoiled: tuple[Scores, Path]) -> None:
    scores, folder = spoiled
    assert scores.dates is not None
    ignore = ("--ignore", str(SHARED / "gold" / "seed_dates_optional.jsonl"))
    expected = json.loads(run_script("dates", folder, "seed_dates.jsonl", *ignore, "--json"))
    measures = scores.dates.measures()
    assert (scores.dates.gold, scores.dates.predicted) == (expected["gold"], expected["sys"])
    for ours, theirs in {
        "strict_f1": "strict_f1",
        "strict_precision": "strict_p",
        "strict_recall": "strict_r",
        "relaxed_f1": "relaxed_f1",
        "value_f1": "value_f1",
        "value_recall": "value_r",
        "type_f1": "type_f1",
        "strict_value_f1": "strict_value_f1",
        "value_accuracy": "value_acc",
        "type_accuracy": "type_acc",
    }.items():
        assert measures[ours] == pytest.approx(expected[theirs], abs=5e-5)
    printed = run_script("dates", folder, "seed_dates.jsonl", *ignore)
    assert f"mod right {scores.dates.mod}/{scores.dates.mod_gold} of" in printed
    assert f"day range right {scores.dates.range}/{scores.dates.range_gold} of" in printed
