"""Parallel annotation that survives the failure of any single article.

If a batch fails, because annotation raised an error or its process crashed, took too long or used too much
memory, its articles are retried one by one. An article that fails alone becomes an issue.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.model import Issue
from extract.pipeline.batches import Batch, write_batch
from extract.pipeline.workers.crew import Crew
from extract.pipeline.workers.limits import Failure
from extract.settings import Settings
from extract.store import write_part
from extract.store.files import disk_errors
from extract.tables import to_tables

log = logging.getLogger(__name__)

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The result of a batch.

    Attributes:
        part: Folder with the batch's rows.
        failed: One issue per article that could not be annotated.
    """

    part: Path
    failed: tuple[Issue, ...]


def annotate_batches(
    batches: Sequence[Batch], folder: Path, settings: Settings, progress: Progress
) -> list[BatchResult]:
    """Annotate batches in `settings.workers` processes, which write the rows to part folders under `folder`.

    Args:
        batches: The batches.
        folder: Where parts are written.
        settings: Engine, models, number of workers and their limits.
        progress: Called with the number of articles finished since the last call.

    Returns:
        The results, in no particular order.

    Raises:
        ExtractError: A problem that affects every article, such as a full disk.
    """
    results: list[BatchResult] = []
    with Crew(settings.workers, folder, settings) as crew:
        crew.add(batches)
        for batch, outcome in crew.outcomes():
            if isinstance(outcome, Failure) and batch.n_articles > 1:
                log.info("Retrying a batch of %d article by article: %s", batch.n_articles, outcome.reason)
                with disk_errors(settings.output.absolute()):
                    crew.add_first(_one_by_one(batch))
                continue
            results.append(
                _failed_article(batch, outcome, folder)
                if isinstance(outcome, Failure)
                else BatchResult(outcome, ())
            )
            progress(batch.n_articles)
    return results


def _one_by_one(batch: Batch) -> list[Batch]:
    """Split a batch into batches of one article."""
    articles = batch.read()
    return [
        write_batch(batch.folder, f"{batch.name}-{index:02d}", (article,), batch.docs)
        for index, article in enumerate(articles)
    ]


def _failed_article(batch: Batch, failure: Failure, folder: Path) -> BatchResult:
    """Write the issue of an article that failed alone."""
    [article] = batch.read()
    issue = failure.issue(article)
    return BatchResult(write_part(folder, batch.name, to_tables([], [issue])), (issue,))
