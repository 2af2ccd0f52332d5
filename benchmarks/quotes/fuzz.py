"""Test whether any text can make the search for quotes hang.

    python -m benchmarks.quotes.fuzz [--texts 10000] [--seed 0]

Generates texts from quotation marks, brackets, dashes, labels, words, white space and line breaks; every
tenth text repeats a few pieces hundreds of times. Each text is run through the quotation mark scanner and
every regular expression of the quote packages; every fifth text, including the repetitive ones, also through
the search for quotes (with tokens and sentences but no parse). Fails if a text takes longer than a second.
"""

import argparse
import importlib
import pkgutil
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from types import ModuleType

import spacy
from spacy.tokens import Doc

import extract.quotes
from extract.quotes.cues import Cues, load_cues
from extract.quotes.finder import find_quotes
from extract.quotes.marks import find_marked_regions
from extract.settings import default_models_dir
from extract.text import paragraphs

LIMIT = 1.0  # seconds per text
PIECES = (
    *"\"“”„‟‘’'`«»‹›‚",
    *"()[]{}<>",
    *".,;:!?…-–—―#@&*/|",
    *(" ", "  ", "\t", "\xa0", "\n", "\n\n", " \n", "\u2028"),
    *("a", "A", "Q", "Q: ", "A. ", "s'", "’s", "5", "''", "``", "END", "MR. BRANDT: ", "Salma Hartwig: "),
    *("word", "Word", "WORD", "Brandt", "he said", "the town", "said Brandt", "according to", "I", "you?"),
    *("— Salma Hartwig (@hartwig) July 29, 2021", "(Laughter.)", "the envoy of the", "of ", "by the "),
)
MOST_PIECES = 100
LONGEST = 2_000  # characters of a repetitive text
REPETITIVE = 10  # one text in this many
SEARCHED = 5  # one text in this many, as tokenising is expensive


def main() -> None:
    """Fuzz, print the slowest text, and fail above the limit."""
    options = parse_options()
    begin = time.perf_counter()
    seconds, step, text = fuzz(options.texts, options.seed)
    print(f"{options.texts:,} texts: {time.perf_counter() - begin:.0f} s")
    print(f"slowest text: {seconds:.3f} s (most of it: {step}), {len(text)} characters: {text[:60]!r}")
    sys.exit(seconds > LIMIT)


def fuzz(number: int, seed: int) -> tuple[float, str, str]:
    """Return the seconds for the slowest random text, its slowest step, and the text."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    cues = load_cues(default_models_dir())
    patterns = find_patterns(cues)
    return max(
        time_steps(text, patterns, cues, None if index % SEARCHED else nlp(text))
        for index, text in enumerate(make_texts(number, seed))
    )


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=10_000, help="texts to generate (10000)")
    parser.add_argument("--seed", type=int, default=0, help="random seed (0)")
    return parser.parse_args()


def find_patterns(cues: Cues) -> dict[str, re.Pattern[str]]:
    """Return all regular expressions that find quotes and their speakers, by name."""
    holders = {module.__name__: vars(module) for module in (*quote_modules(), paragraphs)}
    for words in (cues.grammar, cues.grammar.phrases, cues.conversations):
        holders[type(words).__name__] = {one.name: getattr(words, one.name) for one in fields(words)}
    return {
        f"{holder}.{name}": value
        for holder, values in holders.items()
        for name, value in values.items()
        if isinstance(value, re.Pattern)
    }


def quote_modules() -> Iterator[ModuleType]:
    """Yield the modules of the quote packages."""
    for found in pkgutil.walk_packages(extract.quotes.__path__, "extract.quotes."):
        yield importlib.import_module(found.name)


def make_texts(number: int, seed: int) -> Iterator[str]:
    """Yield random texts, the same for the same seed."""
    source = random.Random(seed)  # noqa: S311 - not a secret
    for index in range(number):
        if index % REPETITIVE:
            yield "".join(source.choices(PIECES, k=source.randint(1, MOST_PIECES)))
        else:
            unit = "".join(source.choices(PIECES, k=source.randint(1, 4)))
            yield (unit * LONGEST)[: source.randint(1, LONGEST)]


def time_steps(
    text: str, patterns: dict[str, re.Pattern[str]], cues: Cues, doc: Doc | None
) -> tuple[float, str, str]:
    """Return the total seconds for a text, its slowest step, and the text."""
    steps = {name: seconds_for(pattern.findall, text) for name, pattern in patterns.items()}
    steps["find_marked_regions"] = seconds_for(find_marked_regions, text, cues.grammar.clipped)
    if doc is not None:
        steps["find_quotes"] = seconds_for(find_quotes, doc, cues)
    return sum(steps.values()), max(steps, key=steps.__getitem__), text


def seconds_for(step: Callable[..., object], *arguments: object) -> float:
    """Return how long a step takes."""
    begin = time.perf_counter()
    step(*arguments)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
