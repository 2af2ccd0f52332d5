"""Time and memory limits of workers, and the failures of articles that exceed them."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from extract.pipeline.batches import Batch
from extract.settings import Settings

_CHARS = 100_000
# A batch gets only this fraction of the time: a slow article gets its full time when it is retried alone.
_BATCH_DIVISOR = 6
# Limits are in CPU time; the wall-clock limit is this many times as long, and some seconds to write the rows.
_WALL_CLOCK_FACTOR = 3
_WRITING_SECONDS = 5
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6
# A worker that is stopped while it sends a message must not leave half of it in the pipe.
_LONGEST_REASON = 1000
_REPORT = "Please report this and the article."


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a batch has no rows.

    Attributes:
        code: Code of the issue, if the batch is a single article.
        reason: Continues the message `The article could not be annotated:`.
        advice: What can be done about it.
    """

    code: str
    reason: str
    advice: str

    @property
    def may_be_chance(self) -> bool:
        """Whether it may be due to other processes, so that another try is worth while."""
        return self.code == "worker_died"


def seconds_for(batch: Batch, settings: Settings) -> float:
    """Return the limit of CPU seconds for the articles of a batch.

    It is `article_seconds`, plus the same again for every 100,000 characters. Several articles together get a
    sixth of the time of one article of their total length.
    """
    seconds = settings.article_seconds * (1 + batch.n_chars / _CHARS)
    return seconds if batch.n_articles == 1 else seconds / _BATCH_DIVISOR


def wall_clock_seconds_for(batch: Batch, settings: Settings) -> float:
    """Return after how many seconds a worker hangs, sleeps or is stopped, whatever CPU time it has used."""
    return seconds_for(batch, settings) * _WALL_CLOCK_FACTOR + _WRITING_SECONDS


def start_seconds_for(settings: Settings, n_failed: int) -> float:
    """Return how long a process may take to start: twice as long after each that did not start in time."""
    return settings.start_seconds * (1 << n_failed)


def resident_mb(pid: int | None) -> float:
    """Return the resident memory of a process in megabytes; 0 on systems without /proc."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * _PAGE_MB


def error_failure(error: Exception) -> Failure:
    """Return the failure of an article whose annotation raised an error."""
    return Failure("annotation_failed", f"{type(error).__name__}: {error}"[:_LONGEST_REASON], _REPORT)


def exit_failure(exit_code: int | None, settings: Settings) -> Failure:
    """Return the failure of a batch whose worker ended unexpectedly."""
    if exit_code == -signal.SIGPROF:
        return time_failure(settings)
    if exit_code == -signal.SIGKILL:
        reason = "its worker process was killed from outside, usually because the system ran out of memory"
        return Failure("worker_died", reason, f"Use fewer --workers. {_REPORT}")
    return Failure("worker_died", f"its worker process crashed ({_name(exit_code)})", _REPORT)


def lost_failure(reason: str) -> Failure:
    """Return the failure of a batch over which several workers of a cluster were lost."""
    reason = f"several workers of the cluster were lost over it, the last because {reason}"
    return Failure("worker_died", reason[:_LONGEST_REASON], f"See the logs of the workers. {_REPORT}")


def start_failure(settings: Settings) -> Failure:
    """Return the failure of a worker that was stopped or hung before it began a batch."""
    return Failure("worker_died", f"it was not ready after {settings.start_seconds:g} seconds", _REPORT)


def time_failure(settings: Settings) -> Failure:
    """Return the failure of an article that exceeded its time limit."""
    limit = f"{settings.article_seconds:g} seconds, plus the same again for every {_CHARS:,} characters"
    advice = f"If the machine is merely slow, raise EXTRACT_ARTICLE_SECONDS. {_REPORT}"
    return Failure("too_slow", f"it exceeded its time limit ({limit})", advice)


def memory_failure(settings: Settings) -> Failure:
    """Return the failure of an article whose worker exceeded its memory limit."""
    return Failure(
        "too_much_memory",
        f"its worker process took more than {settings.worker_mb:,} MB of memory",
        f"If the machine has enough memory, raise EXTRACT_WORKER_MB. {_REPORT}",
    )


def _name(exit_code: int | None) -> str:
    """Return the name of a signal, or the exit code.

    >>> _name(-11), _name(3)
    ('SIGSEGV', 'exit code 3')
    """
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"
