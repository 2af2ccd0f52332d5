"""Inputs -> Articles, whatever their formats."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.forms import load_forms
from extract.reading.jsonl import read_jsonl
from extract.reading.problems import Problem, printable, surrogate_problem
from extract.reading.sidecar import load_sidecars
from extract.reading.sources import Source, find_sources, is_file
from extract.reading.txt import read_txt

Reader = Callable[[Source, Context], Iterator[Article | Issue]]

# Suffix -> reader. A new format is one module with such a function and one line here.
READERS: dict[str, Reader] = {
    ".txt": read_txt,
    ".jsonl": read_jsonl,
}


def read_inputs(
    inputs: Sequence[Path], *, max_chars: int, models_dir: Path | None = None
) -> Iterator[Article | Issue]:
    """Read every article that the inputs hold.

    Sources are listed (and missing inputs raised) at once, files are read one by one as the iterator goes
    on. The order is fixed: inputs as given; in a folder sorted names, its files before its sub-folders.

    A source that cannot be read, or a record that is no article, becomes an Issue of severity `error` and
    the others go on. Problems that do not stop an article (`guessed_encoding`, `not_english`,
    `bad_published`, `inferred_date`, `no_date`) stand on the Article's own `issues`. Of two articles with
    the same id the first counts; the second becomes an Issue `duplicate_id`.

    Args:
        inputs: Files, folders (read with all below them) or glob patterns (`news/**/*.txt`). Ids of text
            files are paths below the folder given, the fixed part of a pattern, or the file's own folder.
        max_chars: Longest text accepted, in characters; longer ones become an Issue `too_long`.
        models_dir: The models folder with the words of page layouts; the project's own if None.

    Yields:
        Articles, and Issues of what gave none.

    Raises:
        InputError: An input does not exist, or a pattern matches nothing.
        LexiconError: A knowledge file under models/reading/ is missing or broken.
    """
    found = find_sources(inputs)
    sources = [source for source in found if isinstance(source, Source)]
    context = Context(max_chars, load_forms(models_dir), load_sidecars(sources))
    return _first_of_each_id(_read_all(found, context))


def _read_all(found: Iterable[Source | Issue], context: Context) -> Iterator[Article | Issue]:
    for sidecar in context.sidecars.values():
        yield from sidecar.issues
    for source in found:
        if isinstance(source, Issue):
            yield source
        else:
            yield from _read_source(source, context)


def _read_source(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read one file; whatever is wrong with it becomes an Issue."""
    problem = _source_problem(source)
    if problem:
        yield problem.at(source.name)
        return
    try:
        yield from READERS[source.path.suffix.lower()](source, context)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        yield Problem("error", "unreadable", message, "Check that it is there and may be read.").at(
            source.name
        )
    except ReadError as error:
        yield Problem("error", "binary", error.message, error.advice).at(source.name)


def _source_problem(source: Source) -> Problem | None:
    suffix = source.path.suffix.lower()
    if suffix not in READERS:
        message = f"No reader knows the format {printable(Path(suffix)) if suffix else 'without suffix'}."
        advice = f"Known are: {', '.join(READERS)}."
        return Problem("error" if source.named else "info", "unknown_format", message, advice)
    if not is_file(source.path):
        return Problem(
            "error", "unreadable", "It is no regular file, or a link to nothing.", "Remove or mend it."
        )
    if surrogate_problem("name", str(source.path)):
        return Problem("error", "bad_file_name", "The file's path is not UTF-8.", "Rename it.")
    return None


def _first_of_each_id(read: Iterable[Article | Issue]) -> Iterator[Article | Issue]:
    """Yield what was read, with an Issue in the place of every article whose id another had before it."""
    sources: dict[str, str] = {}
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
