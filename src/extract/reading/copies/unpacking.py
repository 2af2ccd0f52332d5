"""Archives -> folders, within limits of size, number and depth; nothing is written outside the folder."""

import gzip
import tarfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from errno import EDQUOT, ENOSPC
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, cast

import pyarrow as pa

from extract.errors import ReadError
from extract.reading.copies.scratch import scratch_folder
from extract.reading.problems import Problem

# The longest first.
SUFFIXES = (".tar.zst", ".tar.gz", ".tar", ".tgz", ".zip")

_MOST_MEMBERS = 20_000
_MOST_BYTES = 1_000_000_000
# A small archive may grow to this, and any to so many times its own size: text rarely shrinks to a twentieth.
_ALWAYS_BYTES = 100_000_000
_MOST_RATIO = 100
_MOST_DEPTH = 1
_CHUNK = 1 << 16
_LONGEST_HEADER = 1_000_000  # of a tar member; its name may have as many bytes as it says
_IGNORED = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_SHOWN = 3
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5"
_LINK = 0o120000
_KIND = 0o170000
_DAMAGES = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    pa.ArrowException,
)
_UNKNOWN_WAYS = (NotImplementedError, RuntimeError)  # of packing: raised by zipfile
_UNPACK = "Unpack it and give the folder, or pack fewer files into one archive."


class _Member(NamedTuple):
    """A file in an archive.

    Attributes:
        obstacle: Why it is not read, such as `encrypted`; "" if it is.
    """

    name: str
    open: Callable[[], IO[bytes]]
    obstacle: str = ""


class _LimitError(ReadError):
    """An archive that exceeds a limit."""


def _too_many() -> _LimitError:
    return _LimitError(f"The archive has more than {_MOST_MEMBERS:,} files.", advice=_UNPACK)


@dataclass(slots=True)
class _Budget:
    """What an archive may still take."""

    n_bytes: int
    n_members: int = _MOST_MEMBERS

    def take_member(self) -> None:
        """Count a member.

        Raises:
            _LimitError: There are too many.
        """
        self.n_members -= 1
        if self.n_members < 0:
            raise _too_many()

    def take_bytes(self, count: int) -> None:
        """Count bytes.

        Raises:
            _LimitError: There are too many.
        """
        self.n_bytes -= count
        if self.n_bytes < 0:
            raise _LimitError("The archive unpacks to too many bytes for its size.", advice=_UNPACK)


@dataclass(slots=True)
class Unpacking:
    """Unpacks an archive and the archives in it, one level deep.

    Attributes:
        is_read: Whether there is a reader for a file of this name; of others only the name is kept.
    """

    is_read: Callable[[Path], bool]
    _left_out: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _made: Path | None = None

    def unpack(self, path: Path, folder: Path) -> list[Problem]:
        """Unpack an archive into a folder.

        Returns:
            What is left out, one problem per reason.

        Raises:
            ReadError: It is damaged, or exceeds a limit.
        """
        size = path.stat().st_size
        most = min(_MOST_BYTES, max(_ALWAYS_BYTES, _MOST_RATIO * size))
        self._unpack(path, folder, _Budget(most), 0)
        return [_problem(reason, names) for reason, names in self._left_out.items()]

    def _unpack(self, path: Path, folder: Path, budget: _Budget, depth: int) -> None:
        with _members(path, budget) as members:
            for member in members:
                budget.take_member()
                if not _is_ignored(member.name):
                    self._unpack_member(member, folder, budget, depth)

    def _unpack_member(self, member: _Member, folder: Path, budget: _Budget, depth: int) -> None:
        place = None if member.obstacle else _place(member.name)
        if place is None:
            self._left_out[member.obstacle or "unsafe"].append(member.name)
        elif is_archive(place.name):
            self._unpack_nested(member, folder / place, budget, depth)
        else:
            self._write(member, folder / place, budget)

    def _unpack_nested(self, member: _Member, place: Path, budget: _Budget, depth: int) -> None:
        if depth >= _MOST_DEPTH:
            self._left_out["nested"].append(member.name)
            return
        with scratch_folder() as scratch:
            path = scratch / place.name
            if self._write(member, path, budget, whole=True):
                try:
                    self._unpack(path, place.with_name(stem_of(place.name)), budget, depth + 1)
                except _LimitError:
                    raise
                except ReadError:
                    self._left_out["damaged"].append(member.name)

    def _write(self, member: _Member, path: Path, budget: _Budget, *, whole: bool = False) -> bool:
        """Write a member to its place; return whether that was possible."""
        try:
            if path.parent != self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made = path.parent
            with path.open("xb") as out:
                if whole or self.is_read(path):
                    with closing(member.open()) as content:
                        while chunk := content.read(_CHUNK):
                            budget.take_bytes(len(chunk))
                            out.write(chunk)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            self._left_out["double"].append(member.name)
        except (*_DAMAGES, *_UNKNOWN_WAYS) as error:
            _raise_if_of_disk(error)
            with suppress(OSError):
                path.unlink(missing_ok=True)
            self._left_out["damaged"].append(member.name)
        else:
            return True
        return False


def is_archive(name: str) -> bool:
    """Return whether a file of this name is an archive."""
    return name.lower().endswith(SUFFIXES)


def stem_of(name: str) -> str:
    """Return the name of an archive without its suffixes.

    >>> stem_of("desk.tar.gz"), stem_of("desk.2021.zip")
    ('desk', 'desk.2021')
    """
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(suffix)]


def _raise_if_of_disk(error: Exception) -> None:
    """Raise the error again if the disk is full: the archive is not to blame."""
    if isinstance(error, OSError) and error.errno in {ENOSPC, EDQUOT}:
        raise error


@contextmanager
def _members(path: Path, budget: _Budget) -> Iterator[Iterator[_Member]]:
    """Open an archive.

    Raises:
        ReadError: It is damaged.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield _zip_members(archive)
        else:
            with _opened_tar(path, budget) as tar:
                yield _tar_members(tar)
    except _DAMAGES as error:
        _raise_if_of_disk(error)
        raise ReadError(f"The archive is damaged: {error}.", advice="Pack or fetch it again.") from error


def _zip_members(archive: zipfile.ZipFile) -> Iterator[_Member]:
    told = archive.infolist()
    if len(told) > _MOST_MEMBERS:
        raise _too_many()
    if sum(info.file_size for info in told) > _MOST_BYTES:
        raise _LimitError(f"The archive unpacks to more than {_MOST_BYTES:,} bytes.", advice=_UNPACK)
    for info in told:
        if not info.is_dir():
            is_link = (info.external_attr >> 16) & _KIND == _LINK
            obstacle = "encrypted" if info.flag_bits & 1 else "link" if is_link else ""
            yield _Member(info.filename, partial(archive.open, info), obstacle)


def _tar_members(archive: tarfile.TarFile) -> Iterator[_Member]:
    while (info := archive.next()) is not None:
        archive.members = []  # type: ignore[attr-defined]  # or all would be kept; typeshed does not know it
        if not info.isdir():
            yield _Member(info.name, partial(_content, archive, info), "" if info.isreg() else "link")


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(info)
    if content is None:
        raise tarfile.TarError(info.name)
    return content


@contextmanager
def _opened_tar(path: Path, budget: _Budget) -> Iterator[tarfile.TarFile]:
    with path.open("rb") as file:
        mark = file.read(2)
    is_plain = mark not in {_GZIP, _ZSTD}
    # Members that are passed over are decompressed as well; what is written counts once more.
    allowance = _Budget(1 << 62 if is_plain else budget.n_bytes)
    with _decompressed(path, mark) as raw:
        content = cast("IO[bytes]", _Guarded(raw, allowance, skips=is_plain))
        with tarfile.open(fileobj=content, mode="r:", errorlevel=2) as archive:
            yield archive


def _decompressed(path: Path, mark: bytes) -> IO[bytes]:
    if mark == _GZIP:
        return cast("IO[bytes]", gzip.open(path))
    if mark == _ZSTD:
        return cast("IO[bytes]", pa.input_stream(path, compression="zstd"))
    return path.open("rb")


@dataclass(slots=True)
class _Guarded:
    """A file for `tarfile` that only goes forward, and counts what is decompressed.

    Attributes:
        skips: Whether parts can be passed over without reading them.
    """

    raw: IO[bytes]
    budget: _Budget
    skips: bool
    _position: int = 0

    def read(self, size: int = -1) -> bytes:
        """Read some bytes.

        Raises:
            _LimitError: The header of a member says that it is longer than any, or the budget is used up.
        """
        if not 0 <= size <= _LONGEST_HEADER:
            raise _LimitError(f"The archive has a header of {size:,} bytes.", advice=_UNPACK)
        data = self.raw.read(size)
        self.budget.take_bytes(len(data))
        self._position += len(data)
        return data

    def seek(self, offset: int) -> int:
        """Go on to an offset."""
        if self.skips:
            self._position = self.raw.seek(offset)
        while self._position < offset and self.read(min(offset - self._position, _CHUNK)):
            pass
        return self._position

    def tell(self) -> int:
        """Return the position."""
        return self._position


def _is_ignored(name: str) -> bool:
    """Return whether a member is hidden, or made by a system for itself."""
    return any(
        (part.startswith(".") and part not in {".", ".."}) or part in _IGNORED
        for part in name.replace("\\", "/").split("/")
    )


def _place(name: str) -> PurePosixPath | None:
    """Return the path of a member below the folder; None if it leads out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    drive = path.parts[0].endswith(":") if path.parts else True
    return None if path.is_absolute() or drive or ".." in path.parts or "\0" in name else path


def _problem(reason: str, names: list[str]) -> Problem:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    problem = _LEFT_OUT[reason]
    return replace(problem, message=f"{problem.message}: {', '.join(names[:_SHOWN])}{more}.")


_LEFT_OUT = {
    "encrypted": Problem(
        "error",
        "archive_encrypted",
        "Files in the archive are encrypted",
        "Unpack it with its password and give the folder.",
    ),
    "unsafe": Problem(
        "error",
        "archive_unsafe",
        "Files in the archive have paths that lead out of it",
        "Pack it again with relative paths.",
    ),
    "link": Problem(
        "info", "archive_link", "Links and devices in the archive are not read", "Pack the files themselves."
    ),
    "nested": Problem(
        "error",
        "archive_nested",
        "Archives within an archive in the archive are not read",
        "Unpack it and give the folder.",
    ),
    "damaged": Problem(
        "error",
        "archive_damaged",
        "Files in the archive are damaged or packed in an unknown way",
        "Pack or fetch it again.",
    ),
    "double": Problem(
        "error",
        "archive_double",
        "Files in the archive have the path of another one",
        "Give every file its own name.",
    ),
}
