"""The gold on openly licensed articles, by itself and, where the articles are at hand, on them.

The articles are no part of the project: benchmarks/corpora/open_articles.py rebuilds them in a
folder, which the environment variable EXTRACT_OPEN_ARTICLES names. Nobody is to read the kept set, so
failures name places and no words.
"""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from benchmarks.corpora import open_articles

from extract.evaluate import check_floors, evaluate_tables, format_scores, read_gold
from extract.evaluate.entities import LABELS
from extract.lexicon import Lexicon
from extract.pipeline import run
from extract.settings import Settings
from extract.tables import TABLES

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold" / "open"
FLOORS = ROOT / "tests" / "eval_floors_open.json"
SETS = ("dev", "kept")
# `quotes` holds articles chosen for their quotes; so do the others, which have no gold of all names.
ALL_SETS = (*SETS, "quotes")
CONTEXT_SETS = ("context", "region", "wires")
ARTICLES = Path(os.environ.get("EXTRACT_OPEN_ARTICLES") or "no-such-folder")
FIELDS = ["file", "start", "end", "text", "label", "canonical"]
DATE_FIELDS = [*FIELDS[:4], "type", "value", "mod", "anchor", "earliest", "latest", "relation"]
RELATIONS = {None, "since", "by", "until", "after", "before", "from", "to"}
TIMEX_VALUE = re.compile(
    r"(PAST|PRESENT|FUTURE)_REF"
    r"|P(\d+|X)?([YMWD]|T(\d+|X)[HM])?(\d+[MD])?"
    r"|[\dX]{2,4}(-(\d\d|XX|W(\d\d|XX)|SP|SU|FA|WI|Q\d|H\d)(-(\d\d?|XX|WE))?)?(T(\d\d:\d\d|MO|AF|EV|NI))?"
)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

at_hand = pytest.mark.skipif(not ARTICLES.is_dir(), reason="EXTRACT_OPEN_ARTICLES names no folder")
both_sets = pytest.mark.parametrize("name", SETS)
all_sets = pytest.mark.parametrize("name", ALL_SETS)
dates_and_optional = pytest.mark.parametrize("name", ["dates", "dates_optional"])
every_source = pytest.mark.parametrize("name", [*ALL_SETS, *CONTEXT_SETS])


def read_mentions(name: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in (GOLD / name / "entities.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    ]


def read_sources(name: str) -> dict[str, dict[str, str]]:
    with (GOLD / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file) if row["set"] == name}


def read_quotes() -> list[dict[str, Any]]:
    text = (GOLD / "quotes" / "quotes.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def read_dates(name: str) -> list[dict[str, Any]]:
    text = (GOLD / "dates" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def place(mention: dict[str, Any]) -> str:
    return f"{mention['file']}:{mention['start']}"


def is_sound(mention: dict[str, Any]) -> bool:
    return (
        list(mention) == FIELDS
        and mention["label"] in LABELS
        and mention["end"] - mention["start"] == len(mention["text"]) > 0
        and mention["text"] == mention["text"].strip()
        and bool(mention["canonical"])
    )


@both_sets
def test_every_mention_has_a_known_label_and_the_length_of_its_span(name: str) -> None:
    assert [place(mention) for mention in read_mentions(name) if not is_sound(mention)] == []


@both_sets
def test_mentions_are_sorted_and_do_not_overlap(name: str) -> None:
    spans = [(mention["file"], mention["start"], mention["end"]) for mention in read_mentions(name)]
    # Tuples compare by file first, then by the start with the end of the mention before.
    wrong = [two for one, two in pairwise(spans) if two[:2] < (one[0], one[2])]
    assert wrong == []


@all_sets
def test_every_article_has_gold_and_every_gold_an_article(name: str) -> None:
    assert {mention["file"] for mention in read_mentions(name)} == set(read_sources(name))


@all_sets
def test_ids_are_in_the_lexicon(name: str, lexicon: Lexicon) -> None:
    slugs = [mention for mention in read_mentions(name) if SLUG.fullmatch(mention["canonical"])]
    assert slugs
    assert [place(mention) for mention in slugs if mention["canonical"] not in lexicon.entities] == []


@every_source
def test_sources_say_where_a_text_comes_from(name: str) -> None:
    for file, source in read_sources(name).items():
        assert all(source.values()), file
        assert re.fullmatch(r"[0-9a-f]{40}", source["commit"]), file
        assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"]), file


def test_the_quotes_have_no_words_and_known_speakers(lexicon: Lexicon) -> None:
    quotes = read_quotes()
    assert len(quotes) > 500
    assert {quote["file"] for quote in quotes} == set(read_sources("quotes"))
    assert not any({"text", "speaker", "cue"} & quote.keys() for quote in quotes)
    ids = {quote["speaker_id"] for quote in quotes} - {None}
    assert sorted(ids - lexicon.entities.keys()) == []


def is_sound_date(row: dict[str, Any]) -> bool:
    return (
        list(row) == DATE_FIELDS
        and row["type"] in {"DATE", "TIME", "DURATION", "SET"}
        and bool(TIMEX_VALUE.fullmatch(row["value"]))
        and row["relation"] in RELATIONS
        and row["end"] - row["start"] == len(row["text"]) > 0
        and row["text"] == row["text"].strip()
        and (row["earliest"] or "") <= (row["latest"] or "9")
    )


@dates_and_optional
def test_every_date_has_a_known_type_and_value_and_the_length_of_its_span(name: str) -> None:
    assert [place(row) for row in read_dates(name) if not is_sound_date(row)] == []


def test_dates_do_not_overlap_those_that_are_optional_either() -> None:
    rows = [*read_dates("dates"), *read_dates("dates_optional")]
    spans = sorted((row["file"], row["start"], row["end"]) for row in rows)
    assert [two for one, two in pairwise(spans) if two[:2] < (one[0], one[2])] == []


def test_dates_are_counted_from_the_publication_of_their_articles() -> None:
    sources = read_sources("quotes")
    rows = [*read_dates("dates"), *read_dates("dates_optional")]
    assert [place(row) for row in rows if row["anchor"] != sources[row["file"]]["date"]] == []
    news = {file for file, source in sources.items() if source["kind"] in {"wikinews", "news_site"}}
    assert {row["file"] for row in rows} == news


def test_the_dates_are_a_gold_folder() -> None:
    gold = read_gold(GOLD / "dates")
    assert len(gold.dates) == len(read_dates("dates"))
    assert len(gold.optional_dates) == len(read_dates("dates_optional"))


@at_hand
@every_source
def test_the_articles_are_those_that_were_annotated(name: str) -> None:
    hashes = {file: source["sha256"] for file, source in read_sources(name).items()}
    seen = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (ARTICLES / name).glob("*")}
    assert sorted(seen.items() - hashes.items()) == []


@at_hand
@pytest.mark.parametrize("name", ["quotes", "context"])
def test_every_id_of_a_speaker_is_an_actor_or_a_place(name: str, tmp_path: Path) -> None:
    assert run([ARTICLES / name], Settings(output=tmp_path)).is_flawless
    tables = {table: pd.read_parquet(tmp_path / table) for table in ("actors", "places", "quotes")}
    known = {*tables["actors"]["entity_id"], *tables["places"]["entity_id"]}
    ids = {*tables["quotes"]["speaker_entity_id"].dropna(), *tables["quotes"]["speaker_entity_ids"].explode()}
    assert {one for one in ids if isinstance(one, str)} - known == set()


@at_hand
@both_sets
def test_spans_hold_their_words(name: str) -> None:
    texts = {file.name: file.read_text(encoding="utf-8") for file in (ARTICLES / name).glob("*.txt")}
    wrong = [
        place(mention)
        for mention in read_mentions(name)
        if mention["file"] in texts
        and texts[mention["file"]][mention["start"] : mention["end"]] != mention["text"]
    ]
    assert wrong == []


@at_hand
@dates_and_optional
def test_spans_of_dates_hold_their_words(name: str) -> None:
    texts = {file.name: file.read_text(encoding="utf-8") for file in (ARTICLES / "quotes").glob("*.txt")}
    rows = [row for row in read_dates(name) if row["file"] in texts]
    assert [place(row) for row in rows if texts[row["file"]][row["start"] : row["end"]] != row["text"]] == []


@at_hand
@pytest.mark.skipif(not FLOORS.is_file(), reason="there are no floors")
def test_no_score_on_the_development_articles_is_below_its_floor(tmp_path: Path) -> None:
    if {file.name for file in (ARTICLES / "dev").glob("*.txt")} != set(read_sources("dev")):
        pytest.skip("not all articles could be rebuilt")
    assert run([ARTICLES / "dev"], Settings(output=tmp_path)).is_flawless
    tables = {table: pd.read_parquet(tmp_path / table) for table in TABLES}
    scores = evaluate_tables(tables, read_gold(GOLD / "dev"))
    violations = check_floors(scores, json.loads(FLOORS.read_text(encoding="utf-8")))
    assert not violations, "\n".join([*violations, format_scores(scores)])


def test_there_is_a_recipe_for_every_article() -> None:
    sources = [source for name in (*ALL_SETS, *CONTEXT_SETS) for source in read_sources(name).values()]
    recipes = open_articles.read_recipes(sources)
    assert {recipe.reader for recipe in recipes.values()} == set(open_articles.READERS)


@pytest.mark.parametrize(
    ("page", "recipe", "paragraphs"),
    [
        ("One\nline.\n \nTwo &amp;amp; three.", {}, ["One line.", "Two & three."]),
        ("Summary. Erbil is quiet.\n\nMore.", {"start": "Erbil"}, ["Erbil is quiet.", "More."]),
        ("a\n\nb\n\nc\n\nd", {"paragraphs": (2, 3)}, ["b", "c"]),
        ("a\n\nb\n\nc\n\nd", {"paragraphs": (2, 4), "join": [2]}, ["b c", "d"]),
        ("Iraq i <b>", {"clean": [["<.*?>", ""]], "mend": [[" i", "i"]]}, ["Iraqi"]),
    ],
)
def test_a_recipe_makes_paragraphs_of_a_page(
    page: str, recipe: dict[str, Any], paragraphs: list[str]
) -> None:
    assert open_articles.split_paragraphs(page, open_articles.Recipe("page", **recipe)) == paragraphs


@pytest.mark.parametrize(
    "literal",
    ["b'It\\'s \\xe2\\x80\\x9cquiet\\xe2\\x80\\x9d.'", 'b"It\'s \\xe2\\x80\\x9cquiet\\xe2\\x80\\x9d."'],
)
def test_printed_bytes_are_read(literal: str) -> None:
    assert open_articles.read_python_bytes(f"<h1>Title</h1>{literal}\n".encode(), "") == "It's “quiet”."


@pytest.fixture
def source(tmp_path: Path) -> dict[str, str]:
    """An article of a repository that was cloned to `ab+cd/repo`."""
    clone = tmp_path / "ab+cd" / "repo"
    clone.mkdir(parents=True)
    (clone / "page.txt").write_text("Erbil is quiet.\n\n\nSo is Mosul.")
    git = ["git", "-C", str(clone), "-c", "user.name=n", "-c", "user.email=e"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "page"]):
        subprocess.run([*git, *arguments], check=True)
    done = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    text = "Quiet\n\nMay 3, 2021\n\nErbil is quiet.\n\nSo is Mosul.\n"
    return {
        "title": "Quiet",
        "date": "2021-05-03",
        "repository": "ab/cd",
        "commit": done.stdout.strip(),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def test_a_text_is_rebuilt_from_a_clone(source: dict[str, str], tmp_path: Path) -> None:
    recipe = open_articles.Recipe("page.txt", date_line="{0:%B} {0.day}, {0.year}")
    text = open_articles.rebuild(source, recipe, tmp_path)
    assert text == "Quiet\n\nMay 3, 2021\n\nErbil is quiet.\n\nSo is Mosul.\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"repository": "ab/ef"}, "no clone of https://github.com/ab/ef"),
        ({"commit": "0" * 40}, "has no page.txt at 0000"),
        ({"title": "Loud"}, "differs from the annotated one"),
    ],
)
def test_what_is_missing_is_named(
    source: dict[str, str], tmp_path: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(open_articles.RebuildError, match=message):
        open_articles.rebuild(source | change, open_articles.Recipe("page.txt"), tmp_path)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdata", None)
    with pytest.raises(open_articles.RebuildError, match="pip install rdata"):
        open_articles.parse_rda(b"content")
