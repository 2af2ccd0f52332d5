"""What is doubtful, and the dialogue that decides it."""

import csv
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import extract
from extract.cli.app import app
from extract.cli.corrections.dialogue import Dialogue
from extract.cli.corrections.type_ahead import Keyboard
from extract.doubtful import Doubt, doubts, unlinked
from extract.errors import OverrideError
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.new_entries import NEW_ENTRIES, add_entry
from extract.model import Annotation
from extract.overrides import load_overrides
from report.report_samples import annotation, publish

TEXT = "“Rain falls on Bahr” said Salim al-Ghaim on 5 May 2021. Bahr met Jund al-Matar.\n"
HAIL = TEXT.replace("Rain", "Hail")
NAME = Doubt(
    "name", "Bahr", "Bahr", "badr-organization", True, "FACTION", "a", 14, 0.3, 1, 1, "Rain falls on Bahr."
)  # fmt: skip
SPEAKER = replace(
    NAME, kind="speaker", text="Rain falls", found="Salim", found_id="person:salim", is_linked=False, label=""
)
DATE = replace(NAME, kind="date", text="5 May", found="2021-05-05", found_id="", is_linked=False, label="")


def unsure(one: Annotation) -> Annotation:
    """Make names of two mentions less sure than those of one."""
    mentions = [
        replace(mention, confidence=0.3 if mention.text == "Bahr" else 0.5) for mention in one.mentions
    ]
    quotes = [replace(quote, speaker_confidence=0.5) for quote in one.quotes]
    return replace(one, mentions=tuple(mentions), quotes=tuple(quotes))


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = [unsure(annotation(name, text)) for name, text in (("a", TEXT), ("b", HAIL))]
    return publish(tmp_path_factory.mktemp("o"), articles)


def test_the_least_sure_and_most_frequent_come_first(outputs: Path) -> None:
    tables = extract.open(outputs)
    found = doubts({name: tables.arrow(name) for name in ("entities", "quotes", "dates")})
    assert [(one.kind, one.text, one.mentions, one.article) for one in found] == [
        ("name", "Bahr", 4, None),
        ("name", "Jund al-Matar", 2, None),
        ("name", "Salim al-Ghaim", 2, None),
        ("speaker", "Hail falls on Bahr", 1, "b"),
        ("speaker", "Rain falls on Bahr", 1, "a"),
    ]
    assert found[0].sentence == TEXT.strip()
    assert not doubts({name: tables.arrow(name) for name in ("entities", "quotes", "dates")}, below=0.1)


def test_the_worksheet_is_a_file_of_corrections(outputs: Path, tmp_path: Path) -> None:
    path = tmp_path / "doubts.csv"
    run = CliRunner().invoke(app, ["doubtful", "--output", str(outputs), "--csv", str(path)])
    assert run.exit_code == 0, run.output
    assert load_overrides(tmp_path).entries == ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["entity"] = "badr-organization"
    rows[3]["speaker"] = "-"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    said = {
        (one.text, one.scope.article, one.entity, one.speaker) for one in load_overrides(tmp_path).entries
    }
    assert said == {("Bahr", None, "badr-organization", None), ("Hail falls on Bahr", "b", None, ("",))}


def test_a_worksheet_is_never_written_over(outputs: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "doubts.csv"
    arguments = ["doubtful", "--output", str(outputs), "--csv", str(path)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    path.write_text("decided", encoding="utf-8")
    run = CliRunner().invoke(app, arguments)
    assert isinstance(run.exception, OverrideError)
    assert path.read_text("utf-8") == "decided"


def test_words_that_mean_several_come_once_for_each_mention(tmp_path: Path) -> None:
    """In one article they are somebody else, without any doubt: an answer for all would be wrong there."""
    sure = annotation("c", "“Snow falls on Bahr” said Salim al-Ghaim.")
    others = tuple(
        replace(one, entity_id=None, name_id="org:bahr", confidence=1.0) if one.text == "Bahr" else one
        for one in sure.mentions
    )
    articles = [unsure(annotation(name, text)) for name, text in (("a", TEXT), ("b", HAIL))]
    tables = extract.open(publish(tmp_path, [*articles, replace(sure, mentions=others)]))
    arrow = {name: tables.arrow(name) for name in ("entities", "quotes", "dates")}
    found = [one for one in doubts(arrow) if one.text == "Bahr"]
    starts = [TEXT.index("Bahr"), TEXT.rindex("Bahr")]
    assert [(one.article, one.start) for one in found] == [(name, at) for name in "ab" for at in starts]
    assert all(one.article is None for one in doubts(arrow) if one.text == "Jund al-Matar")
    [unknown] = [one for one in unlinked(arrow["entities"], labels=(), min_articles=1) if one.text == "Bahr"]
    assert unknown.article == "c"


def test_a_cell_like_a_formula_comes_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,drop\n'=1+1 Movement,true\n'Tis,true\n", encoding="utf-8")
    assert {one.text for one in load_overrides(tmp_path).entries} == {"=1+1 Movement", "'Tis"}


def test_json_for_programs(outputs: Path) -> None:
    run = CliRunner().invoke(app, ["doubtful", "--output", str(outputs), "--json", "--top", "1"])
    [row] = json.loads(run.stdout)
    assert (row["text"], row["mentions"]) == ("Bahr", 4)


Answer = Callable[..., list[dict[str, object]]]


@pytest.fixture
def answer(tmp_path: Path, lexicon: Lexicon, models_dir: Path) -> Answer:
    """Keys, what is asked about -> the entries written."""

    def press(keys: Sequence[str], *asked: Doubt) -> list[dict[str, object]]:
        pressed: Iterator[str] = iter(keys)
        keyboard = Keyboard(Console(file=StringIO(), width=100), lambda: next(pressed))
        path = tmp_path / "fixed.toml"
        Dialogue(path, lexicon, models_dir, keyboard, record={"by": "H."}).ask_all(asked)
        assert not list(pressed)
        entries = tomllib.loads(path.read_text("utf-8"))["override"] if path.exists() else []
        assert all(entry.pop("by") == "H." for entry in entries)
        load_overrides(tmp_path, lexicon)
        return entries

    return press


HERE = {"article": "a", "start": 14}


@pytest.mark.parametrize(
    ("keys", "asked", "said"),
    [
        ("y", NAME, {"text": "Bahr", **HERE, "entity": "badr-organization"}),
        ("w", NAME, {"text": "Bahr", **HERE, "entity": ""}),
        ("d", NAME, {"text": "Bahr", **HERE, "drop": True}),
        ("ey", NAME, {"text": "Bahr", "entity": "badr-organization"}),
        ("eey", NAME, {"text": "Bahr", **HERE, "entity": "badr-organization"}),
        ("aqais khaz\r", NAME, {"text": "Bahr", **HERE, "entity": "qais-al-khazali"}),
        ("aqaix\x7fs khaz1", NAME, {"text": "Bahr", **HERE, "entity": "qais-al-khazali"}),
        (["o", *"\x7f\x7f\x7f\x7f", *"Rana\r"], NAME, {"text": "Bahr", **HERE, "name": "Rana"}),
        ("y", SPEAKER, {"text": "Rain falls", **HERE, "speaker": "Salim"}),
        ("w", SPEAKER, {"text": "Rain falls", **HERE, "speaker": ""}),
        ("aqais khaz\r", SPEAKER, {"text": "Rain falls", **HERE, "speaker": "qais-al-khazali"}),
        ("y", DATE, {"text": "5 May", **HERE, "value": "2021-05-05"}),
        ("ey", DATE, {"text": "5 May", **HERE, "value": "2021-05-05"}),
        ("w", DATE, {"text": "5 May", **HERE, "drop": "date"}),
        ("ano\x7f6\r", DATE, {"text": "5 May", **HERE, "value": "2021-05-06"}),
    ],
)
def test_a_key_writes_an_entry(answer: Answer, keys: Sequence[str], asked: Doubt, said: object) -> None:
    assert answer(keys, asked) == [said]


@pytest.mark.parametrize("keys", ["s", "\r", " ", "q", "za\x1bq"])
def test_keys_that_write_nothing(answer: Answer, keys: str) -> None:
    assert answer(keys, NAME) == []


def test_an_answer_is_taken_back_and_asked_again(answer: Answer) -> None:
    said = answer("ysuwq", NAME, SPEAKER, DATE)
    assert said == [{"text": "Bahr", **HERE, "entity": ""}]


def test_a_value_that_is_none_is_refused(answer: Answer) -> None:
    assert answer([*"o", *"\x7f" * 10, *"soon\rs"], DATE) == []


def test_what_is_decided_is_not_asked_again(answer: Answer) -> None:
    assert len(answer("y", NAME, replace(NAME, found_id="other"))) == 1


def test_one_answer_holds_everywhere(answer: Answer) -> None:
    """A second one for the same words would make the file invalid."""
    there = replace(NAME, article="b")
    assert answer("eyewew", NAME, there) == [
        {"text": "Bahr", "entity": "badr-organization"},
        {"text": "Bahr", "article": "b", "start": 14, "entity": ""},
    ]


@pytest.mark.parametrize("label", NEW_ENTRIES)
def test_a_new_actor_is_a_line_of_the_lexicon_with_its_evidence(
    models_dir: Path, tmp_path: Path, label: str
) -> None:
    file, table = NEW_ENTRIES[label]  # type: ignore[index]
    path = tmp_path / "lexicon" / file
    path.parent.mkdir(parents=True)
    path.write_bytes((models_dir / "lexicon" / file).read_bytes())
    before = tomllib.loads(path.read_text("utf-8"))
    assert add_entry(tmp_path, label, 'The "Rain" House', "news/1: It rains\nhere.") == path  # type: ignore[arg-type]
    after = tomllib.loads(path.read_text("utf-8"))
    assert after[table].pop("the-rain-house") == {"name": 'The "Rain" House', "sources": ["seed"]}
    assert after == before
    assert "# news/1: It rains here.\nthe-rain-house = " in path.read_text("utf-8")


@pytest.mark.slow
def test_a_person_at_a_terminal(outputs: Path, models_dir: Path, tmp_path: Path) -> None:
    """A link is put right and a new actor made, and killing the dialogue loses neither."""
    models = tmp_path / "models"
    models.mkdir()
    for one in models_dir.iterdir():
        (models / one.name).symlink_to(one)
    (models / "lexicon").unlink()
    shutil.copytree(models_dir / "lexicon", models / "lexicon")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "extract.cli", "fix", "overrides", "--output", str(outputs)],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path,
        env={**os.environ, "EXTRACT_MODELS_DIR": str(models), "COLUMNS": "100", "TERM": "xterm"},
    )  # fmt: skip
    try:
        wait_for(ours, "1/5 name 30%")
        os.write(ours, b"abadr org\r")
        wait_for(ours, "2/5 name 50%")
        os.write(ours, b"n")
        wait_for(ours, "name: Jund al-Matar")
        os.write(ours, b"\r\r")
        wait_for(ours, "3/5 name 50%")
    finally:
        process.kill()
        process.wait()
        os.close(theirs)
        os.close(ours)
    lexicon = load_lexicon(models)
    assert lexicon.entities["jund-al-matar"].kind == "armed_faction"
    entities = {one.text: one.entity for one in load_overrides(tmp_path / "overrides", lexicon).entries}
    assert entities == {"Bahr": "badr-organization", "Jund al-Matar": "jund-al-matar"}


def test_keys_may_come_through_a_pipe(outputs: Path, tmp_path: Path) -> None:
    fix = [sys.executable, "-m", "extract.cli", "fix", "overrides", "--output", str(outputs)]
    done = subprocess.run(fix, input="sww", text=True, capture_output=True, cwd=tmp_path, check=True)
    assert "2 decided of 5" in done.stdout
    said = {one.text for one in load_overrides(tmp_path / "overrides").entries}
    assert said == {"Jund al-Matar", "Salim al-Ghaim"}


def test_a_correction_of_one_outlet_decides_nothing_elsewhere(outputs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "overrides"
    folder.mkdir()
    (folder / "a.toml").write_text(
        '[[override]]\noutlet = "Another Paper"\ntext = "Bahr"\nentity = ""\n', "utf-8"
    )
    fix = [sys.executable, "-m", "extract.cli", "fix", "overrides", "--output", str(outputs)]
    subprocess.run(fix, input="dq", text=True, capture_output=True, cwd=tmp_path, check=True)
    dropped = [one.text for one in load_overrides(folder).entries if one.drop]
    assert dropped == ["Bahr"]


def wait_for(terminal: int, words: str, seconds: float = 120) -> None:
    """Read what a terminal shows until some words come."""
    shown, end = "", time.monotonic() + seconds  # the machine may be busy
    while words not in shown:
        assert time.monotonic() < end, shown
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536).decode(errors="replace")


def test_who_corrected_what_and_when_is_listed(outputs: Path, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[[override]]\ntext = "Bahr"\ndrop = true\nby = "H."\non = 2021-08-02\nwhy = "no name"\n'
        '[[override]]\narticle = "gone"\ntext = "Bahr"\ndrop = true\n',
        "utf-8",
    )
    arguments = ["overrides", str(tmp_path), "--output", str(outputs)]
    run = CliRunner().invoke(app, [*arguments, "--json"])
    told = [(one["file"], one["by"], one["on"], one["why"], one["rows"]) for one in json.loads(run.stdout)]
    assert told == [
        ("a.toml:1", "H.", "2021-08-02", "no name", "none"),
        ("a.toml:7", "", "", "", "no such article"),
    ]
    shown = CliRunner().invoke(app, arguments).output
    assert "H." in shown
