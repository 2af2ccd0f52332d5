"""Reports to Prefect what a run did: artifacts for users, an event for automations.

The tables are already published by then: an error here is logged and does not fail the run.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.events import emit_event
from prefect.settings import PREFECT_UI_URL

from extract.pipeline import Progress, ProgressCallback, Summary, Work
from extract.report import make_report
from extract.store import open_snapshot, read_table
from flows.artifacts import ISSUES_KEY, PROGRESS_KEY, SUMMARY_KEY, headline, issue_table, summary_markdown

PUBLISHED_EVENT = "extract.published"
REPORT_EVERY_SECONDS = 5.0

logger = logging.getLogger("extract.flow")


def report(summary: Summary, work: Work) -> None:
    """Create the artifacts of the run, and emit an event if there are new tables."""
    with _errors_as_warnings("The run's report could not be written"):
        snapshot = open_snapshot(summary.output)
        number = int(snapshot.name)
        if summary.published:
            announce(summary, number)
        create_markdown_artifact(
            summary_markdown(summary, plan=work.describe(), snapshot=number, server=PREFECT_UI_URL.value()),
            key=SUMMARY_KEY,
            description=headline(summary),
        )
        _report_issues(summary, work)


def announce(summary: Summary, snapshot: int) -> None:
    """Emit the event `extract.published` for the output folder, with the row counts of the tables."""
    root = summary.output.absolute()
    emit_event(
        PUBLISHED_EVENT,
        resource={
            "prefect.resource.id": f"extract.store.{root}",
            "prefect.resource.name": str(summary.output),
        },
        payload={
            "snapshot": snapshot,
            "rows": dict(summary.rows),
            "done": summary.done,
            "failed": summary.failed,
            "removed": summary.removed,
        },
    )


def _report_issues(summary: Summary, work: Work) -> None:
    issues = read_table(summary.output, "issues").to_pylist()
    processed = work.entries.keys() | {entry.source for entry in work.entries.values()}
    table = issue_table(issues, processed)
    create_table_artifact(table.rows, key=ISSUES_KEY, description=table.description)


def refresh_pages(output: Path) -> None:
    """Make the report of the published tables: the pages that analysts open."""
    with _errors_as_warnings("The report's pages could not be made"):
        made = make_report(output)
        logger.info("Report: %s", made.index)


def progress_report(n_articles: int) -> ProgressCallback:
    """Return a callback that logs the progress of annotation and updates its bar, every few seconds."""
    artifact: UUID | None = None
    if n_articles:
        with _errors_as_warnings("The progress bar could not be created"):
            description = f"Articles annotated, of {n_articles:,}."
            artifact = cast("UUID", create_progress_artifact(0.0, key=PROGRESS_KEY, description=description))
    last = time.monotonic()

    def report_progress(progress: Progress) -> None:
        nonlocal last
        done, total = progress.done, progress.total
        if not done or (done < total and time.monotonic() - last < REPORT_EVERY_SECONDS):
            return
        last = time.monotonic()
        logger.info("Annotated %d of %d articles", done, total)
        if artifact:
            with _errors_as_warnings("The progress bar could not be updated"):
                update_progress_artifact(artifact, progress=100 * done / total)

    return report_progress


@contextmanager
def _errors_as_warnings(what: str) -> Iterator[None]:
    try:
        yield
    except Exception:  # an unreachable server must not fail a run that has published
        logger.warning("%s; the tables are not affected.", what, exc_info=True)
