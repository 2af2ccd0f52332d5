"""Speed of `extract.dates.find` on one core: words a second, growth with length, and odd texts.

    python -m benchmarks.dates.speed [FOLDER] [--fuzz 10000] [--seed 1]

FOLDER holds plain texts (.txt); by default the project's sample articles. They are repeated until the text is
10 kB, 100 kB... long; the time a word must not grow with the length. Cut into short articles they show what
each text costs besides. The fuzz joins date words, digits and separators at random, the pieces few and
repeated often, which is what makes careless patterns slow.
Seconds are those of the process, so other work on the machine matters little.
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
# Short texts are read again until so many characters are done, and the median is taken.
LEAST_CHARS = 300_000
SEPARATORS = [*" -–/,.:'’\t\n($", '"', "\u00a0", "  ", ", ", "\n\n"]
DIGITS = ("1", "3", "05", "12", "28", "31st", "80s", "99", "1,111", "1914", "2003", "2021", "2030")
# Longest text of the fuzz, in pieces; each has at most so many different ones.
MOST_PIECES = 4_000
MOST_KINDS = 6


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SEEDS, help="folder of .txt (seeds/)")
    parser.add_argument("--fuzz", type=int, default=10_000, help="number of odd texts (10,000)")
    parser.add_argument("--seed", type=int, default=1, help="of the odd texts (1)")
    options = parser.parse_args()
    rules = load_rules()
    check_date_rules(rules)  # compiles all of them
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.folder.glob("*.txt"))]
    print_lengths("\n".join(texts))
    print_short("\n".join(texts))
    if options.fuzz:
        print_fuzz(rules, options.fuzz, options.seed)


def print_lengths(text: str) -> None:
    """Print words a second and the time a word for growing texts."""
    print(f"{'characters':>12}{'words':>12}{'words/s':>12}{'of the first':>14}")
    first = None
    for size in SIZES:
        long = (text * (size // len(text) + 1))[:size]
        words = len(long.split())
        cost = median(seconds(long) for _ in range(max(1, LEAST_CHARS // size))) / words
        first = first or cost
        print(f"{size:12,}{words:12,}{1 / cost:12,.0f}{cost / first:14.2f}", flush=True)


def print_short(text: str) -> None:
    """Print words a second for many short articles."""
    articles = [text[start : start + SHORT] for start in range(0, len(text), SHORT)]
    cost = median(sum(map(seconds, articles)) for _ in range(max(3, LEAST_CHARS // len(text))))
    print(f"articles of {SHORT:,} characters: {len(text.split()) / cost:,.0f} words/s")


def print_fuzz(rules: DateRules, number: int, seed: int) -> None:
    """Print the slowest of the odd texts."""
    choose = random.Random(seed)  # noqa: S311 - no secret
    pieces = [*sorted(rules.words), *DIGITS * 20]
    texts = (odd_text(choose, pieces) for _ in range(number))
    slowest = max((seconds(text), text) for text in texts)
    print(f"slowest of {number:,} odd texts: {slowest[0]:.3f} s, {len(slowest[1])} characters")
    print(f"  {slowest[1][:120]!r}")


def odd_text(choose: random.Random, pieces: list[str]) -> str:
    """Return a text of a few date words, numbers and separators, again and again."""
    kinds = choose.choices(pieces, k=choose.randint(1, MOST_KINDS))
    between = choose.choices(SEPARATORS, k=choose.randint(1, 3))
    length = int(choose.expovariate(1 / 300)) % MOST_PIECES + 1
    if choose.random() < 1 / 2:  # the same order throughout
        return "".join(piece + choose.choice(between) for piece in kinds) * (length // len(kinds) + 1)
    return "".join(choose.choice(kinds) + choose.choice(between) for _ in range(length))


def seconds(text: str) -> float:
    """Return the seconds that `find` takes for a text."""
    begin = time.process_time()
    find(text, ANCHOR)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
