"""The gold for the context of quotes, and the small texts, agree with the rest of the project."""

import json
from pathlib import Path
from typing import Any

import pytest

from extract.entities.linking.name_ids import name_id_of
from extract.lexicon import Lexicon

ROOT = Path(__file__).parents[1]
OPEN = ROOT / "gold" / "open"
SETS = ("quotes", "context")
# Without a file of the quotes and their speakers.
CONTEXT_ALONE = ("region", "wires")
ACTS = {"statement", "belief", "demand", "fact", "topic"}
MEDIA = {
    "tweet", "post", "statement", "interview", "press_conference", "speech", "broadcast", "testimony",
    "letter", "conversation", "report", "video",
}  # fmt: skip
COLUMNS = {
    "quote", "act", "polarity", "about", "said_on", "affiliation", "anonymous", "addressee", "medium",
}  # fmt: skip
Row = dict[str, Any]


def read(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]]


GOLD, QUOTES, MENTIONS = (
    [row for folder in SETS for row in read(OPEN / folder / f"{name}.jsonl")]
    for name in ("context", "quotes", "entities")
)
ALONE, NAMES = (
    [row for folder in CONTEXT_ALONE for row in read(OPEN / folder / f"{name}.jsonl")]
    for name in ("context", "entities")
)
MENTIONS += NAMES
ATTRIBUTIONS = [row for row in (*GOLD, *ALONE) if "none" not in row]
CASES = read(Path(__file__).with_name("context_cases.jsonl"))
CASE_ROWS = [row for case in CASES for row in case["rows"]]


def place(row: Row) -> str:
    return f"{row['article']}:{row['start']}"


def ids_of(row: Row) -> set[str]:
    lists = [actor["ids"] for actor in row["about"]]
    lists += row["affiliation"]["ids"] if row["affiliation"] else []
    lists += [row["addressee"]["ids"]] if row["addressee"] else []
    return {one for ids in lists for one in ids}


def as_set(value: list[str] | str | None) -> set[str]:
    return {value} if isinstance(value, str) else set(value or ())


def test_every_quote_has_one_row() -> None:
    annotated = [(row["article"], row["start"], row["end"], row["type"]) for row in GOLD]
    assert annotated == [(Path(q["file"]).stem, q["start"], q["end"], q["type"]) for q in QUOTES]


def test_the_values_are_those_of_the_guideline() -> None:
    wrong = [
        place(row)
        for row in ATTRIBUTIONS
        if not set(row["act"]) <= ACTS
        or not row["act"]
        or row["polarity"] not in ("affirmed", "negated")
        or not set((row["medium"] or {"values": []})["values"]) <= MEDIA
        or {actor["by"] for actor in row["about"]} - {"name", "description", "pronoun", "target"}
    ]
    assert wrong == []
    assert {row["none"] for row in GOLD if "none" in row} <= set("abcdefg")


def test_ids_are_in_the_lexicon_or_names_of_the_article(lexicon: Lexicon) -> None:
    names = {(Path(one["file"]).stem, one["canonical"]) for one in MENTIONS}
    unknown = [
        f"{place(row)} {one}"
        for row in ATTRIBUTIONS
        for one in ids_of(row)
        if one not in lexicon.entities and (row["article"], one) not in names
    ]
    assert unknown == []


def test_no_words_of_an_article_are_kept() -> None:
    assert not any({"text", "quote"} & ({*row} | {*(row["addressee"] or {})}) for row in ATTRIBUTIONS)


def test_days_are_in_order_and_stand_outside_the_words() -> None:
    days = [(row, row["said_on"]) for row in ATTRIBUTIONS if row["said_on"]]
    assert len(days) > 100
    assert [place(row) for row, day in days if not day["earliest"] <= day["latest"]] == []
    demanded = [(row, day) for row, day in days if not day["optional"]]
    assert [
        place(row) for row, day in demanded if row["start"] < day["end"] and day["start"] < row["end"]
    ] == []


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_small_text_has_its_words_and_all_columns(case: Row) -> None:
    assert bool(case["rows"]) != bool(case["absent"])
    assert all(case["text"].count(row["quote"]) == 1 for row in case["rows"])
    assert all(words in case["text"] for words in case["absent"])
    assert all(row.keys() >= COLUMNS for row in case["rows"])


def test_the_small_texts_hold_the_rare_values(lexicon: Lexicon) -> None:
    assert {row["act"] for row in CASE_ROWS} == ACTS
    assert sum(row["polarity"] == "negated" for row in CASE_ROWS) >= 8
    assert sum(bool(case["absent"]) for case in CASES) >= 12
    ids = set().union(
        *(as_set(row.get(key)) for row in CASE_ROWS for key in ("about", "affiliation", "speaker_entity_ids"))
    )
    unknown = {one for one in ids if one not in lexicon.entities}
    assert unknown == {name_id_of("PERSON", "Ruth Aldermann", lexicon)}
