"""Measure how fast `extract run` is beside the bare model and other packages, and write docs/benchmarks.md.

    python -m benchmarks.speed.page [--articles 400] [--texts DIR] [--workers 2] [--repetitions 3]
                                    [--ways NAME...] [--to docs]

Copies N articles into a folder (of all `.txt` below DIR, drawn with a fixed seed; too few are repeated). All
ways of `benchmarks.speed.ways` run over it in turns, each as a new process that imports and loads what it
needs, as a user meets it. The wall time of a way is compared with that of plain `nlp.pipe` in the same round.
Writes benchmarks.md and benchmarks.svg. Only a quiet machine gives figures worth publishing.
"""

import argparse
import os
import platform
import random
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.corpora.articles import SEEDS
from benchmarks.runs.throughput import call
from benchmarks.speed.chart import bars
from benchmarks.speed.ways import WAYS

SEED = 20
DOCS = SEEDS.parent / "docs"
PAGE, CHART = "benchmarks.md", "benchmarks.svg"


@dataclass(frozen=True)
class Timing:
    """Wall time and CPU time of one process with its children, in seconds."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Corpus:
    """What was read."""

    folder: Path
    n_articles: int
    n_words: int


Timings = Mapping[str, Sequence[Timing]]
"""The timings of each way, round by round."""


def main() -> None:
    """Measure, and write the page."""
    options = parse_options()
    names = [name for name in options.ways if WAYS[name].is_possible]
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        corpus = draw(options.texts, Path(folder, "articles"), options.articles)
        timings = time_all(names, corpus.folder, options.workers, options.repetitions)
    page = page_of(timings, corpus, options.workers)
    (options.to / PAGE).write_text(page, encoding="utf-8")
    (options.to / CHART).write_text(chart_of(timings, corpus, options.workers), encoding="utf-8")
    print(page)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=400, help="number of articles (400)")
    parser.add_argument("--texts", type=Path, default=SEEDS, help="folder of .txt articles (seeds/)")
    parser.add_argument("--workers", type=int, default=2, help="processes, where there are several (2)")
    parser.add_argument("--repetitions", type=int, default=3, help="number of rounds (3)")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS), help="what to compare (all)")
    parser.add_argument("--to", type=Path, default=DOCS, help="folder of the page (docs/)")
    return parser.parse_args()


def draw(texts: Path, folder: Path, count: int) -> Corpus:
    """Copy articles into a folder; each that comes again has one more line."""
    files = sorted(texts.rglob("*.txt"))
    if not files:
        sys.exit(f"No .txt articles in {texts}. Give a folder that has some with --texts.")
    random.Random(SEED).shuffle(files)  # noqa: S311 - no secret
    folder.mkdir()
    n_words = 0
    for number in range(count):
        text = files[number % len(files)].read_text(encoding="utf-8")
        if number >= len(files):
            text += f"\n\nCopy {number}.\n"
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")
        n_words += len(text.split())
    return Corpus(folder, count, n_words)


def time_all(names: Sequence[str], folder: Path, workers: int, repetitions: int) -> dict[str, list[Timing]]:
    """Time all ways in turns."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    timings: dict[str, list[Timing]] = {name: [] for name in names}
    for _ in range(repetitions):
        for name in names:
            command = [sys.executable, "-m", "benchmarks.speed.ways", name, str(folder), str(workers)]
            _, wall, cpu = call(command, environment)
            timings[name].append(Timing(wall, cpu))
            print(f"{name:10} {wall:7.1f} s, {cpu:7.1f} s of CPU", file=sys.stderr, flush=True)
    return timings


def page_of(timings: Timings, corpus: Corpus, workers: int) -> str:
    """Return the page as Markdown."""
    head = "| | gives | words/s | wall, s | CPU, s | times as fast as nlp.pipe |\n|---|---|--:|--:|--:|--:|"
    rows = [row_of(name, timings, corpus, workers) for name in timings]
    packages = ["spacy", "numpy", *(way.package for name in timings if (way := WAYS[name]).package)]
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    rounds = len(next(iter(timings.values())))
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    return f"""\
# Speed

Generated by `python -m benchmarks.speed.page`; the ways are in benchmarks/speed/ways.py.

{corpus.n_articles:,} articles, {corpus.n_words:,} words; {rounds} rounds in turns, medians (least to most).
Every way is a new process that imports and loads what it needs. A ratio compares wall times of one round.
{datetime.now(UTC):%d %B %Y}, {machine}, {versions}.

![Words per second]({CHART})

{head}
{chr(10).join(rows)}

`nlp.pipe` gives parsed Docs in memory and nothing else. `extract run` also finds entities, quotes and dates,
links them, checks the rows and publishes the tables.
"""


def row_of(name: str, timings: Timings, corpus: Corpus, workers: int) -> str:
    """Return a row of the table."""
    way, times = WAYS[name], timings[name]
    wall = [time.wall for time in times]
    ratios = [plain.wall / time.wall for plain, time in zip(timings.get("pipe", times), times, strict=True)]
    cells = [
        way.title.format(workers=workers),
        way.gives,
        f"{corpus.n_words / statistics.median(wall):,.0f}",
        spread(wall, 1),
        f"{statistics.median(time.cpu for time in times):.1f}",
        spread(ratios, 2),
    ]
    return f"| {' | '.join(cells)} |"


def spread(values: Sequence[float], digits: int) -> str:
    """Return the median with the least and the most.

    >>> spread([1.0, 3.0, 2.0], 1)
    '2.0 (1.0 to 3.0)'
    """
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def chart_of(timings: Timings, corpus: Corpus, workers: int) -> str:
    """Return the chart of words per second as SVG."""
    speeds = {
        WAYS[name].title.format(workers=workers): [corpus.n_words / time.wall for time in times]
        for name, times in timings.items()
    }
    return bars(speeds, title="Words per second, start-up included", ours="extract run")


if __name__ == "__main__":
    main()
