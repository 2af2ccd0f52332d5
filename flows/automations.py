"""Restarts runs whose process or machine was killed.

`python -m flows.automations` creates or updates two automations on the Prefect server. A run sends a
heartbeat every 30 seconds (prefect.toml); Prefect's manual calls runs without one "zombie flows".
"""

from datetime import timedelta
from typing import Annotated, cast

import typer
from prefect.automations import Automation
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from extract.console import foreseen_errors
from flows.extract_articles import extract_articles
from flows.serve import check_server

SILENCE_SECONDS = 120  # four heartbeats: a machine that swaps may miss one
PAUSE_SECONDS = 60  # a worker takes up to 20 s to report a killed process, and does so twice

HEARTBEAT, RUNNING, CRASHED, AWAITING_RETRY, PENDING = (
    f"prefect.flow-run.{what}" for what in ("heartbeat", "Running", "Crashed", "AwaitingRetry", "Pending")
)
ENDED = frozenset(f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "TimedOut", "Cancelled"))


def silent_run(silence: float) -> Automation:
    """Mark a run as crashed if its heartbeats stop; runs that have ended are not affected."""
    return Automation(
        name="extract: a silent run has crashed",
        description="Marks a run as crashed if it was killed with its worker, or its machine went down.",
        trigger=_unless(
            {RUNNING, HEARTBEAT}, followed_by={HEARTBEAT, AWAITING_RETRY, CRASHED, *ENDED}, within=silence
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                message=f"No heartbeat for {silence:.0f} s: it was killed, or its machine went down.",
            )
        ],
    )


def crashed_run(pause: float) -> Automation:
    """Restart a crashed run after a pause: the next free worker takes it."""
    return Automation(
        name="extract: start a crashed run again",
        description="Restarts a run that was killed, as reported by its worker or by the lack of heartbeats.",
        trigger=_unless({CRASHED}, followed_by={AWAITING_RETRY, PENDING, RUNNING, *ENDED}, within=pause),
        actions=[
            ChangeFlowRunState(
                state=StateType.SCHEDULED, name="AwaitingRetry", message="It was killed; it will restart."
            )
        ],
    )


def _unless(after: set[str], *, followed_by: set[str], within: float) -> EventTrigger:
    """Fire for a run of this flow when an event is not followed by one of others in time."""
    flow = {"prefect.resource.role": "flow", "prefect.resource.name": extract_articles.name}
    return EventTrigger(
        posture=Posture.Proactive,
        match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
        match_related=ResourceSpecification(flow),
        for_each={"prefect.resource.id"},
        after=after,
        expect=followed_by,
        threshold=1,
        within=timedelta(seconds=within),
    )


def apply(automation: Automation) -> str:
    """Create the automation, or update the one with the same name.

    Returns:
        What was done.
    """
    try:
        automation.id = cast("Automation", Automation.read(name=automation.name)).id
    except ValueError:  # it does not exist
        automation.create()
        return f"created: {automation.name}"
    automation.update()
    return f"up to date: {automation.name}"


def main(
    silence: Annotated[
        float, typer.Option(min=10, help="Seconds without a heartbeat after which a run counts as crashed.")
    ] = SILENCE_SECONDS,
    pause: Annotated[
        float, typer.Option(min=10, help="Seconds between a crash and the restart.")
    ] = PAUSE_SECONDS,
) -> None:
    """Restart runs that were killed."""
    with foreseen_errors():
        check_server()
    for automation in (silent_run(silence), crashed_run(pause)):
        typer.echo(apply(automation))


if __name__ == "__main__":
    typer.run(main)
