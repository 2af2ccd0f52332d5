"""Inputs -> Articles, whatever their formats."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.reading.arrival import Look, changed, is_settled, look_at_all, unfinished, whole
from extract.reading.build import Metadata
from extract.reading.context import Context
from extract.reading.formats.jsonl import read_jsonl
from extract.reading.formats.txt import read_txt
from extract.reading.page.forms import load_forms
from extract.reading.problems import Problem, printable, surrogate_problem
from extract.reading.sidecar import load_sidecars, metadata_for
from extract.reading.sources import Source, find_sources, is_file

Reader = Callable[[Source, Context], Iterator[Article | Issue]]

# Suffix -> reader. A new format is one module with such a function and one line here.
READERS: dict[str, Reader] = {
    ".txt": read_txt,
    ".jsonl": read_jsonl,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """The files that inputs mean, as they were when they were listed.

    Attributes:
        found: The files in the order of reading, and an Issue for every folder that cannot be listed.
        looks: The state of each file.
        context: What the readers are given.
    """

    found: Sequence[Source | Issue]
    looks: Mapping[Path, Look | None]
    context: Context

    def states(self) -> dict[str, str]:
        """Return for each file what its articles depend on: its state and its rows in articles.csv.

        A file changed a moment ago is left out: it may change again and look the same.
        """
        states: dict[str, str] = {}
        for source in self.found:
            look = self.looks[source.path] if isinstance(source, Source) else None
            if isinstance(source, Source) and look is not None and is_settled(look):
                metadata = metadata_for(source, self.context.sidecars)
                states[source.name] = f"{look} {metadata if metadata != Metadata() else ''}"
        return states

    def read(self, unread: Mapping[str, Collection[str]] | None = None) -> Iterator[Article | Issue]:
        """Read the files one by one, as the iterator goes on.

        Args:
            unread: Files that need not be read, with the ids of their articles. One of them is read all the
                same where another file before it has an article of the same id.

        Yields:
            As `read_inputs`.
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
                yield from _first_of_each_id(_read_source(source, self.looks, self.context), sources)


def read_inputs(
    inputs: Sequence[Path], *, max_chars: int, models_dir: Path | None = None, settle_seconds: float = 0
) -> Iterator[Article | Issue]:
    """Read every article that the inputs hold.

    Sources are listed (and missing inputs raised) at once, files are read one by one as the iterator goes
    on. The order is fixed: inputs as given; in a folder sorted names, its files before its sub-folders.

    Files that are still being written wait for the next run: Issue `waiting`, severity `info`.

    A source that cannot be read, or a record that is no article, becomes an Issue of severity `error` and
    the others go on. Problems that do not stop an article (`guessed_encoding`, `not_english`,
    `bad_published`, `inferred_date`, `no_date`) stand on the Article's own `issues`. Of two articles with
    the same id the first counts; the second becomes an Issue `duplicate_id`.

    Args:
        inputs: Files, folders (read with all below them) or glob patterns (`news/**/*.txt`). Ids of text
            files are paths below the folder given, the fixed part of a pattern, or the file's own folder.
        max_chars: Longest text accepted, in characters; longer ones become an Issue `too_long`.
        models_dir: The models folder with the words of page layouts; the project's own if None.
        settle_seconds: Where a file was changed less long ago, all are looked at twice, so far apart, before
            any is read.

    Yields:
        Articles, and Issues of what gave none.

    Raises:
        InputError: An input does not exist, or a pattern matches nothing.
        LexiconError: A knowledge file under models/reading/ is missing or broken.
    """
    listing = list_inputs(inputs, max_chars=max_chars, models_dir=models_dir, settle_seconds=settle_seconds)
    return listing.read()


def list_inputs(
    inputs: Sequence[Path], *, max_chars: int, models_dir: Path | None = None, settle_seconds: float = 0
) -> Listing:
    """List the files that the inputs mean; arguments and errors are those of `read_inputs`."""
    found = find_sources(inputs)
    sources = [source for source in found if isinstance(source, Source)]
    looks = look_at_all(sources, settle_seconds)
    return Listing(found, looks, Context(max_chars, load_forms(models_dir), load_sidecars(sources)))


def _read_source(
    source: Source, looks: Mapping[Path, Look | None], context: Context
) -> Iterator[Article | Issue]:
    """Read one file; whatever is wrong with it becomes an Issue."""
    problem = _name_problem(source) or changed(source, looks) or _file_problem(source)
    if problem:
        yield problem.at(source.name)
    else:
        yield from whole(_read_file(source, context), lambda: changed(source, looks), source.name)


def _read_file(source: Source, context: Context) -> Iterator[Article | Issue]:
    try:
        yield from READERS[source.path.suffix.lower()](source, context)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        yield Problem("error", "unreadable", message, "Check that it is there and may be read.").at(
            source.name
        )
    except ReadError as error:
        yield Problem("error", "binary", error.message, error.advice).at(source.name)


def _name_problem(source: Source) -> Problem | None:
    """Return the problem of a file that no reader is to open."""
    problem = None if source.named else unfinished(source.path.name)
    if problem:
        return problem
    suffix = source.path.suffix.lower()
    if suffix not in READERS:
        message = f"No reader knows the format {printable(Path(suffix)) if suffix else 'without suffix'}."
        advice = f"Known are: {', '.join(READERS)}."
        return Problem("error" if source.named else "info", "unknown_format", message, advice)
    return None


def _file_problem(source: Source) -> Problem | None:
    """Return the problem of what is no file, or has a name that cannot be stored."""
    if not is_file(source.path):
        return Problem(
            "error", "unreadable", "It is no regular file, or a link to nothing.", "Remove or mend it."
        )
    if surrogate_problem("name", str(source.path)):
        return Problem("error", "bad_file_name", "The file's path is not UTF-8.", "Rename it.")
    return None


def _first_of_each_id(read: Iterable[Article | Issue], sources: dict[str, str]) -> Iterator[Article | Issue]:
    """Yield what was read, with an Issue in the place of every article whose id another had before it.

    Args:
        read: What one file gave.
        sources: Ids of the articles before it, each with its source; those of this file are added.
    """
    for item in read:
        if isinstance(item, Issue):
            yield item
        elif item.article_id in sources:
            message = f"The id {item.article_id!r} is that of {sources[item.article_id]} too, which counts."
            problem = Problem("error", "duplicate_id", message, "Give every article its own id or file name.")
            yield problem.at(item.source, item.article_id)
        else:
            sources[item.article_id] = item.source
            yield item
