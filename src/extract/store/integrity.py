"""Checks that a publication is as published: files against their checksums, tables against each other."""

import os
from collections.abc import Iterator
from pathlib import Path

from extract.errors import StoreError
from extract.store.facts import Facts, checksum, files_of, read_rows
from extract.store.manifest import MANIFEST, read_head, read_manifest, some_of
from extract.store.parts import keys_of, tables_of_articles
from extract.tables import TABLES


def broken_files(snapshot: Path) -> Iterator[str]:
    """Yield what is wrong with the files that the manifest names; reads every file once.

    Raises:
        StoreError: The manifest cannot be read.
    """
    for name, known in sorted(read_head(snapshot).facts.items()):
        path = snapshot / name
        if path.is_symlink() or not path.is_file():
            yield f"{path} is {'not a file' if path.exists() else 'missing'}."
        elif checksum(path) != known.checksum:
            yield f"{path} is damaged: its checksum is not the one in {MANIFEST}."


def damage_of(snapshot: Path) -> str | None:
    """Return the first thing that is wrong with a publication, its manifest included; None if it is whole."""
    try:
        return next(broken_files(snapshot), None)
    except StoreError as error:
        return error.message


def broken_rows(snapshot: Path) -> Iterator[str]:
    """Yield inconsistencies between the tables of a publication whose files are whole."""
    manifest, facts = read_manifest(snapshot), read_head(snapshot).facts
    articles = _keys(snapshot, facts, "articles")
    done = {key for key, entry in manifest.entries.items() if entry.status == "done"}
    if articles != done:
        yield f"{snapshot / 'articles'} and {MANIFEST} differ in {some_of(articles ^ done)}."
    for table in tables_of_articles():
        if orphans := _keys(snapshot, facts, table) - articles:
            yield f"{snapshot / table} has rows of articles that do not exist: {some_of(orphans)}."
    if orphans := _keys(snapshot, facts, "issues") - manifest.entries.keys():
        yield f"{snapshot / 'issues'} has rows of sources that were not read: {some_of(orphans)}."


def read_by_others(snapshot: Path, facts: Facts) -> list[str]:
    """Return what readers of a table's folder find there although the manifest does not name it.

    pandas and DuckDB pass over names that begin with a dot or an underscore, and read or refuse all others.
    """
    found = ((table, entry.name) for table in TABLES for entry in _entries(snapshot / table))
    visible = (f"{table}/{name}" for table, name in found if not name.startswith((".", "_")))
    return sorted(name for name in visible if name not in facts)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder; nothing if it cannot be listed: its files then count as missing."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def foreign_files(snapshot: Path) -> list[str]:
    """Return what lies in a publication's folder without being named by its manifest, by path below it."""
    named = {MANIFEST, "files.json", *read_head(snapshot).facts}
    found = (path.relative_to(snapshot).as_posix() for path in snapshot.rglob("*") if not path.is_dir())
    return sorted(name for name in found if name not in named)


def _keys(snapshot: Path, facts: Facts, table: str) -> set[str]:
    found: set[str] = set()
    for name in files_of(facts, table):
        rows = read_rows(snapshot, name, facts, TABLES[table].key)
        found.update(keys_of(table, rows).unique().to_pylist())
    return found
