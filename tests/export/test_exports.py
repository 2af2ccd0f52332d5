"""Exports: each format opens in a library of its own, says what the tables say, and is harmless."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import openpyxl
import pyarrow as pa
import pytest
from openpyxl.utils.escape import unescape
from typer.testing import CliRunner

import extract
from extract.cli.app import app
from extract.errors import ExportError, QueryError
from extract.export import EXPORTS
from extract.export.selection import Selection
from extract.export.workbook import Workbook
from extract.export.writing import write_export
from extract.lexicon import Lexicon
from extract.tables.actors import actor_table
from report.report_samples import annotation, publish

TEXT = "“Rain falls on Bahr” said Jund al-Matar. “No strikes” said Salim al-Ghaim on 5 May 2021"
HOSTILE = "=HYPERLINK(1)\x00<script>alert(1)</script>\u202e"
Export = Callable[..., Path]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(
        tmp_path_factory.mktemp("o"),
        [
            annotation("a", TEXT, outlet="Qasr Wire"),
            annotation(
                "b", f"“Hail” said Bahr. “{HOSTILE}” said Bahr", day=None, title=HOSTILE, outlet="=1+1"
            ),
        ],
    )


@pytest.fixture
def export(outputs: Path, tmp_path: Path) -> Export:
    """Name of a format, conditions -> the path that it wrote."""

    def write(form: str, **conditions: str) -> Path:
        path = tmp_path / f"out.{form}"
        write_export(form, Selection(extract.open(outputs), **conditions), path)
        return path

    return write


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_every_row(export: Export, outputs: Path) -> None:
    folder, tables = export("csv"), extract.open(outputs)
    for name in ("articles", "entities", "quotes", "dates", "actors"):
        assert len(rows_of(folder / f"{name}.csv")) == len(tables.arrow(name))
    said = {row["words"]: (row["speaker"], row["about_names"]) for row in rows_of(folder / "statements.csv")}
    assert said["Rain falls on Bahr"][0] == "Jund al-Matar"


def test_xlsx_opens_and_has_no_formulas(export: Export) -> None:
    book = openpyxl.load_workbook(export("xlsx"))
    assert book.sheetnames[0] == "statements"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "=1+1" in {cell.value for cell in cells}


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        (
            ["a < b & c > d", ' "x" ', None, "", "a\nb\rc\td"],
            ["a < b & c > d", ' "x" ', None, "", "a\nb\rc\td"],
        ),
        (["_x0041_", "_x0041", "قاسم 😀", "=1+1"], ["_x0041_", "_x0041", "قاسم 😀", "=1+1"]),
        (["x" * 32_768, "y" * 32_767], ["x" * 32_766 + "…", "y" * 32_767]),
        ([1, None, -2], [1, None, -2]),
        ([0.25, float("nan"), 1e-9], [0.25, None, 1e-9]),
        ([True, False, None], [True, False, None]),
    ],
)
def test_cells_of_a_workbook_are_what_they_were(tmp_path: Path, values: list[Any], cells: list[Any]) -> None:
    wide = {f"column {number}": values for number in range(30)} | {"number": [*range(len(values))]}
    with Workbook(tmp_path / "a.xlsx") as book:
        book.add_sheet("said", [*wide], [pa.RecordBatch.from_pydict(wide)] * 2)
        book.add_sheet("none", ["a"], [])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["said"]
    head, *rows = sheet.iter_rows(values_only=True)
    place = f"A1:AE{len(cells) * 2 + 1}"
    assert (head[29], sheet.freeze_panes, sheet.auto_filter.ref) == ("column 29", "A2", place)
    assert [unescape(row[29]) if isinstance(row[29], str) else row[29] for row in rows] == cells * 2


def test_a_sheet_that_is_too_long_is_refused(tmp_path: Path) -> None:
    batch = pa.RecordBatch.from_pydict({"a": pa.nulls(2**20, pa.string())})
    with pytest.raises(ExportError, match="more rows than a sheet"), Workbook(tmp_path / "a.xlsx") as book:
        book.add_sheet("said", ["a"], [batch])


def test_csv_has_no_formulas(export: Export) -> None:
    folder = export("csv")
    cells = [cell for file in folder.iterdir() for row in rows_of(file) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'=1+1" in cells


def test_sqlite_has_keys_and_finds_words(export: Export) -> None:
    path = export("sqlite")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        found = database.execute(
            "SELECT speaker, words FROM statements WHERE rowid IN "
            "(SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'strikes')"
        ).fetchall()
        assert found == [("Salim al-Ghaim", "No strikes")]
        keys = {row[2] for row in database.execute("PRAGMA foreign_key_list(quotes)")}
        assert keys >= {"articles", "quotes"}
    described = json.loads(path.with_suffix(".metadata.json").read_text("utf-8"))
    assert described["databases"]["out"]["tables"]["quotes"]["columns"]["speaker_text"]


def test_datasette_answers_a_search(export: Export) -> None:
    path = export("sqlite")
    asked = f"/{path.stem}/statements.json?_search=strikes&_shape=array"
    metadata = str(path.with_suffix(".metadata.json"))
    command = [sys.executable, "-m", "datasette", str(path), "--metadata", metadata, "--get", asked]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)
    assert [(row["speaker"], row["words"]) for row in json.loads(answer.stdout)] == [
        ("Salim al-Ghaim", "No strikes")
    ]


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_the_network_opens(export: Export, form: str, read: Callable[[Path], Any]) -> None:
    graph = read(export(form))
    assert graph.nodes["bahr"]["label"] == "Bahr"
    edges = [(one, other, known["relation"], known["weight"]) for one, other, known in graph.edges(data=True)]
    assert ("bahr", "jund-al-matar", "named together", 1) in edges


def test_geojson_is_a_collection(export: Export) -> None:
    content = json.loads(export("geojson").read_text("utf-8"))
    assert content["type"] == "FeatureCollection"


FTM = json.loads(Path(__file__).with_name("ftm_schemata.json").read_text("utf-8"))
FTM_TYPES = {
    "country": lambda value: value in FTM["codes"]["country"],
    "language": lambda value: value in FTM["codes"]["language"],
    "date": re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?").fullmatch,
    "url": re.compile(r"https?://\S+").fullmatch,
    **dict.fromkeys(("name", "string", "text", "identifier"), str.strip),
}


def ftm_faults(entities: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what the published schemata of FollowTheMoney forbid; its library needs a C++ compiler."""
    known = {one["id"]: FTM["schemata"][one["schema"]] for one in entities}
    faults = []
    for one in entities:
        schema = known[one["id"]]
        faults += [
            f"{one}: {name} is missing" for name in schema["required"] if name not in one["properties"]
        ]
        for name, values in one["properties"].items():
            kind = schema["properties"].get(name)
            is_right = FTM_TYPES.get(kind, lambda key, kind=kind: kind in known.get(key, {"is": ()})["is"])
            faults += [f"{name}: {value!r} is no {kind}" for value in values if not is_right(value)]
    return faults


def test_ftm_has_actors_articles_and_mentions(export: Export) -> None:
    entities = [json.loads(line) for line in export("ftm").read_text("utf-8").splitlines()]
    schemata = {one["id"]: one["schema"] for one in entities}
    assert (schemata["salim-al-ghaim"], schemata["bahr"]) == ("Person", "Organization")
    assert {*schemata.values()} == {"Person", "Organization", "Article", "Mention"}
    assert not ftm_faults(entities)


def test_every_actor_of_the_lexicon_is_valid_in_ftm(lexicon: Lexicon, tmp_path: Path) -> None:
    actors = actor_table(lexicon).to_pylist()
    text = ". ".join(row["name"] for row in actors)
    outputs = publish(tmp_path / "o", [annotation("a", text, actors=actors)], actors=actors)
    write_export("ftm", Selection(extract.open(outputs)), tmp_path / "a.json")
    entities = [json.loads(line) for line in (tmp_path / "a.json").read_text("utf-8").splitlines()]
    assert len(entities) > len(actors)
    assert not ftm_faults(entities)


def bytes_of(path: Path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("form", EXPORTS)
def test_what_is_written_is_the_same_each_time(export: Export, form: str) -> None:
    assert bytes_of(export(form)) == bytes_of(export(form))


def strings(value: object) -> Iterator[str]:
    """Yield all texts in JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from strings(one)


def texts_in_csv(folder: Path) -> Iterator[str]:
    for file in folder.iterdir():
        for row in rows_of(file):
            yield from row.values()


def texts_in_xlsx(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            yield from strings(cell.value)


def texts_in_sqlite(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if "_fts" not in name:
                yield from strings([*map(list, database.execute(f"SELECT * FROM {name}"))])  # noqa: S608


def texts_in_xml(path: Path) -> Iterator[str]:
    for element in ET.parse(path).iter():  # noqa: S314 - our own
        assert "script" not in element.tag
        yield from (element.text or "", *element.attrib.values())


def texts_in_json(path: Path) -> Iterator[str]:
    yield from strings(json.loads(path.read_text("utf-8")))


def texts_in_json_lines(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        yield from strings(json.loads(line))


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("csv", texts_in_csv),
        ("xlsx", texts_in_xlsx),
        ("sqlite", texts_in_sqlite),
        ("graphml", texts_in_xml),
        ("gexf", texts_in_xml),
        ("geojson", texts_in_json),
        ("webannotation", texts_in_json),
        ("ftm", texts_in_json_lines),
    ],
)
def test_what_is_hostile_is_harmless(
    export: Export, form: str, texts: Callable[[Path], Iterable[str]]
) -> None:
    """Annotation tools have all letters, as offsets count them: no text with control characters is read."""
    found = [*texts(export(form))]
    assert found
    assert not [text for text in found if re.search("[\x00\u202e]", text)]
    if form not in {"graphml", "gexf", "geojson"}:  # these have names alone
        assert any("HYPERLINK" in text and "<script>" in text for text in found)


@pytest.mark.parametrize(
    ("conditions", "articles"),
    [
        ({}, ["a", "b"]),
        ({"since": "2021-07"}, ["a"]),
        ({"until": "2021-06"}, []),
        ({"entity": "Salim al-Ghaim"}, ["a"]),
        ({"entity": "bahr"}, ["a", "b"]),
        ({"story": "b"}, ["b"]),
        ({"article": "a"}, ["a"]),
        ({"entity": "bahr", "since": "2021"}, ["a"]),
    ],
)
def test_a_part_is_exported(outputs: Path, conditions: dict[str, str], articles: list[str]) -> None:
    selection = Selection(extract.open(outputs), **conditions)
    assert [row["article_id"] for row in selection.rows("articles")] == articles
    for name in ("entities", "quotes", "dates", "statements"):
        assert {row["article_id"] for row in selection.rows(name)} <= {*articles}


@pytest.mark.parametrize("condition", ["entity", "story", "article"])
def test_what_is_unknown_is_told(outputs: Path, condition: str) -> None:
    with pytest.raises(QueryError, match="none-such"):
        Selection(extract.open(outputs), **{condition: "none-such"}).table("articles")


def test_what_cannot_be_written_leaves_what_was_there(outputs: Path, tmp_path: Path, export: Export) -> None:
    path = export("sqlite")
    before = path.read_bytes()
    with pytest.raises(QueryError):
        export("sqlite", since="one day")
    assert path.read_bytes() == before
    with pytest.raises(ExportError, match="cannot be written"):
        write_export("csv", Selection(extract.open(outputs)), tmp_path / "no folder" / "csv")
    assert not list(tmp_path.glob(".export-*"))


def test_gexf_does_not_tell_the_day_of_making(export: Export) -> None:
    assert "lastmodifieddate" not in export("gexf").read_text("utf-8")


def test_an_earlier_csv_export_leaves_no_rows_behind(export: Export) -> None:
    assert rows_of(export("csv") / "dates.csv")
    assert not rows_of(export("csv", story="b") / "dates.csv")


@pytest.mark.parametrize(("form", "suffix"), [("brat", ".ann"), ("webanno", ".tsv"), ("docbin", ".spacy")])
def test_files_of_an_earlier_export_are_not_taken_for_a_part_of_a_new_one(
    export: Export, form: str, suffix: str
) -> None:
    folder = export(form)
    (folder / "notes.md").write_text("mine")
    (folder / f"earlier{suffix}").write_text("an annotator's work")
    before = bytes_of(folder)
    with pytest.raises(ExportError, match="files of another export"):
        export(form, story="b")
    assert bytes_of(folder) == before
    (folder / f"earlier{suffix}").unlink()
    assert bytes_of(export(form)).keys() == before.keys() - {f"earlier{suffix}"}


def test_the_command_writes_and_refuses(outputs: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    done = run(app, ["export", "--format", "csv", "--to", str(tmp_path / "c"), "--output", str(outputs)])
    assert (done.exit_code, (tmp_path / "c" / "statements.csv").exists()) == (0, True)
    assert "not one of csv, xlsx" in run(app, ["export", "--format", "doc", "--to", "x"]).output
