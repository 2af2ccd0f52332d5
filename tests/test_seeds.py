"""The sample articles under seeds/ and their gold annotation under tests/gold/."""

import calendar
import csv
import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from extract.lexicon import Lexicon
from extract.model import Label, QuoteType, TimexType
from gold.build import GOLD, RECORDS, SEEDS, build, days_of, read_sources

Row = dict[str, Any]

SAMPLE = "This is a sample article written for testing; its speakers are invented."
OPENING_MARKS, MARKED_TYPES = set('"“') | {"'", "‘"}, {"direct", "mixed", "scare", "pull"}
WEEKDAYS = set(calendar.day_name)
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_jsonl(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


TEXTS: dict[str, str] = {path.name: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")} | {
    record["id"]: record["text"] for record in read_jsonl(SEEDS / RECORDS)
}
ALL_TEXT = "\n".join(TEXTS.values())
ENTITIES, QUOTES, DATES = (read_jsonl(GOLD / f"{name}.jsonl") for name in ("entities", "quotes", "dates"))


def surfaces(canonical: str) -> set[str]:
    return {row["text"] for row in ENTITIES if row["canonical"] == canonical}


def test_the_committed_files_are_those_that_the_markup_builds() -> None:
    stale = [path.name for path, content in build().items() if path.read_text(encoding="utf-8") != content]
    assert not stale, f"{stale} differ from tests/gold/markup: run `cd tests && python -m gold.build`"


def test_every_text_in_seeds_is_built_from_markup() -> None:
    built = {path.name for path in build() if path.parent == SEEDS}
    assert {path.name for path in SEEDS.iterdir()} == built | {"README.md", "articles.csv"}


@pytest.mark.parametrize("file", sorted(TEXTS))
def test_an_article_is_a_marked_sample_of_usual_length(file: str) -> None:
    assert 400 <= len(TEXTS[file].split()) <= 900
    assert SAMPLE.lower() in TEXTS[file].lower()
    assert "\r" not in TEXTS[file]


def test_there_are_articles_of_every_manner_and_both_formats() -> None:
    assert len(list(SEEDS.glob("*.txt"))) == 7
    assert len(TEXTS) == 9


@pytest.mark.parametrize("role", ["", "speaker_", "cue_"])
@pytest.mark.parametrize("rows", [ENTITIES, QUOTES, DATES], ids=["entities", "quotes", "dates"])
def test_offsets_give_back_the_surface(rows: list[Row], role: str) -> None:
    text_key = role.rstrip("_") or "text"
    for row in rows:
        if row.get(text_key) is not None:
            surface = TEXTS[row["file"]][row[f"{role}start"] : row[f"{role}end"]]
            assert surface == row[text_key] == surface.strip() != ""


def test_entities_and_dates_do_not_overlap_their_like() -> None:
    for rows in (ENTITIES, DATES):
        for left, right in pairwise(rows):
            assert left["file"] != right["file"] or left["end"] <= right["start"], (left, right)


def test_quoted_text_begins_after_a_mark_or_a_label_and_holds_no_mark_at_its_ends() -> None:
    for row in QUOTES:
        assert not {row["text"][0], row["text"][-1]} & set('"“”'), row
        if row["type"] in MARKED_TYPES:
            before = TEXTS[row["file"]][: row["start"]]
            is_turn = before.endswith(f"{row['speaker']}: ")
            assert is_turn or before[-1] in OPENING_MARKS, row


def test_every_quote_but_a_scare_quote_has_a_speaker() -> None:
    for row in QUOTES:
        assert (row["speaker_canonical"] is None) == (row["type"] == "scare"), row
        assert row["speaker"] is not None or row["type"] in ("scare", "pull"), row


def test_every_utterance_number_of_speakers_and_cues_belongs_to_a_quote() -> None:
    for source in read_sources():
        quotes = {span.attrs.get("n") for span in source.marked if span.tag == "quote"}
        helpers = (span for span in source.marked if span.tag in ("speaker", "cue"))
        assert {n for span in helpers for n in span.attrs["n"].split()} <= quotes, source.file


def test_every_label_and_type_occurs() -> None:
    assert {row["label"] for row in ENTITIES} == set(get_args(Label))
    assert {row["type"] for row in QUOTES} == set(get_args(QuoteType))
    assert {row["type"] for row in DATES} == set(get_args(TimexType))
    assert {"START", "MID", "END", "MORE_THAN", "APPROX"} <= {row["mod"] for row in DATES}


def test_ids_in_gold_are_in_the_lexicon_and_invented_names_are_not(lexicon: Lexicon) -> None:
    for row in ENTITIES:
        if row["label"] not in ("FACTION", "ORG", "PERSON"):
            continue
        if ID.fullmatch(row["canonical"]):
            assert row["canonical"] in lexicon.entities, row
        else:
            known = {lexicon.entities[name.entity_id] for name in lexicon.named(row["canonical"])}
            assert not any(entity.published_id for entity in known), f"{row['canonical']} has an id"


def test_invented_speakers_are_no_known_actors(lexicon: Lexicon) -> None:
    known = {entity.name for entity in lexicon.actors()}
    assert not known & {row["speaker_canonical"] for row in QUOTES}


@pytest.mark.parametrize(
    ("canonical", "spellings"),
    [
        (
            "kataib-hezbollah",
            {"Kata'ib Hezbollah", "Kataeb Hezbollah", "Kata’ib Hizballah", "Hezbollah Brigades"},
        ),
        ("popular-mobilization-forces", {"Hashd al-Shaabi", "PMF", "Popular Mobilization Forces"}),
        ("mustafa-al-kadhimi", {"Mustafa al-Kazemi", "Al-Kazemi", "Mustafa Al-Kadhimi", "Kadhimi"}),
        ("hezbollah", {"Hezbollah"}),
        ("isis", {"ISIS", "ISIL", "Daesh", "Islamic State"}),
        ("Awaz Sindi", {"Awaz Sindi", "Sindi"}),
        ("Nibras al-Turfi", {"Nibras al-Turfi", "Al-Turfi"}),
        ("Middle Basin Monitoring Mission", {"Middle Basin Monitoring Mission", "MBMM"}),
    ],
)
def test_one_entity_is_spelled_in_many_ways(canonical: str, spellings: set[str]) -> None:
    assert spellings <= surfaces(canonical)


@pytest.mark.parametrize(
    "speaker",
    [
        "he",
        "she",
        "it",
        "they",
        "the statement",
        "the committee",
        "the first official",
        "the second official",
    ],
)
def test_speakers_without_a_name_occur(speaker: str) -> None:
    assert speaker in {(row["speaker"] or "").lower() for row in QUOTES}


@pytest.mark.parametrize(
    ("phenomenon", "pattern"),
    [
        ("mixed marks", r'"[^"“”\n]+”'),
        ("unbalanced mark", r'"[^"“”\n]+\n'),
        ("re-opened paragraph", r"\n“[^”\n]+\n\n?“[^”\n]+”"),
        ("cue before its speaker", r"” said [A-Z]"),
        ("nested quote", r"“[^”\n]+‘[^’\n]+’[^”\n]+”"),
        ("signature of a post", r"\n— .+ \(@\w+\) "),
        ("pull quote", r"\n'[^\n]+'\n- "),
        ("sub-heading in single marks", r"\n'[^'\n]+'\n(?!-)"),
        ("possessive plural by a mark", r"\w{3,}s’ \w"),
        ("name in marks", r'"Badr"'),
        ("place before the text", r"\nBAGHDAD \(.+\) - |^Erbil - "),
        ("hyphenated", r"US-led.*?pro-Iran"),
        ("verbs that look like months", r"may march"),
        ("number that looks like a year", r"2,500"),
        ("heading of the site", r"Latest Briefs|Editor Picks"),
        ("box on the outlet", r"\nAbout [A-Z]"),
        ("republishing notice", r"republishing this content"),
    ],
)
def test_phenomenon_of_the_text_occurs(phenomenon: str, pattern: str) -> None:
    assert re.search(pattern, ALL_TEXT, re.DOTALL if phenomenon == "hyphenated" else 0)


@pytest.mark.parametrize(
    "surface",
    [
        "Sunday, 6 March, 2022 - 14:45",
        "31/7/2021",
        "26 November 2016",
        "Tuesday night",
        "late July",
        "the new year",
        "three-week",
        "over a year",
        "every Friday",
        "the 1990s",
        "now",
        "the coming days",
        "two weeks ago",
        "Tishrin al-Awwal 2019",
        "Eid al-Adha",
        "5 p.m.",
    ],
)
def test_form_of_date_occurs(surface: str) -> None:
    assert surface in {row["text"] for row in DATES}


def test_false_friends_are_no_dates() -> None:
    assert not {row["text"].lower() for row in DATES} & {"may", "march", "1920", "2,500"}


def test_weekdays_lie_before_and_after_their_anchor() -> None:
    weekdays = [row for row in DATES if row["text"] in WEEKDAYS]
    assert {row["value"] < row["anchor"] for row in weekdays} == {True, False}
    assert all(date.fromisoformat(row["value"]).strftime("%A") == row["text"] for row in weekdays)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("198", ("1980-01-01", "1989-12-31")),
        ("2022", ("2022-01-01", "2022-12-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2021-W30", ("2021-07-26", "2021-08-01")),
        ("2021-07-27TNI", ("2021-07-27", "2021-07-27")),
        ("PRESENT_REF", (None, None)),
    ],
)
def test_days_of_a_value(value: str, days: tuple[str | None, str | None]) -> None:
    assert days_of(value) == days


def test_the_sidecar_dates_an_article_whose_text_has_no_date() -> None:
    with (SEEDS / "articles.csv").open(encoding="utf-8", newline="") as sidecar:
        rows = {row["file"]: row for row in csv.DictReader(sidecar)}
    headers = {source.file: source for source in read_sources()}
    assert rows.keys() <= TEXTS.keys()
    for file, row in rows.items():
        assert row["published"] == headers[file].meta["published"]
        assert row["published"] not in {found["value"] for found in DATES if found["file"] == file}
