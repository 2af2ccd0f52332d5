"""Fit the weights of the consensus engine on development articles, and measure it against its two sources.

    python -m benchmarks.engines.fit_consensus GOLD=ARTICLES [GOLD=ARTICLES ...] [--write]

GOLD is a folder of gold files, ARTICLES that of their texts. No rule and no lexicon takes part: the names are
the models' own. A weight is the share of right names of one label in one situation (seen by both; by one
alone; by one against the other), drawn towards the share of that situation in all labels where names are few.
The consensus is measured leaving one article out: its weights never come from the article that they judge.

With --write the weights of all go to models/consensus/weights.toml. Fit on development articles only.
"""

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.engines.gold import GROUPS, add_pairs, group_f1, name_rows, read_annotated

from extract.engines.consensus import (
    WEIGHTS,
    ConsensusEngine,
    Situation,
    Weights,
    agree,
    situations,
)
from extract.engines.names import SeenName
from extract.evaluate import EntityRow, read_gold
from extract.evaluate.entities import ACCEPTED, LABELS
from extract.model import Article
from extract.settings import Settings, default_models_dir

# Names of the average kind that every share is mixed with.
PRIOR = 4.0
# Least share of a name that is kept: the best of these, leaving one article out.
LEASTS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
SITUATIONS: tuple[Situation, ...] = get_args(Situation)


@dataclass(frozen=True, slots=True)
class Opinions:
    """What gold and both models say of an article."""

    article: Article
    gold: tuple[EntityRow, ...]
    spacy: tuple[SeenName, ...]
    stanza: tuple[SeenName, ...]


def main() -> None:
    """Fit, measure, and write where that is wanted."""
    options = parse_options()
    corpus = [opinions for gold, articles in options.pairs for opinions in read_opinions(gold, articles)]
    least = max(LEASTS, key=lambda value: f1(corpus, left_out(corpus, value), "all"))
    found: dict[str, Sequence[Sequence[SeenName]]] = {
        "spacy": [one.spacy for one in corpus],
        "stanza": [one.stanza for one in corpus],
        "consensus": left_out(corpus, least),
    }
    print(f"{len(corpus)} articles, {sum(len(one.gold) for one in corpus)} mentions; least weight {least}")
    print(f"{'F1, no rules':14}" + "".join(f"{group:>9}" for group in GROUPS))
    for engine, names in found.items():
        print(f"{engine:14}" + "".join(f"{100 * f1(corpus, names, group):9.1f}" for group in GROUPS))
    if options.write:
        write_weights(fit(corpus), least)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_pairs(parser)
    parser.add_argument("--write", action="store_true", help="write the weights")
    return parser.parse_args()


def read_opinions(gold_folder: Path, articles_folder: Path) -> list[Opinions]:
    """Read articles with gold, and let both models name what they see."""
    settings = Settings(engine="consensus")
    annotated = read_annotated(read_gold(gold_folder), articles_folder, settings)
    engine = ConsensusEngine(settings)
    docs = list(engine.first_opinion(article for article, _ in annotated))
    return [
        Opinions(article, tuple(gold), tuple(first), tuple(second))
        for (article, gold), (first, second) in zip(annotated, engine.opinions(docs), strict=True)
    ]


def left_out(corpus: Sequence[Opinions], least: float) -> list[Sequence[SeenName]]:
    """Return the consensus on each article, by weights fitted on all the others."""
    return [
        agree(one.spacy, one.stanza, fit([other for other in corpus if other is not one]), least)
        for one in corpus
    ]


def fit(corpus: Iterable[Opinions]) -> Weights:
    """Count how often names of each label and situation are right."""
    right: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for one in corpus:
        gold = {(row.start, row.end): row.label for row in one.gold}
        for name, situation in situations(one.spacy, one.stanza):
            is_right = name.label in ACCEPTED.get(gold.get((name.start, name.end), ""), frozenset())
            for label in (name.label, "all"):
                seen[label, situation] += 1
                right[label, situation] += is_right
    priors = {now: right["all", now] / max(1, seen["all", now]) for now in SITUATIONS}
    return {
        label: {
            now: round((right[label, now] + PRIOR * priors[now]) / (seen[label, now] + PRIOR), 3)
            for now in SITUATIONS
        }
        for label in LABELS
    }


def f1(corpus: Sequence[Opinions], found: Sequence[Sequence[SeenName]], group: str) -> float:
    """Return the F1 of names in the labels of a group."""
    gold = [row for one in corpus for row in one.gold]
    given = [row for one, names in zip(corpus, found, strict=True) for row in name_rows(one.article, names)]
    return group_f1(gold, given, group) or 0.0


def write_weights(weights: Weights, least: float) -> None:
    """Write models/consensus/weights.toml."""
    lines = [
        "# How far the consensus engine believes spaCy and Stanza: the share of right names on development",
        "# articles, by label and situation. Written by benchmarks/engines/fit_consensus.py.",
        "",
        f"least = {least}  # names with a lower weight are dropped",
    ]
    for label, shares in weights.items():
        lines += ["", f"[weights.{label}]", *(f"{now} = {share}" for now, share in shares.items())]
    file = default_models_dir() / WEIGHTS
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"written: {file}")


if __name__ == "__main__":
    main()
