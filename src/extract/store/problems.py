"""Finds what is wrong with a store, for `extract doctor`; read-only."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import StoreError
from extract.store.integrity import broken_files, broken_rows
from extract.store.lock import lock_holder
from extract.store.manifest import check_format
from extract.store.snapshots import CURRENT, LOCK, MARKER, PARTIAL, SNAPSHOTS, STAGING, current_snapshot
from extract.tables import TABLES

_REBUILD = "Run `extract run` over all inputs with --full --max-drop 1: this rebuilds every row."


@dataclass(frozen=True, slots=True)
class StoreProblem:
    """One thing that is wrong with a store.

    Attributes:
        what: What was found.
        advice: What to do about it.
        serious: Readers get wrong rows or none, or the next run is blocked.
    """

    what: str
    advice: str
    serious: bool


def store_problems(root: Path) -> list[StoreProblem]:
    """Check a store: links, file checksums, rows, lock, leftovers and free space.

    Reads every published file once. A run may be in progress meanwhile.

    Args:
        root: The output folder; a missing folder or one that is not a store has no problems.

    Returns:
        The problems, serious ones first.
    """
    root = root.absolute()
    if not (root / MARKER).exists():
        return []
    found: list[StoreProblem] = []
    for check in (_links, _published, _earlier, _lock, _leftovers, _space):
        try:
            found += check(root)
        except OSError as error:
            what = f"{error.filename or root} cannot be read: {error.strerror or error}."
            found.append(StoreProblem(what, "Ask for permission to read it, and check the disk.", True))
    return sorted(found, key=lambda problem: not problem.serious)


def _current(root: Path) -> Path | None:
    try:
        return current_snapshot(root)
    except StoreError:
        return None  # reported by `_links`


def _links(root: Path) -> Iterator[StoreProblem]:
    try:
        published = current_snapshot(root)
    except StoreError as error:
        yield StoreProblem(error.message, error.advice, True)
        return
    if published is not None:
        yield from _wrong_table_links(root)
    elif any((root / table).is_symlink() for table in TABLES):
        yield StoreProblem(f"The link {root / CURRENT} is missing.", _REBUILD, True)


def _wrong_table_links(root: Path) -> Iterator[StoreProblem]:
    for table in TABLES:
        link, target = root / table, f"{CURRENT}/{table}"
        if link.is_symlink() and link.readlink() == Path(target):
            continue
        if os.path.lexists(link):
            found, advice = "is another file, folder or link", "Move it away; the"
        else:
            found, advice = "is missing", "The"
        advice += " next `extract run` creates the link."
        yield StoreProblem(f"{link} should be a link to {target}, but {found}.", advice, True)


def _published(root: Path) -> Iterator[StoreProblem]:
    snapshot = _current(root)
    if snapshot is None:
        return
    try:
        check_format(snapshot)
    except StoreError as error:
        yield StoreProblem(error.message, error.advice, True)
        return
    for what in list(broken_files(snapshot)) or broken_rows(snapshot):
        yield StoreProblem(what, _REBUILD, True)


def _earlier(root: Path) -> Iterator[StoreProblem]:
    """Check whether `extract rollback` could restore the earlier publications."""
    current = _current(root)
    for snapshot in sorted((root / SNAPSHOTS).glob("[0-9]*")):
        if snapshot.name.isdigit() and snapshot != current:
            broken = [what for what in broken_files(snapshot) if snapshot.exists()]
            if broken:
                what = f"The earlier publication {int(snapshot.name)} is damaged: {broken[0]}"
                yield StoreProblem(what, "Do not restore it with `extract rollback`.", False)


def _lock(root: Path) -> Iterator[StoreProblem]:
    holder = lock_holder(root / LOCK)
    if holder is None:
        return
    if holder.alive:
        advice = "Wait until it has finished; readers are not affected."
        yield StoreProblem(f"A run is in progress: {holder}.", advice, False)
    else:
        what = f"The folder is locked, but process {holder.pid or '?'}, which locked it, is not running here."
        advice = "End the child process that it left, or the run on another machine that holds the lock."
        yield StoreProblem(what, advice, True)


def _leftovers(root: Path) -> Iterator[StoreProblem]:
    if lock_holder(root / LOCK) is not None:
        return
    left = [root / STAGING, *(root / SNAPSHOTS).glob(f"*{PARTIAL}")]
    left += [root / f"{name}.new" for name in (CURRENT, *TABLES)]
    names = [str(path.relative_to(root)) for path in left if os.path.lexists(path)]
    if names:
        what = f"A run was killed and left {', '.join(names)}."
        yield StoreProblem(what, "Nothing to do: the next run removes it.", False)


def _space(root: Path) -> Iterator[StoreProblem]:
    snapshot = _current(root)
    if snapshot is None:
        return
    size = sum(file.stat().st_size for file in snapshot.rglob("*") if file.is_file())
    free = shutil.disk_usage(root).free
    if free < size:
        what = f"The disk has {free / 1e6:,.0f} MB free; the published tables take {size / 1e6:,.0f} MB."
        advice = "Free space, or lower EXTRACT_KEEP_SNAPSHOTS: a run that changes every article may not fit."
        yield StoreProblem(what, advice, False)
