"""One writer at a time."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from extract.errors import StoreLockedError

# `lock_holder` takes the lock for a moment too, and a holder needs one to write down its name.
_TRIES = 5
_PAUSE = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds the lock.

    Attributes:
        pid: Its number; None where it has not said.
        started: When its run started, in UTC.
    """

    pid: int | None
    started: str

    @property
    def alive(self) -> bool:
        """Whether there is such a process on this machine."""
        if self.pid is None:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def __str__(self) -> str:
        if not self.alive:  # the holder is just writing its name, or is on another machine
            return "another process"
        return f"process {self.pid}, started {self.started}"


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; the kernel releases it however the process ends.

    Raises:
        StoreLockedError: Another run holds it.
    """
    with path.open("a+", encoding="utf-8") as file:
        if not _take(file):
            raise _locked(path)
        file.truncate(0)
        file.write(
            json.dumps({"pid": os.getpid(), "started": datetime.now(UTC).isoformat(timespec="seconds")})
        )
        file.flush()
        yield


def lock_holder(path: Path) -> Holder | None:
    """Return who holds the lock file, None if nobody does; nothing is changed."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _holder(path)
    return None


def _take(file: TextIO) -> bool:
    for tries in range(_TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE * (tries < _TRIES - 1))
        else:
            return True
    return False


def _holder(path: Path) -> Holder:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Holder(int(said["pid"]), str(said["started"]))
    except (ValueError, KeyError, TypeError):
        return Holder(None, "")


def _locked(path: Path) -> StoreLockedError:
    return StoreLockedError(
        f"The output folder {path.parent} is in use by {_holder(path)}.",
        advice="Wait until it has finished, or end that process, and run again. "
        "The lock goes with the process: there is no file to delete.",
    )
