"""Compare a run on a Dask cluster with one on local processes: the same tables, and how much longer it takes.

    python -m benchmarks.runs.cluster [--articles 400] [--seeds DIR] [--repetitions 2]

Makes a folder of N articles and runs `extract run` over it, in turns, with 2 local processes (the measure),
with clusters of 1 and 2 workers that the run starts itself, and with a scheduler and 2 workers that are there
before, as processes on this machine. Fails if the files of any table differ by a byte, or if the last takes
more than a tenth longer than local processes. Only a quiet machine gives times that mean something.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from benchmarks.corpora.articles import SEEDS, make_articles
from benchmarks.runs.throughput import call

from extract.tables import TABLES

LIMIT = 1.10
_DASK = (sys.executable, "-m", "dask")
_LOCAL, _OWN = "2 local processes", "scheduler and 2 workers"


def main() -> None:
    """Run in all ways, print the times, and fail if tables differ or Dask costs too much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=400, help="number of articles to make (400)")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of .txt articles (seeds/)")
    parser.add_argument("--repetitions", type=int, default=2, help="number of measurements of each (2)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cluster-") as name:
        folder = Path(name, "articles")
        words = make_articles(options.seeds, folder, options.articles)
        print(f"{options.articles} articles, {words:,} words")
        with cluster(Path(name)) as address:
            seconds, differing = compare(folder, address, options.repetitions)
    medians = {way: statistics.median(times) for way, times in seconds.items()}
    for way, median in medians.items():
        print(f"{way:24} {median:7.1f} s, {median / medians[_LOCAL]:.2f} times {_LOCAL}")
    print(f"tables that differ: {', '.join(differing) or 'none'}")
    sys.exit(bool(differing) or medians[_OWN] > LIMIT * medians[_LOCAL])


def compare(folder: Path, address: str, repetitions: int) -> tuple[Mapping[str, list[float]], list[str]]:
    """Run in all ways; return the seconds of each, and what differs from the tables of local processes."""
    ways = {
        _LOCAL: ["--workers", "2"],
        "a cluster of 1 worker": ["--cluster", "local:1"],
        "a cluster of 2 workers": ["--cluster", "local:2"],
        _OWN: ["--cluster", address],
    }
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    expected: Mapping[str, str] = {}
    differing = set()
    for _ in range(repetitions):
        for way, options in ways.items():
            with tempfile.TemporaryDirectory(prefix="cluster-out-") as output:
                command = [sys.executable, "-m", "extract.cli", "run", str(folder), "--output", output]
                seconds[way].append(call([*command, *options], dict(os.environ))[1])
                found = digests(Path(output))
            expected = expected or found
            files = sorted(found.keys() | expected.keys())
            differing |= {f"{way}: {file}" for file in files if found.get(file) != expected.get(file)}
    return seconds, sorted(differing)


def digests(root: Path) -> dict[str, str]:
    """Return a digest of every file of every table, by path below the output folder."""
    paths = [path for table in TABLES for path in sorted((root / table).iterdir())]
    return {f"{path.parent.name}/{path.name}": blake2b(path.read_bytes()).hexdigest() for path in paths}


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a scheduler and two workers on this machine, and provide the address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{one.getsockname()[1]}"
    quiet = ("--dashboard-address", "127.0.0.1:0")
    own = ("--nworkers", "2", "--nthreads", "1", "--local-directory", str(folder / "workers"))
    running: list[subprocess.Popen[bytes]] = []
    with (folder / "dask.log").open("wb") as log:
        port = address.rpartition(":")[2]
        commands = [
            ("scheduler", "--host", "127.0.0.1", "--port", port, *quiet),
            ("worker", address, *own, *quiet),
        ]
        try:
            running += [subprocess.Popen([*_DASK, *one], stdout=log, stderr=log) for one in commands]  # noqa: S603
            yield address
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(30)


if __name__ == "__main__":
    main()
