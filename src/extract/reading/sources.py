"""Inputs (files, folders, globs) -> the files to read, in a fixed order."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import InputError
from extract.model import Issue
from extract.reading.problems import printable

SIDECAR = "articles.csv"
_IGNORED_PREFIXES = ("readme", "license")
_WILDCARDS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        folder: The input folder; article ids are paths below it.
        named: The user named this file itself, not a folder or pattern.
    """

    path: Path
    folder: Path
    named: bool

    @property
    def name(self) -> str:
        """The path as given, for messages and tables."""
        return printable(self.path)


def find_sources(inputs: Iterable[Path]) -> list[Source | Issue]:
    """List the files in the inputs; a file reached twice is listed once.

    Folders are walked in sorted order. Hidden files and folders, articles.csv, README and LICENSE files are
    ignored, in folders and among the matches of a pattern.

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
                absolute = os.path.abspath(source.path)  # noqa: PTH100 - unlike resolve() it keeps symlinks
                if absolute in seen:
                    continue
                seen.add(absolute)
            sources.append(source)
    return sources


def is_file(path: Path) -> bool:
    """Return whether the path is a regular file; False, not an error, if it cannot be examined."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file() raises for unreadable folders and long names


def _expand(path: Path) -> Iterable[Source | Issue]:
    if os.path.isdir(path):  # noqa: PTH112 - is_dir() raises if a parent folder is unreadable
        return _walk(path, path)
    if os.path.lexists(path):
        return [Source(path, path.parent, named=True)]
    if _WILDCARDS.isdisjoint(str(path)):
        raise InputError(
            f"The input {printable(path)} does not exist.",
            advice="Give a file, a folder or a pattern such as 'news/*.txt'.",
        )
    return _glob(path)


def _glob(pattern: Path) -> list[Source | Issue]:
    """Expand a pattern; the ids of its files are paths below the folder in its fixed part."""
    fixed = next(index for index, part in enumerate(pattern.parts) if not _WILDCARDS.isdisjoint(part))
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
        elif not _is_ignored(match.name):
            found.append(Source(match, folder, named=False))
    return found


def _walk(top: Path, folder: Path) -> Iterator[Source | Issue]:
    """Yield the files below `top`, those of a folder before its sub-folders; circular links are cut."""
    issues: list[Issue] = []
    visited: set[str] = set()
    for root, folders, files in os.walk(
        top, followlinks=True, onerror=lambda error: issues.append(_unlisted_issue(error))
    ):
        yield from issues
        issues.clear()
        real = os.path.realpath(root)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(root)
        for name in sorted(files):
            if not name.startswith(".") and not _is_ignored(name):
                yield Source(here / name, folder, named=False)
    yield from issues


def _is_ignored(name: str) -> bool:
    return name.lower() == SIDECAR or name.lower().startswith(_IGNORED_PREFIXES)


def _unlisted_issue(error: OSError) -> Issue:
    folder = printable(Path(error.filename or "."))
    message = f"The folder cannot be listed: {error.strerror}."
    return Issue(folder, None, "error", "unreadable", message, "Check its permissions.")
