"""Measure the cost of engines: load time, memory and words per second, each in a separate process.

    python -m benchmarks.engines.cost PART FOLDER

PART is an engine or one of two parts of Stanza: `stanza_text` (its tokenizer and NER model, as the engine
`stanza` uses them, without spaCy's tagger and parser) or `stanza_names` (the NER model on given words, as the
engine `consensus` uses it). Uses one thread. Called by benchmarks/engines/report.py.
"""

import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, cycle
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora.articles import make_articles
from benchmarks.runs.throughput import call

if TYPE_CHECKING:
    from extract.model import Article
    from extract.settings import Settings

STANZA_TEXT, STANZA_NAMES = "stanza_text", "stanza_names"
KILOBYTES = 1024  # in a megabyte

# Annotates some articles and returns the seconds it took, without preparation.
Work = Callable[["Sequence[Article]"], float]


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one process.

    Attributes:
        load: Seconds for imports and loading.
        memory: Peak memory in megabytes.
        speed: Words per second after loading, where words are separated by white space.
    """

    load: float
    memory: float
    speed: float


def main() -> None:
    """Measure a part in this process and print its cost as JSON."""
    print(json.dumps(asdict(measure(sys.argv[1], Path(sys.argv[2])))))


def measure_in_turns(
    parts: Sequence[str], folders: Iterable[Path], words: int, repeat: int
) -> dict[str, Cost]:
    """Measure each part `repeat` times and return the medians.

    The parts take turns, so a temporary slowdown of the machine affects all of them.

    Args:
        parts: Names of engines, or `STANZA_TEXT`, `STANZA_NAMES`.
        folders: Folders of .txt articles.
        words: Approximate number of words to which the articles are repeated.
        repeat: Number of turns.
    """
    with tempfile.TemporaryDirectory(prefix="engines-") as name:
        text = make_text(folders, Path(name), words)
        turns = [{part: measure_in_process(part, text) for part in parts} for _ in range(repeat)]
    return {part: median_cost([turn[part] for turn in turns]) for part in parts}


def median_cost(costs: Sequence[Cost]) -> Cost:
    """Return the medians of load, memory and speed."""
    return Cost(
        load=statistics.median(cost.load for cost in costs),
        memory=statistics.median(cost.memory for cost in costs),
        speed=statistics.median(cost.speed for cost in costs),
    )


def make_text(folders: Iterable[Path], workplace: Path, words: int) -> Path:
    """Create a folder of copies of the articles in some folders, with about `words` words in total."""
    seeds, target = workplace / "seeds", workplace / "articles"
    seeds.mkdir()
    lengths = []
    for number, file in enumerate(file for folder in folders for file in sorted(folder.glob("*.txt"))):
        content = file.read_text(encoding="utf-8")
        (seeds / f"{number:06d}.txt").write_text(content, encoding="utf-8")
        lengths.append(len(content.split()))
    make_articles(seeds, target, count_articles(lengths, words))
    return target


def count_articles(lengths: Sequence[int], words: int) -> int:
    """Return how many articles, cycled in order, are needed to reach `words` words.

    >>> count_articles([30, 10], 75)
    4
    """
    if not any(lengths):
        sys.exit("The article folders contain no .txt file with words in it.")
    return next(count for count, seen in enumerate(accumulate(cycle(lengths)), start=1) if seen >= words)


def measure_in_process(part: str, folder: Path) -> Cost:
    """Measure a part in a new single-threaded process."""
    printed, _, _ = call(
        [sys.executable, "-m", "benchmarks.engines.cost", part, str(folder)],
        {**os.environ, "OMP_NUM_THREADS": "1"},
    )
    return Cost(**json.loads(printed))


def measure(part: str, folder: Path) -> Cost:
    """Load a part and annotate the articles of a folder with it, in batches as a worker does."""
    begin = time.perf_counter()
    # Imported here and below because import time is measured too.
    from extract.engines.batches import in_batches  # noqa: PLC0415
    from extract.model import Article  # noqa: PLC0415
    from extract.settings import Settings  # noqa: PLC0415

    settings = Settings()
    work = LOADERS.get(part, load_whole)(part, settings)
    load = time.perf_counter() - begin

    from extract.reading import read_inputs  # noqa: PLC0415 - not part of loading an engine

    read = read_inputs([folder], max_chars=settings.max_chars, models_dir=settings.models_dir)
    articles = [item for item in read if isinstance(item, Article)]
    work(articles[:1])  # warm-up
    seconds = sum(work(batch) for batch in in_batches(articles, settings.batch_size))
    return Cost(load, peak_memory(), sum(len(article.text.split()) for article in articles) / seconds)


def load_whole(part: str, settings: "Settings") -> Work:
    """Load a whole engine."""
    from extract.engines import load_engine  # noqa: PLC0415

    engine = load_engine(settings.model_copy(update={"engine": part}))

    def work(articles: "Sequence[Article]") -> float:
        with engine.nlp.memory_zone():
            return timed(lambda: list(engine.pipe(articles)))

    return work


def load_stanza_text(_: str, settings: "Settings") -> Work:
    """Load Stanza's tokenizer and NER model."""
    from extract.engines.stanza_models import load_pipeline  # noqa: PLC0415

    pipeline = load_pipeline(settings, pretokenized=False)

    from stanza import Document  # noqa: PLC0415

    from extract.text.paragraphs import find_paragraphs  # noqa: PLC0415

    def work(articles: "Sequence[Article]") -> float:
        texts = [
            article.text[start:end] for article in articles for start, end in find_paragraphs(article.text)
        ]
        return timed(lambda: pipeline([Document([], text=text) for text in texts]))

    return work


def load_stanza_names(_: str, settings: "Settings") -> Work:
    """Load Stanza's NER model, and spaCy to provide words and sentences outside the measured time."""
    from extract.engines.spacy import SpacyEngine  # noqa: PLC0415
    from extract.engines.stanza_models import load_pipeline  # noqa: PLC0415

    spacy, pipeline = SpacyEngine(settings), load_pipeline(settings, pretokenized=True)

    def work(articles: "Sequence[Article]") -> float:
        sentences = (
            [token.text for token in sentence if not token.is_space]
            for doc in spacy.pipe(articles)
            for sentence in doc.sents
        )
        words = [sentence for sentence in sentences if sentence]
        return timed(lambda: pipeline(words))

    return work


LOADERS = {STANZA_TEXT: load_stanza_text, STANZA_NAMES: load_stanza_names}


def timed(step: Callable[[], object]) -> float:
    """Run a step and return its seconds."""
    begin = time.perf_counter()
    step()
    return time.perf_counter() - begin


def peak_memory() -> float:
    """Return the peak memory of this process in megabytes.

    Read from /proc, because `ru_maxrss` starts with the memory of the parent process.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    if found is None:
        sys.exit("/proc/self/status has no VmHWM; memory can be measured only on Linux.")
    return int(found[1]) / KILOBYTES


if __name__ == "__main__":
    main()
