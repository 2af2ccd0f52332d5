"""What runs on a Dask worker: it greets a run, holds the processes that annotate, and gives them batches.

The worker itself annotates nothing. For each of its threads it starts a process, as a run does on one
machine, with the same limits of time and memory: an article that hangs or crashes costs a process, not the
worker.
"""

import asyncio
import logging
import multiprocessing
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from distributed import Worker, WorkerPlugin, get_worker

from extract.pipeline.workers.cluster.greeting import differences, identity, settings_there
from extract.pipeline.workers.cluster.parcels import PackedPart, Parcel, discard, pack_part
from extract.pipeline.workers.limits import Failure
from extract.pipeline.workers.local import LocalCrew
from extract.settings import Settings
from extract.store.files import disk_errors

_POLL_SECONDS = 1.0  # interval between looks whether the run is over, while a batch waits for a process

log = logging.getLogger(__name__)


class NotGreetedError(Exception):
    """A batch for a worker that does not know the run: it was restarted, or the run is over for it."""


async def greet(
    run: str,
    lease: str,
    expected: Mapping[str, str],
    settings: Mapping[str, Any],
    overrides: Mapping[str, bytes],
    *,
    parse: bool,
) -> str:
    """Prepare this worker for a run; return why it cannot work for it, or an empty text.

    Args:
        run: Name of the run.
        lease: Key of this task: while the run holds its result, the worker stays prepared.
        expected: The run's `identity`.
        settings: From `settings_to_send`.
        overrides: Files with corrections by hand, by their path in the folder.
        parse: Load the model at once: the first batch will need it.
    """
    worker = get_worker()
    folder = Path(worker.local_directory) / run
    own = settings_there(settings, folder)
    found = await asyncio.to_thread(identity, own)
    if found != expected:
        return f"it differs from the run in {' and '.join(differences(expected, found))}"
    plugin = AnnotatingPlugin(run, lease, own, overrides, parse=parse)
    await worker.plugin_add(plugin, name=run, catch_errors=False)
    return ""


def annotate(run: str, parcel: Parcel) -> PackedPart | Failure:
    """Annotate a batch on this worker.

    Raises:
        NotGreetedError: The worker was started after the run had greeted one at this address.
        ExtractError: A problem that affects every article.
    """
    plugin = get_worker().plugins.get(run)
    if plugin is None:
        raise NotGreetedError(run)
    done: PackedPart | Failure = plugin.annotate(parcel)
    return done


class AnnotatingPlugin(WorkerPlugin):  # type: ignore[misc]
    """Holds the processes of a run on a worker; they load models and knowledge once.

    They end when the run lets go of its lease, also by dying, and with the worker.

    Args:
        run: Name of the run.
        lease: Key of the task that `greet` was.
        settings: The worker's.
        overrides: Files with corrections by hand, by their path in the folder.
        parse: Whether the first batch will need the model.
    """

    def __init__(
        self, run: str, lease: str, settings: Settings, overrides: Mapping[str, bytes], *, parse: bool
    ) -> None:
        self._run = run
        self._lease = lease
        self._settings = settings
        self._overrides = overrides
        self._parse = parse
        self._idle: SimpleQueue[LocalCrew] = SimpleQueue()
        self._is_over = False

    def setup(self, worker: Worker) -> None:
        """Start a process for each thread of the worker.

        In the thread of the event loop: Linux ends a process with the thread that started it.
        """
        self._worker = worker
        # Dask runs workers as daemons, which may have no children, lest these outlive them; ours cannot.
        multiprocessing.current_process().daemon = False
        self._write_overrides()
        for _ in range(worker.state.nthreads):
            crew = self._new_crew()
            crew.expect(1, parse=self._parse)
            self._idle.put(crew)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask passes it
        """End the processes; one that is at work ends with its batch."""
        self._is_over = True
        self._end_idle()
        shutil.rmtree(self._folder, ignore_errors=True)

    def transition(self, key: object, start: str, finish: str, **kwargs: object) -> None:  # noqa: ARG002
        """Learn that the run has let go of this worker."""
        if key == self._lease and finish in {"released", "forgotten"} and not self._is_over:
            self._is_over = True
            self._worker.loop.add_callback(self._worker.plugin_remove, self._run)

    def annotate(self, parcel: Parcel) -> PackedPart | Failure:
        """Have a batch annotated.

        Raises:
            NotGreetedError: The run has let go of this worker.
            ExtractError: A problem that affects every article.
        """
        crew = self._take_idle()
        try:
            return self._annotate(parcel, crew)
        except BaseException:  # it may be in the middle of something
            self._end(crew)
            crew = self._new_crew()
            raise
        finally:
            self._idle.put(crew)
            if self._is_over:  # perhaps only since a moment, so that `teardown` has not seen it
                self._end_idle()

    def _take_idle(self) -> LocalCrew:
        while not self._is_over:
            with suppress(Empty):
                return self._idle.get(timeout=_POLL_SECONDS)
        raise NotGreetedError(self._run)

    def _end_idle(self) -> None:
        with suppress(Empty):
            while True:
                self._end(self._idle.get_nowait())

    def _annotate(self, parcel: Parcel, crew: LocalCrew) -> PackedPart | Failure:
        with disk_errors(self._folder):
            batch = parcel.unpack(self._folder)
        try:
            crew.add([batch])
            [(_, outcome)] = crew.outcomes()
            return outcome if isinstance(outcome, Failure) else pack_part(outcome)
        finally:
            discard(batch)

    @property
    def _folder(self) -> Path:
        return self._settings.output

    def _new_crew(self) -> LocalCrew:
        return LocalCrew(1, self._folder, self._settings)

    def _end(self, crew: LocalCrew) -> None:
        crew.__exit__(None, None, None)

    def _write_overrides(self) -> None:
        with disk_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            for name, content in self._overrides.items():
                file = self._folder / "overrides" / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
