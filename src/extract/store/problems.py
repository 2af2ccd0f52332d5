"""Finds what is wrong with a store, for `extract doctor`; read-only."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import NewerStoreError, StoreError
from extract.store.integrity import broken_files, broken_rows, damage_of, foreign_files, read_by_others
from extract.store.lock import lock_holder
from extract.store.manifest import read_head
from extract.store.recovery import is_readable, mends
from extract.store.snapshots import (
    ASIDE,
    CURRENT,
    LINKED,
    LOCK,
    PARTIAL,
    SNAPSHOTS,
    STAGING,
    current_snapshot,
    is_store,
    publications,
)

_DERIVE = "`extract run` over all inputs derives the rows again from the articles; the rest is kept."
_SHOWN = 5


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
    found: list[StoreProblem] = []
    for check in (_to_mend, _published, _foreign, _earlier, _lock, _leftovers, _aside, _space):
        try:
            found += check(root) if is_store(root) else ()
        except NewerStoreError as error:
            return [StoreProblem(error.message, error.advice, True)]
        except StoreError as error:
            found.append(StoreProblem(error.message, error.advice, True))
        except OSError as error:
            what = f"{error.filename or root} cannot be read: {error.strerror or error}."
            found.append(StoreProblem(what, "Ask for permission to read it, and check the disk.", True))
    return sorted(found, key=lambda problem: not problem.serious)


def _current(root: Path) -> Path | None:
    """Return the current publication if its manifest can be read; if not, `_to_mend` reports it."""
    snapshot = current_snapshot(root)
    return snapshot if snapshot is not None and is_readable(snapshot) else None


def _to_mend(root: Path) -> Iterator[StoreProblem]:
    for mend in mends(root):
        who = "`extract doctor --mend`" if mend.on_request else "The next run, or `extract doctor --mend`,"
        yield StoreProblem(mend.seen, f"{who} will {mend.deed}.", True)


def _published(root: Path) -> Iterator[StoreProblem]:
    snapshot = _current(root)
    if snapshot is not None:
        for what in list(broken_files(snapshot)) or broken_rows(snapshot):
            yield StoreProblem(what, _DERIVE, True)


def _foreign(root: Path) -> Iterator[StoreProblem]:
    """Report files that are not ours; readers of a table's folder read foreign Parquet files too."""
    snapshot = _current(root)
    foreign = [] if snapshot is None else foreign_files(snapshot)
    if snapshot is None or not foreign:
        return
    shown = ", ".join(foreign[:_SHOWN]) + (
        f" and {len(foreign) - _SHOWN} more" if len(foreign) > _SHOWN else ""
    )
    advice = (
        "pandas and DuckDB read them too, or fail: move them away. The next run publishes without them."
        if read_by_others(snapshot, read_head(snapshot).facts)
        else "Nothing to do: they are never read."
    )
    yield StoreProblem(f"Files in {snapshot} are not part of the publication: {shown}.", advice, False)


def _earlier(root: Path) -> Iterator[StoreProblem]:
    """Check whether `extract rollback` could restore the earlier publications."""
    current = current_snapshot(root)
    for snapshot in publications(root):
        if snapshot != current:
            what = damage_of(snapshot)
            if what and snapshot.exists():
                what = f"The earlier publication {int(snapshot.name)} is damaged: {what}"
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
    left += [root / f"{name}.new" for name in (CURRENT, *LINKED)]
    names = [str(path.relative_to(root)) for path in left if os.path.lexists(path)]
    if names:
        what = f"A run was killed and left {', '.join(names)}."
        yield StoreProblem(what, "Nothing to do: the next run removes it.", False)


def _aside(root: Path) -> Iterator[StoreProblem]:
    if (root / ASIDE).is_dir():
        what = f"{root / ASIDE} holds what was in the way of the store's own files."
        yield StoreProblem(what, "Look through it, and delete it when you do not need it.", False)


def _space(root: Path) -> Iterator[StoreProblem]:
    snapshot = _current(root)
    if snapshot is None:
        return
    size = sum(known.size for known in read_head(snapshot).facts.values())
    free = shutil.disk_usage(root).free
    if free < size:
        what = f"The disk has {free / 1e6:,.0f} MB free; the published tables take {size / 1e6:,.0f} MB."
        advice = "Free space, or lower EXTRACT_KEEP_SNAPSHOTS: a run that changes every article may not fit."
        yield StoreProblem(what, advice, False)
