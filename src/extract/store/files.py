"""Durable file operations, and disk errors as messages with advice."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from extract.errors import StoreError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_ADVICE = {
    errno.EROFS: "The file system is read-only: choose another folder with --output.",
    errno.EACCES: "Ask for write permission there, or choose another folder with --output.",
    errno.EPERM: "Ask for write permission there, or choose another folder with --output.",
    errno.ENOSPC: "The disk is full: free space (or lower EXTRACT_KEEP_SNAPSHOTS) and run again.",
    errno.EFBIG: "A file exceeds the size limit (ulimit -f): raise the limit and run again.",
    errno.EDQUOT: "Your disk quota is used up: free space (or lower EXTRACT_KEEP_SNAPSHOTS) and run again.",
}
# Errors of file systems without hard links.
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK}

# Errors of file systems without symbolic links, such as exFAT.
_NO_SYMLINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
_READ_ONLY = 0o444
_THREADS_OF_DISK = 8

# Errors that always come from the output disk, wherever they are raised.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder, sorted; none if there is no such folder.

    Not by `Path.glob`, which takes a folder that it may not read for an empty one.

    Raises:
        OSError: The folder cannot be listed.
    """
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
    except (FileNotFoundError, NotADirectoryError):
        return []


@contextmanager
def disk_errors(root: Path) -> Iterator[None]:
    """Convert disk errors and damaged files into a StoreError that says what to do.

    Raises:
        StoreError: The block raised such an error; the published tables are unchanged.
    """
    try:
        yield
    except OSError as error:
        raise _store_error(root, error) from error
    except pa.ArrowInvalid as error:
        raise StoreError(
            f"A file in the output folder {root} is damaged: {error}.",
            advice="Move the folder away and run again: everything is rebuilt from the inputs.",
        ) from error


@contextmanager
def store_errors(root: Path) -> Iterator[None]:
    """Convert the errors of a full or read-only disk, or of a file in the store, into a StoreError.

    Other errors pass: those of other files are not the store's.

    Raises:
        StoreError: The block raised such an error.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL and not _concerns(root, error):
            raise
        raise _store_error(root, error) from error


def _concerns(root: Path, error: OSError) -> bool:
    names = (name for name in (error.filename, error.filename2) if isinstance(name, str | os.PathLike))
    return any(Path(name).is_relative_to(root) for name in names)


def _store_error(root: Path, error: OSError) -> StoreError:
    return StoreError(
        f"Cannot write to the output folder {root}: {error.strerror or error}.",
        advice=_ADVICE.get(error.errno or 0, "Check the disk and run again.")
        + " The published tables are untouched.",
    )


def concurrently(
    do: Callable[[_Item], _Result], items: Iterable[_Item], *, threads: int | None = None
) -> list[_Result]:
    """Apply a function that mostly waits for the disk or for Arrow, which both leave the other threads free.

    Args:
        do: The function.
        items: Its arguments.
        threads: How many threads work at once; by default as many as there are processors.

    Raises:
        Exception: That of the first item for which the function raises one; later items are then left out.
    """
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        return list(pool.map(do, items))


def sync(path: Path) -> None:
    """Flush a file, or the entries of a folder, to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(paths: Iterable[Path]) -> None:
    """Flush files or folders to disk concurrently, so that the disk can combine the writes."""
    concurrently(sync, paths, threads=_THREADS_OF_DISK)


def make_read_only(path: Path) -> None:
    """Protect a published file from being changed by mistake."""
    path.chmod(_READ_ONLY)


def link(source: Path | str, target: Path | str) -> None:
    """Create a hard link to a file; copy it if the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        copy = Path(shutil.copyfile(source, target))
        make_read_only(copy)
        sync(copy)


def point(name: Path, target: str) -> None:
    """Make `name` a symlink to `target` atomically: readers see the old link or the new one.

    Raises:
        StoreError: The file system has no symbolic links.
    """
    fresh = name.with_name(f"{name.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(target)
    except OSError as error:
        if error.errno not in _NO_SYMLINKS:
            raise
        raise StoreError(
            f"The file system of {name.parent} has no symbolic links ({error.strerror}).",
            advice="Choose a folder on another disk with --output; exFAT and some network disks have none.",
        ) from error
    fresh.replace(name)
    sync(name.parent)


def replace_text(path: Path, text: str) -> None:
    """Write a text file atomically; create its folder if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    sync(fresh)
    fresh.replace(path)
