"""Inputs of any supported format -> Articles."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.reading.arrival import (
    FileStat,
    change_problem,
    is_settled,
    replace_last_if_changed,
    stat_files,
    unfinished_problem,
)
from extract.reading.build import Metadata
from extract.reading.context import Context
from extract.reading.formats import READERS
from extract.reading.page.forms import load_forms
from extract.reading.problems import Problem, printable, surrogate_problem
from extract.reading.sidecar import load_sidecars, metadata_for
from extract.reading.sources import Source, find_sources, is_file


@dataclass(frozen=True, slots=True)
class Listing:
    """The files found in the inputs, as they were when listed.

    Attributes:
        found: The files in reading order, and an Issue for every folder that cannot be listed.
        stats: The state of each file.
        context: What every reader receives.
    """

    found: Sequence[Source | Issue]
    stats: Mapping[Path, FileStat | None]
    context: Context

    def states(self) -> dict[str, str]:
        """Return what the articles of each file depend on: the file's state and its row in articles.csv.

        A file that has just changed is left out: another change might not show in its times.
        """
        states: dict[str, str] = {}
        for source in self.found:
            stat = self.stats[source.path] if isinstance(source, Source) else None
            if isinstance(source, Source) and stat is not None and is_settled(stat):
                metadata = metadata_for(source, self.context.sidecars)
                states[source.name] = f"{stat} {metadata if metadata != Metadata() else ''}"
        return states

    def read(
        self,
        unread: Mapping[str, Collection[str]] | None = None,
        read_file: "Callable[[Source], Iterator[Article | Issue]] | None" = None,
    ) -> Iterator[Article | Issue]:
        """Read the files lazily, one by one.

        Args:
            unread: Files that need not be read, with the ids of their articles. Such a file is read after all
                if an earlier file has an article with one of these ids.
            read_file: Reads a file in another way; it gives the same items.

        Yields:
            The same as `read_inputs`.
        """
        sources: dict[str, str] = {}
        for sidecar in self.context.sidecars.values():
            yield from sidecar.issues
        for source in self.found:
            if isinstance(source, Issue):
                yield source
                continue
            known = (unread or {}).get(source.name, ())
            if known and sources.keys().isdisjoint(known):
                sources.update(dict.fromkeys(known, source.name))
            else:
                items = read_file(source) if read_file else read_source(source, self.stats, self.context)
                yield from _first_of_each_id(items, sources)


def read_inputs(
    inputs: Sequence[Path], *, max_chars: int, models_dir: Path | None = None, settle_seconds: float = 0
) -> Iterator[Article | Issue]:
    """Read all articles in the inputs.

    Sources are listed immediately (a missing input raises then); files are read lazily, one by one. The order
    is fixed: inputs as given; within a folder by sorted name, its files before its sub-folders.

    A file that is still being written waits for the next run: Issue `waiting`, severity `info`.

    A source that cannot be read, or a record that is not an article, becomes an Issue of severity `error`;
    the others are still read. Problems that do not prevent an article (`guessed_encoding`, `not_english`,
    `bad_published`, `inferred_date`, `no_date`) are in the Article's own `issues`. Of two articles with the
    same id the first is kept; the second becomes an Issue `duplicate_id`.

    Args:
        inputs: Files, folders (read recursively) or glob patterns (`news/**/*.txt`). The id of a text file is
            its path below the given folder, the fixed part of the pattern, or its own folder.
        max_chars: Longest text accepted, in characters; a longer one becomes an Issue `too_long`.
        models_dir: The models folder with the vocabulary of page layouts; the project's own if None.
        settle_seconds: If any file was changed less than this long ago, wait this long before reading;
            files that change meanwhile are left for the next run.

    Yields:
        Articles, and an Issue for everything that yielded none.

    Raises:
        InputError: An input does not exist, or a pattern matches nothing.
        LexiconError: A knowledge file under models/reading/ is missing or broken.
    """
    listing = list_inputs(inputs, max_chars=max_chars, models_dir=models_dir, settle_seconds=settle_seconds)
    return listing.read()


def list_inputs(
    inputs: Sequence[Path], *, max_chars: int, models_dir: Path | None = None, settle_seconds: float = 0
) -> Listing:
    """List the files in the inputs; arguments and exceptions are those of `read_inputs`."""
    found = find_sources(inputs)
    sources = [source for source in found if isinstance(source, Source)]
    stats = stat_files(sources, settle_seconds)
    return Listing(found, stats, Context(max_chars, load_forms(models_dir), load_sidecars(sources)))


def read_source(
    source: Source, stats: Mapping[Path, FileStat | None], context: Context
) -> Iterator[Article | Issue]:
    """Read one file; any problem becomes an Issue.

    Args:
        source: The file.
        stats: Its state when listed; if that has changed, the file is not read.
        context: What every reader receives.
    """
    problem = _name_problem(source) or change_problem(source, stats) or _file_problem(source)
    if problem:
        yield problem.at(source.name)
    else:
        items = _read_file(source, context)
        yield from replace_last_if_changed(items, lambda: change_problem(source, stats), source.name)


def _read_file(source: Source, context: Context) -> Iterator[Article | Issue]:
    try:
        yield from READERS[source.path.suffix.lower()](source, context)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        yield Problem("error", "unreadable", message, "Check that it exists and is readable.").at(source.name)
    except ReadError as error:
        yield Problem("error", "binary", error.message, error.advice).at(source.name)


def _name_problem(source: Source) -> Problem | None:
    """Return the problem of a file that must not be opened, judged by its name."""
    problem = None if source.named else unfinished_problem(source.path.name)
    if problem:
        return problem
    suffix = source.path.suffix.lower()
    if suffix not in READERS:
        kind = f"{printable(Path(suffix))} files" if suffix else "files without a suffix"
        message = f"There is no reader for {kind}."
        advice = f"Supported formats: {READERS.help()}."
        return Problem("error" if source.named else "info", "unknown_format", message, advice)
    return None


def _file_problem(source: Source) -> Problem | None:
    """Return the problem of a path that is not a regular file or cannot be stored."""
    if not is_file(source.path):
        return Problem(
            "error", "unreadable", "It is not a regular file, or is a broken link.", "Remove or repair it."
        )
    if surrogate_problem("name", str(source.path)):
        return Problem("error", "bad_file_name", "The file's path is not UTF-8.", "Rename it.")
    return None


def _first_of_each_id(items: Iterable[Article | Issue], sources: dict[str, str]) -> Iterator[Article | Issue]:
    """Yield the items of a file, with an Issue in place of each article whose id has been seen before.

    Args:
        items: The items of one file.
        sources: Article id -> source of all articles read before; those of this file are added.
    """
    for item in items:
        if isinstance(item, Issue):
            yield item
        elif item.article_id in sources:
            message = f"The id {item.article_id!r} is already used by {sources[item.article_id]}."
            advice = "Give every article its own id or file name; the first one is kept."
            problem = Problem("error", "duplicate_id", message, advice)
            yield problem.at(item.source, item.article_id)
        else:
            sources[item.article_id] = item.source
            yield item
