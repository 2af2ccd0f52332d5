"""Disks on which the Nth operation below a folder fails, once; seen by the C library or by Python alone."""

import builtins
import ctypes
import errno
import fcntl
import functools
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from child_runs import FORK

Side = Literal["parent", "workers"]
Kind = Literal["changes", "looks"]
SIDES: tuple[Side, ...] = ("parent", "workers")
KINDS: tuple[Kind, ...] = ("changes", "looks")
ERRORS: Mapping[Kind, tuple[str, ...]] = {
    "changes": ("EIO", "ENOSPC", "EACCES", "killed"),
    "looks": ("EIO", "EACCES"),
}
SOURCE = Path(__file__).with_name("failing_disk.c")


@dataclass(frozen=True)
class Failure:
    """What fails.

    Attributes:
        number: Which operation, from 1; 0 for none.
        name: The name of its error, or `killed` if its process is.
        side: Whether it is one of the run itself or of its workers.
        kind: Whether it is one that writes or one that reads.
        lasting: Whether all later ones fail too.
    """

    number: int
    name: str = "EIO"
    side: Side = "parent"
    kind: Kind = "changes"
    lasting: bool = False

    @property
    def error(self) -> int:
        """The number of the error; 0 if the process is killed."""
        return 0 if self.name == "killed" else int(getattr(errno, self.name))


class Disk(Protocol):
    """A disk that can fail."""

    def prepare(self) -> None:
        """Forget what was counted; in the process that will fork the one that is to fail."""

    def arm(self, folder: Path, failure: Failure) -> None:
        """Count from now on and fail; in the process that is to fail, whose children count too."""

    def count(self, side: Side, kind: Kind) -> int:
        """Return the number of operations."""

    def struck(self) -> str:
        """Return the operation that failed; empty if none did."""


class PreloadedDisk:
    """Sees what any library does: the shared library of `failing_disk.c` is loaded before all others."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.disk_what.restype = ctypes.c_char_p

    def prepare(self) -> None:
        self._library.disk_prepare()

    def arm(self, folder: Path, failure: Failure) -> None:
        numbers = (SIDES.index(failure.side), KINDS.index(failure.kind), failure.lasting)
        path = ctypes.c_char_p(os.fsencode(folder))
        self._library.disk_arm(path, ctypes.c_long(failure.number), failure.error, *map(int, numbers))

    def count(self, side: Side, kind: Kind) -> int:
        return int(self._library.disk_count(SIDES.index(side), KINDS.index(kind)))

    def struck(self) -> str:
        return os.fsdecode(self._library.disk_what())


def preload(library: Path) -> None:
    """Start this script again with `failing_disk.c` loaded first.

    Args:
        library: Where the shared library is written.
    """
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise SystemExit("There is no C compiler: give --python.")
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    environment = {**os.environ, "LD_PRELOAD": str(library)}
    sys.exit(subprocess.run([sys.executable, *sys.argv], env=environment, check=False).returncode)


def is_preloaded() -> bool:
    """Whether `failing_disk.c` is loaded."""
    return hasattr(ctypes.CDLL(None), "disk_arm")


CHANGES = ("chmod", "fsync", "link", "mkdir", "rename", "replace", "rmdir", "symlink", "unlink", "utime")
LOOKS = ("listdir", "lstat", "readlink", "scandir", "stat")
_MOVES = {"link", "rename", "replace", "symlink"}  # what their second argument names is what changes
_readlink = os.readlink


class PythonDisk:
    """Sees what Python does through `os`, `fcntl` and `open`; not what Arrow reads and writes by itself."""

    def __init__(self) -> None:
        self._counts = {(side, kind): FORK.RawValue("q", 0) for side in SIDES for kind in KINDS}
        self._struck = FORK.RawArray("c", 4096)
        self._folder, self._failure, self._pid = "", Failure(0), 0

    def prepare(self) -> None:
        for count in self._counts.values():
            count.value = 0
        self._struck.value = b""

    def count(self, side: Side, kind: Kind) -> int:
        return int(self._counts[side, kind].value)

    def struck(self) -> str:
        return os.fsdecode(self._struck.value)

    def arm(self, folder: Path, failure: Failure) -> None:
        self._folder, self._failure, self._pid = str(folder), failure, os.getpid()
        for name in (*CHANGES, *LOOKS):
            setattr(os, name, self._watched(getattr(os, name), "changes" if name in CHANGES else "looks"))
        fcntl.flock = self._watched(fcntl.flock, "changes")
        io.open = builtins.open = self._watched_open(io.open)
        os.open = self._watched_open(os.open)

    def _watched(self, real: Callable[..., object], kind: Kind) -> Callable[..., object]:
        @functools.wraps(real)
        def call(*arguments: object, **options: object) -> object:
            path = arguments[real.__name__ in _MOVES] if arguments else "."
            self._meet(real.__name__, _place(path, options.get("dir_fd")), kind)
            return real(*arguments, **options)

        return call

    def _watched_open(self, real: Callable[..., object]) -> Callable[..., object]:
        @functools.wraps(real)
        def call(path: object, how: object = "r", *arguments: object, **options: object) -> object:
            writes = how & (os.O_WRONLY | os.O_RDWR) if isinstance(how, int) else {*str(how)} & {*"wax+"}
            self._meet("open", _place(path, options.get("dir_fd")), "changes" if writes else "looks")
            return real(path, how, *arguments, **options)

        return call

    def _meet(self, name: str, place: str, kind: Kind) -> None:
        """Count an operation, and let it fail if it is its turn."""
        if place != self._folder and not place.startswith(self._folder + os.sep):
            return
        side: Side = "parent" if os.getpid() == self._pid else "workers"
        self._counts[side, kind].value += 1
        number, failure = self._counts[side, kind].value, self._failure
        met = number == failure.number or (failure.lasting and number > failure.number > 0)
        if (side, kind) != (failure.side, failure.kind) or not met:
            return
        self._struck.value = self._struck.value or f"{name} {place}".encode()[:4000]
        if failure.name == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(failure.error, os.strerror(failure.error), place)


def _place(path: object, folder: object) -> str:
    """Return the absolute path of what an operation names: a path, or an open file."""
    if hasattr(path, "fileno"):
        path = path.fileno()
    if isinstance(path, int):
        return _readlink(f"/proc/self/fd/{path}")
    base = "" if folder is None else _readlink(f"/proc/self/fd/{folder}")
    return os.path.abspath(os.path.join(base, os.fsdecode(path)))  # noqa: PTH100, PTH118 - used by Path
