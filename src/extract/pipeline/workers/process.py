"""The code of a worker process: receives batches through a pipe and writes their rows to files."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import ExtractError, LexiconError, ModelError
from extract.model import Article
from extract.permanent import permanent
from extract.pipeline.batches import Batch
from extract.pipeline.workers.limits import Failure, error_failure, memory_failure, seconds_for
from extract.settings import Settings
from extract.store import read_docs, write_docs, write_part
from extract.store.files import disk_errors
from extract.tables import to_tables

if TYPE_CHECKING:
    from extract.pipeline.annotator import Annotator


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything is loaded: from now on, failures are due to the articles."""


Message = Ready | Failure | ExtractError | Path
"""A worker's message: it begins the batch, the batch failed, the run must end, or the folder of its part."""


def work(connection: "Connection[Message, Batch]", folder: Path, settings: Settings, *, parse: bool) -> None:
    """Annotate the batches received through a connection, until the run ends or kills this process.

    Args:
        connection: Receives batches; sends `Ready` and then the outcome of the batch.
        folder: Where parts are written.
        settings: Engine, models and limits.
        parse: Load the model before the first batch, which will need it.
    """
    try:
        annotator = _make_annotator(settings)
        if parse:
            _load_engine(annotator)
        while True:
            connection.send(_annotate(connection.recv(), annotator, connection, folder))
    except ExtractError as error:
        connection.send(error)
    except (EOFError, BrokenPipeError):
        return  # the run is gone


def _make_annotator(settings: Settings) -> "Annotator":
    with permanent():
        # Here, as the run imports this module too and needs no spaCy.
        import extract.light_arrow  # noqa: PLC0415 - before Arrow converts anything
        import extract.light_spacy  # noqa: F401, PLC0415 - before spaCy
        from extract.pipeline.annotator import Annotator  # noqa: PLC0415

        return Annotator(settings)


def _annotate(
    batch: Batch, annotator: "Annotator", connection: "Connection[Message, Batch]", folder: Path
) -> Path | Failure:
    """Annotate a batch and write its rows as a part.

    Raises:
        ExtractError: A problem that affects every article: a rule, a model, a full disk.
    """
    root = annotator.settings.output.absolute()
    with disk_errors(root):
        articles = batch.read()
        known = _known_docs(batch, articles)
    if any(article.content_hash not in known for article in articles):
        _load_engine(annotator)
    connection.send(Ready())
    try:
        with _time_limit(seconds_for(batch, annotator.settings)):
            done = annotator.annotate_known(articles, known)
            tables = to_tables(done.annotations, drop_broken=annotator.settings.broken_rows == "drop")
    except (LexiconError, ModelError):
        raise
    except MemoryError:
        return memory_failure(annotator.settings)
    except Exception as error:  # noqa: BLE001 - an error on one article must not stop the others
        return error_failure(error)
    part = write_part(folder, batch.name, tables)
    with disk_errors(root):
        write_docs(part, done.docs)
    return part


def _load_engine(annotator: "Annotator") -> None:
    """Load the model, without counting it towards the articles' time."""
    if "engine" not in vars(annotator):
        with permanent():
            _ = annotator.engine


def _known_docs(batch: Batch, articles: Sequence[Article]) -> dict[str, bytes]:
    """Return the cached Docs of the batch's articles, by content hash."""
    wanted = {article.content_hash for article in articles}
    return {key: doc for file in batch.docs for key, doc in read_docs(file, wanted).items()}


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Have the kernel end this process if the block takes too long.

    A hanging regular expression or other C code holds the interpreter lock: no Python code can interrupt it.
    The limit is in CPU time, so that a busy machine makes no article too slow. A process that sleeps, waits
    or is stopped uses none: the run ends it.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
