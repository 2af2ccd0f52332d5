"""The flow that turns news articles into tables: plan -> annotate -> publish.

Run it with `python -m flows.extract_articles seeds --output outputs`. Without a Prefect server it starts a
temporary one for the run; with PREFECT_API_URL set it reports to that server. docs/scheduling.md explains how
to run it every night.
"""

from extract.signals import end_on_signals

if __name__ == "__main__":
    end_on_signals()  # before what follows, which takes seconds to import

import logging
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

import typer
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.exceptions import Abort
from prefect.states import Cancelled
from prefect.tasks import exponential_backoff
from prefect.utilities.annotations import quote
from pydantic import BeforeValidator, Field

from extract.console import SOME_FAILED, foreseen_errors, print_report_address, print_summary
from extract.engines import ENGINES
from extract.errors import StoreLockedError
from extract.pipeline import (
    BatchResult,
    Summary,
    Work,
    annotate_step,
    plan_step,
    publish_step,
    with_overrides,
)
from extract.reading import input_path
from extract.remote.mirror import at_hand
from extract.settings import CLUSTER_PATTERN, Settings, load_settings
from extract.store import Store
from flows.hooks import log_outcome
from flows.limits import (
    TIME_LIMIT_ADVICE,
    ServerError,
    TimeLimitError,
    check_starts,
    is_transient,
    load_limits,
    time_limit,
)
from flows.reports import progress_report, refresh_pages, report

T = TypeVar("T")

AsConfigured = Annotated[None, Field(title="as configured")]
"""Type of a field that is not set; the form shows its title as an alternative to the field's type."""

InputPath = Annotated[Path, BeforeValidator(input_path)]
"""Type of an input; a blank one fails the run instead of meaning the current folder."""

EngineName = Annotated[str, Field(title="engine", json_schema_extra={"enum": list(ENGINES)})]
"""Type of the field for the engine; the form offers those of the registry."""

ClusterAddress = Annotated[str, Field(pattern=CLUSTER_PATTERN)]
"""Type of the field for the address of a Dask cluster; an empty one is none."""

RETRIES = 4  # after 2, 4, 8 and 16 seconds, each prolonged by up to half
BACKOFF_SECONDS = 2.0
JITTER = 0.5

# NO_CACHE: the manifest in the output folder records what is done; Prefect's cache does not notice changes in
# the functions that a task calls.
step = task(
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(BACKOFF_SECONDS),
    retry_jitter_factor=JITTER,
    retry_condition_fn=is_transient,
)


@step
def plan(inputs: list[Path], settings: Settings, store: Store) -> Work:
    """Compare the articles found with the published ones."""
    return plan_step(inputs, settings, store)


@step
def annotate(work: Work, settings: Settings) -> list[BatchResult]:
    """Annotate new, edited and outdated articles in worker processes, here or in a cluster."""
    return annotate_step(work, settings, progress_report(work.n_articles))


@step
def publish(work: Work, results: list[BatchResult], settings: Settings, store: Store) -> Summary:
    """Publish all tables at once."""
    return publish_step(work, results, settings, store)


@flow(
    name="extract-articles",
    timeout_seconds=time_limit(),
    on_completion=[log_outcome],
    on_failure=[log_outcome],
    on_crashed=[log_outcome],
    on_cancellation=[log_outcome],
)
def extract_articles(  # noqa: PLR0917 - each is a field of the form in the Prefect UI
    inputs: Annotated[list[InputPath], Field(min_length=1)],
    output: Path | AsConfigured = None,
    engine: EngineName | AsConfigured = None,
    workers: Annotated[int, Field(ge=1)] | AsConfigured = None,
    cluster: ClusterAddress | AsConfigured = None,
    batch_size: Annotated[int, Field(ge=1, le=25)] | AsConfigured = None,
    columns: dict[str, str] | AsConfigured = None,
    max_drop: Annotated[float, Field(ge=0, le=1)] | AsConfigured = None,
    full: bool | AsConfigured = None,
    retry_failed: bool | AsConfigured = None,
    allow_removals: bool | AsConfigured = None,
) -> Summary | State[Any]:
    """Turn news articles into entity, quote and date tables.

    A field left "as configured" takes its value from the worker's EXTRACT_* variable, else its default.

    Args:
        inputs: Files, folders and globs of articles; relative paths start at the project's folder.
        output: Folder of the published tables. As configured: EXTRACT_OUTPUT, else `outputs`.
        engine: Language engine. As configured: EXTRACT_ENGINE, else `spacy`.
        workers: Number of processes that annotate, 1 or more; one per core is best. As configured:
            EXTRACT_WORKERS, else 2.
        cluster: Address of the Dask cluster that annotates instead, `tcp://host:8786` or `local:4`; empty for
            none. As configured: EXTRACT_CLUSTER, else none.
        batch_size: Articles per batch, 1 to 25; the tables do not depend on it. As configured:
            EXTRACT_BATCH_SIZE, else 10.
        columns: Columns of tables, or keys of records, by the field that they hold, such as
            `{"text": "content"}`. As configured: EXTRACT_MAP, else the usual names.
        max_drop: Largest share of an input's articles, of rows or of cells that a run may lose, 0 to 1. As
            configured: EXTRACT_MAX_DROP, else 0.5.
        full: Annotate everything again, even if published or cached. As configured: EXTRACT_FULL, else no.
        retry_failed: Retry articles that failed before. As configured: EXTRACT_RETRY_FAILED, else no.
        allow_removals: Let an input lose more than `max_drop` of its articles, or all of them. As configured:
            EXTRACT_ALLOW_REMOVALS, else no.

    Returns:
        What was done. An article that fails becomes a row of `issues` and does not fail the run. If another
        run is using the output folder, this run is cancelled.
    """
    logging.getLogger("extract").setLevel(logging.INFO)  # Prefect adds handlers, but leaves it at WARNING
    check_starts()
    load_limits()  # an invalid time limit ends the run here
    settings = load_settings(
        output=output,
        engine=engine,
        workers=workers,
        cluster=cluster,
        batch_size=batch_size,
        map=columns,
        max_drop=max_drop,
        full=full,
        retry_failed=retry_failed,
        allow_removals=allow_removals,
    )
    try:
        return run_steps(inputs, settings)
    except StoreLockedError as error:
        # Abort: for any other exception, Prefect would log a traceback as for a failure.
        return Cancelled(message=str(error), data=Abort(str(error)))


def run_steps(inputs: list[Path], settings: Settings) -> Summary:
    """Plan, annotate, publish and report, while holding the lock of the output folder."""
    started = time.monotonic()
    settings = with_overrides(settings, inputs)
    with at_hand(settings) as here:
        store = Store(here.output, keep=here.keep_snapshots)
        with store.lock():
            work = plan(inputs, here, store)
            results = annotate(opaque(work), here)
            summary = publish(opaque(work), opaque(results), here, store)
    summary = replace(summary, seconds=time.monotonic() - started)
    pages = refresh_pages(here.output) if here.report else None
    report(summary, work, pages, settings.report_url)
    return summary


def opaque(argument: T) -> T:
    """Keep Prefect from searching a large argument for futures."""
    return cast("T", quote(argument))


def main(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders or globs of articles.")],
    output: Annotated[Path | None, typer.Option(help="Folder of the published tables.")] = None,
) -> None:
    """Run the flow and print what it did."""
    with foreseen_errors():
        check_environment()
        paths = [input_path(given) for given in inputs]
        start_server()
        run = extract_articles.with_options(on_running=[take_sigterm_back])
        summary = result_of(run(paths, output=output, return_state=True))
    print_summary(summary)
    print_report_address(summary.output)
    sys.exit(0 if summary.is_flawless else SOME_FAILED)


def check_environment() -> None:
    """Check the EXTRACT_* variables before Prefect starts a server for the run.

    Raises:
        SettingsError: A setting or limit has an invalid value.
    """
    load_limits()
    load_settings()


def start_server() -> None:
    """Start the run's temporary server, if it needs one, in such a way that Ctrl-C reaches the run only.

    A run reports its end to its server; if that is gone, it tries again for minutes.

    Raises:
        ServerError: It does not start.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        get_client(sync_client=True)
    except RuntimeError as error:
        raise ServerError(
            f"Prefect's temporary server did not start: {' '.join(str(error).split())}",
            advice="Run again when the machine is less busy; `extract run` does the same without Prefect.",
        ) from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def take_sigterm_back(flow: object, flow_run: object, state: object) -> None:  # noqa: ARG001 - a hook
    """Handle SIGTERM like Ctrl-C; Prefect would wait for its server, which the same signal may have ended."""
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))


def result_of(state: State[Any]) -> Summary:
    """Return what a run did, or raise the error that ended it.

    Raises:
        StoreLockedError: Another run is using the output folder.
        TimeLimitError: The run took too long.
    """
    if state.is_cancelled():
        raise StoreLockedError(state.message or "")
    if state.name == "TimedOut":
        raise TimeLimitError(f"{state.message}.", advice=TIME_LIMIT_ADVICE)
    return cast("Summary", state.result())


if __name__ == "__main__":
    typer.run(main)
