"""Compare the ways to run the language model: processor time per 1,000 words, and memory.

    python -m benchmarks.speed.inference [--texts DIR...] [--repetitions 5] [--batch-size 10]

The ways: plain `nlp.pipe` of en_core_web_sm; the engine `spacy` with EXTRACT_FAST=0; the same with fast
inference. The engine also splits sentences at line breaks and works in memory zones, as `extract run` does.

All ways take turns in one process on the same texts, each time with a model loaded anew, which knows no word
of them: on a day's news, in which words come again, the engine is faster still. Loading is not timed.
Processor time of ways in turns is comparable even on a busy machine. Peak memory (on Linux) is that of a new
process.
"""

import argparse
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from benchmarks.corpora.articles import SEEDS

from extract.model import Article

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
TESTS = SEEDS.parent / "tests"
PLAIN, OWN, FAST = "nlp.pipe", "engine, EXTRACT_FAST=0", "engine, fast inference"
Run = Callable[[Sequence[str], int], int]  # texts, batch size -> tokens


def main() -> None:
    """Measure and print."""
    options = parse_options()
    files = sorted(file for folder in options.texts for file in folder.rglob("*.txt"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    words = sum(len(text.split()) for text in texts)
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(options.repetitions):
        for way, load in WAYS.items():
            run = load()
            begin = time.process_time()
            run(texts, options.batch_size)
            seconds[way].append(1000 * (time.process_time() - begin) / words * 1000)
    print(f"{len(texts)} texts, {words:,} words, {options.repetitions} repetitions, numpy {np.__version__}")
    print("processor time per 1,000 words, ms (least to most); times as fast as nlp.pipe; peak memory, MB")
    for way, each in seconds.items():
        ratios = [plain / own for plain, own in zip(seconds[PLAIN], each, strict=True)]
        print(
            f"{way:24} {statistics.median(each):6.1f} ({min(each):.1f} to {max(each):.1f})  "
            f"{statistics.median(ratios):5.2f} ({min(ratios):.2f} to {max(ratios):.2f})  "
            f"{peak_memory(way, texts, options.batch_size):6.0f}"
        )


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=[SEEDS, TESTS], help="folders of .txt files (seeds/, tests/)"
    )
    parser.add_argument("--repetitions", type=int, default=5, help="number of measurements of each way (5)")
    parser.add_argument("--batch-size", type=int, default=10, help="texts per batch (10)")
    return parser.parse_args()


def load_plain() -> Run:
    """Load the bare model."""
    import spacy  # noqa: PLC0415 - after the number of threads is set

    from extract.engines.spacy import find_model  # noqa: PLC0415

    nlp = spacy.load(find_model())
    return lambda texts, size: sum(map(len, nlp.pipe(texts, batch_size=size)))


def load_engine(*, fast: bool) -> Run:
    """Load the engine as a worker does."""
    from extract.engines.spacy import SpacyEngine  # noqa: PLC0415
    from extract.engines.words import KnownWords  # noqa: PLC0415
    from extract.settings import Settings  # noqa: PLC0415

    engine = SpacyEngine(Settings(fast=fast))
    words = KnownWords(engine.nlp)

    def run(texts: Sequence[str], size: int) -> int:
        n_tokens = 0
        for start in range(0, len(texts), size):
            batch = texts[start : start + size]
            words.learn(batch)
            with engine.nlp.memory_zone():
                articles = (Article("a", "a.txt", "txt", text, "") for text in batch)
                n_tokens += sum(map(len, engine.pipe(articles)))
        return n_tokens

    return run


WAYS: dict[str, Callable[[], Run]] = {
    PLAIN: load_plain,
    OWN: lambda: load_engine(fast=False),
    FAST: lambda: load_engine(fast=True),
}


def peak_memory(way: str, texts: Sequence[str], size: int) -> float:
    """Return the peak memory of a process that loads the model and runs it, in MB."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=send_peak_memory, args=(theirs, way, texts, size))
    process.start()
    theirs.close()
    peak: float = ours.recv()
    process.join()
    return peak


def send_peak_memory(
    connection: "multiprocessing.connection.Connection", way: str, texts: Sequence[str], size: int
) -> None:
    """Run a way in this process and send its peak memory."""
    WAYS[way]()(texts, size)
    # Not getrusage: its figure counts what the parent took before the process began.
    [line] = [line for line in Path("/proc/self/status").read_text("ascii").splitlines() if "VmHWM" in line]
    connection.send(int(line.split()[1]) * 1024 / 10**6)


if __name__ == "__main__":
    main()
