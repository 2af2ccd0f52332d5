"""Fit the weights of the consensus engine on development articles, and compare it with its two sources.

    python -m benchmarks.engines.fit_consensus GOLD=ARTICLES [GOLD=ARTICLES ...] [--write]

GOLD is a folder of gold files, ARTICLES the folder of their texts. Only the models' own names are used,
without rules and lexicon. A weight is the share of right names with one label in one situation (found by both
models; by one alone; by one against the other), smoothed towards the share of that situation over all labels.
The consensus is measured with leave-one-out: an article is never scored with weights fitted on it.

With --write the weights from all articles are written to models/consensus/weights.toml. Fit on development
articles only.
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

from extract.engines.consensus import ConsensusEngine, merge_names, situations
from extract.engines.names import SeenName
from extract.engines.weights import WEIGHTS, Situation, Weights
from extract.evaluate import EntityRow, read_gold
from extract.evaluate.entities import ACCEPTED, LABELS
from extract.model import Article
from extract.settings import Settings, default_models_dir

# Number of average names added to every share as a prior.
PRIOR = 4.0
# Candidates for the lowest weight of a name that is kept; the best by leave-one-out is used.
LEASTS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
SITUATIONS: tuple[Situation, ...] = get_args(Situation)


@dataclass(frozen=True, slots=True)
class Opinions:
    """The gold mentions of an article and the names found by both models."""

    article: Article
    gold: tuple[EntityRow, ...]
    spacy: tuple[SeenName, ...]
    stanza: tuple[SeenName, ...]


def main() -> None:
    """Fit, measure, and write the weights if requested."""
    options = parse_options()
    corpus = [opinions for gold, articles in options.pairs for opinions in read_opinions(gold, articles)]
    least = max(LEASTS, key=lambda value: f1(corpus, leave_one_out(corpus, value), "all"))
    found: dict[str, Sequence[Sequence[SeenName]]] = {
        "spacy": [one.spacy for one in corpus],
        "stanza": [one.stanza for one in corpus],
        "consensus": leave_one_out(corpus, least),
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
    parser.add_argument(
        "--write", action="store_true", help="write the weights to models/consensus/weights.toml"
    )
    return parser.parse_args()


def read_opinions(gold_folder: Path, articles_folder: Path) -> list[Opinions]:
    """Read articles with gold, and run both models on them."""
    settings = Settings(engine="consensus")
    annotated = read_annotated(read_gold(gold_folder), articles_folder, settings)
    engine = ConsensusEngine(settings)
    docs = list(engine.spacy_docs(article for article, _ in annotated))
    return [
        Opinions(article, tuple(gold), tuple(first), tuple(second))
        for (article, gold), (first, second) in zip(annotated, engine.opinions(docs), strict=True)
    ]


def leave_one_out(corpus: Sequence[Opinions], least: float) -> list[Sequence[SeenName]]:
    """Return the consensus on each article, with weights fitted on all other articles."""
    return [
        merge_names(one.spacy, one.stanza, fit([other for other in corpus if other is not one]), least)
        for one in corpus
    ]


def fit(corpus: Iterable[Opinions]) -> Weights:
    """Return the smoothed share of right names for each label and situation."""
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
    """Return the F1 of names in a group of labels."""
    gold = [row for one in corpus for row in one.gold]
    given = [row for one, names in zip(corpus, found, strict=True) for row in name_rows(one.article, names)]
    return group_f1(gold, given, group) or 0.0


def write_weights(weights: Weights, least: float) -> None:
    """Write models/consensus/weights.toml."""
    lines = [
        "# How far the consensus engine trusts spaCy and Stanza: the share of right names on development",
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
