"""The workers of a run: processes that are started, given batches, watched and replaced."""

import logging
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.errors import ExtractError, ModelError, SettingsError
from extract.pipeline.batches import Batch
from extract.pipeline.workers.limits import Failure, ended, resident_mb, too_large
from extract.pipeline.workers.process import Message, Ready, work
from extract.settings import Settings

_LOOK_EVERY = 0.1  # seconds between two looks at the workers' memory
_MOST_FALSE_STARTS = 3
_DAWDLE = 10  # seconds that a killed process may take to be gone
_LINGERS = 5  # seconds after which an article that is tried alone is likely to take all its time

log = logging.getLogger(__name__)

Outcome = Path | Failure
"""The part that a batch became, or why it became none."""


@dataclass(slots=True)
class _Worker:
    """A process and the batch that it was given.

    Attributes:
        started: When it was started.
        begun: When it began with the batch.
        models_mb: Memory that it held before its first article.
    """

    process: BaseProcess
    connection: "Connection[Batch, Message]"
    batch: Batch | None = None
    started: float = field(default_factory=time.monotonic)
    begun: float | None = None
    models_mb: float = 0.0

    @property
    def lingers(self) -> bool:
        """Whether it is likely to hang: what waits should not wait for it."""
        if self.batch is None or self.batch.n_articles > 1 or self.begun is None:
            return False
        return time.monotonic() - self.begun > _LINGERS

    @property
    def resident_mb(self) -> float:
        return resident_mb(self.process.pid)

    def begin(self) -> None:
        self.begun = time.monotonic()
        if not self.models_mb:
            self.models_mb = self.resident_mb
            seconds = self.begun - self.started
            log.info("%s has loaded all it needs: %.1f s, %.0f MB", self, seconds, self.models_mb)

    def __str__(self) -> str:
        return f"Worker {self.process.pid}"

    def give(self, batch: Batch) -> None:
        self.batch, self.begun = batch, None
        with suppress(OSError):  # it has died: the next message from it says so
            self.connection.send(batch)

    def end(self) -> int | None:
        """Kill the process, which holds nothing that is not written, and return how it ended."""
        with suppress(OSError):
            self.process.kill()
        self.process.join(_DAWDLE)
        self.connection.close()
        return self.process.exitcode


class Crew:
    """Annotates batches in several processes; one that ends, hangs or takes too much memory is replaced.

    Args:
        size: Most processes at once; twice as many where articles hang, so that the others go on.
        folder: Where parts are written.
        settings: Engine, models and limits.
    """

    def __init__(self, size: int, folder: Path, settings: Settings) -> None:
        self._size = size
        self._folder = folder
        self._settings = settings
        self._waiting: deque[Batch] = deque()
        self._workers: list[_Worker] = []
        self._false_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes, however the run ends."""
        for worker in self._workers:
            worker.end()

    def add(self, batches: Iterable[Batch]) -> None:
        """Let batches wait for a worker."""
        self._waiting.extend(batches)

    def add_first(self, batches: Sequence[Batch]) -> None:
        """Let batches go before those that wait: while one of them hangs, others can go on."""
        self._waiting.extendleft(reversed(batches))

    def outcomes(self) -> Iterator[tuple[Batch, Outcome]]:
        """Yield what became of every batch, as they are done.

        Raises:
            ExtractError: A worker met what breaks every article, or workers cannot start.
        """
        while self._waiting or any(worker.batch for worker in self._workers):
            self._hand_out()
            ready = wait([worker.connection for worker in self._workers], timeout=_LOOK_EVERY)
            for worker in list(self._workers):
                outcome = self._hear(worker) if worker.connection in ready else self._watch(worker)
                batch = worker.batch
                if outcome is not None and batch is not None:
                    self._rest(worker)
                    yield batch, outcome

    def _hand_out(self) -> None:
        """Give waiting batches to workers without one; start those that are missing, or linger."""
        for worker in self._workers:
            if self._waiting and worker.batch is None:
                worker.give(self._waiting.popleft())
        lingering = sum(worker.lingers for worker in self._workers)
        while self._waiting and len(self._workers) < self._size + min(lingering, self._size):
            worker = self._start()
            self._workers.append(worker)
            worker.give(self._waiting.popleft())

    def _start(self) -> _Worker:
        # One thread a process: with more, two processes fight for the cores (100 times slower at worst).
        os.environ["OMP_NUM_THREADS"] = "1"
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        task = (theirs, self._folder, self._settings)
        process = spawn.Process(target=work, args=task, name="extract-worker", daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _hear(self, worker: _Worker) -> Outcome | None:
        """Read a worker's message; None where it has only begun, or has to begin again."""
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            return self._bury(worker)
        if isinstance(message, ExtractError):
            raise message
        if isinstance(message, Ready):
            worker.begin()
            self._false_starts = 0
            return None
        return message

    def _bury(self, worker: _Worker) -> Failure | None:
        """Tell why a process ended; a batch that it had not begun waits for another."""
        self._workers.remove(worker)
        worker.process.join(_DAWDLE)
        exit_code = worker.end()
        failure = ended(exit_code, self._settings)
        log.info("%s has ended: %s", worker, failure.seen)
        if worker.begun is not None or worker.batch is None:
            return failure
        self._false_starts += 1
        if self._false_starts == _MOST_FALSE_STARTS:
            seen = f"A worker process ended {_MOST_FALSE_STARTS} times while it loaded the models"
            advice = "See whether memory is short (use fewer --workers), and run `extract doctor`."
            raise ModelError(f"{seen} ({failure.seen}).", advice=advice)
        self._waiting.appendleft(worker.batch)
        return None

    def _watch(self, worker: _Worker) -> Failure | None:
        """Kill a worker that takes more memory than it may."""
        if worker.batch is None or worker.resident_mb <= self._settings.worker_mb:
            return None
        if worker.begun is None:
            seen = f"EXTRACT_WORKER_MB is {self._settings.worker_mb:,}: the models alone take more."
            raise SettingsError(seen, advice="Raise it or unset it; docs/running.md says what it means.")
        self._workers.remove(worker)
        worker.end()
        failure = too_large(self._settings)
        log.info("%s was ended: %s", worker, failure.seen)
        return failure

    def _rest(self, worker: _Worker) -> None:
        """Take its batch from a worker; end it if it keeps memory that the next would be blamed for."""
        worker.batch = None
        if worker in self._workers and worker.resident_mb > (worker.models_mb + self._settings.worker_mb) / 2:
            self._workers.remove(worker)
            worker.end()
