"""The names under which sources are stored: the same from whatever folder a command is started."""

import os
import re
from pathlib import Path

from extract.printable import printable

STDIN = "stdin"
# An address as a path has one slash: Path("s3://bucket/a.txt") is `s3:/bucket/a.txt`. Drives have one letter.
_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):/{1,3}(?P<rest>.*)", re.DOTALL)


def address_of(path: Path | str) -> str | None:
    """Return the address that a path or stored name stands for; None for a file on this machine.

    What came through standard input has an address too, without the folder in which it was kept.

    >>> address_of(Path("s3://bucket/news/a.txt")), address_of(Path("stdin:/tmp/x/a.txt"))
    ('s3://bucket/news/a.txt', 'stdin://a.txt')
    >>> address_of(Path("news/a.txt"))
    """
    match = _ADDRESS.fullmatch(os.fspath(path))
    if match is None:
        return None
    rest = match["rest"].rpartition("/")[2] if match["scheme"] == STDIN else match["rest"]
    return f"{match['scheme']}://{rest}"


def is_stdin(path: Path) -> bool:
    """Return whether a path stands for what came through standard input."""
    return path.parts[:1] == (f"{STDIN}:",)


def absolute(path: Path | str) -> str:
    """Return the absolute path with its links, unlike resolve(); of an address, its spelling as a path."""
    address = address_of(path)
    return os.path.abspath(path) if address is None else str(Path(address))  # noqa: PTH100


def source_name(path: Path, base: Path | None = None) -> str:
    """Return the name of a file: its address, its path below the base folder, or its absolute path.

    Links in the path are kept. Characters that cannot be shown are escaped.

    >>> source_name(Path("/data/news/a.txt")), source_name(Path("/data/news/a.txt"), Path("/data"))
    ('/data/news/a.txt', 'news/a.txt')
    """
    address = address_of(path)
    if address is not None:
        return printable(address)
    start = "" if base is None else os.path.join(base, "")  # noqa: PTH118 - ends in one slash
    return printable(absolute(path).removeprefix(start))


def source_path(name: str, base: Path | None = None) -> str:
    """Return the absolute path of a stored name, or its address."""
    return name if base is None or address_of(name) else os.path.join(base, name)  # noqa: PTH118 - Path is slow


def file_of(source: str) -> str:
    """Return the file of a source of the form `file:line`; other sources are returned unchanged.

    >>> file_of("news/a.jsonl:12"), file_of("news/a.txt")
    ('news/a.jsonl', 'news/a.txt')
    """
    file, _, line = source.rpartition(":")
    return file if line.isdigit() else source
