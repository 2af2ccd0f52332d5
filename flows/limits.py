"""What ends a run that does not end by itself, and what gives it another try."""

import errno
from contextlib import suppress
from typing import Any

from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run
from prefect.tasks import Task
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from extract.errors import ExtractError, SettingsError

MAX_STARTS = 3
TIME_LIMIT_ADVICE = "Raise EXTRACT_TIME_LIMIT (seconds), or EXTRACT_WORKERS."

# What a disk answers that is busy, or away for a moment (network file systems).
BUSY = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT})


class Limits(BaseSettings):
    """Limits of a flow run; they count where the flow runs."""

    model_config = SettingsConfigDict(env_prefix="EXTRACT_", frozen=True)

    time_limit: float = Field(default=6 * 3600, gt=0, description="Seconds after which a flow run is ended.")


def load_limits() -> Limits:
    """Return the limits of the environment.

    Raises:
        SettingsError: A limit has a value that it cannot have.
    """
    try:
        return Limits()
    except ValidationError as error:
        [wrong] = error.errors()
        raise SettingsError(
            f"EXTRACT_TIME_LIMIT is {wrong['input']!r}: {wrong['msg']}.",
            advice="Set it to a number of seconds, such as 21600, or unset it.",
        ) from error


def time_limit() -> float | None:
    """Return the time limit as Prefect wants it before there is a run; none where it is set wrong.

    The run itself then says so, as its first step: an error raised while Prefect loads the flow would crash
    the run's process.
    """
    with suppress(SettingsError):
        return load_limits().time_limit
    return None


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
    """Return whether an error is that of a busy disk, be it in the words of the store."""
    cause = error.__cause__ if isinstance(error, ExtractError) else error
    return isinstance(cause, OSError) and cause.errno in BUSY
