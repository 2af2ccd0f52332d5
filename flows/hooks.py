"""The last line in the log of a run: what happened, and what to do about it."""

import logging
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.logging.loggers import flow_run_logger

from flows.limits import TIME_LIMIT_ADVICE

OLD_TABLES = "The published tables are intact; the next run starts from them, and nothing needs cleaning up."


def log_outcome(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Log the outcome of a run."""
    level, message = outcome(state)
    flow_run_logger(flow_run, flow).log(level, "%s", message)


def outcome(state: State[Any]) -> tuple[int, str]:
    """Return the log level and message for a run's final state."""
    if state.is_completed():
        return logging.INFO, "Done. The artifacts extract-summary and extract-issues say what the run did."
    if state.name == "TimedOut":
        return logging.ERROR, f"{state.message}. {TIME_LIMIT_ADVICE} {OLD_TABLES}"
    if state.is_failed():
        return logging.ERROR, f"{state.message} {OLD_TABLES} `extract doctor` may find the cause."
    if state.is_crashed():
        advice = "If it happens again, look for `Out of memory` in the system log and lower EXTRACT_WORKERS."
        return logging.ERROR, f"The run was ended from outside: {state.message} {OLD_TABLES} {advice}"
    return logging.WARNING, f"The run was cancelled. {OLD_TABLES}"
