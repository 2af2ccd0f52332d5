"""One writer at a time."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from extract.errors import StoreLockedError


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`; the kernel releases it however the process ends.

    Raises:
        StoreLockedError: Another run holds it.
    """
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _locked(path) from None
        file.truncate(0)
        file.write(
            json.dumps({"pid": os.getpid(), "started": datetime.now(UTC).isoformat(timespec="seconds")})
        )
        file.flush()
        yield


def _locked(path: Path) -> StoreLockedError:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        who = f"process {holder['pid']}, started {holder['started']}"
    except (ValueError, KeyError):  # the holder is just writing its name
        who = "another process"
    return StoreLockedError(
        f"The output folder {path.parent} is in use by {who}.",
        advice="Wait until it has finished, or end that process, and run again. "
        "The lock goes with the process: there is no file to delete.",
    )
