"""Measure the cost of finding and linking entities, compared with the language model.

    python -m benchmarks.entities.speed [--articles 400] [--seeds DIR]

Makes N articles from those in DIR, annotates them in one process and adds up the CPU seconds of each step.
Fails if finding and linking entities takes more than 10 % of the time of spaCy's pipeline. CPU seconds of one
run are comparable even on a busy machine.
"""

import argparse
import gc
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.corpora.articles import SEEDS, make_articles
from benchmarks.stopwatch import Stopwatch

THRESHOLD = 0.10
BATCH_SIZE = 25
MODEL = "spaCy pipeline"
ENTITIES = "EntityComponent"


def main() -> None:
    """Measure, print, and fail above the threshold."""
    os.environ["OMP_NUM_THREADS"] = "1"
    options = parse_options()
    with tempfile.TemporaryDirectory(prefix="entity-cost-") as name:
        folder = Path(name, "articles")
        words = make_articles(options.seeds, folder, options.articles)
        seconds = time_steps(folder)
    print(f"{options.articles} articles, {words:,} words, CPU seconds of one process")
    print_steps(seconds)
    ratio = entity_share(seconds)
    print(f"entities cost {100 * ratio:.1f} % of {MODEL} (threshold: at most {100 * THRESHOLD:.0f} %)")
    sys.exit(ratio > THRESHOLD)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=400, help="articles to make (400)")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of .txt articles (seeds/)")
    return parser.parse_args()


def time_steps(folder: Path) -> dict[str, float]:
    """Annotate the folder's articles and return the CPU seconds of each step."""
    # Imported here because OMP_NUM_THREADS must be set first.
    from extract.model import Article  # noqa: PLC0415
    from extract.pipeline import annotator as pipeline  # noqa: PLC0415
    from extract.reading import read_inputs  # noqa: PLC0415
    from extract.settings import Settings  # noqa: PLC0415

    settings = Settings()
    read = read_inputs([folder], max_chars=settings.max_chars, models_dir=settings.models_dir)
    articles = [article for article in read if isinstance(article, Article)]
    annotator = pipeline.Annotator(settings)
    gc.freeze()  # as a worker does
    watch = Stopwatch()
    annotator.engine.pipe = watch.timed(MODEL, as_list(annotator.engine.pipe))
    annotator.components = tuple(watch.timed(type(step).__name__, step) for step in annotator.components)
    for first in range(0, len(articles), BATCH_SIZE):
        annotator.annotate(articles[first : first + BATCH_SIZE])
    return watch.seconds


def as_list(pipe: Callable[..., Any]) -> Callable[..., Any]:
    """Make a pipe return a list, as a generator would run outside the stopwatch."""
    return lambda articles: list(pipe(articles))


def entity_share(seconds: dict[str, float]) -> float:
    """Return the seconds of the steps for entities as a share of the language model's seconds."""
    return seconds[ENTITIES] / seconds[MODEL]


def print_steps(seconds: dict[str, float]) -> None:
    """Print one line per step: seconds, and their ratio to the language model's."""
    for step, cost in seconds.items():
        mark = "  entities" if step == ENTITIES else ""
        print(f"{step:20} {cost:8.2f} s {100 * cost / seconds[MODEL]:7.1f} %{mark}")


if __name__ == "__main__":
    main()
