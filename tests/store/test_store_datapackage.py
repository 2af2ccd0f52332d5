"""What the files say about themselves: descriptions in the Parquet schema, and datapackage.json."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from store_samples import file_bytes, run

from extract.store import Store, open_snapshot, read_table, store_problems
from extract.tables import TABLES, registry, schema_version
from extract.tables.datapackage import DATAPACKAGE, data_package

TYPES = ["string", "number", "integer", "boolean", "date", "datetime", "array"]
# What Frictionless requires of a tabular-data-package, its tabular-data-resources and their Table Schemas,
# written down by hand from https://specs.frictionlessdata.io.
_NAME = {"type": "string", "pattern": "^([-a-z0-9._/])+$"}
_KEY = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
PROFILE = {
    "type": "object",
    "required": ["resources", "profile"],
    "properties": {
        "profile": {"const": "tabular-data-package"},
        "name": _NAME,
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "schema", "profile"],
                "properties": {
                    "profile": {"const": "tabular-data-resource"},
                    "name": _NAME,
                    "path": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"},
                    },
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "primaryKey": _KEY,
                            "foreignKeys": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["fields", "reference"],
                                    "properties": {
                                        "fields": _KEY,
                                        "reference": {
                                            "type": "object",
                                            "required": ["resource", "fields"],
                                            "properties": {"resource": {"type": "string"}, "fields": _KEY},
                                        },
                                    },
                                },
                            },
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name", "type"],
                                    "properties": {
                                        "name": {"type": "string"},
                                        "type": {"enum": TYPES},
                                        "description": {"type": "string"},
                                        "constraints": {"type": "object"},
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "outputs", keep=3)
    run(store, {"a": "Bahr said yes in May.", "b": "Bahr said no."})
    return store


def described(root: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((root / DATAPACKAGE).read_text("utf-8"))
    return package


def test_the_descriptor_keeps_the_profile(store: Store) -> None:
    jsonschema.validate(described(store.root), PROFILE)


def test_it_names_every_file_and_column(store: Store) -> None:
    resources = {one["name"]: one for one in described(store.root)["resources"]}
    assert list(resources) == list(TABLES)
    for name, resource in resources.items():
        rows = pd.concat([pd.read_parquet(store.root / path) for path in resource["path"]])
        assert len(rows) == read_table(store.root, name).num_rows
        assert [field["name"] for field in resource["schema"]["fields"]] == list(rows)


def test_its_keys_hold(store: Store) -> None:
    resources = {one["name"]: one["schema"] for one in described(store.root)["resources"]}
    assert resources["quotes"]["primaryKey"] == "quote_id"
    assert resources["articles"]["primaryKey"] == "article_id"
    keys = [(name, key) for name, schema in resources.items() for key in schema.get("foreignKeys", ())]
    assert len(keys) >= 6
    for name, key in keys:
        known = key["reference"]["resource"] or name
        named = read_table(store.root, name)[key["fields"]].to_pylist()
        there = read_table(store.root, known)[key["reference"]["fields"]].to_pylist()
        assert set(named) - {None} <= set(there)


def test_tables_and_columns_are_described_in_their_files(store: Store) -> None:
    for name, table in TABLES.items():
        for file in (open_snapshot(store.root) / name).iterdir():
            schema = pq.read_schema(file)
            assert schema.metadata[b"description"].decode() == table.description
            assert {field.name: field.metadata[b"description"].decode() for field in schema} == {
                column: str(known.description) for column, known in table.columns.items()
            }


def test_files_with_and_without_descriptions_are_read_together(store: Store) -> None:
    folder = open_snapshot(store.root) / "quotes"
    [file] = folder.iterdir()
    rows = pq.read_table(file)
    plain = pa.schema(field.remove_metadata() for field in rows.schema)
    pq.write_table(rows.cast(plain), folder / "part-00001-of-00002.parquet")
    assert len(pd.read_parquet(folder)) == 2 * rows.num_rows
    assert pa.concat_tables([rows.cast(plain), rows]).num_rows == 2 * rows.num_rows


def test_another_description_asks_for_no_new_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    act = replace(TABLES["quotes"].columns["act"], description="Else.")
    columns = {**TABLES["quotes"].columns, "act": act}
    told = replace(TABLES["quotes"], description="Else.", columns=columns)
    assert told.arrow_schema.field("act").metadata == {b"description": b"Else."}
    monkeypatch.setattr(registry, "TABLES", {**TABLES, "quotes": told})
    assert schema_version.__wrapped__() == schema_version()
    less = {name: column for name, column in columns.items() if name != "act"}
    monkeypatch.setattr(registry, "TABLES", {**TABLES, "quotes": replace(told, columns=less)})
    assert schema_version.__wrapped__() != schema_version()


def test_an_incremental_run_describes_the_same_as_a_full_one(store: Store, tmp_path: Path) -> None:
    texts = {"a": "Bahr said yes in May.", "b": "May", "c": "Bahr said no."}
    run(store, texts)
    at_once = Store(tmp_path / "clean", keep=2)
    run(at_once, texts)
    assert described(store.root) == described(at_once.root)
    assert file_bytes(store.root) == file_bytes(at_once.root)


def test_it_changes_with_the_tables_and_comes_back_with_them(store: Store) -> None:
    before = described(store.root)
    (store.root / DATAPACKAGE).unlink()
    [problem] = store_problems(store.root)
    assert DATAPACKAGE in problem.what
    with store.lock():
        assert described(store.root) == before
    run(store, {"a": "Bahr said yes in May."})
    with store.lock():
        store.rollback()
    assert described(store.root) == before
    assert store_problems(store.root) == []


def test_a_table_without_files_is_left_out() -> None:
    assert [
        one["name"] for one in data_package({"dates": ["dates/a.parquet"], "quotes": []})["resources"]
    ] == ["dates"]
