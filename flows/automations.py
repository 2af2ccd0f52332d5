"""Starts a run again whose machine or process was killed.

`python -m flows.automations` makes the two automations on the Prefect server, or brings them up to date. A
run says every 30 seconds that it lives (prefect.toml); Prefect's manual has it under "zombie flows".
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
PAUSE_SECONDS = 60  # a worker takes up to 20 s to report a process that was killed, and does so twice

HEARTBEAT, RUNNING, CRASHED, AWAITING_RETRY, PENDING = (
    f"prefect.flow-run.{what}" for what in ("heartbeat", "Running", "Crashed", "AwaitingRetry", "Pending")
)
ENDED = frozenset(f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "TimedOut", "Cancelled"))


def silent_run(silence: float) -> Automation:
    """Call a run crashed that no longer says that it lives; one that has ended stays as it is."""
    return Automation(
        name="extract: a silent run has crashed",
        description="A run that was going was killed with its worker, or the machine went down.",
        trigger=_unless(
            {RUNNING, HEARTBEAT}, followed_by={HEARTBEAT, AWAITING_RETRY, CRASHED, *ENDED}, within=silence
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                message=f"Not heard of for {silence:.0f} s: it was killed, or its machine went down.",
            )
        ],
    )


def crashed_run(pause: float) -> Automation:
    """Start a crashed run again after a pause: the next worker that has room takes it up."""
    return Automation(
        name="extract: start a crashed run again",
        description="A run was killed, which its worker has seen or its silence has told.",
        trigger=_unless({CRASHED}, followed_by={AWAITING_RETRY, PENDING, RUNNING, *ENDED}, within=pause),
        actions=[
            ChangeFlowRunState(
                state=StateType.SCHEDULED, name="AwaitingRetry", message="It was killed; it starts again."
            )
        ],
    )


def _unless(after: set[str], *, followed_by: set[str], within: float) -> EventTrigger:
    """Act on a run of this flow where an event is not followed by another in time."""
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
    """Make the automation, or replace the one of its name.

    Returns:
        What was done, for people.
    """
    try:
        automation.id = cast("Automation", Automation.read(name=automation.name)).id
    except ValueError:  # there is none
        automation.create()
        return f"made: {automation.name}"
    automation.update()
    return f"up to date: {automation.name}"


def main(
    silence: Annotated[
        float, typer.Option(min=10, help="Seconds without a sign of life after which a run starts again.")
    ] = SILENCE_SECONDS,
    pause: Annotated[
        float, typer.Option(min=10, help="Seconds between a crash and the new start.")
    ] = PAUSE_SECONDS,
) -> None:
    """Have runs that were killed start again."""
    with foreseen_errors():
        check_server()
    for automation in (silent_run(silence), crashed_run(pause)):
        typer.echo(apply(automation))


if __name__ == "__main__":
    typer.run(main)
