"""Limits on the time and number of starts of a run, and the errors after which a step is retried."""

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

# Errors of a disk that is busy or briefly unavailable (network file systems).
BUSY = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT})


class Limits(BaseSettings):
    """Limits of a flow run, read in the process that runs the flow."""

    model_config = SettingsConfigDict(env_prefix="EXTRACT_", frozen=True)

    time_limit: float = Field(default=6 * 3600, gt=0, description="Seconds after which a flow run is ended.")


def load_limits() -> Limits:
    """Return the limits set in the environment.

    Raises:
        SettingsError: A limit has an invalid value.
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
    """Return the time limit for the flow's decorator; None if it is invalid.

    An invalid limit is reported by the run's first step: an error raised while Prefect loads the flow would
    crash the run's process.
    """
    with suppress(SettingsError):
        return load_limits().time_limit
    return None


class ServerError(ExtractError):
    """A temporary server that did not start."""


class TimeLimitError(ExtractError):
    """A run that took too long."""


class StartedTooOftenError(ExtractError):
    """A run that was killed and restarted too often."""


def check_starts() -> None:
    """Stop a run that was killed after every start so far, since it would be killed again.

    Raises:
        StartedTooOftenError: The run was already started `MAX_STARTS` times.
    """
    if flow_run.run_count > MAX_STARTS:
        raise StartedTooOftenError(
            f"The run was started {MAX_STARTS} times and never finished.",
            advice="Look into its log and the system log (memory, disk), then start a new run.",
        )


def is_transient(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Return whether a failed step is worth retrying: only if the disk was busy."""
    return is_busy(state.result(raise_on_failure=False))


def is_busy(error: object) -> bool:
    """Return whether an error, or the cause of an ExtractError, is that of a busy disk."""
    cause = error.__cause__ if isinstance(error, ExtractError) else error
    return isinstance(cause, OSError) and cause.errno in BUSY
