"""Inputs of any supported format -> Articles."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.printable import is_printable, printable
from extract.reading.arrival import (
    FileStat,
    change_problem,
    is_settled,
    replace_last_if_changed,
    stat_files,
    unfinished_problem,
)
from extract.reading.claims import Claims, Owner, no_owner
from extract.reading.context import Context
from extract.reading.disguise import find_disguise
from extract.reading.formats import READERS, suffix_of
from extract.reading.names import address_of, is_stdin
from extract.reading.problems import Problem, surrogate_problem
from extract.reading.records.columns import load_columns
from extract.reading.records.metadata import Metadata
from extract.reading.sidecar import load_sidecars, metadata_for, sidecar_of, without_sidecars
from extract.reading.sources import Source, find_sources, is_file


@dataclass(frozen=True, slots=True)
class Listing:
    """The files found in the inputs, as they were when listed.

    Attributes:
        found: The files in reading order, and an Issue for every folder that cannot be listed.
        stats: The state of each file.
        context: What every reader receives.
        folder_ids: Whether the ids of articles begin with the name of their input folder.
    """

    found: Sequence[Source | Issue]
    stats: Mapping[Path, FileStat | None]
    context: Context
    folder_ids: bool = False

    def sources(self) -> Iterator[Source]:
        """Yield the files."""
        return (item for item in self.found if isinstance(item, Source))

    def readable(self) -> Iterator[Source]:
        """Yield the files that have a reader, by their names."""
        return (source for source in self.sources() if suffix_of(source.path) in READERS)

    def states(self) -> dict[str, str]:
        """Return what the articles of each file depend on: the file's state and its row in articles.csv.

        A file that has just changed is left out: another change might not show in its times.
        """
        states: dict[str, str] = {}
        for source in self.found:
            stat = self.stats[source.path] if isinstance(source, Source) else None
            # Two paths that cannot be stored may have one name; neither is read.
            if isinstance(source, Source) and stat and is_settled(stat) and is_printable(source.path):
                metadata = metadata_for(source, self.context.sidecars)
                states[source.name] = f"{stat} {metadata if metadata != Metadata() else ''}"
        return states

    def read(
        self,
        unread: Mapping[str, Mapping[str, str]] | None = None,
        owner: Owner = no_owner,
        read_file: "Callable[[Source], Iterator[Article | Issue]] | None" = None,
    ) -> Iterator[Article | Issue]:
        """Read the files lazily, one by one.

        Args:
            unread: Files that need not be read, with ids and hashes of their articles. Such a file is read
                after all if an earlier file has an article with one of these ids.
            owner: Knows the source from which an id is published.
            read_file: Reads a file in another way; it gives the same items.

        Yields:
            The same as `read_inputs`.
        """
        files = frozenset(source.name for source in self.sources())
        claims = Claims(owner, files)
        for sidecar in self.context.sidecars.values():
            yield from sidecar.issues
        for source in self.found:
            if isinstance(source, Issue):
                yield source
                continue
            known = (unread or {}).get(source.name, {})
            if known and claims.are_free(known):
                claims.keep(known, source.name)
                continue
            items = read_file(source) if read_file else read_source(source, self.stats, self.context)
            yield from claims.admit((self._with_folder(item, source) for item in items), source.name)
        yield from claims.settle()

    def _with_folder(self, item: Article | Issue, source: Source) -> Article | Issue:
        """Put the name of the input folder in front of the article's id, if ids are to have it."""
        if not self.folder_ids or item.article_id is None or is_stdin(source.path):
            return item
        folder = os.path.basename(os.path.abspath(source.folder))  # noqa: PTH100, PTH119 - keeps links
        return replace(item, article_id=f"{folder}/{item.article_id}")


def read_inputs(
    inputs: Sequence[Path],
    *,
    max_chars: int,
    models_dir: Path | None = None,
    settle_seconds: float = 0,
    follow_links: bool = False,
    mapping: Mapping[str, str] | None = None,
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
        follow_links: Whether to read what links inside an input folder lead to outside it; if not, such a
            link becomes an Issue `outside_link`.
        mapping: Field -> the name of the column or key that holds it; the usual names for all others.

    Yields:
        Articles, and an Issue for everything that yielded none.

    Raises:
        InputError: An input does not exist, or a pattern matches nothing.
        LexiconError: A knowledge file under models/reading/ is missing or broken.
        SettingsError: The mapping names a field that articles do not have.
    """
    listing = list_inputs(
        inputs,
        max_chars=max_chars,
        models_dir=models_dir,
        settle_seconds=settle_seconds,
        follow_links=follow_links,
        mapping=mapping,
    )
    return listing.read()


def list_inputs(
    inputs: Sequence[Path],
    *,
    max_chars: int,
    models_dir: Path | None = None,
    settle_seconds: float = 0,
    follow_links: bool = False,
    folder_ids: bool = False,
    base: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    output: Path | None = None,
) -> Listing:
    """List the files in the inputs.

    Args:
        inputs: As for `read_inputs`, like all that is not named here.
        max_chars: As above.
        models_dir: As above.
        settle_seconds: As above.
        follow_links: As above.
        folder_ids: Whether the ids of articles begin with the name of their input folder.
        base: The folder from which the names of sources start; None for absolute paths.
        mapping: Field -> the name of the column or key that holds it; the usual names for all others.
        output: The folder that the run writes to: what it holds is no input.
    """
    columns = load_columns(models_dir, mapping)
    every = find_sources(inputs, follow_links=follow_links, base=base)
    found = without_sidecars(_outside(every, output), columns)
    sources = [source for source in found if isinstance(source, Source)]
    stats = stat_files(sources, settle_seconds)
    listed = {item.path for item in every if isinstance(item, Source)}
    sidecars = load_sidecars(sources, follow_links=follow_links, listed=listed)
    told = {issue for sidecar in sidecars.values() for issue in sidecar.issues}
    found = [item for item in found if item not in told] if told else found  # a link that is no source either
    context = Context(max_chars, models_dir, sidecars, columns)
    return Listing(found, stats, context, folder_ids)


def list_unpacked(folder: Path, context: Context) -> Listing:
    """List the files in a folder that the program has made itself: from an archive, from a mail.

    Args:
        folder: The folder; names of sources start from it.
        context: What readers receive; the articles.csv files are those in the folder.
    """
    found = without_sidecars(find_sources([folder], base=folder), context.columns)
    sources = [source for source in found if isinstance(source, Source)]
    sidecars = load_sidecars(sources)
    inner = replace(context, sidecars=sidecars, nesting=context.nesting + 1)
    return Listing(found, stat_files(sources, settle_seconds=0), inner)


def _outside(found: Sequence[Source | Issue], folder: Path | None) -> Sequence[Source | Issue]:
    """Return what does not lie in a folder."""
    if folder is None:
        return found
    inside = os.path.join(os.path.abspath(folder), "")  # noqa: PTH100, PTH118 - keeps links, ends in one slash
    places = (os.path.abspath(item.path if isinstance(item, Source) else item.source) for item in found)  # noqa: PTH100
    return [item for item, place in zip(found, places, strict=True) if not f"{place}/".startswith(inside)]


_READABLE = frozenset(READERS)


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
        items = _read_remote(source, context) if address_of(source.path) else _read_file(source, context)
        yield from replace_last_if_changed(items, lambda: change_problem(source, stats), source.name)


def _read_file(source: Source, context: Context) -> Iterator[Article | Issue]:
    suffix = suffix_of(source.path)
    try:
        disguise = find_disguise(source.path, suffix, _READABLE)
        if disguise is None:
            yield from READERS[suffix](source, context)
        elif disguise.readable:
            suffix = disguise.suffix
            yield from _told_once(READERS[suffix](source, context), disguise.problem, source.name)
        else:
            yield disguise.problem.at(source.name)
    except ModuleNotFoundError as error:
        yield _missing_package(suffix, error).at(source.name)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        yield Problem("error", "unreadable", message, "Check that it exists and is readable.").at(source.name)
    except ReadError as error:
        yield Problem("error", error.code, error.message, error.advice).at(source.name)


def _told_once(items: Iterator[Article | Issue], problem: Problem, name: str) -> Iterator[Article | Issue]:
    """Add a problem of the whole file to its first article; if there is none, it stands alone."""
    told = False
    for item in items:
        if told or not isinstance(item, Article):
            yield item
            continue
        told = True
        yield replace(item, issues=(problem.at(name, item.article_id), *item.issues))
    if not told:
        yield problem.at(name)


def _read_remote(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read a copy of a file at an address; articles and issues name the address."""
    from extract.reading.copies.remote import local_copy  # noqa: PLC0415 - fsspec is an extra

    try:
        with local_copy(source.path, source.folder) as (path, folder):
            copy = replace(source, path=path, folder=folder, base=folder)
            beside = {path.parent: sidecar_of(source, context.sidecars)}
            for item in _read_file(copy, replace(context, sidecars=beside)):
                name = source.name + item.source.removeprefix(copy.name)
                if isinstance(item, Issue):
                    yield replace(item, source=name)
                else:
                    issues = tuple(replace(issue, source=name) for issue in item.issues)
                    yield replace(item, source=name, issues=issues)
    except OSError as error:
        message = f"The file cannot be fetched: {error.strerror or error}."
        yield Problem("error", "unreadable", message, "Check that it exists and may be read.").at(source.name)


def _missing_package(suffix: str, error: ModuleNotFoundError) -> Problem:
    extra = READERS.lines[suffix].extra
    if extra is None:
        raise error
    message = f"Reading {suffix} files needs a package that is not installed: {error.name}."
    return Problem("error", "missing_package", message, f"Install it: pip install 'extract[{extra}]'.")


def _name_problem(source: Source) -> Problem | None:
    """Return the problem of a file that must not be opened, judged by its name."""
    problem = None if source.named else unfinished_problem(source.path.name)
    if problem:
        return problem
    suffix = suffix_of(source.path)
    if suffix not in READERS:
        kind = f"{printable(suffix)} files" if suffix else "files without a suffix"
        message = f"There is no reader for {kind}."
        advice = f"Supported formats: {READERS.help()}."
        return Problem("error" if source.named else "info", "unknown_format", message, advice)
    return None


def _file_problem(source: Source) -> Problem | None:
    """Return the problem of a path that is not a regular file or cannot be stored."""
    if not address_of(source.path) and not is_file(source.path):
        return Problem(
            "error", "unreadable", "It is not a regular file, or is a broken link.", "Remove or repair it."
        )
    if not is_printable(source.path):
        flaw = "is not UTF-8" if surrogate_problem("name", str(source.path)) else "has control characters"
        return Problem("error", "bad_file_name", f"The file's path {flaw}.", "Rename it.")
    return None
