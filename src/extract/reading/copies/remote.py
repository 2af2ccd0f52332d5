"""Files that are not on this machine: at addresses that fsspec knows (`s3://`, `gs://`), and standard input.

A file is listed with its state, and copied to this machine only when it is read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
from fsspec.core import url_to_fs

from extract.errors import InputError
from extract.printable import printable
from extract.reading.copies.scratch import scratch_folder
from extract.reading.names import address_of, is_stdin

State = tuple[str, int, int, int]

_WEB = ("http://", "https://", "ftp://")
_WILDCARDS = frozenset("*?[")
# What tells one version of a file from another, the best first; then its size.
_TAGS = (
    "ETag",
    "etag",
    "md5Hash",
    "content_md5",
    "mtime",
    "LastModified",
    "last_modified",
    "updated",
    "created",
)


def list_files(path: Path) -> tuple[Path, list[Path]]:
    """Return the folder of an address and the files in it, sorted; of the address of a file, that file.

    Raises:
        InputError: It is a web address, nothing is there, or it cannot be reached.
    """
    address = _address(path)
    if address.startswith(_WEB):
        raise InputError(
            f"{printable(address)} is a web address: pages are not fetched.",
            advice="Save the page (Ctrl-S) or its text into a folder, and give the folder.",
        )
    try:
        files, root = url_to_fs(address)
        files.invalidate_cache()  # what an earlier listing of this process remembers may have been edited
        names = _names(files, root)
    except (ImportError, ValueError) as error:
        raise InputError(
            f"{printable(address)} cannot be read: {error}.",
            advice="Install what it needs: pip install 'extract[remote]'; gs:// needs gcsfs as well.",
        ) from error
    except Exception as error:  # each service has errors of its own
        raise InputError(
            f"{printable(address)} cannot be reached: {type(error).__name__}: {error}.",
            advice="Check the address, the credentials and the network.",
        ) from error
    if not names:
        raise InputError(f"There is no file at {printable(address)}.", advice="Check the address.")
    wild = (index for index, part in enumerate(path.parts) if not _WILDCARDS.isdisjoint(part))
    folder = Path(*path.parts[: next(wild, None)])
    return folder, sorted(Path(files.unstrip_protocol(name)) for name in names)


def _names(files: fsspec.AbstractFileSystem, root: str) -> list[str]:
    if not _WILDCARDS.isdisjoint(root):
        return [name for name in files.glob(root) if files.isfile(name)]
    if files.isfile(root):
        return [root]
    return list(files.find(root))


def state_of(path: Path) -> State | None:
    """Return what tells the version of a file from others; None if it is gone or cannot be reached."""
    try:
        files, root = url_to_fs(_address(path))
        info: dict[str, Any] = files.info(root)
    except Exception:  # noqa: BLE001 - reading it says what is wrong
        return None
    tag = next((str(info[name]) for name in _TAGS if info.get(name)), "")
    return tag, int(info.get("size") or 0), 0, 0


@contextmanager
def local_copy(path: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Provide a copy of a file: its path, and the folder that stands for the input folder.

    Raises:
        OSError: It cannot be fetched.
    """
    with scratch_folder() as scratch:
        copy = scratch / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        kept = local_path(path)
        if kept:
            copy.symlink_to(kept)
        else:
            files, root = url_to_fs(_address(path))
            files.get_file(root, str(copy))
        yield copy, scratch


def read_bytes(path: Path, most: int = -1) -> bytes:
    """Return the content of a file, or its first bytes.

    Raises:
        OSError: It cannot be fetched.
    """
    try:
        files, root = url_to_fs(_address(path))
        with files.open(root, "rb") as file:
            content: bytes = file.read(most)
    except Exception as error:  # each service has errors of its own
        raise OSError(f"{type(error).__name__}: {error}") from error
    return content


def local_path(path: Path) -> Path | None:
    """Return where the content of standard input is kept; None for a file at another address."""
    return Path("/", *path.parts[1:]) if is_stdin(path) else None


def _address(path: Path) -> str:
    address = address_of(path)
    if address is None:
        raise ValueError(path)
    return address
