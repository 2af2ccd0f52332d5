"""Compare the speed of `extract run` with that of the bare language model.

    python -m benchmarks.runs.throughput [--articles 400] [--workers 2] [--seeds DIR] [--repetitions 2]

Makes a folder of N articles from those in DIR and times, in turns,
  nlp.pipe                      the same spaCy model in one process, one thread, batches of 25: reading files
                                and parsing;
  nlp.pipe, several processes   the same with `n_process`, as many as there are workers;
  extract run                   the whole job on that folder: reading, parsing, entities, quotes, dates,
                                publication;
  extract run without fast      the same with EXTRACT_FAST=0: spaCy's own inference.
The main results are ratios of total wall times, each of a new process that loads the model itself, as a user
experiences it. Start-up is also measured alone, to give the speed without it. On a busy machine
compare the CPU seconds, as wall times are unreliable.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.articles import SEEDS, make_articles

BATCH_SIZE = 25


@dataclass(frozen=True)
class Timing:
    """Seconds of one process and its children: wall time, CPU time, and time before the first article."""

    wall: float
    cpu: float
    start_up: float


def main() -> None:
    """Run the comparison and print it."""
    options = parse_options()
    if options.baseline is not None:
        print(json.dumps({"start_up": parse_folder(options.baseline, options.workers)}))
        return
    with tempfile.TemporaryDirectory(prefix="throughput-") as name:
        folder = Path(name, "articles")
        words = make_articles(options.seeds, folder, options.articles)
        timings = time_all(folder, options.workers, options.repetitions)
    print(f"{options.articles} articles, {words:,} words, {options.repetitions} repetitions, medians")
    for way, times in timings.items():
        print_timing(way, times, words)
    pipe, pipes, run, slow = map(median_wall, timings.values())
    print("extract run has by total wall time")
    print(f"{pipe / run:.2f} times the speed of nlp.pipe in one process,")
    print(f"{pipes / run:.2f} times that of nlp.pipe in {options.workers}, and")
    print(f"{pipe / slow:.2f} times that of nlp.pipe in one without fast inference")


def time_all(folder: Path, workers: int, repetitions: int) -> dict[str, list[Timing]]:
    """Time all ways in turns; return the times of each."""
    start_up = time_start_up(workers)
    ways: dict[str, Callable[[], Timing]] = {
        "nlp.pipe, 1 process": lambda: time_pipe(folder, 1),
        f"nlp.pipe, {workers} processes": lambda: time_pipe(folder, workers),
        f"extract run, {workers} workers": lambda: time_run(folder, workers, start_up),
        "the same without fast": lambda: time_run(folder, workers, start_up, fast=False),
    }
    timings: dict[str, list[Timing]] = {way: [] for way in ways}
    for _ in range(repetitions):
        for way, measure in ways.items():
            timings[way].append(measure())
    return timings


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=400, help="number of articles to make (400)")
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of .txt articles (seeds/)")
    parser.add_argument("--repetitions", type=int, default=2, help="number of measurements of each (2)")
    parser.add_argument("--baseline", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def time_pipe(folder: Path, processes: int) -> Timing:
    """Time a new process that runs the bare model over the folder."""
    command = [sys.executable, "-m", "benchmarks.runs.throughput", "--baseline", str(folder)]
    command += ["--workers", str(processes)]
    printed, wall, cpu = call(command, {**os.environ, "OMP_NUM_THREADS": "1"})
    return Timing(wall, cpu, json.loads(printed)["start_up"])


def parse_folder(folder: Path, processes: int) -> float:
    """Run the bare model over the folder's files and return the seconds for imports and loading."""
    begin = time.perf_counter()
    import spacy  # noqa: PLC0415 - the import is timed too

    from extract.engines.spacy import find_model  # noqa: PLC0415 - as above

    nlp = spacy.load(find_model())
    start_up = time.perf_counter() - begin
    texts = (file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt")))
    for doc in nlp.pipe(texts, batch_size=BATCH_SIZE, n_process=processes):
        list(doc.sents)
    return start_up


def time_start_up(workers: int) -> float:
    """Return the wall time of `extract run` for a single short article."""
    with tempfile.TemporaryDirectory(prefix="throughput-one-") as name:
        Path(name, "one.txt").write_text("One sentence is enough.\n", encoding="utf-8")
        return time_run(Path(name), workers, 0.0).wall


def time_run(folder: Path, workers: int, start_up: float, *, fast: bool = True) -> Timing:
    """Time `extract run` into a new output folder."""
    with tempfile.TemporaryDirectory(prefix="throughput-out-") as output:
        command = [sys.executable, "-m", "extract.cli", "run", str(folder), "--output", output]
        # `extract run` sets its own number of threads: a setting in this shell must not influence it.
        environment = {key: value for key, value in os.environ.items() if key != "OMP_NUM_THREADS"}
        environment["EXTRACT_FAST"] = str(int(fast))
        _, wall, cpu = call([*command, "--workers", str(workers)], environment)
        return Timing(wall, cpu, start_up)


def call(command: Sequence[str], environment: dict[str, str]) -> tuple[str, float, float]:
    """Run a command; return its output, wall time and CPU time. Exit if it fails."""
    begin, cpu = time.perf_counter(), children_cpu()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout, time.perf_counter() - begin, children_cpu() - cpu


def children_cpu() -> float:
    """Return the CPU seconds of all finished child processes and their children."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def print_timing(name: str, timings: Sequence[Timing], words: int) -> None:
    """Print seconds and words per second, with and without start-up."""
    wall = median_wall(timings)
    start_up = statistics.median(timing.start_up for timing in timings)
    cpu = statistics.median(timing.cpu for timing in timings)
    each = ", ".join(f"{timing.wall:.1f}" for timing in timings)
    print(
        f"{name:24} {wall:7.1f} s ({each}), {cpu:.1f} s of CPU  {words / wall:8,.0f} words/s; "
        f"without start-up ({start_up:.1f} s) {words / (wall - start_up):8,.0f} words/s"
    )


def median_wall(timings: Sequence[Timing]) -> float:
    """Return the median of the total wall times."""
    return statistics.median(timing.wall for timing in timings)


if __name__ == "__main__":
    main()
