"""The flow that turns a folder of news into tables: plan -> annotate -> publish.

Run it with `python -m flows.extract_articles seeds --output outputs`. Without a Prefect server it starts a
temporary one for the run; with PREFECT_API_URL set it reports to that server. docs/scheduling.md tells how to
run it every night.
"""

from extract import without_torch  # isort: skip  # noqa: F401 - before spaCy

import logging
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast

import typer
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import Abort
from prefect.states import Cancelled
from prefect.tasks import exponential_backoff
from prefect.utilities.annotations import quote
from pydantic import Field

from extract.console import SOME_FAILED, foreseen_errors, print_summary
from extract.errors import StoreLockedError
from extract.pipeline import BatchResult, Summary, Work, annotate_step, plan_step, publish_step
from extract.settings import Settings, load_settings
from extract.store import Store
from flows.hooks import say_how_it_ended
from flows.limits import (
    TIME_LIMIT_ADVICE,
    TimeLimitError,
    check_starts,
    load_limits,
    may_pass_by_itself,
    time_limit,
)
from flows.reports import progress_report, report

T = TypeVar("T")

AsConfigured = Annotated[None, Field(title="as configured")]
"""What a field is that nobody has set; the form shows its title, beside the type that it may have."""

RETRIES = 4  # after 2, 4, 8 and 16 seconds, each made longer by up to half
BACKOFF_SECONDS = 2.0
JITTER = 0.5

# NO_CACHE: what was done is known from the manifest in the output folder; Prefect's cache does not see a
# change in a function that the task calls.
step = task(
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(BACKOFF_SECONDS),
    retry_jitter_factor=JITTER,
    retry_condition_fn=may_pass_by_itself,
)


@step
def plan(inputs: list[Path], settings: Settings, store: Store) -> Work:
    """Compare the articles found with those published."""
    return plan_step(inputs, settings, store)


@step
def annotate(work: Work, settings: Settings) -> list[BatchResult]:
    """Annotate what is new, edited or out of date, in worker processes."""
    return annotate_step(work, settings, progress_report(work.n_articles))


@step
def publish(work: Work, results: list[BatchResult], settings: Settings, store: Store) -> Summary:
    """Publish all tables at once."""
    return publish_step(work, results, settings, store)


@flow(
    name="extract-articles",
    timeout_seconds=time_limit(),
    on_completion=[say_how_it_ended],
    on_failure=[say_how_it_ended],
    on_crashed=[say_how_it_ended],
    on_cancellation=[say_how_it_ended],
)
def extract_articles(  # noqa: PLR0917 - each is a field of the form in the Prefect UI
    inputs: Annotated[list[Path], Field(min_length=1)],
    output: Path | AsConfigured = None,
    engine: Annotated[Literal["spacy", "stanza", "consensus"], Field(title="engine")] | AsConfigured = None,
    workers: Annotated[int, Field(ge=1)] | AsConfigured = None,
    batch_size: Annotated[int, Field(ge=1, le=25)] | AsConfigured = None,
    max_drop: Annotated[float, Field(ge=0, le=1)] | AsConfigured = None,
    full: bool | AsConfigured = None,
    retry_failed: bool | AsConfigured = None,
) -> Summary | State[Any]:
    """Turn news articles into entity, quote and date tables.

    What is left "as configured" is taken from the EXTRACT_* variable of the worker, else has its default.

    Args:
        inputs: Files, folders and globs of articles; relative ones start at the project's folder.
        output: Folder of the published tables. As configured: EXTRACT_OUTPUT, else `outputs`.
        engine: Language engine. As configured: EXTRACT_ENGINE, else `spacy`.
        workers: Processes that annotate in parallel, 1 or more; one a core is best. As configured:
            EXTRACT_WORKERS, else 2.
        batch_size: Articles a batch, 1 to 25; the tables do not depend on it. As configured:
            EXTRACT_BATCH_SIZE, else 10.
        max_drop: Largest share of articles, rows or cells that a run may lose, 0 to 1. As configured:
            EXTRACT_MAX_DROP, else 0.5.
        full: Annotate everything again, whatever is published or kept. As configured: EXTRACT_FULL, else no.
        retry_failed: Try articles again that failed before. As configured: EXTRACT_RETRY_FAILED, else no.

    Returns:
        What was done. An article that fails becomes a row of `issues`; it does not fail the run. A run that
        finds the output folder in use by another one is cancelled.
    """
    logging.getLogger("extract").setLevel(logging.INFO)  # Prefect adds its handlers, and leaves it at WARNING
    check_starts()
    load_limits()  # a time limit that is set wrong ends the run here
    settings = load_settings(
        output=output,
        engine=engine,
        workers=workers,
        batch_size=batch_size,
        max_drop=max_drop,
        full=full,
        retry_failed=retry_failed,
    )
    try:
        return run_steps(inputs, settings)
    except StoreLockedError as error:
        # Abort: Prefect would log the traceback of any other error as that of a failure.
        return Cancelled(message=str(error), data=Abort(str(error)))


def run_steps(inputs: list[Path], settings: Settings) -> Summary:
    """Plan, annotate, publish and report, as the only run in the output folder."""
    started = time.monotonic()
    store = Store(settings.output, keep=settings.keep_snapshots)
    with store.lock():
        work = plan(inputs, settings, store)
        results = annotate(as_one(work), settings)
        summary = publish(as_one(work), as_one(results), settings, store)
    summary = replace(summary, seconds=time.monotonic() - started)
    report(summary, work)
    return summary


def as_one(argument: T) -> T:
    """Keep Prefect from walking through a large argument in search of futures."""
    return cast("T", quote(argument))


def main(
    inputs: Annotated[list[Path], typer.Argument(help="Files, folders or globs of articles.")],
    output: Annotated[Path | None, typer.Option(help="Folder of the published tables.")] = None,
) -> None:
    """Run the flow and print what it did."""
    with foreseen_errors():
        check_environment()
        summary = result_of(extract_articles(inputs, output=output, return_state=True))
    print_summary(summary)
    sys.exit(SOME_FAILED if summary.failed else 0)


def check_environment() -> None:
    """See that the EXTRACT_* variables can be read, before Prefect starts a server for the run.

    Raises:
        SettingsError: A setting or a limit has a value that it cannot have.
    """
    load_limits()
    load_settings()


def result_of(state: State[Any]) -> Summary:
    """Return what a run did, or raise what has ended it.

    Raises:
        StoreLockedError: Another run holds the output folder.
        TimeLimitError: The run took too long.
    """
    if state.is_cancelled():
        raise StoreLockedError(state.message or "")
    if state.name == "TimedOut":
        raise TimeLimitError(f"{state.message}.", advice=TIME_LIMIT_ADVICE)
    return cast("Summary", state.result())


if __name__ == "__main__":
    typer.run(main)
