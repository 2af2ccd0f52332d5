"""Readers that look at the tables all the time, as users do while runs publish and are killed."""

import os
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

from child_runs import FORK, digests, read_table

PAUSE = 0.05  # seconds between two looks


@dataclass
class Seen:
    """What a reader has seen.

    Attributes:
        states: Digests of all tables of a pinned snapshot, and how often they were seen together.
        plain: The same for plain reads through the links, table by table.
        errors: Errors of pinned reads.
        plain_errors: Errors of plain reads.
    """

    states: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    plain: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    plain_errors: Counter[str] = field(default_factory=Counter)


class Watcher:
    """A process that reads all tables every 50 ms until it is told to stop.

    Args:
        root: The output folder; published to before.
        pause: Seconds between two looks.
    """

    def __init__(self, root: Path, pause: float = PAUSE) -> None:
        self._stop = FORK.Event()
        self._receiver, sender = FORK.Pipe(duplex=False)
        self._process = FORK.Process(target=_watch, args=(root, pause, self._stop, sender), daemon=True)
        self._process.start()

    def stop(self) -> Seen:
        """End the process and return what it has seen."""
        self._stop.set()
        seen: Seen = self._receiver.recv()
        self._process.join(60)
        return seen


def _watch(root: Path, pause: float, stop: Event, sender: Connection) -> None:
    seen = Seen()
    while not stop.is_set():
        _look(Path(os.path.realpath(root / ".current")), seen.states, seen.errors)
        _look(root, seen.plain, seen.plain_errors)
        time.sleep(pause)
    sender.send(seen)


def _look(folder: Path, states: Counter[tuple[tuple[str, str], ...]], errors: Counter[str]) -> None:
    try:
        found = digests(lambda table: read_table(folder / table))
    except Exception as error:  # noqa: BLE001 - whatever a reader may meet is what is counted here
        errors[f"{type(error).__name__}: {error}".split(" '")[0]] += 1
    else:
        states[tuple(found.items())] += 1
