"""An SQLite database with keys and full-text search, ready for Datasette."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from extract.export.cells import plain, plain_rows
from extract.export.selection import STATEMENTS, Selection
from extract.tables import TABLES

# The columns in which words are looked for.
_SEARCHED = {"articles": ("title", "text"), STATEMENTS: ("speaker", "words", "about_names")}
_STATEMENTS_KEY = "statement_id"


def write_sqlite(selection: Selection, path: Path) -> None:
    """Write a database, and beside it `<name>.metadata.json`, with which Datasette describes the tables.

    datasette said.db --metadata said.metadata.json
    """
    path.unlink(missing_ok=True)
    names = [name for name in (*TABLES, STATEMENTS) if name in _SEARCHED or selection.has_rows(name)]
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA page_size = 8192")
        database.execute("PRAGMA synchronous = OFF")
        for name in names:
            _write_table(database, name, selection)
        for name, columns in _SEARCHED.items():
            _make_searchable(database, name, columns)
        database.commit()
        database.execute("VACUUM")
    _write_metadata(path.with_suffix(".metadata.json"), path.stem, names)


def _write_table(database: sqlite3.Connection, name: str, selection: Selection) -> None:
    columns: list[str] = []
    for batch in selection.batches(name):
        if not columns:
            columns = batch.schema.names
            database.execute(f"CREATE TABLE {name} ({', '.join(_definitions(name, batch.schema))})")
        marks = ", ".join("?" * len(columns))
        database.executemany(f"INSERT INTO {name} VALUES ({marks})", plain_rows(batch, plain))  # noqa: S608 - names of tables
    for column in ("article_id", "entity_id", "speaker_id"):
        if column in columns:
            database.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")


def _definitions(name: str, schema: pa.Schema) -> Iterator[str]:
    """Yield the definitions of the columns of a table and its keys."""
    key = _key(name)
    for field in schema:
        yield f"{field.name} {_type(field.type)}{' PRIMARY KEY' if field.name == key else ''}"
    if name not in {"articles", "issues"} and "article_id" in schema.names:
        yield "FOREIGN KEY (article_id) REFERENCES articles (article_id)"
    for one in TABLES[name].references if name in TABLES else ():
        if one.table in TABLES and one.key == _key(one.table):
            yield f"FOREIGN KEY ({one.column}) REFERENCES {one.table} ({one.key})"


def _key(name: str) -> str | None:
    if name == STATEMENTS:
        return _STATEMENTS_KEY
    return next((column for column, known in TABLES[name].columns.items() if known.unique), None)


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"


def _make_searchable(database: sqlite3.Connection, name: str, columns: tuple[str, ...]) -> None:
    """Index the words of some columns; Datasette finds such an index by itself."""
    listed, index = ", ".join(columns), f"{name}_fts"
    # Datasette looks for the name of the table between double quotes.
    database.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({listed}, content=\"{name}\", tokenize='unicode61')"
    )
    database.execute(f"INSERT INTO {index} (rowid, {listed}) SELECT rowid, {listed} FROM {name}")  # noqa: S608


def _write_metadata(path: Path, database: str, names: list[str]) -> None:
    tables: dict[str, Any] = {
        name: {
            "description": TABLES[name].description,
            "columns": {column: known.description for column, known in TABLES[name].columns.items()},
        }
        for name in names
        if name in TABLES
    }
    tables[STATEMENTS] = {"description": "One row per statement: who said what about whom, and when."}
    content = {"databases": {database: {"tables": tables}}}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
