"""Files that are still arriving: half copied, growing, or moved away while a run reads.

A file is read where it is as it was when the inputs were listed. What has changed since waits for the next
run, and the rows of its last whole version stay published.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from extract.model import Article, Issue
from extract.reading.problems import Problem
from extract.reading.sources import Source

# How programs call a file that they have not finished: browsers, curl, FTP and SFTP clients, office programs.
# The names of others (rsync, Dropbox) begin with a dot: hidden files are passed over anyway.
_UNFINISHED = (
    ".aria2",
    ".crdownload",
    ".download",
    ".filepart",
    ".opdownload",
    ".part",
    ".partial",
    ".swp",
    ".temp",
    ".tmp",
    "~",
)
_LOCK_MARK = "~"

# Clocks of file systems tick at most so coarsely (FAT): a file may change twice in one tick.
_TICK_SECONDS = 2

Look = tuple[int, int, int, int]
"""What tells one state of a file from another: inode, size, and the times in nanoseconds when its content and
when anything about it was changed last; no copying program can set the latter."""


def look_at(path: Path) -> Look | None:
    """Return the state of a file; None where there is none, or it cannot be looked at."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - Path.stat() costs twice the time, and there may be 100,000
    except (OSError, ValueError):
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def is_settled(look: Look) -> bool:
    """Return whether a file's last change lies so far back that another would show."""
    return time.time() - look[3] / 1e9 > _TICK_SECONDS


def look_at_all(sources: Iterable[Source], settle_seconds: float) -> dict[Path, Look | None]:
    """Return the state of all files; pause where one is so young that it may still be written to.

    Whoever reads them later sees by these states which have changed in the pause, or since.

    Args:
        sources: The files.
        settle_seconds: Files that were changed less long ago are young; the pause is as long.
    """
    looks = {source.path: look_at(source.path) for source in sources}
    now = time.time()
    if any(abs(now - look[2] / 1e9) < settle_seconds for look in looks.values() if look):
        time.sleep(settle_seconds)
    return looks


def unfinished(name: str) -> Problem | None:
    """Return the problem of a file whose name says that it is being copied or edited."""
    if not (name.lower().endswith(_UNFINISHED) or name.startswith(_LOCK_MARK)):
        return None
    message = "The file has the name of one that is being copied or edited."
    return Problem(
        "info", "waiting", message, "It is read once it has its final name; remove it if that was broken off."
    )


def changed(source: Source, looks: Mapping[Path, Look | None]) -> Problem | None:
    """Return the problem of a file that is no longer as it was when the inputs were listed."""
    now = look_at(source.path)
    if now == looks[source.path]:
        return None
    seen = "is gone" if now is None else "is being written to"
    return Problem(
        "info",
        "waiting",
        f"The file {seen} while the run reads its inputs.",
        "The next run reads it; what was published of it before stays until then.",
    )


def whole(
    items: Iterable[Article | Issue], problem: Callable[[], Problem | None], source: str
) -> Iterator[Article | Issue]:
    """Yield what a file holds; where it has changed by its end, the problem in the place of the last item.

    The last line of a growing file may be half of one; those before it are whole.
    """
    held: Article | Issue | None = None
    for item in items:
        if held is not None:
            yield held
        held = item
    seen = problem()
    if seen:
        yield seen.at(source)
    elif held is not None:
        yield held
