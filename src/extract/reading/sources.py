"""Inputs (files, folders, globs) -> the files to read, in a fixed order."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from extract.errors import InputError
from extract.model import Issue
from extract.printable import printable
from extract.reading.links import Border
from extract.reading.names import absolute, address_of, is_stdin, source_name
from extract.reading.saved_pages import is_resources, resources_around, resources_issue

SIDECAR = "articles.csv"
_PUBLICATIONS = ".snapshots"  # where an output folder of this program keeps its tables
# Files about a folder. `License revoked for a militia channel.txt` is an article.
_ABOUT_FOLDERS = frozenset({"readme", "license", "licence", "copying"})
_ABOUT_SUFFIXES = frozenset({"", ".txt", ".md", ".rst"})
_WILDCARDS = frozenset("*?[")


@dataclass(frozen=True)
class Source:
    """A file to read.

    Attributes:
        folder: The input folder; article ids are paths below it.
        named: The user named this file itself, not a folder or pattern.
        base: The folder from which its name starts; None for its absolute path.
    """

    path: Path
    folder: Path
    named: bool
    base: Path | None = None

    @cached_property
    def name(self) -> str:
        """Its name in messages and tables."""
        return source_name(self.path, self.base)


def input_path(given: str | Path) -> Path:
    """Return an input as a path; an address (`s3://bucket/news`) becomes one as well.

    Raises:
        InputError: It is blank, which as a path would mean the current folder.
    """
    if not str(given).strip():
        raise InputError(
            f"An input is blank: {str(given)!r}.",
            advice="Name a file, a folder or a pattern; `.` is this folder.",
        )
    return Path(str(given).removeprefix("file://"))


def find_sources(
    inputs: Iterable[Path], *, follow_links: bool = False, base: Path | None = None
) -> list[Source | Issue]:
    """List the files in the inputs; a file reached twice is listed once.

    Folders are walked in sorted order. Hidden files and folders are ignored, in folders and among the matches
    of a pattern; a README or LICENSE there becomes an Issue.

    Args:
        inputs: Files, folders and globs.
        follow_links: Whether links may lead out of their input folder.
        base: The folder from which the names of sources start; None for absolute paths.

    Returns:
        The files, and an Issue for every folder that cannot be listed, every link that leads outside, and
        every README or LICENSE.

    Raises:
        InputError: An input does not exist, or a pattern matches nothing.
    """
    sources: dict[str | Issue, Source | Issue] = {}
    for path in inputs:
        for source in _expand(Path(path), follow_links, base):
            key = source if isinstance(source, Issue) else absolute(source.path)
            sources.setdefault(key, source)
    return list(sources.values())


def is_file(path: Path) -> bool:
    """Return whether the path is a regular file; False, not an error, if it cannot be examined."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file() raises for unreadable folders and long names


def _expand(path: Path, follow_links: bool, base: Path | None) -> Iterable[Source | Issue]:
    if address_of(path):
        return _at_address(path)
    if os.path.isdir(path):  # noqa: PTH112 - is_dir() raises if a parent folder is unreadable
        return _walk(path, Border(path, follow_links, base))
    if os.path.lexists(path):
        return [Source(path, path.parent, named=True, base=base)]
    if _WILDCARDS.isdisjoint(str(path)):
        advice = "Give a file, a folder or a pattern such as 'news/*.txt'."
        if str(path) == "-":
            advice = "Only `extract run` reads standard input; a flow has none. Name a file or a folder."
        raise InputError(f"The input {printable(path)} does not exist.", advice=advice)
    return _glob(path, Border(input_folder(path), follow_links, base))


def _at_address(path: Path) -> Iterator[Source | Issue]:
    """Yield what came through standard input, or the files at an address."""
    if is_stdin(path):
        yield Source(path, path.parent, named=True)
        return
    from extract.reading.copies.remote import list_files  # noqa: PLC0415 - fsspec is an extra

    folder, found = list_files(path)
    for file in found:
        if file == path:
            yield Source(file, path.parent, named=True)
        elif not any(part.startswith(".") for part in file.parts):
            yield _about_folder(file, None) or Source(file, folder, named=False)


def input_folder(path: Path) -> Path:
    """Return an input, or the part of a glob before its first wildcard.

    >>> input_folder(Path("news/20*/a.txt")).as_posix(), input_folder(Path("news/a.txt")).as_posix()
    ('news', 'news/a.txt')
    """
    if os.path.lexists(path) or is_stdin(path):
        return path
    wild = (index for index, part in enumerate(path.parts) if not _WILDCARDS.isdisjoint(part))
    return Path(*path.parts[: next(wild, None)])


def _glob(pattern: Path, border: Border) -> Iterator[Source | Issue]:
    """Expand a pattern; the ids of its files are paths below the folder in its fixed part."""
    folder = border.folder
    matches = _matches(pattern, folder, str(Path(*pattern.parts[len(folder.parts) :])))
    told: set[Path] = set()
    for match in matches:
        if any(part.startswith(".") for part in match.relative_to(folder).parts):
            continue
        resources = resources_around(match, folder)
        if resources is not None:
            if resources not in told:
                yield resources_issue(resources, border.base)
            told.add(resources)
            continue
        issue = border.crossing(match)
        if issue:
            yield issue
        elif os.path.isdir(match):  # noqa: PTH112
            yield from _walk(match, border)
        else:
            yield _about_folder(match, border.base) or Source(match, folder, named=False, base=border.base)


def _matches(pattern: Path, folder: Path, wildcards: str) -> list[Path]:
    try:
        matches = sorted(folder.glob(wildcards), key=lambda match: match.parts)
    except (OSError, ValueError, NotImplementedError) as error:
        raise InputError(
            f"The pattern {printable(pattern)} cannot be used: {error}.", advice="Use *, ? and **."
        ) from error
    if not matches:
        raise InputError(
            f"The pattern {printable(pattern)} matches no file.", advice="Check the folder and the suffix."
        )
    return matches


class _Folder(NamedTuple):
    """A folder to be walked."""

    path: Path
    real: str


def _walk(top: Path, border: Border) -> Iterator[Source | Issue]:
    """Yield the files below `top`, those of a folder before its sub-folders; circular links are cut."""
    visited: set[str] = set()
    waiting = [_Folder(top, os.path.realpath(top))]
    while waiting:
        folder = waiting.pop()
        if folder.real in visited:
            continue
        visited.add(folder.real)
        inner: list[_Folder] = []
        for found in _contents(folder, border):
            if isinstance(found, _Folder):
                inner.append(found)
            else:
                yield found
        waiting += reversed(inner)


def _contents(folder: _Folder, border: Border) -> Iterator[Source | Issue | _Folder]:
    """Yield what is in a folder, without what is ignored; only links are looked up."""
    if os.path.isdir(folder.path / _PUBLICATIONS):  # noqa: PTH112
        yield _output_issue(source_name(folder.path, border.base))
        return
    try:
        entries = _entries(folder.path)
    except OSError as error:
        yield _unlisted_issue(source_name(folder.path, border.base), error)
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        path = folder.path / entry.name
        issue = border.link_issue(path) if entry.is_link else None
        if entry.is_folder and is_resources(entry.name, names):
            issue = resources_issue(path, border.base)
        if issue:
            yield issue
        elif entry.is_folder:
            yield _Folder(path, os.path.realpath(path) if entry.is_link else f"{folder.real}/{entry.name}")
        else:
            yield _about_folder(path, border.base) or Source(
                path, border.folder, named=False, base=border.base
            )


class _Entry(NamedTuple):
    """An entry of a folder."""

    name: str
    is_link: bool
    is_folder: bool


def _entries(folder: Path) -> list[_Entry]:
    """Return the entries of a folder that are not hidden, sorted by name."""
    with os.scandir(folder) as entries:
        return sorted(
            _Entry(entry.name, entry.is_symlink(), _is_folder(entry))
            for entry in entries
            if not entry.name.startswith(".")
        )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # A link to itself makes `is_dir` raise.
    return os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()  # noqa: PTH112


def _about_folder(path: Path, base: Path | None) -> Issue | None:
    """Return the issue of a README or LICENSE, which is no article; None for any other file."""
    if path.stem.lower() not in _ABOUT_FOLDERS or path.suffix.lower() not in _ABOUT_SUFFIXES:
        return None
    message = f"A file named {printable(path.name)} describes its folder; it is not read as an article."
    advice = "If it is an article, rename it, or name the file itself as an input."
    return Issue(source_name(path, base), None, "info", "about_folder", message, advice)


def _output_issue(folder: str) -> Issue:
    message = "The folder holds tables that extract has published; they are not read as articles."
    return Issue(
        folder, None, "info", "own_output", message, "Keep outputs beside the articles, not among them."
    )


def _unlisted_issue(folder: str, error: OSError) -> Issue:
    message = f"The folder cannot be listed: {error.strerror}."
    return Issue(folder, None, "error", "unreadable", message, "Check its permissions.")
