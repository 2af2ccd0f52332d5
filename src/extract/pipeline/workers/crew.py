"""What annotates the batches of a run: processes on this machine, or the workers of a Dask cluster."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from extract.pipeline.batches import Batch
from extract.pipeline.workers.limits import Failure
from extract.pipeline.workers.local import LocalCrew
from extract.settings import Settings

Outcome = Path | Failure
"""The part with a batch's rows, or why there are none."""


class Crew(Protocol):
    """Annotates batches in any order; used as a context manager, which ends what it has started.

    A crew never loses a batch: each that was added has one outcome, whatever happens to who works on it.

    Attributes:
        folder: Where batches lie and parts are written.
    """

    folder: Path

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def expect(self, n_processes: int, *, parse: bool) -> None:
        """Prepare for work for so many processes, as far as is known; `parse`: they need the model."""

    def add(self, batches: Iterable[Batch]) -> None:
        """Append batches to the queue."""

    def add_first(self, batches: Sequence[Batch]) -> None:
        """Put batches at the front of the queue."""

    def outcomes(self) -> Iterator[tuple[Batch, Outcome]]:
        """Yield the outcome of every batch as it finishes.

        Raises:
            ExtractError: A problem that affects every article.
        """


def hire(folder: Path, settings: Settings) -> Crew:
    """Return the crew that the settings ask for; nothing starts before it is told what to expect.

    Args:
        folder: Where batches lie and parts are written.
        settings: Engine, models, limits, and number of workers or address of a cluster.

    Raises:
        ClusterError: A cluster is asked for, but the package `distributed` is not installed.
    """
    if not settings.cluster:
        return LocalCrew(settings.workers, folder, settings)
    from extract.pipeline.workers.cluster.crew import DaskCrew  # noqa: PLC0415 - only where it is asked for

    return DaskCrew(folder, settings)
