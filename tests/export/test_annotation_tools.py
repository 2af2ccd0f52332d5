"""To annotation tools and back: nothing is lost, and what was changed comes back as a correction."""

import json
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
import spacy
from spacy.tokens import DocBin
from typer.testing import CliRunner
from web_anno_tsv import open_web_anno_tsv

import extract
from extract.cli.app import app
from extract.errors import AnnotationError
from extract.evaluate import read_gold
from extract.export.annotation import READERS
from extract.export.annotation.differences import differences, paired
from extract.export.annotation.documents import Document, documents
from extract.export.annotation.offsets import Utf16
from extract.export.cells import clean
from extract.export.selection import Selection
from extract.export.writing import write_export
from extract.model import Annotation
from report.report_samples import annotation, publish

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
# What trips offsets: characters of two UTF-16 units, joined emoji, combining marks, Arabic, line breaks,
# what the formats themselves use, and what harms elsewhere.
PIECES = (
    "😀 ", f"{FAMILY} ", "🇮🇶", "e\u0301t\u0301 ", "بَحْر ", "قال ", "\r\n", "\n\n", "\r", "\t", "\u2028", "  ",
    "_ ", "* ", "[1]|x; ", "\\n ", "-> ", "T1\tPERSON 0 1\tx\n", "#Text=\n",
    "=1+1 ", "\u202e", "<script>alert(1)</script> ", "“Wind\u2028over \x85Bahr” said Bahr. ",
    "“Hail over Bahr 🌧” said Salim al-Ghaim", "“Rain\r\nfalls on Bahr” said Jund al-Matar. ",
    " on 5 May 2021, ", "Bahr", " Bahr ", "Jund al-Matar", "𝕏Bahr",
)  # fmt: skip
N_ARTICLES = 50
LOSSY = {"doccano"}  # it knows labels alone

each_tool = pytest.mark.parametrize("form", READERS)
Change = Callable[[Document], Document]


def articles() -> Iterator[Annotation]:
    """Generate articles of odd pieces; every fifth name is nobody known, some quotes have nobody."""
    dice = random.Random(25)  # noqa: S311 - a sample
    for number in range(N_ARTICLES):
        text = "".join(dice.choices(PIECES, k=40)) + f"“Snow {number}” said Salim al-Ghaim\r\n"
        made = annotation(f"news/{number}: é", text)
        mentions = tuple(
            one if dice.random() < 0.8 else replace(one, entity_id=None, entity_name="Sam\nQattan | [x]")
            for one in made.mentions
        )
        yield replace(made, mentions=mentions)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("o"), list(articles()))


@pytest.fixture(scope="module")
def published(outputs: Path) -> list[Document]:
    return list(documents(Selection(extract.open(outputs))))


@pytest.fixture
def export(outputs: Path, tmp_path: Path) -> Callable[[str], Path]:
    def write(form: str) -> Path:
        path = tmp_path / f"out.{form}"
        write_export(form, Selection(extract.open(outputs)), path)
        return path

    return write


def texts(published: list[Document]) -> dict[str, str]:
    return {one.article_id: one.text for one in published}


def test_the_samples_are_odd_enough(published: list[Document]) -> None:
    assert len(published) == N_ARTICLES
    marks = [(one.text, mark) for one in published for mark in one.marks]
    assert {mark.layer for _, mark in marks} == {"entity", "quote", "date"}
    whole = "".join(one.text for one in published)
    assert all(piece in whole for piece in ("\r\n", "\u2028", FAMILY, "e\u0301", "بَ"))
    assert any("\r\n" in text[mark.start : mark.end] for text, mark in marks)
    assert any(Utf16(text).units(mark.start) != mark.start for text, mark in marks)
    assert {mark.value in {"bahr", "jund-al-matar", "salim-al-ghaim"} for _, mark in marks} == {True, False}


@each_tool
def test_what_is_not_changed_comes_back_as_it_was(
    form: str, export: Callable[[str], Path], published: list[Document]
) -> None:
    back = list(READERS[form](export(form), texts(published)))
    given = [
        replace(one, marks=tuple(replace(mark, value=None) for mark in one.marks)) if form in LOSSY else one
        for one in published
    ]
    assert sorted(back, key=lambda one: one.article_id) == sorted(given, key=lambda one: one.article_id)
    found = differences(paired(published, back), {"bahr"})
    assert not found.corrections
    assert not found.unsaid


@each_tool
def test_the_commands_make_no_correction_of_what_is_not_changed(
    form: str, outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run, given = CliRunner().invoke, ["--output", str(outputs)]
    assert run(app, ["export", "--format", form, "--to", "out", *given]).exit_code == 0
    done = run(app, ["import", "--format", form, "out", *given])
    assert (done.exit_code, "Nothing was changed" in done.output) == (0, True), done.output
    assert not Path("overrides").exists()


def test_changes_come_back_as_corrections(export: Callable[[str], Path], published: list[Document]) -> None:
    path = export("labelstudio")
    tasks = json.loads(path.read_text("utf-8"))
    [task] = [one for one in tasks if one["data"]["article_id"] == published[0].article_id]
    text, result = task["data"]["text"], task["annotations"][0]["result"]
    start = text.rindex("Snow")
    said = next(one for one in result if one["value"]["start"] == start and one["type"] == "textarea")
    said["value"]["text"] = ["Rana Odeh"]
    [name] = [
        one
        for one in result
        if text.find("Salim", start) == one["value"]["start"] and one["type"] == "labels"
    ]
    name["value"]["labels"] = ["ORG"]
    span = {"start": text.rindex("said"), "end": text.rindex("said") + 4, "text": "said"}
    result.append({"id": "new", "type": "labels", "value": span | {"labels": ["GPE"]}})
    path.write_text(json.dumps(tasks), encoding="utf-8")
    back = READERS["labelstudio"](path, texts(published))
    found = differences(paired(published, back), {"bahr", "salim-al-ghaim"}).corrections
    changed = {(one["text"], *(set(one.items()) - {*HERE(one)})) for one in found}
    assert changed == {
        ("Snow 0", ("speaker", "Rana Odeh")),
        ("said", ("label", "GPE")),
        ("Salim al-Ghaim", ("label", "ORG")),
    }


def test_a_link_taken_away_is_taken_away(published: list[Document]) -> None:
    linked = ((one, mark) for one in published for mark in one.of("entity") if mark.value == "jund-al-matar")
    before, mark = next(linked)
    after = replace(
        before, marks=tuple(replace(one, value="") if one is mark else one for one in before.marks)
    )
    [entry] = differences([(before, after)], {"jund-al-matar"}).corrections
    assert (entry["entity"], entry["label"]) == ("", mark.label)


def test_a_label_of_somebody_else_is_no_deletion(
    export: Callable[[str], Path], published: list[Document]
) -> None:
    path = export("doccano")
    path.write_text(path.read_text("utf-8").replace('"PERSON"', '"Human"'), encoding="utf-8")
    with pytest.raises(AnnotationError, match="'Human'"):
        list(READERS["doccano"](path, texts(published)))


def test_an_actor_of_the_lexicon_may_be_new_to_the_tables(
    outputs: Path, export: Callable[[str], Path], tmp_path: Path
) -> None:
    path, target = export("labelstudio"), tmp_path / "out.toml"
    tasks = json.loads(path.read_text("utf-8"))
    result = tasks[0]["annotations"][0]["result"]
    names = {one["id"] for one in result if one["value"].get("labels") == ["PERSON"]}
    said = next(one for one in result if one["type"] == "textarea" and one["id"] in names)
    said["value"]["text"] = ["qais-al-khazali"]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    arguments = ["import", "--format", "labelstudio", str(path), "--to", str(target)]
    done = CliRunner().invoke(app, [*arguments, "--output", str(outputs)])
    assert done.exit_code == 0, done.output
    [entry] = tomllib.loads(target.read_text("utf-8"))["override"]
    assert entry["entity"] == "qais-al-khazali"


def HERE(entry: dict[str, Any]) -> list[tuple[str, Any]]:  # noqa: N802 - reads as a set of fields
    return [(name, entry[name]) for name in ("article", "text", "start")]


def test_a_mark_taken_away_is_dropped_and_an_import_keeps_the_one_before(
    outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run, given = CliRunner().invoke, ["--output", str(outputs)]
    run(app, ["export", "--format", "doccano", "--to", "a.jsonl", *given])
    for number in (0, 1):
        lines = [json.loads(line) for line in Path("a.jsonl").read_text("utf-8").split("\n") if line]
        del lines[number]["label"][-1]
        Path("b.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        assert run(app, ["import", "--format", "doccano", "b.jsonl", *given]).exit_code == 0
    entries = tomllib.loads(Path("overrides/doccano.toml").read_text("utf-8"))["override"]
    assert [(one["drop"], one["text"]) for one in entries] == [("name", "Salim al-Ghaim")] * 2
    assert len({one["article"] for one in entries}) == 2


@each_tool
def test_what_comes_back_can_be_gold(
    form: str, outputs: Path, export: Callable[[str], Path], tmp_path: Path
) -> None:
    arguments = ["import", "--format", form, str(export(form)), "--gold", str(tmp_path / "gold")]
    assert CliRunner().invoke(app, [*arguments, "--output", str(outputs)]).exit_code == 0
    gold, tables = read_gold(tmp_path / "gold"), extract.open(outputs)
    for name, rows in {"entities": gold.entities, "quotes": gold.quotes, "dates": gold.dates}.items():
        table = tables.arrow(name).to_pylist()
        assert sorted((row.article, row.start, row.end) for row in rows) == sorted(
            (row["article_id"], row["start_char"], row["end_char"]) for row in table
        )
    assert {row.speaker for row in gold.quotes} >= {"Salim al-Ghaim", "Jund al-Matar"}


@each_tool
def test_an_article_that_is_not_published_is_told(
    form: str, export: Callable[[str], Path], published: list[Document]
) -> None:
    with pytest.raises(AnnotationError):
        list(READERS[form](export(form), {"other": published[0].text}))


@pytest.mark.parametrize("form", ["labelstudio", "brat", "conll", "docbin"])
def test_another_text_is_told(form: str, export: Callable[[str], Path], published: list[Document]) -> None:
    with pytest.raises(AnnotationError):
        list(READERS[form](export(form), {one.article_id: f"Edited. {one.text}" for one in published}))


def test_offsets_of_utf_16() -> None:
    text = f"a😀b{FAMILY}c"
    count = Utf16(text)
    for offset in range(len(text) + 1):
        assert count.units(offset) == len(text[:offset].encode("utf-16-le")) // 2
        assert count.points(count.units(offset)) == offset


def test_words_counted_otherwise_are_found(export: Callable[[str], Path], published: list[Document]) -> None:
    path = export("labelstudio")
    tasks = json.loads(path.read_text("utf-8"))
    for task in tasks:
        count = Utf16(task["data"]["text"])
        for one in task["annotations"][0]["result"]:
            one["value"] |= {name: count.units(one["value"][name]) for name in ("start", "end")}
    path.write_text(json.dumps(tasks), encoding="utf-8")
    back = READERS["labelstudio"](path, texts(published))
    assert not differences(paired(published, back), ()).corrections


def test_spacy_loads_its_files(export: Callable[[str], Path], published: list[Document]) -> None:
    docs = [
        doc
        for path in sorted(export("docbin").iterdir())
        for doc in DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    ]
    assert [doc.text for doc in docs] == [one.text for one in published]
    assert {ent.kb_id_ for doc in docs for ent in doc.ents} >= {"bahr", "jund-al-matar"}


def test_web_annotations_point_at_the_words(export: Callable[[str], Path], published: list[Document]) -> None:
    page = json.loads(export("webannotation").read_text("utf-8"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len(page["items"]) == sum(len(one.marks) for one in published)
    sources = {f"urn:extract:article:{quote(one.article_id, safe='')}": one.text for one in published}
    for item in page["items"]:
        position, words = item["target"]["selector"]
        text = sources[item["target"]["source"]]
        assert words["exact"] == clean(text[position["start"] : position["end"]])
        assert words["prefix"] + words["exact"] + words["suffix"] in clean(text)


def test_web_anno_tsv_is_read_by_a_library_for_it(tmp_path: Path) -> None:
    """The library takes back no escapes: these texts need none."""
    text = f"\n{FAMILY} بَحْر\n\n“Rain 🌧” said Bahr. Salim al-Ghaim met Jund al-Matar"
    outputs = publish(tmp_path / "o", [annotation("a", text)])
    write_export("webanno", Selection(extract.open(outputs)), tmp_path / "w")
    [path] = (tmp_path / "w").iterdir()
    with open_web_anno_tsv(str(path)) as file:
        [sentence, *_] = file
    assert sentence.text == text.strip()
    marked = {(one.text, one.label) for one in sentence.annotations}
    assert {("Bahr", "bahr"), ("Salim al-Ghaim", "salim-al-ghaim")} <= marked  # the last feature


_TEXT_BOUND = re.compile(r"T\d+\t([A-Z_a-z]+) (\d+ \d+(?:;\d+ \d+)*)\t(.+)")  # as brat's server reads it


def test_brat_files_are_as_its_server_reads_them(
    export: Callable[[str], Path], published: list[Document]
) -> None:
    """It takes each line, as Python knows lines, for a mark with its words or for a note of one."""
    paths = sorted(export("brat").glob("*.ann"))
    assert len(paths) == len(published)
    for path in paths:
        text = path.with_suffix(".txt").read_bytes().decode()
        for line in path.read_bytes().decode().splitlines():
            mark = _TEXT_BOUND.fullmatch(line)
            assert mark or re.fullmatch(r"#\d+\tAnnotatorNotes T\d+\t.+", line), line
            if mark:
                places = (map(int, place.split()) for place in mark[2].split(";"))
                assert " ".join(text[start:end] for start, end in places) == mark[3]


def test_label_studio_results_fit_their_setup(export: Callable[[str], Path]) -> None:
    """What its library checks: every result names controls and labels of the setup."""
    path = export("labelstudio")
    setup = ET.parse(path.with_suffix(".config.xml"))  # noqa: S314 - our own
    controls = {
        one.get("name"): (one.tag.lower(), one.get("toName")) for one in setup.iter() if one.get("toName")
    }
    labels = {one.get("value") for one in setup.iter("Label")}
    assert "$text" in {one.get("value") for one in setup.iter("Text")}
    for task in json.loads(path.read_text("utf-8")):
        for one in task["annotations"][0]["result"]:
            assert controls[one["from_name"]] == (one["type"], one["to_name"])
            assert labels.issuperset(one["value"].get("labels", ()))
