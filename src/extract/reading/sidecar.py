"""articles.csv: the metadata of the text files in its folder. One that describes no file is a data set.

Columns: `file` (path below the folder, with or without suffix) and any of `published`, `outlet`, `url`,
`title`, `author`, `language`.
"""

import csv
import os
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extract.errors import ReadError
from extract.model import Issue
from extract.reading.letters.decoding import decode
from extract.reading.links import Border
from extract.reading.names import address_of, source_name
from extract.reading.problems import Problem
from extract.reading.records.columns import Columns
from extract.reading.records.csv_rows import read_rows
from extract.reading.records.metadata import Metadata
from extract.reading.sources import SIDECAR, Source, is_file

_ADVICE = "The columns are file (required), published, outlet, url, title, author, language."
_DELIMITERS = ",;\t"
_TEXT_SUFFIX = ".txt"
_LONGEST_HEADER = 100_000
_LINE_END = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The content of an articles.csv.

    Attributes:
        rows: File name without suffix -> metadata.
    """

    rows: Mapping[str, Metadata] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def load_sidecars(
    sources: Iterable[Source], *, follow_links: bool = False, listed: Container[Path] = ()
) -> dict[Path, Sidecar]:
    """Read the articles.csv of every folder between an input folder and a source, both ends included.

    Args:
        sources: The files that may have metadata there; an articles.csv among them is a data set.
        follow_links: Whether an articles.csv may be a link that leads out of the input folder.
        listed: All files that were found, as at an address nothing is looked up again.
    """

    def exists(path: Path) -> bool:
        return path in listed if address_of(path) else is_file(path)

    datasets = {source.path for source in sources if is_named_as_sidecar(source)}
    tops = {folder: source for source in sources for folder in _folders(source)}
    sidecars: dict[Path, Sidecar] = {}
    for folder, source in tops.items():
        path = folder / SIDECAR
        if path not in datasets and exists(path):
            border = Border(source.folder, follow_links, source.base)
            issue = None if address_of(path) else border.link_issue(path)
            sidecars[folder] = Sidecar(issues=(issue,)) if issue else read_sidecar(path, source.base, exists)
    return sidecars


def is_named_as_sidecar(source: Source) -> bool:
    """Return whether a file has the name of an articles.csv."""
    return source.path.name.lower() == SIDECAR


def without_sidecars(found: Sequence[Source | Issue], columns: Columns) -> Sequence[Source | Issue]:
    """Leave each articles.csv out that describes other files; the others are data sets to be read.

    It is a data set if there is no other file in its folder or below, or if it has texts and names no file.
    """
    candidates = [item for item in found if isinstance(item, Source) and is_named_as_sidecar(item)]
    if not candidates:
        return found
    others = (item for item in found if isinstance(item, Source) and not is_named_as_sidecar(item))
    occupied = _folders_of(others)
    sidecars = {
        source.path
        for source in candidates
        if str(source.path.parent) in occupied and not _has_texts(source.path, columns)
    }
    return [item for item in found if isinstance(item, Issue) or item.path not in sidecars]


def _folders_of(sources: Iterable[Source]) -> set[str]:
    """Return the folders of files, and all above them."""
    folders: set[str] = set()
    for source in sources:
        folder = os.path.dirname(source.path)  # noqa: PTH120 - Path.parents is slow
        while folder not in folders:
            folders.add(folder)
            folder = os.path.dirname(folder)  # noqa: PTH120
    return folders


def _has_texts(path: Path, columns: Columns) -> bool:
    """Return whether a CSV file has a column for a text, and none for the name of a file."""
    try:
        text, _ = decode(_content(path, _LONGEST_HEADER))
    except (OSError, ReadError):
        return False
    line = _LINE_END.split(text, maxsplit=1)[0]
    names = next(csv.reader([line], delimiter=_delimiter(line)), [])
    return "text" in columns.fields_in(names) and "file" not in {name.strip().lower() for name in names}


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def metadata_for(source: Source, sidecars: Mapping[Path, Sidecar]) -> Metadata:
    """Return the metadata of a text file: its row in the nearest articles.csv that has one."""
    for folder in reversed(_folders(source) if sidecars else ()):
        sidecar = sidecars.get(folder)
        row = sidecar.rows.get(_key(source.path.relative_to(folder).as_posix())) if sidecar else None
        if row:
            return row
    return Metadata()


def sidecar_of(source: Source, sidecars: Mapping[Path, Sidecar]) -> Sidecar:
    """Return an articles.csv for the file's own folder that says of it what all of them say."""
    return Sidecar({_key(source.path.name): metadata_for(source, sidecars)})


def read_sidecar(path: Path, base: Path | None = None, exists: Callable[[Path], bool] = is_file) -> Sidecar:
    """Read an articles.csv; valid rows are used, and every problem becomes an Issue.

    Args:
        path: The file.
        base: The folder from which its name in issues starts; None for its absolute path.
        exists: Whether there is a file that it may describe.
    """
    name = source_name(path, base)
    try:
        text, guessed = decode(_content(path), surrogates=True)
        rows, problems = _read_rows(text, lambda name: _exists(name, path.parent, exists))
    except (OSError, ReadError) as error:
        problem = Problem("warning", "bad_sidecar", f"The file cannot be read: {error}", _ADVICE)
        return Sidecar(issues=(problem.at(name),))
    if guessed:
        problems.insert(0, (1, guessed))
    return Sidecar(rows, tuple(problem.at(f"{name}:{line}") for line, problem in problems))


def _content(path: Path, most: int = -1) -> bytes:
    """Return the content of a file, or its first bytes.

    Raises:
        OSError: It cannot be read.
    """
    if address_of(path):
        from extract.reading.copies.remote import read_bytes  # noqa: PLC0415 - fsspec is an extra

        return read_bytes(path, most)
    with path.open("rb") as file:
        return file.read(most)


def _read_rows(
    text: str, has_file: Callable[[str], bool]
) -> tuple[dict[str, Metadata], list[tuple[int, Problem]]]:
    delimiter = _delimiter(_LINE_END.split(text, maxsplit=1)[0])
    header: list[str] = []

    def names_a_file(fields: tuple[str, ...]) -> bool:
        name = dict(zip(header, fields, strict=False)).get("file", "").strip()
        return len(fields) == len(header) > 0 and bool(name) and has_file(name)

    found = read_rows(text, delimiter, names_a_file)
    header += (name.strip().lower() for name in next((row.fields for row in found), None) or ())
    if "file" not in header:
        raise ReadError("it has no `file` column.")
    rows: dict[str, Metadata] = {}
    problems: list[tuple[int, Problem]] = []
    for row in found:
        values = dict(zip(header, row.fields or (), strict=False))
        name = values.get("file", "").strip()
        problem = _flaw_problem(row.flaw) or _name_problem(name, rows, has_file)
        if problem:
            problems.append((row.line, problem))
        else:
            rows[_key(name)] = Metadata.from_mapping(values)
    return rows, problems


def _flaw_problem(flaw: str) -> Problem | None:
    if not flaw:
        return None
    advice = "Quote fields that contain the delimiter, and double the quotation marks inside them."
    return Problem("warning", "bad_sidecar", f"The row has {flaw}; it is not used.", advice)


def _name_problem(name: str, rows: Mapping[str, Metadata], has_file: Callable[[str], bool]) -> Problem | None:
    if not name:
        return Problem("warning", "bad_sidecar", "The row has no file name.", "Fill the column `file`.")
    if _key(name) in rows:
        return Problem(
            "warning", "bad_sidecar", f"{name!r} already has a row, which is used.", "Remove one of them."
        )
    if not has_file(name):
        return Problem(
            "info", "bad_sidecar", f"There is no file {name!r} here.", "Correct the name or remove the row."
        )
    return None


def _exists(name: str, folder: Path, exists: Callable[[Path], bool]) -> bool:
    plain = name.replace("\\", "/")
    return exists(folder / plain) or exists(folder / f"{plain}{_TEXT_SUFFIX}")


def _folders(source: Source) -> tuple[Path, ...]:
    """Return the folders from the input folder down to the one that contains the source."""
    return _folders_between(source.folder, os.path.dirname(source.path))  # noqa: PTH120 - Path.parent is slow


@lru_cache
def _folders_between(top: Path, bottom: str) -> tuple[Path, ...]:
    inner = Path(bottom).relative_to(top)
    return (top, *(top / part for part in reversed([inner, *inner.parents]) if part.parts))


def _key(name: str) -> str:
    r"""Return the key that matches a row with its file: no suffix `.txt`, forward slashes, NFC.

    >>> _key("./2021\\a.txt")
    '2021/a'
    """
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./")
    return plain[: -len(_TEXT_SUFFIX)] if plain.lower().endswith(_TEXT_SUFFIX) else plain
