"""Archives (ZIP, TAR): the files in them are read like those of a folder."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.copies.scratch import scratch_folder
from extract.reading.copies.unpacking import Unpacking, stem_of
from extract.reading.formats import READERS, suffix_of
from extract.reading.inputs import list_unpacked, read_source
from extract.reading.problems import Problem
from extract.reading.sources import SIDECAR, Source

_DEEPEST = 2  # an archive attached to a mail in an archive


def read_archive(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the files in an archive; their ids are its own id, a slash, and their paths without suffix.

    All articles and issues have the archive as source; the message of an issue begins with the file in it.

    Raises:
        OSError: The archive cannot be read.
    """
    if context.nesting >= _DEEPEST:
        yield _TOO_DEEP.at(source.name)
        return
    inner = source.path.relative_to(source.folder).with_name(stem_of(source.path.name)).as_posix()
    with scratch_folder() as scratch:
        try:
            problems = Unpacking(is_read).unpack(source.path, scratch / inner)
        except ReadError as error:
            yield Problem("error", "unreadable_archive", error.message, error.advice).at(source.name)
            return
        yield from (problem.at(source.name) for problem in problems)
        yield from read_members(scratch, inner, source, context)


def is_read(path: Path) -> bool:
    """Return whether a file is read: there is a reader for it, or it gives the metadata of others."""
    return suffix_of(path) in READERS or path.name.lower() == SIDECAR


def read_members(folder: Path, inner: str, source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the files that a source held; they become articles and issues of that source.

    Args:
        folder: Where they lie.
        inner: The folder in it that stands for the source.
        source: What held them.
        context: What every reader receives.
    """
    listing = list_unpacked(folder, context)
    n_items = 0
    for sidecar in listing.context.sidecars.values():
        yield from (_of_source(issue, inner, source) for issue in sidecar.issues)
    for found in listing.found:
        items = [found] if isinstance(found, Issue) else read_source(found, listing.stats, listing.context)
        for item in items:
            n_items += 1
            yield _of_source(item, inner, source)
    if not n_items:
        yield _EMPTY.at(source.name)


def _of_source(item: Article | Issue, inner: str, source: Source) -> Article | Issue:
    """Return an article or issue of a file as one of the source that held it."""
    member = str(PurePath(item.source)).removeprefix(f"{inner}/")
    if isinstance(item, Issue):
        return replace(item, source=source.name, message=f"{member}: {item.message}")
    issues = tuple(replace(issue, source=source.name) for issue in item.issues)
    return replace(item, source=source.name, issues=issues)


_TOO_DEEP = Problem(
    "error", "archive_nested", "The archive lies too deep in others.", "Unpack them and give the folder."
)
_EMPTY = Problem(
    "warning", "empty_archive", "There is no file in it that could be read.", "Fill it or remove it."
)
