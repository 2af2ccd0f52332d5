import json
from pathlib import Path

import pytest

from extract.errors import EvaluationError
from extract.evaluate import DateRow, EntityRow, QuoteRow, read_gold

ENTITY = {"file": "a.txt", "start": 0, "end": 7, "text": "Baghdad", "label": "GPE", "canonical": "Baghdad"}
QUOTE = {
    "file": "a.txt", "start": 9, "end": 12, "text": "yes", "type": "direct", "speaker": "he",
    "speaker_start": 20, "speaker_end": 22, "speaker_canonical": "Salim Tarek", "note": "more is welcome",
}  # fmt: skip
DATE = {"file": "b.txt", "start": 3, "end": 7, "text": "2021", "type": "DATE", "value": "2021", "mod": None}


def write(path: Path, *rows: object) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def test_files_are_read_by_what_their_names_contain(tmp_path: Path) -> None:
    write(tmp_path / "seed_entities.jsonl", ENTITY)
    write(tmp_path / "more_entities_2.jsonl", ENTITY | {"file": "c.txt"})
    write(tmp_path / "quotes.jsonl", QUOTE)
    write(tmp_path / "dates.jsonl", DATE)
    write(tmp_path / "dates_optional.jsonl", DATE | {"value": "PAST_REF"})
    write(tmp_path / "notes.jsonl", {"anything": 1})
    gold = read_gold(tmp_path)
    assert [row.article for row in gold.entities] == ["c.txt", "a.txt"]
    assert gold.entities[1] == EntityRow("a.txt", 0, 7, "Baghdad", "GPE", "Baghdad")
    assert gold.quotes == (QuoteRow("a.txt", 9, 12, "yes", "direct", "Salim Tarek", 20, 22),)
    assert gold.dates == (DateRow("b.txt", 3, 7, "2021", "DATE", "2021"),)
    assert [row.value for row in gold.optional_dates] == ["PAST_REF"]
    assert gold.files() == ("a.txt", "b.txt", "c.txt")


def test_a_line_separator_inside_a_text_breaks_no_line(tmp_path: Path) -> None:
    write(tmp_path / "quotes.jsonl", QUOTE | {"text": "y\u2028s"}, QUOTE)
    assert [row.text for row in read_gold(tmp_path).quotes] == ["y\u2028s", "yes"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"nowhere does not exist.*docs/evaluation\.md"):
        read_gold(tmp_path / "nowhere")


def test_a_folder_without_gold_says_how_to_name_files(tmp_path: Path) -> None:
    write(tmp_path / "mentions.jsonl", ENTITY)
    with pytest.raises(EvaluationError, match=r"no gold rows.*seen: 1.*seed_entities\.jsonl"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    ("table", "line", "complaint"),
    [
        ("entities", '{"file": "a.txt", ', "Expecting"),
        ("entities", "[1, 2]", "not a JSON object"),
        ("entities", json.dumps(ENTITY | {"file": None}), "`file`, `start` and `end` are required"),
        ("entities", json.dumps(ENTITY | {"start": "0"}), "`start` is '0', not an integer"),
        ("entities", json.dumps(ENTITY | {"end": True}), "`end` is True, not an integer"),
        ("entities", json.dumps(ENTITY | {"end": 0}), "span 0-0 is empty"),
        ("entities", json.dumps(ENTITY | {"label": "PLACE"}), "`label` is 'PLACE', not one of FACTION"),
        ("quotes", json.dumps(QUOTE | {"type": None}), "`type` is None, not one of direct"),
        ("dates", json.dumps(DATE | {"value": 2021}), "`value` is 2021, not a string"),
    ],
)
def test_a_broken_line_is_named_with_its_number(
    tmp_path: Path, table: str, line: str, complaint: str
) -> None:
    good = {"entities": ENTITY, "quotes": QUOTE, "dates": DATE}[table]
    file = tmp_path / f"{table}.jsonl"
    file.write_text(f"{json.dumps(good)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError) as caught:
        read_gold(tmp_path)
    assert f"{file}:3: " in caught.value.message
    assert complaint in caught.value.message
    assert "docs/evaluation.md" in caught.value.advice


def test_bytes_that_are_no_utf8_are_a_broken_line(tmp_path: Path) -> None:
    (tmp_path / "dates.jsonl").write_bytes(b'{"file": "\xff"}\n')
    with pytest.raises(EvaluationError, match=r"dates\.jsonl:1: "):
        read_gold(tmp_path)
