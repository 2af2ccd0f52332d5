"""Kill -9 the parts of a Dask cluster at random moments of a run, again and again.

    python tests/faults/kill_cluster.py [--times 30] [--seed 1] [--articles 6]

A scheduler and two workers, each with its nanny, run on this machine. Before every run articles are added,
edited and removed; at a random moment of it a worker, a nanny, the scheduler or the run itself is killed.
What was killed is started again, and the tables of the next run must equal those of a run on one machine
from nothing byte for byte: no article is lost, and none is there twice.
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self, get_args

from child_runs import LONGEST, Inbox, file_bytes, run_to_end

from extract.settings import Settings

Part = Literal["worker", "nanny", "scheduler", "client"]
_DASK = (sys.executable, "-m", "dask")
_WORKERS = ("one", "two")
_POLL_SECONDS = 0.05


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        kills: How often each part was killed.
        ends: How the disturbed runs ended: exit code -> number.
        equal: How many of the next runs gave the tables of a run from nothing.
        wrong: What should not have been.
    """

    kills: Counter[Part] = field(default_factory=Counter)
    ends: Counter[int] = field(default_factory=Counter)
    equal: int = 0
    wrong: list[str] = field(default_factory=list)


class Cluster:
    """A scheduler and two workers on this machine.

    Args:
        folder: Where they may write.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self._running):
            self._end(name)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self._port}"

    def mend(self) -> None:
        """Start what is not running. Workers end with their scheduler."""
        quiet = ["--dashboard-address", "127.0.0.1:0"]
        self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(self._port), *quiet)
        for name in _WORKERS:
            options = ("--nthreads", "1", "--name", name, "--local-directory", str(self._folder / name))
            self._start(name, "worker", self.address, *options, *quiet)

    def kill(self, part: Part, dice: random.Random) -> bool:
        """Kill a part of it; return whether it was there."""
        name = part if part == "scheduler" else dice.choice(_WORKERS)
        victim = self._running[name].pid
        if part == "worker":
            workers = [pid for pid in _children(victim) if _is_spawned(pid)]
            if not workers:
                return False
            victim = dice.choice(workers)
        os.kill(victim, signal.SIGKILL)
        return True

    def _start(self, name: str, *words: str) -> None:
        if name in self._running and self._running[name].poll() is None:
            return
        with (self._folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen([*_DASK, *words], stdout=log, stderr=log)

    def _end(self, name: str) -> None:
        process = self._running.pop(name)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


class KillingCluster:
    """Runs over a changing inbox whose cluster loses parts.

    Args:
        folder: Where everything lies; empty.
        seed: Of the dice.
        articles: How many there are at first.
    """

    def __init__(self, folder: Path, seed: int, articles: int) -> None:
        self._folder = folder
        self._dice = random.Random(seed)
        self._inbox = Inbox(folder / "inbox", self._dice, articles)
        self._settings = Settings(
            output=folder / "outputs", workers=1, batch_size=1, max_drop=1.0, settle_seconds=0
        )
        self._seconds = 1.0
        self.outcome = Outcome()

    def kill(self, times: int) -> Outcome:
        """Kill that many parts, each in turn."""
        (self._folder / "cluster").mkdir()
        with Cluster(self._folder / "cluster") as cluster:
            self._run(cluster)
            while (done := self.outcome.kills.total()) < times:
                self._inbox.change()
                if self._disturb(cluster, get_args(Part)[done % len(get_args(Part))]):
                    cluster.mend()
                    self._run(cluster)
                    self._compare()
        return self.outcome

    def _disturb(self, cluster: Cluster, part: Part) -> bool:
        """Kill a part during a run; return whether it had not ended before."""
        client = self._start(cluster)
        time.sleep(self._dice.uniform(0, self._seconds))
        if client.poll() is not None:
            client.wait()
            self._seconds *= 0.8
            return False
        if part == "client":
            client.kill()
        elif not cluster.kill(part, self._dice):
            client.kill()
            client.wait()
            return False
        code = client.wait(LONGEST * 3)
        self.outcome.kills[part] += 1
        self.outcome.ends[code] += 1
        allowed = {"client": {0, -signal.SIGKILL}, "scheduler": {0, 2}}.get(part, {0})
        if code not in allowed:
            self.outcome.wrong.append(f"without its {part} a run ended with {code}")
        return True

    def _run(self, cluster: Cluster) -> None:
        begun = time.monotonic()
        if code := self._start(cluster).wait(LONGEST * 3):
            self.outcome.wrong.append(f"a run that nobody disturbed ended with {code}")
        self._seconds = time.monotonic() - begun

    def _start(self, cluster: Cluster) -> "subprocess.Popen[bytes]":
        settings = self._settings
        words = [sys.executable, "-m", "extract.cli", "run", str(self._inbox.folder), "--allow-removals"]
        options = {"output": settings.output, "batch-size": 1, "max-drop": 1.0, "cluster": cluster.address}
        words += [f"--{name}={value}" for name, value in options.items()]
        with (self._folder / "run.log").open("ab") as log:
            return subprocess.Popen(words, stdout=log, stderr=log)

    def _compare(self) -> None:
        with _clean_tables(self._folder, self._inbox.folder, self._settings) as clean:
            found = file_bytes(self._settings.output)
            names = sorted(name for name in found.keys() | clean.keys() if found.get(name) != clean.get(name))
        if names:
            self.outcome.wrong.append(f"after kill {self.outcome.kills.total()}: {', '.join(names)} differ")
        else:
            self.outcome.equal += 1
        print(f"{self.outcome.equal} of {self.outcome.kills.total()}", file=sys.stderr, flush=True)


@contextmanager
def _clean_tables(folder: Path, inbox: Path, settings: Settings) -> Iterator[dict[str, bytes]]:
    """Provide the tables of a run on one machine from nothing."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        clean = settings.model_copy(update={"output": Path(name, "outputs")})
        run_to_end([inbox], clean)
        yield file_bytes(clean.output)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    try:
        files = list(Path(f"/proc/{pid}/task").glob("*/children"))
        return [int(child) for file in files for child in file.read_text().split()]
    except OSError:
        return []


def _is_spawned(pid: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def describe(outcome: Outcome) -> str:
    """Return the outcome in words."""
    kills = ", ".join(f"{count} {part}s" for part, count in outcome.kills.items())
    ends = ", ".join(f"{count} with {code}" for code, count in outcome.ends.items())
    lines = [
        f"{outcome.kills.total()} parts killed: {kills}; the runs ended: {ends}",
        f"{outcome.equal} of {outcome.kills.total()} next runs gave the tables of a run from nothing",
        *(f"WRONG: {what}" for what in outcome.wrong),
    ]
    return "\n".join(lines)


def main() -> None:
    """Kill parts and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=30, help="parts to kill (30)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (1)")
    parser.add_argument("--articles", type=int, default=6, help="articles at first (6)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-cluster-") as name:
        outcome = KillingCluster(Path(name), options.seed, options.articles).kill(options.times)
    print(describe(outcome))
    sys.exit(1 if outcome.wrong else 0)


if __name__ == "__main__":
    main()
