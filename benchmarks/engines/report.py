"""Measure the quality and the cost of the engines: the tables of docs/engines.md.

    python -m benchmarks.engines.report GOLD=ARTICLES [GOLD=ARTICLES ...]
        [--engines spacy stanza consensus] [--repeat 3] [--markdown]

GOLD is a folder of gold files, ARTICLES the folder of their texts (.txt); all pairs are scored together. The
first table has the F1 of exact spans with labels, both of the engine's names alone (without rules and
lexicon) and of the published tables; then the share of marked quotes found with the right speaker, and the F1
of dates with the right value. The weights of the consensus engine were fitted on development articles, so its
scores on these are slightly too high; benchmarks/engines/fit_consensus.py measures it with leave-one-out.

The second table comes from benchmarks/engines/cost.py: one thread, one process per engine, in turns; medians,
on the articles repeated to about 20,000 words. On a busy machine only the ratios are meaningful.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pandas as pd
from benchmarks.engines.cost import STANZA_NAMES, STANZA_TEXT, Cost, measure_in_turns
from benchmarks.engines.gold import GROUPS, add_pairs, by_stem, group_f1, name_rows, read_annotated

from extract.engines import ENGINES, load_engine
from extract.engines.names import names_of
from extract.evaluate import EntityRow, Gold, evaluate_tables, read_gold
from extract.evaluate.rows import entity_rows, in_articles
from extract.pipeline import run
from extract.settings import Settings
from extract.store import open_snapshot
from extract.tables import TABLES

WORDS = 20_000
NONE = "–"
PARTS = {
    STANZA_TEXT: "Stanza's tokenizer and names alone",
    STANZA_NAMES: "Stanza's names alone, on given words",
}
QUALITY_HEADER = ("F1", *GROUPS, "quotes E2E", "dates value")
COST_HEADER = ("cost", "load, s", "peak memory, MB", "words/s", "times `spacy`")


@dataclass(frozen=True, slots=True)
class Quality:
    """Scores between 0 and 1; None if not measured or if nothing was found.

    Attributes:
        names: F1 by group of labels.
        quotes: Share of marked gold quotes that were found with the right speaker.
        dates: F1 of dates with the right value.
    """

    names: Mapping[str, float | None]
    quotes: float | None = None
    dates: float | None = None


def main() -> None:
    """Measure and print both tables."""
    options = parse_options()
    folders = [folder for _, folder in options.pairs]
    gold = pool([read_gold(folder) for folder, _ in options.pairs])
    alone = {engine: measure_names(engine, folders, gold) for engine in options.engines}
    whole = {engine: measure_tables(engine, folders, gold) for engine in options.engines}
    parts = [*options.engines, *(PARTS if "stanza" in options.engines else ())]
    costs = measure_in_turns(parts, folders, WORDS, options.repeat)
    print(f"{len(gold.files())} articles: {len(gold.entities)} mentions, ", end="")
    print(f"{len(gold.quotes)} quotes, {len(gold.dates)} dates; costs: medians of {options.repeat}\n")
    print(format_table(QUALITY_HEADER, quality_rows(alone, whole), markdown=options.markdown))
    print()
    print(format_table(COST_HEADER, cost_rows(costs), markdown=options.markdown))


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_pairs(parser)
    parser.add_argument(
        "--engines", nargs="+", choices=ENGINES, default=list(ENGINES), help="engines to measure (all)"
    )
    parser.add_argument("--repeat", type=int, default=3, help="measurements of each cost (3)")
    parser.add_argument(
        "--markdown", action="store_true", help="print Markdown tables, as in docs/engines.md"
    )
    return parser.parse_args()


def pool(golds: Sequence[Gold]) -> Gold:
    """Combine the rows of several gold folders."""
    return Gold(
        **{
            field.name: tuple(chain.from_iterable(getattr(gold, field.name) for gold in golds))
            for field in fields(Gold)
        }
    )


def measure_names(engine: str, folders: Sequence[Path], gold: Gold) -> Quality:
    """Score the names that an engine finds, without rules and lexicon."""
    settings = Settings(engine=engine)
    annotated = [one for folder in folders for one in read_annotated(gold, folder, settings)]
    docs = load_engine(settings).pipe(article for article, _ in annotated)
    found = [
        row
        for (article, _), doc in zip(annotated, docs, strict=True)
        for row in name_rows(article, names_of(doc, engine))
    ]
    return Quality(score_groups(gold, found))


def measure_tables(engine: str, folders: Sequence[Path], gold: Gold) -> Quality:
    """Score the tables published by a run with an engine."""
    tables = extract_tables(engine, folders)
    scores = evaluate_tables(tables, gold).as_dict()
    return Quality(
        score_groups(gold, rows_by_stem(tables)),
        quotes=scores.get("quotes.marked_e2e"),
        dates=scores.get("dates.value_f1"),
    )


def extract_tables(engine: str, folders: Sequence[Path]) -> dict[str, pd.DataFrame]:
    """Run the whole pipeline on folders and return the published tables."""
    with tempfile.TemporaryDirectory(prefix="engines-") as name:
        summary = run(folders, Settings(output=Path(name), engine=engine))
        snapshot = open_snapshot(Path(name))
        tables = {table: pd.read_parquet(snapshot / table) for table in TABLES}
    if summary.failed:
        errors = tables["issues"].query("severity == 'error'")
        sys.exit(f"{summary.failed} articles failed with {engine}, the first: {errors.iloc[0]['message']}")
    return tables


def rows_by_stem(tables: Mapping[str, pd.DataFrame]) -> list[EntityRow]:
    """Return the published mentions, with file stems as article names."""
    articles = tables["articles"]
    stems = {
        article_id: Path(source).stem
        for article_id, source in zip(articles["article_id"], articles["source"], strict=True)
    }
    entities = tables["entities"]
    return entity_rows(entities.assign(article_id=entities["article_id"].map(stems)))


def score_groups(gold: Gold, found: Sequence[EntityRow]) -> dict[str, float | None]:
    """Return the F1 of each group, on the articles that have gold mentions."""
    wanted, optional = by_stem(gold.entities), by_stem(gold.optional_entities)
    given = in_articles(found, {row.article for row in wanted})
    return {group: group_f1(wanted, given, group, optional) for group in GROUPS}


def quality_rows(alone: Mapping[str, Quality], whole: Mapping[str, Quality]) -> list[list[str]]:
    """Return the table of quality: first the engines' names alone, then the published tables."""
    return [
        [f"`{engine}`, {what}", *map(percent, (*scores.names.values(), scores.quotes, scores.dates))]
        for what, measured in (("names alone", alone), ("with the rules", whole))
        for engine, scores in measured.items()
    ]


def cost_rows(costs: Mapping[str, Cost]) -> list[list[str]]:
    """Return the table of costs; load and memory only for whole engines, the ratio only if spaCy ran."""
    base = costs.get("spacy")
    return [
        [
            PARTS.get(part, f"`{part}`"),
            NONE if part in PARTS else f"{cost.load:.1f}",
            NONE if part in PARTS else f"{cost.memory:,.0f}",
            f"{cost.speed:,.0f}",
            f"{cost.speed / base.speed:.2f}" if base else NONE,
        ]
        for part, cost in costs.items()
    ]


def percent(value: float | None) -> str:
    """Format a share as a percentage.

    >>> percent(0.8567), percent(None)
    ('85.7', '–')
    """
    return NONE if value is None else f"{100 * value:.1f}"


def format_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool) -> str:
    """Format a table with the first column left-aligned and the others right-aligned."""
    if markdown:
        lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    plain = [[cell.replace("`", "") for cell in line] for line in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in plain
    )


if __name__ == "__main__":
    main()
