"""The crew on this machine: starts worker processes, gives them batches, monitors and replaces them."""

import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.child_process import start_child
from extract.errors import ExtractError, ModelError, SettingsError
from extract.pipeline.batches import Batch, n_processes
from extract.pipeline.workers.clock import Clock
from extract.pipeline.workers.limits import (
    Failure,
    exit_failure,
    memory_failure,
    resident_mb,
    start_failure,
    start_seconds_for,
    time_failure,
    wall_clock_seconds_for,
)
from extract.pipeline.workers.process import Message, Ready, work
from extract.settings import Settings

_POLL_SECONDS = 0.1  # interval between checks of the workers' memory
_MAX_FAILED_STARTS = 3  # in a row
_KILL_SECONDS = 10  # how long a killed process may take to end
_SLOW_SECONDS = 5  # an article retried alone that takes longer will probably use up its time limit

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Worker:
    """A process and its current batch.

    Attributes:
        clock: The run's.
        since: When it received the batch, or began to annotate it.
        has_begun: Whether it has begun to annotate the batch.
        models_mb: Its memory before the first article.
    """

    process: BaseProcess
    connection: "Connection[Batch, Message]"
    clock: Clock
    batch: Batch | None = None
    since: float = 0.0
    has_begun: bool = False
    models_mb: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it has been loading, or annotating its batch."""
        return self.clock.now - self.since

    @property
    def is_slow(self) -> bool:
        """Whether it probably hangs, so that waiting batches should not wait for it."""
        if self.batch is None or self.batch.n_articles > 1:
            return False
        return self.has_begun and self.seconds > _SLOW_SECONDS

    @property
    def resident_mb(self) -> float:
        return resident_mb(self.process.pid)

    def begin(self) -> None:
        if not self.models_mb:
            self.models_mb = self.resident_mb
            log.info("%s is ready: %.1f s, %.0f MB", self, self.seconds, self.models_mb)
        self.since, self.has_begun = self.clock.now, True

    def __str__(self) -> str:
        return f"Worker {self.process.pid}"

    def give(self, batch: Batch) -> None:
        self.batch, self.since, self.has_begun = batch, self.clock.now, False
        with suppress(OSError):  # it has died: `_receive` notices
            self.connection.send(batch)

    def end(self) -> int | None:
        """Kill the process, which has no unsaved state and may be stopped, and return its exit code."""
        with suppress(OSError):
            self.process.kill()
        self.process.join(_KILL_SECONDS)
        self.connection.close()
        return self.process.exitcode


class LocalCrew:
    """Annotates batches in several processes, and replaces those that end, hang or use too much memory.

    One thread starts and ends them: those of a thread that is gone would be gone as well.

    Args:
        size: Maximum number of processes; up to twice as many while articles hang.
        folder: Where parts are written.
        settings: Engine, models and limits.

    Attributes:
        folder: Where parts are written.
    """

    def __init__(self, size: int, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self._size = size
        self._settings = settings
        self._waiting: deque[Batch] = deque()
        self._workers: list[_Worker] = []
        self._clock = Clock()
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        while self._workers:
            self._workers.pop().end()

    def expect(self, n_processes: int, *, parse: bool) -> None:
        """Start the processes that the work will occupy: they load while the run still reads.

        Args:
            n_processes: How many these are, as far as is known.
            parse: Whether they have to parse, and need the model.
        """
        while len(self._workers) < min(n_processes, self._size):
            self._workers.append(self._start(parse=parse))

    def add(self, batches: Iterable[Batch]) -> None:
        """Append batches to the queue."""
        self._waiting.extend(batches)

    def add_first(self, batches: Sequence[Batch]) -> None:
        """Put batches at the front of the queue: if one of them hangs, other work is left to do meanwhile."""
        self._waiting.extendleft(reversed(batches))

    def outcomes(self) -> Iterator[tuple[Batch, Path | Failure]]:
        """Yield the outcome of every batch as it finishes.

        Raises:
            ExtractError: A problem that affects every article, or workers that cannot start.
        """
        while self._waiting or any(worker.batch for worker in self._workers):
            self._hand_out()
            ready = wait([worker.connection for worker in self._workers], timeout=_POLL_SECONDS)
            self._clock.look()
            for worker in list(self._workers):
                outcome = self._receive(worker) if worker.connection in ready else self._check(worker)
                batch = worker.batch
                if outcome is not None and batch is not None:
                    self._release(worker)
                    yield batch, outcome

    def _hand_out(self) -> None:
        """Give waiting batches to idle workers; start missing workers, and extra ones for slow workers."""
        for worker in self._workers:
            if self._waiting and worker.batch is None:
                worker.give(self._waiting.popleft())
        n_slow = sum(worker.is_slow for worker in self._workers)
        given = [worker.batch for worker in self._workers if worker.batch]
        size = min(self._size, n_processes([*given, *self._waiting]))
        while self._waiting and len(self._workers) < size + min(n_slow, self._size):
            worker = self._start(parse=False)
            self._workers.append(worker)
            worker.give(self._waiting.popleft())

    def _start(self, *, parse: bool) -> _Worker:
        # One thread per process: with more, the processes compete for cores (up to 100 times slower).
        os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
        ours, theirs = multiprocessing.Pipe()
        process = start_child("extract-worker", work, theirs, self.folder, self._settings, parse=parse)
        theirs.close()
        return _Worker(process, ours, self._clock)

    def _receive(self, worker: _Worker) -> Path | Failure | None:
        """Read a worker's message; None if its batch has only begun, or goes back to the queue."""
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            return self._handle_exit(worker)
        if isinstance(message, ExtractError):
            raise message
        if isinstance(message, Ready):
            worker.begin()
            self._failed_starts = 0
            return None
        return message

    def _handle_exit(self, worker: _Worker) -> Failure | None:
        """Return why a process ended; a batch that it had not begun goes back to the queue."""
        self._workers.remove(worker)
        worker.process.join(_KILL_SECONDS)
        exit_code = worker.end()
        failure = exit_failure(exit_code, self._settings)
        log.info("%s has ended: %s", worker, failure.reason)
        if not worker.has_begun and worker.batch is not None:
            self._start_again(worker.batch, failure.reason)
            return None
        return failure

    def _start_again(self, batch: Batch, reason: str) -> None:
        """Put a batch back whose worker has not begun it.

        Raises:
            ModelError: Workers cannot start.
        """
        self._failed_starts += 1
        if self._failed_starts == _MAX_FAILED_STARTS:
            raise ModelError(
                f"A worker process ended {_MAX_FAILED_STARTS} times while it loaded the models ({reason}).",
                advice="Check whether memory is short (use fewer --workers), and run `extract doctor`. "
                "If the machine is merely slow, raise EXTRACT_START_SECONDS.",
            )
        self._waiting.appendleft(batch)

    def _check(self, worker: _Worker) -> Failure | None:
        """End a worker that exceeds its limit of memory or time."""
        batch, settings = worker.batch, self._settings
        if batch is None:
            return None
        if worker.resident_mb > settings.worker_mb:
            if not worker.has_begun:
                message = f"EXTRACT_WORKER_MB is {settings.worker_mb:,}: the models alone take more."
                raise SettingsError(message, advice="Raise it or unset it; docs/running.md explains it.")
            return self._end(worker, memory_failure(settings))
        if worker.has_begun:
            is_over = worker.seconds > wall_clock_seconds_for(batch, settings)
            return self._end(worker, time_failure(settings)) if is_over else None
        if worker.seconds > start_seconds_for(settings, self._failed_starts):
            failure = self._end(worker, start_failure(settings))
            self._start_again(batch, failure.reason)
        return None

    def _end(self, worker: _Worker, failure: Failure) -> Failure:
        self._workers.remove(worker)
        worker.end()
        log.info("%s was ended: %s", worker, failure.reason)
        return failure

    def _release(self, worker: _Worker) -> None:
        """Mark a worker as idle; end it if it still holds memory that the next batch would be blamed for."""
        worker.batch = None
        if worker in self._workers and worker.resident_mb > (worker.models_mb + self._settings.worker_mb) / 2:
            self._workers.remove(worker)
            worker.end()
