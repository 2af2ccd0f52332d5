"""The lock that admits one writer at a time."""

import errno
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

from extract.errors import StoreError, StoreLockedError

# `lock_holder` takes the lock for a moment too, and a new holder needs a moment to write its pid.
_TRIES = 5
_PAUSE = 0.02  # seconds
# Errors of file systems without file locks.
_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds the lock.

    Attributes:
        pid: Process id; None if it is not recorded.
        started: Start of its run, in UTC.
    """

    pid: int | None
    started: str

    @property
    def alive(self) -> bool:
        """Whether a process with this pid exists on this machine."""
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
        if not self.alive:  # the holder has not written its pid yet, or runs on another machine
            return "another process"
        return f"process {self.pid}, started {self.started}"


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; the kernel releases it when the process ends, however it ends.

    Raises:
        StoreLockedError: Another run holds it.
        StoreError: The file system has no file locks.
    """
    with path.open("a+", encoding="utf-8") as file:
        if not _acquire(file):
            raise _locked(path)
        file.truncate(0)
        file.write(
            json.dumps({"pid": os.getpid(), "started": datetime.now(UTC).isoformat(timespec="seconds")})
        )
        file.flush()
        yield


def lock_holder(path: Path) -> Holder | None:
    """Return the holder of the lock file, or None; changes nothing."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _holder(path)
    return None


def _acquire(file: TextIO) -> bool:
    for tries in range(_TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE * (tries < _TRIES - 1))
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            raise StoreError(
                f"The file system of {file.name} has no file locks ({error.strerror}).",
                advice="Choose a folder on another disk with --output; some network disks (SMB) have none.",
            ) from error
        else:
            return True
    return False


def _holder(path: Path) -> Holder:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Holder(int(content["pid"]), str(content["started"]))
    except (ValueError, KeyError, TypeError):
        return Holder(None, "")


def _locked(path: Path) -> StoreLockedError:
    return StoreLockedError(
        f"The output folder {path.parent} is in use by {_holder(path)}.",
        advice="Wait until it has finished, or end that process, and run again. "
        "The lock is released when the process ends: there is no file to delete.",
    )
