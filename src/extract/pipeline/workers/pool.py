"""Parallel annotation that survives the failure of any single article.

If a batch fails, because annotation raised an error or its process crashed, took too long or used too much
memory, its articles are retried one by one. An article that fails alone is left out; if its process died,
which other processes may have caused, it is first tried once more.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.pipeline.batches import Batch, write_batch
from extract.pipeline.workers.crew import Crew, hire
from extract.pipeline.workers.limits import Failure
from extract.settings import Settings
from extract.store.files import disk_errors

log = logging.getLogger(__name__)

Finished = Callable[[Batch], None]


@dataclass(frozen=True, slots=True)
class FailedArticle:
    """An article that could not be annotated, not even alone."""

    article_id: str
    source: str
    failure: Failure

    @property
    def message(self) -> str:
        """What happened, as a sentence."""
        return f"The article could not be annotated: {self.failure.reason}."


BatchResult = Path | FailedArticle
"""The part with the rows of a batch, or the article that was alone in it and failed."""


def annotate_batches(
    batches: Sequence[Batch],
    folder: Path,
    settings: Settings,
    finished: Finished,
    crew: Crew | None = None,
) -> list[BatchResult]:
    """Annotate batches; a crew of workers writes the rows to part folders under `folder`.

    Args:
        batches: The batches.
        folder: Where parts are written.
        settings: Engine, models, limits, and number of workers or address of a cluster.
        finished: Called with each batch that is done.
        crew: Those who annotate, if they have been started; they are ended.

    Returns:
        The results, in no particular order.

    Raises:
        ExtractError: A problem that affects every article, such as a full disk.
    """
    results: list[BatchResult] = []
    retried: set[str] = set()
    with crew or hire(folder, settings) as workers:
        workers.add(batches)
        for batch, outcome in workers.outcomes():
            if isinstance(outcome, Path):
                results.append(outcome)
            elif batch.n_articles > 1:
                log.info("Retrying a batch of %d article by article: %s", batch.n_articles, outcome.reason)
                with disk_errors(settings.output.absolute()):
                    workers.add_first(_one_by_one(batch))
                continue
            elif outcome.may_be_chance and batch.name not in retried:
                log.info("Retrying an article: %s", outcome.reason)
                retried.add(batch.name)
                workers.add_first([batch])
                continue
            else:
                results.append(_failed_article(batch, outcome))
            finished(batch)
    return results


def _one_by_one(batch: Batch) -> list[Batch]:
    """Split a batch into batches of one article."""
    articles = batch.read()
    return [
        write_batch(batch.folder, f"{batch.name}-{index:02d}", (article,), batch.docs)
        for index, article in enumerate(articles)
    ]


def _failed_article(batch: Batch, failure: Failure) -> FailedArticle:
    [article] = batch.read()
    return FailedArticle(article.article_id, article.source, failure)
