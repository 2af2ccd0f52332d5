"""articles.csv: the metadata of the text files in its folder.

Columns: `file` (path below the folder, with or without suffix) and any of `published`, `outlet`, `url`,
`title`, `author`, `language`.
"""

import csv
import io
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extract.errors import ReadError
from extract.model import Issue
from extract.reading.build import Metadata
from extract.reading.decoding import decode
from extract.reading.problems import Problem, printable
from extract.reading.sources import SIDECAR, Source, is_file

_ADVICE = "The columns are file (required), published, outlet, url, title, author, language."
_DELIMITERS = ",;\t"
_TEXT_SUFFIX = ".txt"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The content of an articles.csv.

    Attributes:
        rows: File name without suffix -> metadata.
    """

    rows: Mapping[str, Metadata] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def load_sidecars(sources: Iterable[Source]) -> dict[Path, Sidecar]:
    """Read the articles.csv of every folder between an input folder and a source, both ends included."""
    folders = dict.fromkeys(folder for source in sources for folder in _folders(source))
    return {folder: read_sidecar(folder / SIDECAR) for folder in folders if is_file(folder / SIDECAR)}


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


def read_sidecar(path: Path) -> Sidecar:
    """Read an articles.csv; valid rows are used, and every problem becomes an Issue."""
    try:
        text, guessed = decode(path.read_bytes())
        rows, problems = _read_rows(text, path.parent)
    except (OSError, ReadError, csv.Error) as error:
        problem = Problem("warning", "bad_sidecar", f"The file cannot be read: {error}", _ADVICE)
        return Sidecar(issues=(problem.at(printable(path)),))
    if guessed:
        problems.insert(0, (1, guessed))
    return Sidecar(rows, tuple(problem.at(f"{printable(path)}:{line}") for line, problem in problems))


def _read_rows(text: str, folder: Path) -> tuple[dict[str, Metadata], list[tuple[int, Problem]]]:
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    if "file" not in reader.fieldnames:
        raise ReadError("it has no `file` column.")
    rows: dict[str, Metadata] = {}
    problems: list[tuple[int, Problem]] = []
    for row in reader:
        name = (row["file"] or "").strip()
        problem = _row_problem(row, name, rows, folder)
        if problem:
            problems.append((reader.line_num, problem))
        else:
            rows[_key(name)] = Metadata.from_mapping(row)
    return rows, problems


def _row_problem(
    row: Mapping[str | None, object], name: str, rows: Mapping[str, Metadata], folder: Path
) -> Problem | None:
    if None in row or not name:
        seen = "more fields than the header" if None in row else "no file name"
        return Problem(
            "warning", "bad_sidecar", f"The row has {seen}.", "Quote fields that contain the delimiter."
        )
    if _key(name) in rows:
        return Problem(
            "warning", "bad_sidecar", f"{name} already has a row, which is used.", "Remove one of them."
        )
    plain = name.replace("\\", "/")
    if not is_file(folder / plain) and not is_file(folder / f"{plain}{_TEXT_SUFFIX}"):
        return Problem(
            "info", "bad_sidecar", f"There is no file {name!r} here.", "Correct the name or remove the row."
        )
    return None


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
