"""Create the articles for the benchmarks of speed and cost."""

import sys
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def make_articles(seeds: Path, folder: Path, count: int) -> int:
    """Write `count` articles by repeating the seeds, and return their number of words.

    Each copy gets a unique last line, as equal texts could be served from a cache.
    """
    texts = [file.read_text(encoding="utf-8") for file in sorted(seeds.glob("*.txt"))]
    if not texts:
        sys.exit(f"No .txt articles in {seeds}. Give a folder that has some with --seeds.")
    folder.mkdir(parents=True)
    words = 0
    for number in range(count):
        text = f"{texts[number % len(texts)].rstrip()}\n\nCopy {number}.\n"
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
    return words
