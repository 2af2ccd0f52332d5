"""What is wrong with a store, for `extract doctor`; everything here only reads."""

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

_AGAIN = "Run `extract run` over all inputs with --full --max-drop 1: every row is made anew."


@dataclass(frozen=True, slots=True)
class StoreProblem:
    """One thing that is not as it should be.

    Attributes:
        what: What was seen.
        advice: What to do about it.
        serious: Readers get wrong or no rows, or the next run cannot be made.
    """

    what: str
    advice: str
    serious: bool


def store_problems(root: Path) -> list[StoreProblem]:
    """Look at a store as a whole: links, files against their checksums, rows, lock, leftovers, free space.

    Every published file is read once. A run may be at work meanwhile.

    Args:
        root: The output folder; one that is missing or not ours has no problems.

    Returns:
        What is wrong, the serious things first; empty where all is well.
    """
    root = root.absolute()
    if not (root / MARKER).exists():
        return []
    found: list[StoreProblem] = []
    for look in (_links, _published, _earlier, _lock, _leftovers, _space):
        try:
            found += look(root)
        except OSError as error:
            what = f"{error.filename or root} cannot be read: {error.strerror or error}."
            found.append(StoreProblem(what, "Ask for permission to read it, and check the disk.", True))
    return sorted(found, key=lambda problem: not problem.serious)


def _current(root: Path) -> Path | None:
    try:
        return current_snapshot(root)
    except StoreError:
        return None  # `_links` tells


def _links(root: Path) -> Iterator[StoreProblem]:
    try:
        published = current_snapshot(root)
    except StoreError as error:
        yield StoreProblem(error.message, error.advice, True)
        return
    names = [CURRENT, *TABLES] if published else []
    if published is None and any((root / table).is_symlink() for table in TABLES):
        yield StoreProblem(f"The link {root / CURRENT} is missing.", _AGAIN, True)
    for name in names:
        link, target = root / name, f"{CURRENT}/{name}"
        if name != CURRENT and not (link.is_symlink() and link.readlink() == Path(target)):
            there = os.path.lexists(link)
            seen = "is another file, folder or link" if there else "is missing"
            first = "Move away what stands there; the" if there else "The"
            advice = f"{first} next `extract run` makes the link."
            yield StoreProblem(f"{link} should be a link to {target}, but {seen}.", advice, True)


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
        yield StoreProblem(what, _AGAIN, True)


def _earlier(root: Path) -> Iterator[StoreProblem]:
    """See whether `extract rollback` could bring the earlier publications back."""
    current = _current(root)
    for snapshot in sorted((root / SNAPSHOTS).glob("[0-9]*")):
        if snapshot.name.isdigit() and snapshot != current:
            broken = [what for what in broken_files(snapshot) if snapshot.exists()]
            if broken:
                what = f"The earlier publication {int(snapshot.name)} is damaged: {broken[0]}"
                yield StoreProblem(what, "Do not bring it back with `extract rollback`.", False)


def _lock(root: Path) -> Iterator[StoreProblem]:
    holder = lock_holder(root / LOCK)
    if holder is None:
        return
    if holder.alive:
        advice = "Wait until it has finished; readers are not affected."
        yield StoreProblem(f"A run is at work: {holder}.", advice, False)
    else:
        what = f"The folder is locked, but process {holder.pid or '?'} that took the lock is not here."
        advice = "End what it left (a child process), or the run on the other machine that holds the lock."
        yield StoreProblem(what, advice, True)


def _leftovers(root: Path) -> Iterator[StoreProblem]:
    if lock_holder(root / LOCK) is not None:
        return
    left = [root / STAGING, *(root / SNAPSHOTS).glob(f"*{PARTIAL}")]
    left += [root / f"{name}.new" for name in (CURRENT, *TABLES)]
    names = [str(path.relative_to(root)) for path in left if os.path.lexists(path)]
    if names:
        what = f"A run was killed and left {', '.join(names)}."
        yield StoreProblem(what, "Nothing need be done: the next run removes it.", False)


def _space(root: Path) -> Iterator[StoreProblem]:
    snapshot = _current(root)
    if snapshot is None:
        return
    size = sum(file.stat().st_size for file in snapshot.rglob("*") if file.is_file())
    free = shutil.disk_usage(root).free
    if free < size:
        what = f"The disk has {free / 1e6:,.0f} MB free; the published tables take {size / 1e6:,.0f} MB."
        advice = "Free space or lower EXTRACT_KEEP_SNAPSHOTS: a run that changes every article may not fit."
        yield StoreProblem(what, advice, False)
