"""Checks that a publication is as published: files against their checksums, tables against each other.

outputs/.cache/verified.json records, by inode, the state in which a file had its checksum. A run does not
read a file in the same state again; losing the record costs time only.
"""

import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from extract.errors import StoreError
from extract.store.cache import CACHE
from extract.store.entries import some_of
from extract.store.facts import UNKNOWN_SIZE, Facts, FileFacts, checksum, files_of, read_rows
from extract.store.files import replace_text
from extract.store.manifest import MANIFEST, read_head, read_manifest
from extract.store.parts import keys_of, tables_of_articles
from extract.tables import TABLES

VERIFIED = CACHE / "verified.json"

_State = tuple[int, int, int, int]
"""Inode, size, mtime and ctime of a file, the times in nanoseconds."""


class Verifier:
    """Checks the files of publications.

    Args:
        root: The output folder.
    """

    def __init__(self, root: Path) -> None:
        self._record = root / VERIFIED
        self._known = _read_record(self._record)
        self._intact: dict[int, _State] = {}

    def damaged(self, snapshot: Path, facts: Facts) -> frozenset[str]:
        """Return the files that are missing or differ from what the manifest says."""
        # Plain strings: for thousands of files, paths take longer than the checks.
        names = ((name, known, f"{snapshot}/{name}") for name, known in facts.items())
        return frozenset(name for name, known, path in names if not self._is_intact(path, known))

    def remember(self, snapshot: Path, facts: Facts) -> None:
        """Record the files of a whole publication, for the next run.

        Hard links and their removal change a file's ctime, so this is the last thing that a run does.
        """
        record: dict[str, list[object]] = {}
        for name, known in facts.items():
            state = _state(f"{snapshot}/{name}")
            if state is not None and self._intact.get(state[0], state)[:3] == state[:3]:
                record[str(state[0])] = [*state[1:], known.checksum]
        if record != self._known:
            with suppress(OSError):
                replace_text(self._record, json.dumps(record))
                self._known = record

    def _is_intact(self, path: str, known: FileFacts) -> bool:
        state = _state(path)
        if state is None or known.size not in (UNKNOWN_SIZE, state[1]):
            return False
        if self._known.get(str(state[0])) != [*state[1:], known.checksum] and not _matches(Path(path), known):
            return False
        self._intact[state[0]] = state
        return True


def _matches(path: Path, known: FileFacts) -> bool:
    try:
        return checksum(path) == known.checksum
    except OSError:
        return False


def _state(path: str) -> _State | None:
    """Return the state of a regular file; None for anything else."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _read_record(path: Path) -> Mapping[str, list[object]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


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
