"""Measure the processor seconds per 1,000 words of every stage of a run.

    python -m benchmarks.runs.stages ARTICLES... [--outputs OUTPUTS] [--rounds 3] [--profile STAGE]

ARTICLES are files or folders as for `extract run`. One process does what the reader and a worker of a run do,
batch by batch, and times each stage. The first round parses the articles; the others derive from the Docs of
the first, as a run after a change of rules does. The fastest round of a stage counts. OUTPUTS is the output
folder of a run over the same articles: with its cached Docs nothing is parsed. With --profile one more round
prints the functions in which a stage spends most.

Processor seconds of one process can be compared on a busy machine. To compare two versions of the project,
run them in turns.
"""

import argparse
import gc
import pstats
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.stopwatch import Stopwatch

from extract.model import Article
from extract.pipeline import annotator as pipeline
from extract.pipeline.annotator import Annotator
from extract.pipeline.batches import write_batch
from extract.reading import read_inputs
from extract.settings import Settings
from extract.store import read_docs, write_docs, write_part
from extract.store.cache import CACHE
from extract.tables import to_tables

BATCH_SIZE = 25
READ, BATCH, MODEL, SAVE, TABLES, PARTS = "read", "batch files", "model", "save Docs", "tables", "parts"
JOIN, LOAD, COMPONENTS = "join lines", "load Docs", ("entities", "dates", "quotes")
STAGES = (READ, BATCH, JOIN, MODEL, SAVE, LOAD, *COMPONENTS, TABLES, PARTS)
DERIVATION = (BATCH, JOIN, LOAD, *COMPONENTS, TABLES, PARTS)
PROFILE_LINES = 45


def main() -> None:
    """Measure and print."""
    options = parse_options()
    annotator = Annotator(Settings())
    articles = read(options.articles, annotator)
    docs = cached_docs(options.outputs, articles)
    watch = Stopwatch()
    watch_annotator(watch, annotator, with_engine=not docs)
    gc.freeze()  # as a worker does
    rounds = [time_round(watch, options.articles, annotator, docs) for _ in range(options.rounds)]
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words:,} words, {len(rounds)} rounds; seconds per 1,000 words")
    print_stages({stage: fastest(stage, rounds) for stage in STAGES}, words)
    if options.profile:
        watch.profiled = options.profile
        time_round(watch, options.articles, annotator, docs)
        pstats.Stats(watch.profile).sort_stats("tottime").print_stats(PROFILE_LINES)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, nargs="+", help="article files and folders")
    parser.add_argument("--outputs", type=Path, help="take the Docs from the cache in this output folder")
    parser.add_argument("--rounds", type=int, default=3, help="rounds to time (3)")
    parser.add_argument("--profile", choices=STAGES, help="print a profile of this stage")
    return parser.parse_args()


def read(paths: Sequence[Path], annotator: Annotator) -> list[Article]:
    """Read the articles as the reader of a run does."""
    settings = annotator.settings
    items = read_inputs(paths, max_chars=settings.max_chars, models_dir=settings.models_dir)
    return [item for item in items if isinstance(item, Article)]


def cached_docs(outputs: Path | None, articles: Sequence[Article]) -> dict[str, bytes]:
    """Return the Docs in the cache of an output folder, by content hash; none without a folder."""
    if outputs is None:
        return {}
    wanted = {article.content_hash for article in articles}
    docs: dict[str, bytes] = {}
    for file in sorted((outputs / CACHE / "docs").rglob("*.parquet")):
        docs |= read_docs(file, wanted)
    if wanted - docs.keys():
        sys.exit(f"{len(wanted - docs.keys())} articles have no Doc in the cache of {outputs}.")
    return docs


def watch_annotator(watch: Stopwatch, annotator: Annotator, *, with_engine: bool) -> None:
    """Have the stages of an annotator timed."""
    for stage, function in ((JOIN, "join_article"), (SAVE, "doc_to_bytes"), (LOAD, "_read")):
        setattr(pipeline, function, watch.timed(stage, getattr(pipeline, function)))
    steps: Any = map(watch.timed, COMPONENTS, annotator.components)
    annotator.components = tuple(steps)
    if with_engine:
        engine: Any = annotator.engine
        engine.pipe = watch.timed(MODEL, as_list(engine.pipe))


def as_list(pipe: Callable[..., Any]) -> Callable[..., Any]:
    """Make a pipe return a list, as a generator would run outside the stopwatch."""
    return lambda articles: list(pipe(articles))


def time_round(
    watch: Stopwatch, paths: Sequence[Path], annotator: Annotator, docs: dict[str, bytes]
) -> dict[str, float]:
    """Read and annotate all articles; return the processor seconds of each stage that ran.

    Args:
        watch: Times the stages.
        paths: The articles.
        annotator: A worker's, with the watch.
        docs: Known Docs by content hash; those that are parsed are added.
    """
    watch.seconds.clear()
    with watch.step(READ):
        articles = read(paths, annotator)
    with tempfile.TemporaryDirectory(prefix="stages-") as folder:
        for first in range(0, len(articles), BATCH_SIZE):
            run_batch(watch, Path(folder), annotator, tuple(articles[first : first + BATCH_SIZE]), docs)
    return dict(watch.seconds)


def run_batch(
    watch: Stopwatch,
    folder: Path,
    annotator: Annotator,
    articles: tuple[Article, ...],
    docs: dict[str, bytes],
) -> None:
    """Do with a batch what a worker does."""
    with watch.step(BATCH):
        articles = write_batch(folder, "batch", articles).read()
    done = annotator.annotate_known(articles, docs)
    with watch.step(TABLES):
        tables = to_tables(done.annotations)
    with watch.step(PARTS):
        write_docs(write_part(folder, "part", tables), done.docs)
    docs |= done.docs


def fastest(stage: str, rounds: Sequence[Mapping[str, float]]) -> float:
    """Return the least seconds of a stage over the rounds in which it ran."""
    return min((one[stage] for one in rounds if stage in one), default=0.0)


def print_stages(seconds: Mapping[str, float], words: int) -> None:
    """Print one line per stage with its share of all, and the sums."""
    whole, derivation = sum(seconds.values()), sum(seconds[stage] for stage in DERIVATION)
    for stage, cost in seconds.items():
        print(f"{stage:12} {1000 * cost / words:8.4f} {cost / whole:7.1%}")
    print(f"{'all':12} {1000 * whole / words:8.4f}")
    print(f"{'derivation':12} {1000 * derivation / words:8.4f} {derivation / whole:7.1%}  from known Docs")


if __name__ == "__main__":
    main()
