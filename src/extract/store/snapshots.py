"""The folder layout of a store, and the single step that switches readers to a new publication.

outputs/.extract-store             marker: this folder is a store
outputs/.lock                      held by the run that writes
outputs/.cache/                    saves time in the next run; losing it costs no rows
outputs/.staging/                  parts of the run in progress
outputs/.snapshots/000007/         a publication: one folder per table, its manifest (manifest.json,
                                   entries.parquet) and indexes (index.py); never changes
outputs/.snapshots/000008.partial  a publication in progress
outputs/.current -> .snapshots/000007
outputs/entities -> .current/entities
"""

import shutil
from pathlib import Path

from extract.errors import StoreError
from extract.store.files import point, sync
from extract.tables import TABLES

CURRENT = ".current"
LOCK = ".lock"
MARKER = ".extract-store"
SNAPSHOTS = ".snapshots"
STAGING = ".staging"
PARTIAL = ".partial"
# Files that a folder may contain when it becomes a store.
_HARMLESS = {".gitkeep", ".gitignore", ".DS_Store", LOCK}
_MARKER_TEXT = (
    "This folder is written by `extract run`. Its dot folders belong together: copy or delete all of them.\n"
)


def open_snapshot(root: Path) -> Path:
    """Return the folder of the current publication, for reads that must not mix two publications.

    A reader of `outputs/entities` follows the links again for every file. Files keep their names, so reads do
    not fail when a publication intervenes (unless it has fewer files), but they can mix the two: 5 of 1,718
    reads at two publications per second; 0 of 1,915 reads from the folder returned here. It never changes,
    and stays until EXTRACT_KEEP_SNAPSHOTS further publications have been made.

    Raises:
        StoreError: Nothing is published in `root`.
    """
    snapshot = current_snapshot(root)
    if snapshot is None:
        raise StoreError(
            f"There are no published tables in {root}.", advice="Create them first: extract run INPUT."
        )
    return snapshot


def current_snapshot(root: Path) -> Path | None:
    """Return the folder of the current snapshot; None before the first publication.

    Raises:
        StoreError: The link to it is broken.
    """
    link = root / CURRENT
    if not link.is_symlink():
        return None
    snapshot = link.resolve()
    if not (snapshot.is_dir() and snapshot.name.isdigit()):
        raise StoreError(
            f"{link} points to {snapshot}, which is missing or not a publication.",
            advice=f"Delete {link} and run again: everything is rebuilt from the inputs.",
        )
    return snapshot


def claim(root: Path) -> None:
    """Make `root` a store if it is not one yet.

    Raises:
        StoreError: It is a file, or a folder with other contents.
    """
    check_claim(root)
    root.mkdir(parents=True, exist_ok=True)
    marker = root / MARKER
    if not marker.exists():
        marker.write_text(_MARKER_TEXT, encoding="utf-8")


def check_claim(root: Path) -> None:
    """Check that `root` is a store or can become one; changes nothing.

    Raises:
        StoreError: It is a file, or a folder with other contents.
    """
    if not root.exists() or (root / MARKER).exists():
        return
    if not root.is_dir():
        raise StoreError(f"The output {root} is not a folder.", advice="Choose another with --output.")
    foreign = sorted(path.name for path in root.iterdir() if path.name not in _HARMLESS)
    if foreign:
        raise StoreError(
            f"The output folder {root} contains other things ({', '.join(foreign[:3])}); it was not changed.",
            advice="Choose an empty or new folder with --output.",
        )


def next_snapshot(root: Path) -> Path:
    """Return the folder of the next publication; its number is never reused."""
    current = current_snapshot(root)
    number = int(current.name) + 1 if current else 1
    return root / SNAPSHOTS / f"{number:06d}"


def switch(root: Path, partial: Path, snapshot: Path) -> None:
    """Make a finished partial snapshot the current one, atomically."""
    partial.rename(snapshot)
    sync(snapshot.parent)
    link_tables(root)
    point(root / CURRENT, f"{SNAPSHOTS}/{snapshot.name}")


def link_tables(root: Path) -> None:
    """Link every table in `root`, where readers look for it.

    Raises:
        StoreError: A table's name is taken by something that is not a link.
    """
    for table in TABLES:
        name, target = root / table, f"{CURRENT}/{table}"
        if name.is_symlink():
            if name.readlink() == Path(target):
                continue
        elif name.exists():
            raise StoreError(
                f"{name} should be a link to the published table, but it is a file or folder.",
                advice="Move it away and run again.",
            )
        point(name, target)


def sweep(root: Path, keep: int) -> None:
    """Delete what killed and failed runs left, and all but the last `keep` publications."""
    current = current_snapshot(root)
    last = int(current.name) if current else 0
    shutil.rmtree(root / STAGING, ignore_errors=True)
    for path in (root / SNAPSHOTS).glob("*"):
        finished = path.name.isdigit()
        if not finished or not last - keep < int(path.name) <= last:
            shutil.rmtree(path, ignore_errors=True)
