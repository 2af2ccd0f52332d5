"""Annotation in parallel processes that outlives any single article.

Each worker loads the models once. What fails is narrowed down: a batch that raises is annotated article by
article; a batch that takes its process down is halved until the article is alone. That one article becomes
an issue, and the others go on.
"""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from extract.errors import LexiconError
from extract.model import Annotation, Article, Issue
from extract.pipeline.annotator import Annotator
from extract.pipeline.batches import Batch
from extract.settings import Settings
from extract.store import read_docs, write_docs, write_part
from extract.tables import to_tables

Progress = Callable[[int], None]

_annotator: Annotator | None = None  # one a worker process, set by _load


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a batch.

    Attributes:
        part: Folder with the batch's rows.
        failed: One issue an article that could not be annotated.
    """

    part: Path
    failed: tuple[Issue, ...]


def annotate_batches(
    batches: Sequence[Batch], folder: Path, settings: Settings, progress: Progress
) -> list[BatchResult]:
    """Annotate batches in `settings.workers` processes; their rows go to part folders under `folder`.

    Args:
        batches: What to annotate.
        folder: Where parts are written.
        settings: Engine, models and number of workers.
        progress: Called with the number of articles finished since the last call.

    Returns:
        The results, in no particular order.
    """
    results: list[BatchResult] = []
    lost: list[Batch] = []
    if not batches:
        return results
    with _pool(min(settings.workers, len(batches)), settings) as pool:
        futures = {pool.submit(annotate_batch, batch, folder): batch for batch in batches}
        for future in as_completed(futures):
            batch = futures[future]
            try:
                results.append(future.result())
                progress(batch.n_articles)
            except BrokenProcessPool:
                lost.append(batch)
    for batch in lost:
        results += _annotate_isolated(batch, folder, settings)
        progress(batch.n_articles)
    return results


def _annotate_isolated(batch: Batch, folder: Path, settings: Settings) -> list[BatchResult]:
    """Annotate a batch in a process of its own, halving it for as long as the process dies."""
    try:
        with _pool(1, settings) as pool:
            return [pool.submit(annotate_batch, batch, folder).result()]
    except BrokenProcessPool:
        if batch.n_articles > 1:
            first, second = batch.halves()
            return [
                *_annotate_isolated(first, folder, settings),
                *_annotate_isolated(second, folder, settings),
            ]
        [article] = batch.read()
        issue = _failure(article, "worker_died", "its worker process died (out of memory, or a crash)")
        return [_write(batch, to_tables([], [issue]), folder, [issue])]


@contextmanager
def _pool(workers: int, settings: Settings) -> Iterator[ProcessPoolExecutor]:
    # One thread a process: with more, two processes fight for the cores (100 times slower at worst).
    os.environ["OMP_NUM_THREADS"] = "1"
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, spawn, initializer=_load, initargs=(settings,)) as pool:
        yield pool


def _load(settings: Settings) -> None:
    global _annotator  # noqa: PLW0603 - the way concurrent.futures hands a worker its state
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _annotator = Annotator(settings)
    gc.freeze()  # the model and the lexicon stay: the collector need not walk through them again and again


def _end_with_parent() -> None:
    """End the worker when the run is killed: nobody else would, and it holds 600 MB."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def annotate_batch(batch: Batch, folder: Path) -> BatchResult:
    """Annotate a batch inside a worker and write its rows as a part."""
    if _annotator is None:
        raise RuntimeError("annotate_batch runs only in a worker that annotate_batches started")
    articles = batch.read()
    known = _known_docs(batch, articles)
    try:
        done = _annotator.annotate_known(articles, known)
        result = _write(batch, to_tables(done.annotations), folder)
    except LexiconError:  # a broken rule breaks every article: the run ends, the old tables stay
        raise
    except Exception:  # noqa: BLE001 - whatever breaks on one article must not stop the others
        return _annotate_one_by_one(_annotator, batch, folder, articles, known)
    write_docs(result.part, done.docs)
    return result


def _known_docs(batch: Batch, articles: Sequence[Article]) -> dict[str, bytes]:
    """Return the Docs of the batch's articles that the cache has, by content hash."""
    wanted = {article.content_hash for article in articles}
    return {key: doc for file in batch.docs for key, doc in read_docs(file, wanted).items()}


def _annotate_one_by_one(
    annotator: Annotator,
    batch: Batch,
    folder: Path,
    articles: Sequence[Article],
    known: Mapping[str, bytes],
) -> BatchResult:
    fresh: dict[str, bytes] = {}
    annotations: list[Annotation] = []
    failed: list[Issue] = []
    for article in articles:
        try:
            done = annotator.annotate_known([article], known)
            to_tables(done.annotations)
            annotations += done.annotations
            fresh |= done.docs
        except Exception as error:  # noqa: BLE001 - reported as this article's issue
            failed.append(_failure(article, "annotation_failed", f"{type(error).__name__}: {error}"))
    result = _write(batch, to_tables(annotations, failed), folder, failed)
    write_docs(result.part, fresh)
    return result


def _failure(article: Article, code: str, reason: str) -> Issue:
    return Issue(
        source=article.source,
        article_id=article.article_id,
        severity="error",
        code=code,
        message=f"The article could not be annotated: {reason}.",
        advice="It is left out until it or the pipeline changes. Please report it with the article.",
    )


def _write(
    batch: Batch, tables: Mapping[str, pa.Table], folder: Path, failed: Sequence[Issue] = ()
) -> BatchResult:
    return BatchResult(write_part(folder, batch.name, tables), tuple(failed))
