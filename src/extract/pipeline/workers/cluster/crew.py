"""The crew of a Dask cluster: gives its workers batches, and does without those that are lost.

The run itself decides which worker gets which batch, so that none has more than two a thread in hand, and a
batch whose worker is gone goes to another at once.
"""

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self
from uuid import uuid4

from distributed import CancelledError, Client

from extract.errors import ExtractError
from extract.pipeline.batches import Batch
from extract.pipeline.workers.clock import Clock
from extract.pipeline.workers.cluster.connection import connected, error_of, lost
from extract.pipeline.workers.cluster.members import Attempt, Job, Member
from extract.pipeline.workers.cluster.parcels import pack, unpack_part
from extract.pipeline.workers.cluster.plugin import NotGreetedError, annotate
from extract.pipeline.workers.cluster.team import Team, named
from extract.pipeline.workers.limits import Failure, lost_failure
from extract.settings import Settings
from extract.store.files import disk_errors

_PER_THREAD = 2  # batches in hand: one at work, one that waits for it to end
_POLL_SECONDS = 0.25
_MAX_LOST = 3  # workers over one batch
# An attempt is late after this many times the usual seconds of a batch, but not before these.
_LATE_FACTOR = 4
_LATE_SECONDS = 5.0
_RESULT_SECONDS = 20  # a result that takes longer has gone with its worker

log = logging.getLogger(__name__)

_Outcome = tuple[Batch, Path | Failure]


class DaskCrew:
    """Annotates batches on the workers of a Dask cluster, which need no disk in common with the run.

    Args:
        folder: Where batches lie and parts are written.
        settings: Engine, limits and address of the cluster.

    Attributes:
        folder: Where batches lie and parts are written.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self._settings = settings
        self._run = f"extract-{uuid4().hex[:12]}"
        self._stack = ExitStack()
        self._clock = Clock()
        self._waiting: deque[Job] = deque()
        self._in_hand: list[Job] = []
        self._arrived: SimpleQueue[Attempt] = SimpleQueue()
        self._given_up: list[_Outcome] = []
        self._parse = False
        self._n_sent = 0
        self._usual_seconds = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel what is in hand, and let the workers go."""
        self._cancel(attempt for job in self._in_hand for attempt in job.attempts)
        self._in_hand.clear()
        self._stack.close()

    def expect(self, n_processes: int, *, parse: bool) -> None:  # noqa: ARG002 - the cluster is as large as it is
        """Greet the workers when the first batch is foreseen: they load while the run still reads."""
        self._parse = self._parse or parse
        self._look()

    def add(self, batches: Iterable[Batch]) -> None:
        """Append batches to the queue."""
        self._waiting.extend(map(Job, batches))

    def add_first(self, batches: Sequence[Batch]) -> None:
        """Put batches at the front of the queue."""
        self._waiting.extendleft(map(Job, reversed(batches)))

    def outcomes(self) -> Iterator[_Outcome]:
        """Yield the outcome of every batch as it finishes.

        Raises:
            ClusterError: The scheduler is gone, or no worker of the cluster can do the work.
            ExtractError: A problem that affects every article.
        """
        while self._waiting or self._in_hand:
            self._clock.look()
            self._look()
            self._hand_out()
            for attempt in self._finished():
                outcome = self._receive(attempt)
                if outcome is not None:
                    yield attempt.job.batch, outcome
            while self._given_up:
                yield self._given_up.pop()

    @cached_property
    def _client(self) -> Client:
        client = self._stack.enter_context(connected(self._settings))
        log.info("Cluster %s, dashboard %s", client.scheduler.address, client.dashboard_link)
        return client

    @cached_property
    def _team(self) -> Team:
        return Team(self._run, self._client, self._settings, self._clock)

    def _look(self) -> None:
        """Look who is there; the batches of workers that are gone go to others."""
        for member in self._team.look(parse=self._parse):
            log.info("Worker %s is gone, with %d batches in hand", member.label, len(member.attempts))
            for attempt in list(member.attempts):
                self._lose(attempt, "it is gone")

    def _hand_out(self) -> None:
        """Give waiting batches to workers that may have one more; when none waits, look after late ones."""
        while self._waiting:
            # The last ones wait here: whoever is free first shall have them.
            member = self._team.freest(_PER_THREAD if len(self._waiting) > self._team.n_threads else 1)
            if member is None:
                return
            self._send(self._waiting.popleft(), member)
        for job in self._in_hand:
            self._help_if_late(job)

    def _help_if_late(self, job: Job) -> None:
        """Give a batch that takes far longer than usual to an idle worker too: the first outcome counts."""
        [first, *others] = job.attempts
        usual = self._usual_seconds or self._settings.start_seconds  # the models may not be loaded yet
        limit = max(_LATE_SECONDS, _LATE_FACTOR * usual)
        if others or self._clock.now - first.since < limit:
            return
        if member := self._team.freest(1, but=first.member):
            log.info("Batch %s is late at %s: %s helps", job.batch.name, first.member.label, member.label)
            self._send(job, member)

    def _send(self, job: Job, member: Member) -> None:
        with disk_errors(self._settings.output.absolute()):
            parcel = pack(job.batch)
        self._n_sent += 1
        key = f"annotate-{self._run}-{job.batch.name}-{self._n_sent}"
        future = self._client.submit(
            annotate, self._run, parcel, key=key, workers=[member.address], pure=False
        )
        attempt = Attempt(job, member, future, self._clock.now)
        if not job.attempts:
            self._in_hand.append(job)
        job.attempts.append(attempt)
        member.attempts.append(attempt)
        future.add_done_callback(lambda _future: self._arrived.put(attempt))

    def _finished(self) -> Iterator[Attempt]:
        """Yield the attempts that have ended, after a moment's wait for the first."""
        with suppress(Empty):
            yield self._arrived.get(timeout=_POLL_SECONDS)
            while True:
                yield self._arrived.get_nowait()

    def _receive(self, attempt: Attempt) -> Path | Failure | None:
        """Return the outcome of a batch; None if it has to be sent again, or had one before.

        Raises:
            ClusterError: The scheduler is gone.
            ExtractError: A problem that affects every article.
        """
        if attempt not in attempt.job.attempts:
            return None
        if attempt.future.status != "finished":
            self._hear_error(attempt)
            return None
        try:
            found = attempt.future.result(timeout=_RESULT_SECONDS)
        except OSError as error:  # TimeoutError is one
            self._lose(attempt, f"its result did not come ({error})")
            return None
        except CancelledError as error:  # not by us: we forget what we cancel
            raise lost(self._client, str(error)) from error
        self._settle(attempt)
        if isinstance(found, Failure):
            return found
        with disk_errors(self._settings.output.absolute()):
            return unpack_part(found, self.folder, attempt.job.batch.name)

    def _hear_error(self, attempt: Attempt) -> None:
        """Read why an attempt has no result: mostly because the worker is lost.

        Raises:
            ClusterError: The scheduler is gone.
            ExtractError: A problem that affects every article, and no other worker is there to try.
        """
        error, member = error_of(attempt.future, _RESULT_SECONDS), attempt.member
        if attempt.future.status == "cancelled":  # not by us: we forget what we cancel
            raise lost(self._client, str(error))
        is_of_member = isinstance(error, ExtractError)
        if isinstance(error, ExtractError):
            if not self._team.has_others(member):
                raise named(error, member)
            self._team.refuse(member, error.message, error.advice)
        elif isinstance(error, NotGreetedError):
            self._team.refuse(
                member, "it does not know the run any more", "A run that starts greets it anew."
            )
        self._lose(attempt, f"{type(error).__name__}: {error}", is_of_member=is_of_member)

    def _lose(self, attempt: Attempt, reason: str, *, is_of_member: bool = False) -> None:
        """Forget an attempt; if nobody else has the batch in hand, send it again, or give it up at last.

        Args:
            attempt: Has no outcome.
            reason: Why.
            is_of_member: Whether the worker is to blame, and certainly not the batch.
        """
        job = attempt.job
        self._forget([attempt])
        if job.attempts:
            return
        self._in_hand.remove(job)
        job.n_lost += not is_of_member
        log.info("Batch %s is lost at %s: %s", job.batch.name, attempt.member.label, reason)
        if job.n_lost < _MAX_LOST:
            self._waiting.appendleft(job)
        else:
            self._given_up.append((job.batch, lost_failure(reason)))

    def _settle(self, attempt: Attempt) -> None:
        """Note that a batch has its outcome; whoever else has it in hand need not go on."""
        seconds = self._clock.now - attempt.since
        self._usual_seconds += (seconds - self._usual_seconds) / 8 if self._usual_seconds else seconds
        others = [other for other in attempt.job.attempts if other is not attempt]
        self._forget([attempt, *others])
        self._in_hand.remove(attempt.job)
        self._cancel(others)

    def _forget(self, attempts: Sequence[Attempt]) -> None:
        for attempt in attempts:
            attempt.job.attempts.remove(attempt)
            attempt.member.attempts.remove(attempt)

    def _cancel(self, attempts: Iterable[Attempt]) -> None:
        if futures := [attempt.future for attempt in attempts]:
            with suppress(OSError):  # the scheduler is gone, and they with it
                self._client.cancel(futures, force=True)
