"""Files that are still arriving: half copied, growing, or moved away during a run.

A file is read only in the state it had when the inputs were listed. If it has changed since, it waits for the
next run, and the rows of its last complete version stay published.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from extract.model import Article, Issue
from extract.reading.names import address_of
from extract.reading.problems import Problem
from extract.reading.sources import Source

# Suffixes of unfinished files: browsers, curl, FTP and SFTP clients, office programs. Other programs (rsync,
# Dropbox) use a leading dot, and hidden files are ignored anyway.
_UNFINISHED_SUFFIXES = (
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
_LOCK_PREFIX = "~"

# The coarsest clock tick of a file system (FAT): a file may change twice within one tick.
_TICK_SECONDS = 2

FileStat = tuple[int | str, int, int, int]
"""One state of a file: inode, size, mtime and ctime in nanoseconds. No copying program can set the ctime.

Of a file at an address: its tag, its size, and twice 0."""


def stat_file(path: Path) -> FileStat | None:
    """Return the state of a file, None if it does not exist or cannot be examined."""
    if address_of(path):
        return _state_at_address(path)
    try:
        found = os.stat(path)  # noqa: PTH116 - Path.stat() takes twice as long, and there may be 100,000 files
    except (OSError, ValueError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _state_at_address(path: Path) -> FileStat | None:
    from extract.reading.copies.remote import local_path, state_of  # noqa: PLC0415 - fsspec is an extra

    kept = local_path(path)
    return stat_file(kept) if kept else state_of(path)


def is_settled(stat: FileStat) -> bool:
    """Return whether a file's last change is so old that another change would be visible in its times."""
    return time.time() - stat[3] / 1e9 > _TICK_SECONDS


def stat_files(sources: Iterable[Source], settle_seconds: float) -> dict[Path, FileStat | None]:
    """Return the state of every file; if any file is young, then sleep, as it may still be written to.

    A reader later compares a file with its state here to see whether it has changed since.

    Args:
        sources: The files.
        settle_seconds: A file changed less than this long ago is young; also the length of the pause.
    """
    stats = {source.path: stat_file(source.path) for source in sources}
    now = time.time()
    if any(abs(now - stat[2] / 1e9) < settle_seconds for stat in stats.values() if stat):
        time.sleep(settle_seconds)
    return stats


def unfinished_problem(name: str) -> Problem | None:
    """Return the problem of a file whose name marks it as being copied or edited."""
    if not (name.lower().endswith(_UNFINISHED_SUFFIXES) or name.startswith(_LOCK_PREFIX)):
        return None
    return Problem(
        "info",
        "waiting",
        "The file's name is that of a file still being copied or edited.",
        "It is read when it has its final name; delete it if the transfer was abandoned.",
    )


def change_problem(source: Source, stats: Mapping[Path, FileStat | None]) -> Problem | None:
    """Return the problem of a file that has changed since the inputs were listed."""
    now = stat_file(source.path)
    if now == stats[source.path]:
        return None
    change = "disappeared" if now is None else "was written to"
    return Problem(
        "info",
        "waiting",
        f"The file {change} while the run was reading its inputs.",
        "The next run reads it; until then, the rows already published from it stay.",
    )


def replace_last_if_changed(
    items: Iterable[Article | Issue], problem: Callable[[], Problem | None], source: str
) -> Iterator[Article | Issue]:
    """Yield a file's items; if the file has changed by the end, yield the problem instead of the last item.

    The last line of a growing file may be incomplete; the lines before it are complete.
    """
    held: Article | Issue | None = None
    for item in items:
        if held is not None:
            yield held
        held = item
    found = problem()
    if found:
        yield found.at(source)
    elif held is not None:
        yield held
