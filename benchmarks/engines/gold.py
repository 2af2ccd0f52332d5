"""Score names against gold by label; shared by the benchmarks of engines.

Gold and articles are given as pairs of folders. Rows identify their article by its file stem.
"""

from argparse import ArgumentParser, ArgumentTypeError
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extract.engines.names import SeenName
from extract.evaluate import EntityRow, Gold, score_entities
from extract.evaluate.entities import LABELS
from extract.model import Article
from extract.reading import read_inputs
from extract.settings import Settings

GROUPS: Mapping[str, frozenset[str]] = {
    "PERSON": frozenset({"PERSON"}),
    "ORG": frozenset({"ORG"}),
    "GPE+LOC": frozenset({"GPE", "LOC"}),
    "FACTION": frozenset({"FACTION"}),
    "all": frozenset(LABELS),
}


def add_pairs(parser: ArgumentParser) -> None:
    """Add an argument for pairs of folders."""
    what = "folder of gold files and folder of their texts"
    parser.add_argument("pairs", nargs="+", type=parse_pair, metavar="GOLD=ARTICLES", help=what)


def parse_pair(argument: str) -> tuple[Path, Path]:
    """Return the two folders of GOLD=ARTICLES."""
    gold, _, articles = argument.partition("=")
    if not gold or not articles:
        raise ArgumentTypeError(f"{argument!r} is not GOLD=ARTICLES")
    return Path(gold), Path(articles)


def read_annotated(gold: Gold, folder: Path, settings: Settings) -> list[tuple[Article, list[EntityRow]]]:
    """Read the articles of a folder that have gold mentions, with these mentions."""
    mentions = defaultdict(list)
    for row in by_stem(gold.entities):
        mentions[row.article].append(row)
    read = read_inputs([folder], max_chars=settings.max_chars, models_dir=settings.models_dir)
    articles = [item for item in read if isinstance(item, Article)]
    return [(article, mentions[stem(article)]) for article in articles if stem(article) in mentions]


def stem(article: Article) -> str:
    """Return the stem of an article's file name."""
    return Path(article.source).stem


def by_stem(rows: Iterable[EntityRow]) -> list[EntityRow]:
    """Return gold rows with file stems as article names."""
    return [replace(row, article=Path(row.article).stem) for row in rows]


def name_rows(article: Article, names: Iterable[SeenName]) -> list[EntityRow]:
    """Convert names to rows that can be scored."""
    return [
        EntityRow(stem(article), name.start, name.end, article.text[name.start : name.end], name.label)
        for name in names
    ]


def group_f1(
    gold: Sequence[EntityRow], found: Sequence[EntityRow], group: str, optional: Sequence[EntityRow] = ()
) -> float | None:
    """Return the F1 of exact spans in a group of labels; labels within the group count as equal.

    Args:
        gold: Gold mentions.
        found: Predicted mentions of the same articles.
        group: One of `GROUPS`.
        optional: Debatable spans.

    Returns:
        None if there is no gold, no prediction or no match.
    """
    if group == "all":
        return score_entities(gold, found, optional).all.f1
    one = min(GROUPS[group])
    wanted, given = (
        [replace(row, label=one) if row.label in GROUPS[group] else row for row in rows]
        for rows in (gold, found)
    )
    return score_entities(wanted, given, optional).labels[one].f1
