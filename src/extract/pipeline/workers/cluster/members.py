"""The workers of a cluster, as a run sees them, and what they have in hand."""

from dataclasses import dataclass, field

from distributed import Future

from extract.pipeline.batches import Batch


@dataclass(eq=False, slots=True)
class Job:
    """A batch that has no outcome yet.

    Attributes:
        attempts: Who has it in hand: one worker, or two if the first is late.
        n_lost: How many workers were lost over it.
    """

    batch: Batch
    attempts: "list[Attempt]" = field(default_factory=list)
    n_lost: int = 0


@dataclass(eq=False, slots=True)
class Attempt:
    """A batch in the hands of a worker.

    Attributes:
        since: When it was sent, by the run's clock.
    """

    job: Job
    member: "Member"
    future: Future
    since: float


@dataclass(eq=False, slots=True)
class Member:
    """A worker of the cluster.

    Attributes:
        label: How messages call it.
        lease: Its answer to the greeting; while it is held, the worker stays prepared.
        is_welcome: Whether it makes the same rows.
        is_running: Whether it takes batches: not if it is closing or short of memory.
        refusal: Why it gets none, as a sentence.
    """

    address: str
    label: str
    n_threads: int
    lease: Future
    is_welcome: bool = False
    is_running: bool = True
    refusal: str = ""
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def load(self) -> float:
        """Batches in hand per thread."""
        return len(self.attempts) / self.n_threads

    def can_take(self, per_thread: int) -> bool:
        """Whether it may be given another batch."""
        return self.is_welcome and self.is_running and self.load < per_thread
