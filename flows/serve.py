"""Serves the nightly deployment from one long-lived process, without a work pool and a worker.

`python -m flows.serve news/ --output outputs --cron '0 3 * * *' --timezone Asia/Baghdad` needs a Prefect
server (PREFECT_API_URL). Ctrl-C stops it and pauses the schedule.
"""

from pathlib import Path
from typing import Annotated

import typer
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL

from extract.console import foreseen_errors
from extract.errors import SettingsError
from extract.reading import input_path
from flows.extract_articles import extract_articles

NAME = "nightly"
SLUG = "nightly"  # of the schedule; as in prefect.yaml, so that either way of running replaces the other
CRON = "0 3 * * *"
TIMEZONE = "Asia/Baghdad"

# A run that is due while another is still going is cancelled: the next one reads what it would have read.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def main(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders or globs of articles.")],
    output: Annotated[Path | None, typer.Option(help="Folder of the published tables.")] = None,
    cron: Annotated[str, typer.Option(help="When to run, as a cron expression.")] = CRON,
    timezone: Annotated[str, typer.Option(help="Time zone of the cron expression.")] = TIMEZONE,
    name: Annotated[str, typer.Option(help="Name of the deployment.")] = NAME,
) -> None:
    """Run the flow on schedule until this process is stopped."""
    with foreseen_errors():
        check_server()
        paths = [input_path(given) for given in inputs]
    extract_articles.serve(
        name=name,
        description="Reads new articles and publishes the tables.",
        tags=["extract"],
        schedule=Cron(cron, timezone=timezone, slug=SLUG),
        global_limit=ONE_AT_A_TIME,
        parameters=parameters(paths, output),
    )


def parameters(inputs: list[Path], output: Path | None) -> dict[str, object]:
    """Return the parameters of every scheduled run; paths are absolute, because the server stores them."""
    given: dict[str, object] = {"inputs": [str(path.absolute()) for path in inputs]}
    return given | ({"output": str(output.absolute())} if output else {})


def check_server() -> None:
    """Check that a server is configured: a temporary one would forget the schedule.

    Raises:
        SettingsError: No server is configured.
    """
    if not PREFECT_API_URL.value():
        raise SettingsError(
            "PREFECT_API_URL is not set: a schedule needs a Prefect server.",
            advice="Start one with `prefect server start`, then set PREFECT_API_URL=http://127.0.0.1:4200/api.",
        )


if __name__ == "__main__":
    typer.run(main)
