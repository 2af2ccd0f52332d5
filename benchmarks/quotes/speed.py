"""Measure how many words per second the search for quotes and speakers processes in parsed articles.

    python -m benchmarks.quotes.speed ARTICLES... [--rounds 3] [--profile]

ARTICLES are files or folders as for `extract run`. Each article is parsed once and its names are found; then
the next two steps of `extract run` are timed: finding quotes (marks, cues, types, turns, indirect speech) and
resolving their speakers. Times are CPU seconds of one process; the best round counts. Fails below 60,000
words per second.
"""

import argparse
import cProfile
import gc
import pstats
import sys
import time
from pathlib import Path

from benchmarks.quotes.parsed import Parsed, parse

from extract.pipeline.annotator import Annotator
from extract.quotes.finder import find_quotes
from extract.settings import Settings

THRESHOLD = 60_000
PROFILE_LINES = 30


def main() -> None:
    """Measure, print, and fail below the threshold."""
    options = parse_options()
    annotator = Annotator(Settings())
    parsed = parse(annotator, options.articles)
    words = sum(not token.is_space for one in parsed for token in one.doc)
    gc.freeze()  # as a worker does
    if options.profile:
        print_profile(annotator, parsed)
    rounds = [time_round(annotator, parsed) for _ in range(options.rounds)]
    finding, resolving = min(rounds, key=sum)
    speed = words / (finding + resolving)
    print(f"finding quotes: {finding:.2f} s, resolving speakers: {resolving:.2f} s")
    print(
        f"{len(parsed)} articles, {words:,} words: {speed:,.0f} words/s (threshold: at least {THRESHOLD:,})"
    )
    sys.exit(speed < THRESHOLD)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, nargs="+", help="article files and folders")
    parser.add_argument("--rounds", type=int, default=3, help="rounds to time (3)")
    parser.add_argument("--profile", action="store_true", help="print a profile")
    return parser.parse_args()


def time_round(annotator: Annotator, parsed: list[Parsed]) -> tuple[float, float]:
    """Return the CPU seconds for finding the quotes of all articles and for resolving their speakers."""
    cues = annotator.knowledge.cues
    begin = time.process_time()
    found = [find_quotes(one.doc, cues) for one in parsed]
    between = time.process_time()
    for one, quotes in zip(parsed, found, strict=True):
        one.resolve(quotes, cues)
    return between - begin, time.process_time() - between


def print_profile(annotator: Annotator, parsed: list[Parsed]) -> None:
    """Print the functions with the most time of their own."""
    profile = cProfile.Profile()
    profile.runcall(time_round, annotator, parsed)
    pstats.Stats(profile).sort_stats("tottime").print_stats(PROFILE_LINES)


if __name__ == "__main__":
    main()
