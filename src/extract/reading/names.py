"""The names under which sources are stored: the same from whatever folder a command is started."""

import os
from pathlib import Path

from extract.printable import printable


def source_name(path: Path, base: Path | None = None) -> str:
    """Return the name of a file: its path below the base folder if there is one, else its absolute path.

    Links in the path are kept. Characters that cannot be shown are escaped.

    >>> source_name(Path("/data/news/a.txt")), source_name(Path("/data/news/a.txt"), Path("/data"))
    ('/data/news/a.txt', 'news/a.txt')
    """
    absolute = os.path.abspath(path)  # noqa: PTH100 - unlike resolve(), it keeps links
    start = "" if base is None else os.path.join(base, "")  # noqa: PTH118 - ends in one slash
    return printable(absolute.removeprefix(start))


def source_path(name: str, base: Path | None = None) -> str:
    """Return the absolute path of a stored name."""
    return name if base is None else os.path.join(base, name)  # noqa: PTH118 - Path is slow


def file_of(source: str) -> str:
    """Return the file of a source of the form `file:line`; other sources are returned unchanged.

    >>> file_of("news/a.jsonl:12"), file_of("news/a.txt")
    ('news/a.jsonl', 'news/a.txt')
    """
    file, _, line = source.rpartition(":")
    return file if line.isdigit() else source
