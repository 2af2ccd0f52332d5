"""Whether any input can stop a run, cost a neighbour its rows, or take for ever.

    python tests/faults/fuzz_inputs.py [--times 2000] [--seed 0] [--only N] [--together]

Makes inputs (`odd_inputs`: text files, JSON Lines, articles.csv). Each lies in a folder with two good
articles and goes through reading, annotation and the making of tables; at the end all go through one run with
its workers (with --together that alone). Fails where an error is raised, a good article has other rows than
alone, an input takes longer than thirty seconds, or ends a worker.
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pandas as pd
import pyarrow as pa
from child_runs import warm
from odd_inputs import MAX_CHARS, make_input

from extract.model import Article, Issue
from extract.pipeline import run
from extract.pipeline.annotator import Annotator
from extract.reading import read_inputs
from extract.settings import Settings
from extract.tables import to_tables

LIMIT = 30.0  # seconds of the processor an input: the networks take 17 to 21 for one of 60,000 tokens (1952)
GOOD = "Officials in Baghdad met on 3 May 2021. “We agree,” said Karwan Dizayi, a clerk.\n"
GOOD_IDS = ("good-text", "good-record")
NEVER = {"annotation_failed", "worker_died", "too_slow", "too_much_memory"}  # issues that no input may cause


@dataclass(slots=True)
class Fuzzed:
    """What came of the inputs.

    Attributes:
        failures: Number of the input and what went wrong.
        codes: Issues by code.
        slowest: Seconds and number of the input that took longest.
    """

    failures: list[tuple[int, str]] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    n_articles: int = 0
    slowest: tuple[float, int] = (0.0, -1)


def main() -> None:
    """Fuzz, print what came of it, and fail where something went wrong."""
    options = parse_options()
    numbers = [options.only] if options.only is not None else range(options.times)
    with tempfile.TemporaryDirectory() as folder:
        fuzzed = fuzz(() if options.together else numbers, options.seed, Path(folder))
        print(f"{len(numbers):,} inputs: {fuzzed.n_articles:,} articles, issues {dict(fuzzed.codes)}")
        print(f"slowest: input {fuzzed.slowest[1]}, {fuzzed.slowest[0]:.1f} s", flush=True)
        for number, what in fuzzed.failures:
            print(f"--- input {number} (--seed {options.seed} --only {number})\n{what}")
        lost = run_over_all(numbers, options.seed, Path(folder))
    print(f"failures: {len(fuzzed.failures)}; good articles lost in one run over all: {lost}")
    sys.exit(bool(fuzzed.failures or lost))


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    parser.add_argument("--together", action="store_true")
    return parser.parse_args()


def fuzz(numbers: Sequence[int], seed: int, folder: Path) -> Fuzzed:
    """Send inputs through reading, annotation and tables, each beside two good articles."""
    fuzzed = Fuzzed()
    annotator = warm()
    for number in numbers:
        name, data = make_input(Random(f"{seed} {number}"))
        started = time.process_time()
        try:
            tables = check_input(name, data, folder / str(number), annotator)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            fuzzed.failures.append((number, traceback.format_exc(limit=-4)))
            continue
        seconds = time.process_time() - started
        fuzzed.slowest = max(fuzzed.slowest, (seconds, number))
        if seconds > LIMIT:
            fuzzed.failures.append((number, f"{name}, {len(data):,} bytes: {seconds:.1f} s"))
        fuzzed.codes.update(tables["issues"]["code"].to_pylist())
        fuzzed.n_articles += tables["articles"].num_rows
    return fuzzed


def check_input(name: str, data: bytes, folder: Path, annotator: Annotator) -> dict[str, pa.Table]:
    """Return the tables of an input and two good articles.

    Raises:
        Exception: The input stops what it must not stop, or changes the rows of a good article.
    """
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / f"{GOOD_IDS[0]}.txt").write_text(GOOD, encoding="utf-8")
    record = {"id": GOOD_IDS[1], "text": GOOD}
    (folder / "good-record.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    items = list(read_inputs([folder], max_chars=MAX_CHARS))
    articles = [item for item in items if isinstance(item, Article)]
    tables = to_tables(annotator.annotate(articles), [item for item in items if isinstance(item, Issue)])
    for article_id in GOOD_IDS:
        for table, rows in (("articles", 1), ("entities", 2), ("quotes", 1), ("dates", 1)):
            seen = tables[table]["article_id"].to_pylist().count(article_id)
            if seen != rows:
                raise AssertionError(f"{article_id} has {seen} rows of {table} instead of {rows}")
    if (
        not tables["articles"].num_rows > len(GOOD_IDS)
        and not tables["issues"].num_rows
        and name != "articles.csv"
    ):
        raise AssertionError(f"{name} became neither article nor issue")
    return tables


def run_over_all(numbers: Sequence[int], seed: int, folder: Path) -> int:
    """Run over all inputs at once, with workers; return how many good articles are missing or were left out.

    Raises:
        AssertionError: An input ended a worker, or could not be annotated.
    """
    inbox = folder / "all"
    for number in numbers:
        name, data = make_input(Random(f"{seed} {number}"))
        place = inbox / str(number)
        place.mkdir(parents=True)
        (place / name).write_bytes(data)
        (place / f"{GOOD_IDS[0]}.txt").write_text(GOOD, encoding="utf-8")
    settings = Settings(output=folder / "out", max_chars=MAX_CHARS, broken_rows="fail")
    summary = run([inbox], settings)
    issues = pd.read_parquet(settings.output / "issues").query("severity == 'error'")
    codes = issues.code.value_counts().to_dict()
    print(f"one run over all: {summary.done} done, {summary.seconds:.0f} s, failed {codes}")
    assert NEVER.isdisjoint(codes), issues[issues.code.isin(NEVER)].to_dict("records")
    ids = pd.read_parquet(settings.output / "articles", columns=["article_id"]).article_id
    return len(numbers) - int(ids.str.endswith(f"/{GOOD_IDS[0]}").sum())


if __name__ == "__main__":
    main()
