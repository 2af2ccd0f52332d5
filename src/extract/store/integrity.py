"""Checks that a snapshot is as published: files against their checksums, tables against each other."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import StoreError
from extract.store.index import FILES, checksum, known_facts, table_files
from extract.store.manifest import MANIFEST, read_manifest
from extract.store.parts import keys_of, tables_of_articles
from extract.tables import TABLES

_SHOWN = 3


def broken_files(snapshot: Path) -> Iterator[str]:
    """Yield what is wrong with the files of a snapshot; reads every file once."""
    try:
        read_manifest(snapshot)
    except StoreError as error:
        yield error.message
    known = known_facts(snapshot)
    if not known:  # lost, or written by a version without them: accept every file that can be opened
        yield from _unreadable(snapshot)
        return
    present = {*table_files(snapshot), *(name for name in known if (snapshot / name).exists())}
    for name in sorted(known.keys() - present):
        yield f"{snapshot / name} is missing."
    for name in sorted(present - known.keys()):
        yield f"{snapshot / name} does not belong to this publication: move it away."
    for name in sorted(known.keys() & present):
        if checksum(snapshot / name) != known[name].checksum:
            yield f"{snapshot / name} is damaged: its checksum is not the one in {FILES}."


def broken_rows(snapshot: Path) -> Iterator[str]:
    """Yield inconsistencies between the tables of a snapshot: rows of articles that do not exist."""
    manifest = read_manifest(snapshot)
    articles = _keys(snapshot, "articles")
    done = {key for key, entry in manifest.entries.items() if entry.status == "done"}
    if articles != done:
        yield f"{snapshot / 'articles'} and {MANIFEST} differ in {_sample(articles ^ done)}."
    for table in tables_of_articles():
        if orphans := _keys(snapshot, table) - articles:
            yield f"{snapshot / table} has rows of articles that do not exist: {_sample(orphans)}."
    if orphans := _keys(snapshot, "issues") - manifest.entries.keys():
        yield f"{snapshot / 'issues'} has rows of sources that were not read: {_sample(orphans)}."


def _unreadable(snapshot: Path) -> Iterator[str]:
    for table in TABLES:
        files = sorted((snapshot / table).glob("*.parquet"))
        if not files:
            yield f"{snapshot / table} is missing or empty."
        for file in files:
            try:
                pq.read_table(file)
            except (OSError, pa.ArrowException) as error:
                yield f"{file} cannot be read: {error}."


def _keys(snapshot: Path, table: str) -> set[str]:
    found: set[str] = set()
    for file in sorted((snapshot / table).glob("*.parquet")):
        rows = pq.read_table(file, columns=list(TABLES[table].key))
        found.update(keys_of(table, rows).unique().to_pylist())
    return found


def _sample(keys: set[str]) -> str:
    more = f" and {len(keys) - _SHOWN:,} more" if len(keys) > _SHOWN else ""
    return ", ".join(repr(key) for key in sorted(keys)[:_SHOWN]) + more
