"""What has to be mended in a store before it can be used, and how.

`extract doctor` tells it, `extract doctor --mend` does it, and so does a run, unless readers would lose
something by it. Nothing is deleted but links, which hold no data: what is in their way is moved to `.aside`.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extract.errors import NewerStoreError, StoreError
from extract.store.cache import CACHE
from extract.store.facts import Facts
from extract.store.files import disk_errors
from extract.store.integrity import Verifier
from extract.store.lock import exclusive
from extract.store.manifest import Manifest, check_manifest, read_entries, read_head
from extract.store.snapshots import (
    CURRENT,
    LINKED,
    LOCK,
    MARKER,
    SNAPSHOTS,
    STAGING,
    can_lock,
    claim,
    current_snapshot,
    is_linked,
    is_store,
    lead,
    misnamed,
    move_aside,
    publications,
)

# Errors that mean that a file is not there, not that it cannot be read now.
_LOST = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP}


@dataclass(frozen=True, slots=True)
class Opened:
    """The current publication, read and verified.

    Attributes:
        folder: Its folder.
        manifest: What it was made from.
        facts: What its manifest says about its files.
        damaged: The files that are missing or altered.
    """

    folder: Path
    manifest: Manifest
    facts: Facts
    damaged: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to mend.

    Attributes:
        seen: What was found.
        deed: What mending does, as an infinitive: `point it to publication 7`.
        do: Does it.
        on_request: Whether a run leaves it to `extract doctor --mend`.
    """

    seen: str
    deed: str
    do: Callable[[], object]
    on_request: bool = False


def mends(root: Path) -> Iterator[Mend]:
    """Yield what has to be mended, assuming that what was yielded before is done; changes nothing.

    Raises:
        NewerStoreError: The store was written by a newer version of extract.
    """
    if not is_store(root):
        return
    yield from _before_locking(root)
    for name in (STAGING, SNAPSHOTS, CACHE.name):
        if os.path.lexists(root / name) and not (root / name).is_dir():
            seen = f"{root / name} should be a folder, but is a file or broken link."
            yield Mend(seen, "move it to .aside", partial(move_aside, root / name))
    for path in misnamed(root):
        seen = f"{path} should be the folder of a publication, but is a file or broken link."
        yield Mend(seen, "move it to .aside", partial(move_aside, path, root))
    newest = _usable(root)
    if newest is None:
        yield from _nothing_usable(root)
    else:
        yield from _links_to(root, newest)


@contextmanager
def locked(root: Path, done: list[str], *, requested: bool) -> Iterator[None]:
    """Lock a store, and mend it.

    Args:
        root: The output folder; not a new one.
        done: What was seen and done is added here, one sentence each.
        requested: Whether to do what a run does not do by itself.

    Raises:
        StoreLockedError: A run is writing here.
        StoreError: Something was found that is left to `extract doctor --mend`.
    """
    _do(_before_locking(root), done)
    with exclusive(root / LOCK):
        for found in mends(root):
            if found.on_request and not requested:
                raise StoreError(
                    found.seen, advice=f"Nothing was changed. `extract doctor --mend` would {found.deed}."
                )
            _do([found], done)
        yield


def mend(root: Path) -> list[str]:
    """Mend a store, as `extract doctor --mend` does.

    Args:
        root: The output folder; if it is not a store, nothing is done.

    Returns:
        What was seen and done, one sentence each.

    Raises:
        StoreLockedError: A run is writing here.
        StoreError: The folder cannot be written to.
    """
    root, done = root.absolute(), list[str]()
    with disk_errors(root):
        if is_store(root):
            with locked(root, done, requested=True):
                pass
    return done


def _do(found: Iterable[Mend], done: list[str]) -> None:
    for one in found:
        one.do()
        done.append(f"{one.seen} Mended: {one.deed}.")


def _before_locking(root: Path) -> Iterator[Mend]:
    if not can_lock(root):
        seen = f"{root / LOCK} should be a file, but is a folder or broken link."
        yield Mend(seen, "move it to .aside", partial(move_aside, root / LOCK))
    if not (root / MARKER).exists():
        yield Mend(f"{root / MARKER} is missing.", "write it again", partial(claim, root))


def _links_to(root: Path, newest: Path) -> Iterator[Mend]:
    """Yield the links that do not lead readers to a publication."""
    if current_snapshot(root) != newest:
        seen, may_pass = _why_not_current(root)
        rank = "the newest whole one" if is_whole(root, newest) else "the newest that can be read"
        deed = f"point {CURRENT} to publication {int(newest.name)}, {rank}"
        do = partial(lead, root / CURRENT, f"{SNAPSHOTS}/{newest.name}")
        yield Mend(seen, deed, do, on_request=may_pass)
    for name in LINKED:
        if not is_linked(root, name) and (newest / name).exists():
            seen = f"{root / name} should be a link to {CURRENT}/{name}, but {_found(root / name)}."
            yield Mend(seen, "link it", partial(lead, root / name, f"{CURRENT}/{name}"))


def open_current(root: Path, verifier: Verifier) -> Opened | None:
    """Read and verify the current publication of a store that needs no mending; None if there is none."""
    folder = current_snapshot(root)
    if folder is None:
        return None
    head = read_head(folder)
    manifest = replace(head.manifest, entries=read_entries(folder, head))
    return Opened(folder, manifest, head.facts, verifier.damaged(folder, head.facts))


def is_readable(folder: Path) -> bool:
    """Return whether the manifest of a publication can be read; its files may be damaged.

    Raises:
        NewerStoreError: It was written by a newer version of extract.
    """
    return _fault(folder) is None


def is_whole(root: Path, folder: Path) -> bool:
    """Return whether a publication is as it was published.

    Raises:
        NewerStoreError: It was written by a newer version of extract.
    """
    return is_readable(folder) and not Verifier(root).damaged(folder, read_head(folder).facts)


def _usable(root: Path) -> Path | None:
    """Return the publication to which `.current` should lead; None if no manifest can be read."""
    current = current_snapshot(root)
    if current is not None and is_readable(current):
        return current
    newest_first = [folder for folder in reversed(publications(root)) if is_readable(folder)]
    whole = (folder for folder in newest_first if is_whole(root, folder))
    return next(whole, newest_first[0] if newest_first else None)


def _fault(folder: Path) -> StoreError | None:
    """Return the error with which the manifest of a publication cannot be read, None if it can.

    Raises:
        NewerStoreError: It was written by a newer version of extract.
    """
    try:
        check_manifest(folder)
    except NewerStoreError:
        raise
    except StoreError as error:
        return error
    return None


def _why_not_current(root: Path) -> tuple[str, bool]:
    """Return why the current publication cannot be used, and whether that may pass, like a busy disk."""
    current = current_snapshot(root)
    fault = None if current is None else _fault(current)
    if current is not None and fault is not None:
        cause = fault.__cause__
        may_pass = isinstance(cause, OSError) and cause.errno not in _LOST
        return f"The current publication {int(current.name)} cannot be used: {fault.message}", may_pass
    link = root / CURRENT
    return f"{link} should be a link to the current publication, but {_found(link)}.", False


def _found(path: Path) -> str:
    if path.is_symlink():
        return f"leads to {path.readlink()}"
    return "is another file or folder" if os.path.lexists(path) else "is missing"


def _nothing_usable(root: Path) -> Iterator[Mend]:
    """Yield what is left of publications that cannot be used."""
    folders = publications(root)
    if folders:
        numbers = ", ".join(str(int(folder.name)) for folder in folders)
        yield Mend(
            f"No publication in {root / SNAPSHOTS} has a readable manifest (found: {numbers}).",
            "move them to .aside, so that `extract run` over all inputs builds the tables anew",
            partial(move_aside, root / SNAPSHOTS),
            on_request=True,
        )
    # Right links of tables are all that a first run leaves which fails at its very end.
    left = [root / name for name in LINKED if os.path.lexists(root / name) and not is_linked(root, name)]
    left += [root / CURRENT] if os.path.lexists(root / CURRENT) else []
    if left:
        names = ", ".join(path.name for path in left)
        yield Mend(
            f"{names} in {root} lead to no publication: {SNAPSHOTS} is empty, or was moved.",
            "remove them, so that `extract run` over all inputs builds the tables anew; "
            "if you have a copy of the folder, put it back instead",
            lambda: [*map(_clear, left)],
            on_request=True,
        )


def _clear(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    else:
        move_aside(path)
