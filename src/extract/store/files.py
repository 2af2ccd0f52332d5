"""Files that are on the disk when we say so, and errors of the disk in the user's words."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from extract.errors import StoreError

_ADVICE = {
    errno.EROFS: "The file system is read-only: choose another folder with --output.",
    errno.EACCES: "Ask for write permission there, or choose another folder with --output.",
    errno.EPERM: "Ask for write permission there, or choose another folder with --output.",
    errno.ENOSPC: "The disk is full: free space (or lower EXTRACT_KEEP_SNAPSHOTS) and run again.",
    errno.EFBIG: "A file is larger than is allowed here (ulimit -f): raise that limit and run again.",
    errno.EDQUOT: "Your disk quota is used up: free space (or lower EXTRACT_KEEP_SNAPSHOTS) and run again.",
}
# What file systems answer that know no hard links.
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK}

# Errors that only the disk can be blamed for, whoever meets them.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


@contextmanager
def disk_errors(root: Path) -> Iterator[None]:
    """Turn errors of the disk and of damaged files into a StoreError that says what to do.

    Raises:
        StoreError: The block met such an error; what was published before is as it was.
    """
    try:
        yield
    except OSError as error:
        raise _store_error(root, error) from error
    except pa.ArrowInvalid as error:
        raise StoreError(
            f"A file in the output folder {root} is damaged: {error}.",
            advice="Move the folder away and run again: everything is made anew from the inputs.",
        ) from error


@contextmanager
def full_disk(root: Path) -> Iterator[None]:
    """Turn the error of a full or read-only disk into a StoreError, and no other.

    Raises:
        StoreError: The block met such an error.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise _store_error(root, error) from error


def _store_error(root: Path, error: OSError) -> StoreError:
    return StoreError(
        f"Cannot write to the output folder {root}: {error.strerror or error}.",
        advice=_ADVICE.get(error.errno or 0, "Check the disk and run again.")
        + " The tables published before are untouched.",
    )


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(paths: Iterable[Path]) -> None:
    """Wait for files, or names in folders; the disk writes together what it is asked for at once."""
    with ThreadPoolExecutor() as waiting:
        list(waiting.map(sync, paths))


def link(source: Path, target: Path) -> None:
    """Give a file a second name; copy it where the file system knows no hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(source, target)
        sync(target)


def point(name: Path, target: str) -> None:
    """Make `name` a symlink to `target` in one step; readers see the old one or the new one."""
    fresh = name.with_name(f"{name.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(name)
    sync(name.parent)


def replace_text(path: Path, text: str) -> None:
    """Write a text file as a whole or not at all; its folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    sync(fresh)
    fresh.replace(path)
