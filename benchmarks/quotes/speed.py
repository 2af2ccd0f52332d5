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
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from extract.entities.linking.linker import link_mentions
from extract.entities.offices.holders import OfficeHolders
from extract.model import Article, Mention
from extract.pipeline.annotator import Annotator
from extract.quotes.speakers.resolver import resolve_speakers
from extract.reading import read_inputs
from extract.settings import Settings

THRESHOLD = 60_000
PROFILE_LINES = 30


@dataclass(frozen=True)
class Parsed:
    """An article processed up to the search for quotes."""

    doc: Doc
    text: str
    mentions: tuple[Mention, ...]
    holders: OfficeHolders
    sentences: tuple[tuple[int, int], ...]


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


def parse(annotator: Annotator, paths: list[Path]) -> list[Parsed]:
    """Read and parse the articles and find their names."""
    settings = Settings()
    read = read_inputs(paths, max_chars=settings.max_chars, models_dir=settings.models_dir)
    articles = [article for article in read if isinstance(article, Article)]
    docs = annotator.engine.pipe(articles)
    return [prepare(annotator, article, doc) for article, doc in zip(articles, docs, strict=True)]


def prepare(annotator: Annotator, article: Article, doc: Doc) -> Parsed:
    """Run the components that precede the quotes on a parsed Doc and link its names."""
    doc._.article = article
    find_names, *_ = annotator.components
    find_names(doc)
    lexicon = annotator.knowledge.lexicon
    day = article.published_at.date() if article.published_at else None
    mentions = link_mentions(doc._.mentions, lexicon, article.text, day)
    sentences = tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)
    return Parsed(doc, article.text, mentions, OfficeHolders(mentions, lexicon, article.text, day), sentences)


def time_round(annotator: Annotator, parsed: list[Parsed]) -> tuple[float, float]:
    """Return the CPU seconds for finding the quotes of all articles and for resolving their speakers."""
    *_, find_quotes = annotator.components
    begin = time.process_time()
    for one in parsed:
        find_quotes(one.doc)
    between = time.process_time()
    for one in parsed:
        resolve_speakers(
            one.doc._.quotes,
            one.mentions,
            one.text,
            one.sentences,
            annotator.knowledge.cues,
            holders=one.holders,
        )
    return between - begin, time.process_time() - between


def print_profile(annotator: Annotator, parsed: list[Parsed]) -> None:
    """Print the functions with the most time of their own."""
    profile = cProfile.Profile()
    profile.runcall(time_round, annotator, parsed)
    pstats.Stats(profile).sort_stats("tottime").print_stats(PROFILE_LINES)


if __name__ == "__main__":
    main()
