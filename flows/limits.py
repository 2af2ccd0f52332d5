"""What ends a run that does not end by itself, and what gives it another try."""

import errno
from typing import Any

from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run
from prefect.tasks import Task
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from extract.errors import ExtractError

MAX_STARTS = 3
TIME_LIMIT_ADVICE = "Raise EXTRACT_TIME_LIMIT (seconds), or EXTRACT_WORKERS."

# What a disk answers that is busy, or away for a moment (network file systems).
BUSY = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT})


class Limits(BaseSettings):
    """Limits of a flow run; they count where the flow runs."""

    model_config = SettingsConfigDict(env_prefix="EXTRACT_", frozen=True)

    time_limit: float = Field(default=6 * 3600, gt=0, description="Seconds after which a flow run is ended.")


class TimeLimitError(ExtractError):
    """A run that took too long."""


class StartedTooOftenError(ExtractError):
    """A run that was killed and started again too often."""


def check_starts() -> None:
    """Stop a run that was killed each time it was started: it would be killed again.

    Raises:
        StartedTooOftenError: The run was started `MAX_STARTS` times before.
    """
    if flow_run.run_count > MAX_STARTS:
        raise StartedTooOftenError(
            f"The run was started {MAX_STARTS} times and never came to its end.",
            advice="Look into its log and the system's (memory, disk), then start a new run.",
        )


def may_pass_by_itself(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Retry where a disk was busy; not what the user has to mend, and no fault of the program."""
    return is_busy(state.result(raise_on_failure=False))


def is_busy(error: object) -> bool:
    """Tell whether an error is that of a busy disk, be it in the words of the store."""
    cause = error.__cause__ if isinstance(error, ExtractError) else error
    return isinstance(cause, OSError) and cause.errno in BUSY
