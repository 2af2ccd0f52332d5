"""Inputs (files, folders, globs) -> the files to read, in an order that never changes."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import InputError
from extract.model import Issue
from extract.reading.problems import printable

SIDECAR = "articles.csv"
_SILENT = ("readme", "license")
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        folder: The input folder; article ids are paths below it.
        named: The user named this very file, rather than a folder or pattern.
    """

    path: Path
    folder: Path
    named: bool

    @property
    def name(self) -> str:
        """The path as it was given, for messages and tables."""
        return printable(self.path)


def find_sources(inputs: Iterable[Path]) -> list[Source | Issue]:
    """List the files that the inputs mean; a file reached twice is listed once.

    Folders are walked in sorted order; hidden files and folders, articles.csv, README and LICENSE files in
    them are passed over, and so are those that a pattern matches.

    Returns:
        The files, and an Issue for every folder that cannot be listed.

    Raises:
        InputError: An input does not exist, or a pattern matches nothing.
    """
    sources: list[Source | Issue] = []
    seen: set[str] = set()
    for path in inputs:
        for source in _expand(Path(path)):
            if isinstance(source, Source):
                place = os.path.abspath(source.path)  # noqa: PTH100 - unlike resolve() it keeps symlinks apart
                if place in seen:
                    continue
                seen.add(place)
            sources.append(source)
    return sources


def is_file(path: Path) -> bool:
    """Return whether the path is a regular file; False, not an error, where it cannot be looked at."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file() raises for closed folders and long names


def _expand(path: Path) -> Iterable[Source | Issue]:
    if os.path.isdir(path):  # noqa: PTH112 - is_dir() raises where a parent folder is closed
        return _walk(path, path)
    if os.path.lexists(path):
        return [Source(path, path.parent, named=True)]
    if _MAGIC.isdisjoint(str(path)):
        raise InputError(
            f"The input {printable(path)} does not exist.",
            advice="Give a file, a folder or a pattern such as 'news/*.txt'.",
        )
    return _glob(path)


def _glob(pattern: Path) -> list[Source | Issue]:
    """Expand a pattern; ids are paths below the folder that its fixed part names."""
    fixed = next(index for index, part in enumerate(pattern.parts) if not _MAGIC.isdisjoint(part))
    folder = Path(*pattern.parts[:fixed])
    try:
        matches = sorted(folder.glob(str(Path(*pattern.parts[fixed:]))), key=lambda match: match.parts)
    except (ValueError, NotImplementedError) as error:
        raise InputError(
            f"The pattern {printable(pattern)} cannot be used: {error}.", advice="Use *, ? and **."
        ) from error
    if not matches:
        raise InputError(
            f"The pattern {printable(pattern)} matches no file.", advice="Check the folder and the suffix."
        )
    found: list[Source | Issue] = []
    for match in matches:
        parts = match.relative_to(folder).parts
        if any(part.startswith(".") for part in parts):
            continue
        if match.is_dir():
            found.extend(_walk(match, folder))
        elif not _is_silent(match.name):
            found.append(Source(match, folder, named=False))
    return found


def _walk(top: Path, folder: Path) -> Iterator[Source | Issue]:
    """Yield the files below `top`, those of a folder before its sub-folders; links in a circle end."""
    issues: list[Issue] = []
    visited: set[str] = set()
    for place, folders, files in os.walk(
        top, followlinks=True, onerror=lambda error: issues.append(_unlisted(error))
    ):
        yield from issues
        issues.clear()
        real = os.path.realpath(place)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(place)
        for name in sorted(files):
            if not name.startswith(".") and not _is_silent(name):
                yield Source(here / name, folder, named=False)
    yield from issues


def _is_silent(name: str) -> bool:
    return name.lower() == SIDECAR or name.lower().startswith(_SILENT)


def _unlisted(error: OSError) -> Issue:
    place = printable(Path(error.filename or "."))
    message = f"The folder cannot be listed: {error.strerror}."
    return Issue(place, None, "error", "unreadable", message, "Check its permissions.")
