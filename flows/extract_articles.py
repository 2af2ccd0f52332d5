"""The flow that turns a folder of news into tables: plan -> annotate -> publish.

Run it with `python -m flows.extract_articles seeds --output outputs`. Without a Prefect server it starts a
temporary one for the run; with PREFECT_API_URL set it reports to that server.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

import typer
from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task
from prefect.utilities.annotations import quote

from extract.console import CANNOT_RUN, SOME_FAILED, print_error, print_summary
from extract.errors import ExtractError
from extract.pipeline import (
    BatchResult,
    ProgressCallback,
    Summary,
    Work,
    annotate_step,
    plan_step,
    publish_step,
)
from extract.settings import Settings, load_settings
from extract.store import Store

T = TypeVar("T")

RETRIES = 2
RETRY_DELAY_SECONDS = 2.0
LOG_EVERY_SECONDS = 10.0


def may_pass_by_itself(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Retry a busy disk, not what the user has to mend."""
    return not isinstance(state.data, ExtractError)


# NO_CACHE: what was done is known from the manifest in the output folder; Prefect's cache does not see a
# change in a function that the task calls.
step = task(
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=RETRY_DELAY_SECONDS,
    retry_condition_fn=may_pass_by_itself,
)


@step
def plan(inputs: list[Path], settings: Settings, store: Store) -> Work:
    """Compare the articles found with those published."""
    work = plan_step(inputs, settings, store)
    get_run_logger().info("Plan: %s", work.describe())
    return work


@step
def annotate(work: Work, settings: Settings) -> list[BatchResult]:
    """Annotate what is new, edited or out of date, in worker processes."""
    return annotate_step(work, settings, progress_log())


@step
def publish(work: Work, results: list[BatchResult], settings: Settings, store: Store) -> Summary:
    """Publish all tables at once."""
    summary = publish_step(work, results, settings, store)
    state = "Published" if summary.published else "Nothing has changed; published are"
    get_run_logger().info("%s %s", state, dict(summary.rows))
    return summary


@flow(name="extract-articles")
def extract_articles(inputs: list[Path], settings: Settings | None = None) -> Summary:
    """Turn news articles into entity, quote and date tables.

    Args:
        inputs: Files, folders and globs of articles.
        settings: Output folder, engine, workers; the defaults and `EXTRACT_*` variables where not given.

    Returns:
        What was done. An article that fails becomes a row of `issues`; it does not fail the run.
    """
    started = time.monotonic()
    settings = settings or load_settings()
    store = Store(settings.output, keep=settings.keep_snapshots)
    with store.lock():
        work = plan(inputs, settings, store)
        results = annotate(as_one(work), settings)
        summary = publish(as_one(work), as_one(results), settings, store)
    return replace(summary, seconds=time.monotonic() - started)


def as_one(argument: T) -> T:
    """Keep Prefect from walking through a large argument in search of futures."""
    return cast("T", quote(argument))


def progress_log() -> ProgressCallback:
    """Return a callback that logs how far the annotation is, every few seconds and at its end."""
    logger = get_run_logger()
    last = time.monotonic()

    def log(done: int, total: int) -> None:
        nonlocal last
        if done == total or time.monotonic() - last >= LOG_EVERY_SECONDS:
            last = time.monotonic()
            logger.info("Annotated %d of %d articles", done, total)

    return log


def main(
    inputs: Annotated[list[Path], typer.Argument(help="Files, folders or globs of articles.")],
    output: Annotated[Path, typer.Option(help="Folder of the published tables.")] = Path("outputs"),
) -> None:
    """Run the flow and print what it did."""
    try:
        summary = extract_articles(inputs, load_settings(output=output))
    except ExtractError as error:
        print_error(error)
        sys.exit(CANNOT_RUN)
    print_summary(summary)
    sys.exit(SOME_FAILED if summary.failed else 0)


if __name__ == "__main__":
    typer.run(main)
