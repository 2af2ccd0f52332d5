"""Who of a cluster works for a run: greets its workers, and notices who comes, goes, or is of no use."""

import logging
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from distributed import CancelledError, Client

from extract.errors import ClusterError, ExtractError
from extract.pipeline.workers.clock import Clock
from extract.pipeline.workers.cluster.connection import error_of, lost, workers_of
from extract.pipeline.workers.cluster.greeting import identity, settings_to_send
from extract.pipeline.workers.cluster.members import Member
from extract.pipeline.workers.cluster.plugin import greet
from extract.settings import Settings

_LOOK_SECONDS = 1.0  # interval between looks at who is there
_ANSWER_SECONDS = 2  # for an answer that is there to arrive
_ADVICE = (
    "Install the same version of extract with the same models/ there, and start it again; docs/cluster.md "
    "explains it."
)

log = logging.getLogger(__name__)

_Key = tuple[str, str]  # address of a worker, and its name until it is started again


class Team:
    """The workers of a cluster.

    Args:
        run: Name of the run.
        client: Of the cluster.
        settings: The run's.
        clock: The run's.
    """

    def __init__(self, run: str, client: Client, settings: Settings, clock: Clock) -> None:
        self._run = run
        self._client = client
        self._settings = settings
        self._clock = clock
        self._members: dict[_Key, Member] = {}
        self._looked: float | None = None
        self._alone_since: float | None = None

    @property
    def n_threads(self) -> int:
        """Number of batches that can be annotated at the same time.

        A worker that is paused counts while it has batches in hand: it may go on.
        """
        useful = (
            one for one in self._members.values() if one.is_welcome and (one.is_running or one.attempts)
        )
        return sum(member.n_threads for member in useful)

    def has_others(self, member: Member) -> bool:
        """Whether there are other workers that are not refused."""
        return any(not one.refusal for one in self._members.values() if one is not member)

    def refuse(self, member: Member, why: str, advice: str = _ADVICE) -> None:
        """Give a worker nothing more to do."""
        if member.refusal:
            return
        member.is_welcome = False
        member.refusal = f"The worker {member.label} is refused: {why.rstrip('.')}."
        log.warning("%s It gets nothing more to do. %s", member.refusal, advice)

    def freest(self, per_thread: int, but: Member | None = None) -> Member | None:
        """Return the worker with least in hand of those that may have one more.

        Args:
            per_thread: How many batches it may have in hand for each of its threads.
            but: A worker that is not asked for.
        """
        members = (member for member in self._members.values() if member is not but)
        free = (member for member in members if member.can_take(per_thread))
        return min(free, key=lambda member: member.load, default=None)

    def look(self, *, parse: bool) -> Collection[Member]:
        """Greet new workers, and hear what they answer; return those that are gone.

        Args:
            parse: Whether the next batches need the model.

        Raises:
            ClusterError: The scheduler is gone, or no worker of the cluster can do the work.
        """
        if self._looked is not None and self._clock.now - self._looked < _LOOK_SECONDS:
            return ()
        self._looked = self._clock.now
        known = workers_of(self._client, self._settings.start_seconds)
        there = {(address, str(one["id"])): one for address, one in known.items()}
        gone = [self._members.pop(key) for key in self._members.keys() - there.keys()]
        for key, one in there.items():
            if key not in self._members:
                self._members[key] = self._greet(key, one, parse=parse)
            self._members[key].is_running = one["status"] == "running"
        for member in self._members.values():
            if member.lease.done() and not (member.is_welcome or member.refusal):
                self._hear(member)
        self._check()
        return gone

    @cached_property
    def _introduction(self) -> tuple[object, ...]:
        """What every worker is told about the run."""
        overrides, root = {}, self._settings.overrides
        if root is not None:
            files = (file for file in root.rglob("*") if file.suffix in {".toml", ".csv"})
            overrides = {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
        return identity(self._settings), settings_to_send(self._settings), overrides

    def _greet(self, key: _Key, known: Mapping[str, Any], *, parse: bool) -> Member:
        address, identifier = key
        lease = f"greet-{self._run}-{identifier}"
        words = (self._run, lease, *self._introduction)
        answer = self._client.submit(greet, *words, parse=parse, key=lease, workers=[address], pure=False)
        name = str(known["name"])
        label = address if name == address else f"{name} ({address})"
        return Member(address, label, known["nthreads"], answer)

    def _hear(self, member: Member) -> None:
        """Read what a worker answered.

        Raises:
            ClusterError: The scheduler is gone.
        """
        if member.lease.status != "finished":
            error = error_of(member.lease, _ANSWER_SECONDS)
            self.refuse(member, f"it cannot be prepared ({type(error).__name__}: {error})")
            return
        try:
            refusal = member.lease.result(timeout=_ANSWER_SECONDS)
        except OSError:  # TimeoutError is one: the next look hears it again, or the worker is gone
            return
        except CancelledError as error:
            raise lost(self._client, str(error)) from error
        if refusal:
            self.refuse(member, refusal)
        else:
            member.is_welcome = True
            log.info("Worker %s is ready, with %d threads", member.label, member.n_threads)

    def _check(self) -> None:
        """Make sure that there is somebody to do the work, or will be.

        Raises:
            ClusterError: All workers are refused, or there has been none for some time.
        """
        refusals = [member.refusal for member in self._members.values() if member.refusal]
        if refusals and len(refusals) == len(self._members):
            raise ClusterError(" ".join(refusals), advice=_ADVICE)
        if self.n_threads:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = self._clock.now
        elif self._clock.now - self._alone_since > self._settings.start_seconds:
            raise ClusterError(
                f"No worker of the cluster {self._settings.cluster} was ready within "
                f"{self._settings.start_seconds:g} seconds.",
                advice="Start some with `dask worker`; if they are merely slow, raise EXTRACT_START_SECONDS.",
            )


def named(error: ExtractError, member: Member) -> ExtractError:
    """Return the error with the name of the worker that had it."""
    return type(error)(f"On the worker {member.label}: {error.message}", advice=error.advice)
