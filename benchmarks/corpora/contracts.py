"""Count what articles lose to the contract of the tables: whole articles, and rows by table and rule.

    python -m benchmarks.corpora.contracts INPUT... [--articles 600] [--workers 2] [--output FOLDER]

INPUT is what `extract run` reads: folders, .txt and .jsonl files. With --articles, so many are taken, spread
evenly over all; with --output, the tables are kept for looking. Rows that break the contract are dropped with
an issue, as for users, and counted by the rule that made them and the rule that they break, with one example
each. The exit status is 1 if an annotation failed; articles that could not be read are only counted.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from benchmarks.corpora.run_corpus import read_jsonl, write_jsonl

from extract.pipeline import run
from extract.settings import Settings
from extract.store import open_snapshot

# As `extract.tables.contract` writes it.
_DROPPED = re.compile(
    r"Table `(?P<table>\w+)`, rule `(?P<rule>[^`]*)`, characters .*: "
    r"the row breaks the contract and is left out: (?P<broken>.*)\.",
    re.DOTALL,
)
# What follows the first rule: the values in brackets, and further rules.
_REST = re.compile(r" \(.*", re.DOTALL)
_FAILED = "annotation_failed"


@dataclass(slots=True)
class Losses:
    """What a run lost.

    Attributes:
        published: Number of articles in the tables.
        lost: Number of articles and sources that are not, by the code of their issue.
        rows: Number of dropped rows by table, rule that made them and rule that they break.
        examples: The first article and message for each key of `lost` and `rows`.
    """

    published: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    rows: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    examples: dict[str | tuple[str, str, str], str] = field(default_factory=dict)


def main() -> None:
    """Run, print the losses, and fail if an article was lost."""
    options = parse_options()
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="contracts-") as name:
        inputs = options.inputs
        if options.articles is not None:
            inputs = [sample(inputs, options.articles, Path(name))]
        losses = count_losses(inputs, options.output or Path(name) / "tables", options.workers)
    print(format_losses(losses))
    print(f"{time.perf_counter() - begin:.0f} s")
    sys.exit(losses.lost[_FAILED] > 0)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "inputs", type=Path, nargs="+", metavar="INPUT", help="folders, .txt and .jsonl files"
    )
    parser.add_argument("--articles", type=int, help="take so many, spread over all (all)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--output", type=Path, help="keep the tables in this folder (they are deleted)")
    return parser.parse_args()


def sample(inputs: Sequence[Path], number: int, folder: Path) -> Path:
    """Write a number of records, spread evenly over the inputs, to a file of JSON lines, and return it."""
    records = [record for path in inputs for record in read_records(path)]
    step = max(len(records) / number, 1)
    chosen = [records[int(index * step)] for index in range(min(number, len(records)))]
    print(f"{len(chosen):,} of {len(records):,} articles")
    write_jsonl(folder / "sample.jsonl", chosen)
    return folder / "sample.jsonl"


def read_records(path: Path) -> list[dict[str, Any]]:
    """Return the articles of a file or a folder as records; the id of a text is its path."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix in (".txt", ".jsonl"))
        return [record for file in files for record in read_records(file)]
    if path.suffix == ".jsonl":
        return read_jsonl(path)
    return [{"id": path.as_posix(), "text": path.read_text(encoding="utf-8", errors="replace")}]


def count_losses(inputs: Sequence[Path], output: Path, workers: int) -> Losses:
    """Run on the inputs and return what was lost."""
    run(inputs, Settings(output=output, workers=workers, broken_rows="drop"))
    snapshot = open_snapshot(output)
    articles = pd.read_parquet(snapshot / "articles", columns=["article_id"])
    return read_losses(len(articles), pd.read_parquet(snapshot / "issues"))


def read_losses(published: int, issues: pd.DataFrame) -> Losses:
    """Return what the issues of a run say was lost."""
    losses = Losses(published)
    for issue in issues.itertuples():
        key: str | tuple[str, str, str]
        if issue.code == "row_dropped":
            key = dropped_row(issue.message)
            losses.rows[key] += 1
        elif issue.severity == "error":
            key = issue.code
            losses.lost[key] += 1
        else:
            continue
        where = issue.source if pd.isna(issue.article_id) else issue.article_id
        losses.examples.setdefault(key, f"{where}: {issue.message}")
    return losses


def dropped_row(message: str) -> tuple[str, str, str]:
    """Return the table, the rule that made the row and the first rule that it breaks, without values."""
    found = _DROPPED.fullmatch(message)
    if found is None:
        sys.exit(f"This message of a dropped row is not understood: {message}")
    return found["table"], found["rule"], _REST.sub("", found["broken"])


def format_losses(losses: Losses) -> str:
    """Return the losses as lines of text."""
    lost, dropped = sum(losses.lost.values()), sum(losses.rows.values())
    lines = [f"articles: {losses.published:,} published, {lost:,} lost"]
    for code, number in losses.lost.most_common():
        lines += [
            f"  {number:,} {code}",
            f"    such as {json.dumps(losses.examples[code], ensure_ascii=False)}",
        ]
    lines.append(f"rows dropped: {dropped:,}")
    for key, number in losses.rows.most_common():
        table, rule, broken = key
        lines += [f"  {number:,} {table}, rule {rule}: {broken}", f"    such as {losses.examples[key]}"]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
