"""Measure `extract.dates.find` on one core: words per second, scaling with length, and random texts.

    python -m benchmarks.dates.speed [FOLDER] [--fuzz 10000] [--seed 1]

FOLDER contains plain texts (.txt); by default the project's sample articles. They are repeated up to a length
of 10 kB, 100 kB...; the time per word must not grow with the length. Cut into short articles, they show the
fixed cost per text. The fuzz test joins date words, digits and separators at random, few pieces repeated
often, which is what makes careless patterns slow. Times are CPU seconds of the process, so other work on the
machine matters little.
"""

import argparse
import random
import time
from datetime import date
from pathlib import Path
from statistics import median

from extract.dates import DateRules, find, load_rules
from extract.dates.rules import check_date_rules

SEEDS = Path(__file__).parents[2] / "seeds"
ANCHOR = date(2021, 7, 28)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
SHORT = 1_500
# Short texts are repeated until this many characters are processed; the median is reported.
LEAST_CHARS = 300_000
SEPARATORS = [*" -–/,.:'’\t\n($", '"', "\u00a0", "  ", ", ", "\n\n"]
DIGITS = ("1", "3", "05", "12", "28", "31st", "80s", "99", "1,111", "1914", "2003", "2021", "2030")
# Longest fuzz text, in pieces, and the most different pieces per text.
MOST_PIECES = 4_000
MOST_KINDS = 6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SEEDS, help="folder of .txt files (seeds/)")
    parser.add_argument("--fuzz", type=int, default=10_000, help="number of random texts (10,000)")
    parser.add_argument("--seed", type=int, default=1, help="random seed (1)")
    options = parser.parse_args()
    rules = load_rules()
    check_date_rules(rules)  # compiles all patterns
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.glob("*.txt"))]
    print_lengths("\n".join(texts))
    print_short("\n".join(texts))
    if options.fuzz:
        print_fuzz(rules, options.fuzz, options.seed)


def print_lengths(text: str) -> None:
    """Print words per second and relative time per word for growing texts."""
    print(f"{'characters':>12}{'words':>12}{'words/s':>12}{'of the first':>14}")
    first = None
    for size in SIZES:
        long = (text * (size // len(text) + 1))[:size]
        words = len(long.split())
        cost = median(seconds(long) for _ in range(max(1, LEAST_CHARS // size))) / words
        first = first or cost
        print(f"{size:12,}{words:12,}{1 / cost:12,.0f}{cost / first:14.2f}", flush=True)


def print_short(text: str) -> None:
    """Print words per second for many short articles."""
    articles = [text[start : start + SHORT] for start in range(0, len(text), SHORT)]
    cost = median(sum(map(seconds, articles)) for _ in range(max(3, LEAST_CHARS // len(text))))
    print(f"articles of {SHORT:,} characters: {len(text.split()) / cost:,.0f} words/s")


def print_fuzz(rules: DateRules, number: int, seed: int) -> None:
    """Print the slowest random text."""
    choose = random.Random(seed)  # noqa: S311 - not a secret
    pieces = [*sorted(rules.words), *DIGITS * 20]
    texts = (random_text(choose, pieces) for _ in range(number))
    slowest = max((seconds(text), text) for text in texts)
    print(f"slowest of {number:,} random texts: {slowest[0]:.3f} s, {len(slowest[1])} characters")
    print(f"  {slowest[1][:120]!r}")


def random_text(choose: random.Random, pieces: list[str]) -> str:
    """Return a text that repeats a few date words, numbers and separators."""
    kinds = choose.choices(pieces, k=choose.randint(1, MOST_KINDS))
    between = choose.choices(SEPARATORS, k=choose.randint(1, 3))
    length = int(choose.expovariate(1 / 300)) % MOST_PIECES + 1
    if choose.random() < 1 / 2:  # always in the same order
        return "".join(piece + choose.choice(between) for piece in kinds) * (length // len(kinds) + 1)
    return "".join(choose.choice(kinds) + choose.choice(between) for _ in range(length))


def seconds(text: str) -> float:
    """Return the seconds that `find` takes for a text."""
    begin = time.process_time()
    find(text, ANCHOR)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
