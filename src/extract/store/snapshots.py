"""The folder layout of a store, and the single step that switches readers to a new publication.

outputs/.extract-store             marker: this folder is a store
outputs/.lock                      held by the run that writes
outputs/.cache/                    saves time in the next run; losing it costs no rows
outputs/.staging/                  parts of the run in progress
outputs/.snapshots/000007/         a publication: one folder per table, indexes (index.py), and the manifest
                                   (manifest.py), which names all files; never changes
outputs/.snapshots/000008.partial  a publication in progress
outputs/.current -> .snapshots/000007
outputs/entities -> .current/entities
outputs/datapackage.json -> .current/datapackage.json
outputs/.aside/                    what was in the way of one of these, moved there; never read, never deleted
"""

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from extract.errors import StoreError
from extract.reading.names import address_of
from extract.store.facts import Facts, files_of, read_rows
from extract.store.files import names_in, point, sync
from extract.store.lock import exclusive
from extract.store.manifest import MANIFEST, read_head
from extract.tables import TABLES
from extract.tables.datapackage import DATAPACKAGE

CURRENT = ".current"
LOCK = ".lock"
MARKER = ".extract-store"
SNAPSHOTS = ".snapshots"
STAGING = ".staging"
ASIDE = ".aside"
PARTIAL = ".partial"
# What readers find in the output folder: links to the same names in the current publication.
LINKED = (*TABLES, DATAPACKAGE)
_PROBE = ".probe"
# Files that a folder may contain when it becomes a store.
_HARMLESS = {".gitkeep", ".gitignore", ".DS_Store", LOCK, _PROBE, f"{_PROBE}.new"}
_MARKER_TEXT = (
    "This folder is written by `extract run`. Its dot folders belong together: copy or delete all of them.\n"
)
_NUMBER = re.compile(r"\d{6,}")


def open_snapshot(root: Path) -> Path:
    """Return the folder of the current publication, for reads that must not mix two publications.

    A reader of `outputs/entities` follows the links again for every file. Files keep their names, so reads do
    not fail when a publication intervenes (unless it has fewer files), but they can mix the two: 5 of 1,718
    reads at two publications per second; 0 of 1,915 reads from the folder returned here. It never changes,
    and stays until EXTRACT_KEEP_SNAPSHOTS further publications have been made.

    Raises:
        StoreError: Nothing is published in `root`, or the link to it is lost.
    """
    check_is_folder(root)
    snapshot = current_snapshot(root)
    if snapshot is not None:
        return snapshot
    if publications(root):
        raise StoreError(
            f"The link {root / CURRENT} to the current publication is missing or wrong.",
            advice="Run `extract doctor --mend`, or `extract run`: it is pointed to the newest publication.",
        )
    raise StoreError(
        f"There are no published tables in {root}.", advice="Create them first: extract run INPUT."
    )


def check_is_folder(root: Path) -> None:
    """Check that an output is not an address: most commands read folders.

    Raises:
        StoreError: It is one.
    """
    url = address_of(root)
    if url is not None:
        raise StoreError(
            f"{url} is an address; this reads tables in a folder.",
            advice="Copy them first: extract pull ADDRESS --output FOLDER.",
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A publication whose tables can be read, whatever is published later.

    Attributes:
        folder: Its folder, which never changes.
        facts: Facts about its files.
    """

    folder: Path
    facts: Facts

    @classmethod
    def current(cls, root: Path) -> "Snapshot":
        """Return the current publication of an output folder.

        Raises:
            StoreError: Nothing is published in `root`, or its manifest is damaged.
        """
        folder = open_snapshot(root)
        return cls(folder, read_head(folder).facts)

    @property
    def number(self) -> int:
        """Its number; later publications have larger ones."""
        return int(self.folder.name)

    def rows(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of a table: those of the files that the manifest names, each checked.

        Raises:
            StoreError: The publication is no longer on disk, or a file is missing or damaged.
        """
        files = files_of(self.facts, table)
        if not files:  # of a version of extract that did not have the table
            known = TABLES[table].arrow_schema.empty_table()
            return known.select(columns or known.column_names)
        if not self.folder.is_dir():
            raise StoreError(
                f"Publication {self.number} is no longer on disk: newer ones have replaced it.",
                advice="Open the tables again; EXTRACT_KEEP_SNAPSHOTS says how many publications stay.",
            )
        return pa.concat_tables(read_rows(self.folder, name, self.facts, columns) for name in files)


def read_table(root: Path, table: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a table of the current publication.

    A table that the version which published it did not know has no rows.

    Args:
        root: The output folder.
        table: Name of the table.
        columns: The columns to read; all if None.

    Raises:
        StoreError: Nothing is published in `root`, or a file is missing or damaged.
    """
    return Snapshot.current(root).rows(table, columns)


def current_snapshot(root: Path) -> Path | None:
    """Return the folder of the publication to which `.current` leads; None if that is none of this store."""
    link = root / CURRENT
    if not link.is_symlink():
        return None
    target = link.readlink()
    snapshot = root / SNAPSHOTS / target.name
    is_ours = target.parent == Path(SNAPSHOTS) and _NUMBER.fullmatch(target.name)
    return snapshot if is_ours and snapshot.is_dir() else None


def publications(root: Path) -> list[Path]:
    """Return the folders of all publications on disk, whole or damaged, oldest first.

    Raises:
        StoreError: Their folder cannot be listed: that it has none must not be concluded from this.
    """
    return sorted((path for path in _numbered(root) if path.is_dir()), key=lambda path: int(path.name))


def misnamed(root: Path) -> list[Path]:
    """Return what has the name of a publication but is no folder."""
    return [path for path in _numbered(root) if not path.is_dir()]


def _numbered(root: Path) -> list[Path]:
    folder = root / SNAPSHOTS
    try:
        names = names_in(folder)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be listed: {error.strerror or error}.",
            advice="Check its permissions and its disk, and run again. The published tables are untouched.",
        ) from error
    return [folder / name for name in names if _NUMBER.fullmatch(name)]


def claim(root: Path) -> None:
    """Make `root` a store if it is not one yet.

    Raises:
        StoreError: It is a file, a folder with other contents, or on a disk without symbolic links.
        StoreLockedError: Another run is making it one.
    """
    check_claim(root)
    root.mkdir(parents=True, exist_ok=True)
    marker = root / MARKER
    if marker.exists():
        return
    with exclusive(root / LOCK):  # two first runs at once would delete each other's link
        point(root / _PROBE, CURRENT)  # else hours might be spent before the first publication fails
        (root / _PROBE).unlink()
        marker.write_text(_MARKER_TEXT, encoding="utf-8")


def check_claim(root: Path) -> None:
    """Check that `root` is a store or can become one; changes nothing.

    Raises:
        StoreError: It is a file, or a folder with other contents.
    """
    if not root.exists() or is_store(root):
        return
    if not root.is_dir():
        raise StoreError(f"The output {root} is not a folder.", advice="Choose another with --output.")
    foreign = sorted(path.name for path in root.iterdir() if path.name not in _HARMLESS)
    if foreign and not is_store(root):  # another run may just have made it one
        raise StoreError(
            f"The output folder {root} contains other things ({', '.join(foreign[:3])}); it was not changed.",
            advice="Choose an empty or new folder with --output.",
        )


def is_store(root: Path) -> bool:
    """Return whether `root` is a store, even if its marker was lost."""
    return (root / MARKER).exists() or any((folder / MANIFEST).exists() for folder in publications(root))


def can_lock(root: Path) -> bool:
    """Return whether the lock file is missing or is a file."""
    return not os.path.lexists(root / LOCK) or (root / LOCK).is_file()


def next_snapshot(root: Path) -> Path:
    """Return the folder of the next publication; its number is larger than any on disk."""
    current = root / CURRENT
    last = current.readlink().name if current.is_symlink() else ""
    numbers = [int(folder.name) for folder in publications(root)]
    number = max([*numbers, int(last) if _NUMBER.fullmatch(last) else 0], default=0) + 1
    return root / SNAPSHOTS / f"{number:06d}"


def switch(root: Path, partial: Path, snapshot: Path) -> None:
    """Make a finished partial snapshot the current one, atomically."""
    partial.rename(snapshot)
    sync(snapshot.parent)
    for name in LINKED:
        if not is_linked(root, name):
            lead(root / name, f"{CURRENT}/{name}")
    lead(root / CURRENT, f"{SNAPSHOTS}/{snapshot.name}")


def lead(link: Path, target: str) -> None:
    """Make a link lead to a target, and move anything else that has its name aside."""
    if os.path.lexists(link) and not link.is_symlink():
        move_aside(link)
    point(link, target)


def is_linked(root: Path, name: str) -> bool:
    """Return whether readers of `outputs/<name>` are led to the current publication."""
    link = root / name
    return link.is_symlink() and link.readlink() == Path(f"{CURRENT}/{name}")


def move_aside(path: Path, root: Path | None = None) -> Path:
    """Move something that is in the way into `.aside`, under a name that is free there; return its path.

    Args:
        path: What is in the way.
        root: The output folder; the folder of `path` if None.
    """
    folder = (root or path.parent) / ASIDE
    folder.mkdir(exist_ok=True)
    names = (path.name, *(f"{path.name}.{number}" for number in range(2, 10_000)))
    target = next(folder / name for name in names if not (folder / name).exists())
    path.rename(target)
    return target


def clear_leftovers(root: Path) -> None:
    """Delete what killed and failed runs left."""
    shutil.rmtree(root / STAGING, ignore_errors=True)
    for name in names_in(root / SNAPSHOTS):
        path = root / SNAPSHOTS / name
        if not (name.endswith(PARTIAL) and _NUMBER.fullmatch(name.removesuffix(PARTIAL))):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def delete_earlier(root: Path, keep: int) -> None:
    """Delete all publications before the current one but the last `keep - 1`.

    Only for a current publication that was read and verified. Later ones, left by a run that was killed just
    before readers were switched, stay until they are earlier ones.
    """
    current = current_snapshot(root)
    earlier = [folder for folder in publications(root) if current and folder.name < current.name]
    for folder in earlier[: max(len(earlier) - keep + 1, 0)]:
        shutil.rmtree(folder, ignore_errors=True)
