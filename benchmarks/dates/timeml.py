"""Score dates on corpora with TIMEX3 gold by the rules of TempEval-3, compared with other packages.

    python -m benchmarks.dates.timeml FOLDER... [--part dev] [--peers dateparser,timexy] [--run] [--errors]

FOLDER contains TimeML files (.tml, .xml), such as data/TBAQ-cleaned/TimeBank and AQUAINT of a local copy of
the TempEval-3 training data, or MEANTIME files (intra-doc_annotation). We may not redistribute them. Keep
test sets (TempEval-3 platinum, WikiWars) for final figures: never tune on them. A third of the files is held
out by the hash of their names: tune with `--part dev`, and only read the scores of `--part held`. Words per
second refer to CPU seconds.

`extract.dates` is `extract.dates.find` on the plain text; --run adds `extract run`, which gets tenses from
its parse (its speed includes the whole run). Peers that are not installed are reported and skipped; peers.py
explains how to install them. --write saves docs.jsonl, gold.jsonl and the predictions of each system as JSON
lines, for other scorers.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.corpora.run_corpus import extract_tables, write_jsonl
from benchmarks.dates.documents import Document
from benchmarks.dates.peers import PEERS, Finder
from benchmarks.dates.read_timeml import PARTS, read_corpus

from extract.dates import find, load_rules
from extract.dates.rules import check_date_rules
from extract.evaluate import DateRow, DateScores, score_dates
from extract.evaluate.rows import date_rows

HEADING = f"{'':16}{'strict F1':>10}{'relaxed F1':>11}{'value F1':>9}{'words/s':>10}"
OURS = "extract.dates"
OURS_PARSED = "extract run"


def main() -> None:
    """Print one table per corpus."""
    options = parse_options()
    finders = make_finders(options.peers)
    for folder in options.folders:
        documents = read_corpus(folder, options.part)
        gold = [row for document in documents for row in document.gold]
        words = sum(len(document.text.split()) for document in documents)
        print(f"\n{folder.name} ({options.part}): {len(documents)} texts, {words} words, {len(gold)} TIMEX3")
        if options.write:
            write_corpus(options.write / folder.name, documents)
        print(HEADING)
        for name, rows, seconds in predictions(documents, finders, options):
            scores = score_dates(gold, rows)
            print(f"{name:16}{figures(scores)}{words / seconds:10,.0f}", flush=True)
            if options.write:
                write_rows(options.write / folder.name / f"{name.replace(' ', '_')}.jsonl", rows)
            if options.errors and name in (OURS, OURS_PARSED):
                print_errors(scores, documents)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="folder with TimeML files")
    parser.add_argument("--part", choices=PARTS, default="all", help="part of each corpus (all)")
    parser.add_argument("--peers", default=",".join(PEERS), help=f"which of {', '.join(PEERS)} (all)")
    parser.add_argument("--run", action="store_true", help="also measure `extract run`")
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    parser.add_argument("--write", type=Path, help="folder to write gold and predictions to")
    parser.add_argument("--errors", action="store_true", help="list every error of our own systems")
    return parser.parse_args()


def make_finders(names: str) -> dict[str, Finder]:
    """Return our finder and those of the installed peers; report the others."""
    rules = load_rules()
    check_date_rules(rules)  # compiles all patterns
    finders: dict[str, Finder] = {
        OURS: lambda text, day: (
            DateRow("", timex.start, timex.end, timex.text, timex.type, timex.value, timex.mod)
            for timex in find(text, day, rules=rules)
        )
    }
    for name in filter(None, names.split(",")):
        if name not in PEERS:
            sys.exit(f"Unknown peer {name}. Peers: {', '.join(PEERS)}.")
        try:
            finders[name] = PEERS[name]()
        except ImportError as error:
            print(f"{name} is left out: {error}.")
    return finders


def predictions(
    documents: Sequence[Document], finders: dict[str, Finder], options: argparse.Namespace
) -> Iterator[tuple[str, list[DateRow], float]]:
    """Yield the name of each system, its rows and its CPU seconds."""
    for name, finder in finders.items():
        begin = processor_seconds()
        rows = [
            replace(row, article=document.name)
            for document in documents
            for row in finder(document.text, document.created)
        ]
        yield name, rows, processor_seconds() - begin
        if name == OURS and options.run:
            begin = processor_seconds()
            rows = run_rows(documents, options.workers)
            yield OURS_PARSED, rows, processor_seconds() - begin


def processor_seconds() -> float:
    """Return the CPU seconds of this process and its finished children."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def run_rows(documents: Sequence[Document], workers: int) -> list[DateRow]:
    """Return the dates that `extract run` publishes."""
    records = [
        {
            "id": document.name,
            "text": document.text,
            "published": document.created.isoformat() if document.created else "",
        }
        for document in documents
    ]
    return date_rows(extract_tables(records, ["dates"], workers)["dates"])


def figures(scores: DateScores) -> str:
    """Return the scores as the columns of the table."""
    strict, relaxed, value = (
        100 * scores.f1(right) for right in (scores.strict, scores.relaxed, scores.value)
    )
    return f"{strict:10.1f}{relaxed:11.1f}{value:9.1f}"


def print_errors(scores: DateScores, documents: Sequence[Document]) -> None:
    """Print each difference with its text."""
    texts = {document.name: document.text for document in documents}
    for error in sorted(scores.disagreements, key=lambda one: (one.article_id, one.start)):
        surface = " ".join(texts[error.article_id][error.start : error.end].split())
        place = f"{error.article_id}:{error.start}"
        print(f"  {place} {error.problem} {surface!r}: {error.expected} <- {error.found}")


def write_corpus(folder: Path, documents: Sequence[Document]) -> None:
    """Write texts and gold as JSON lines."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ({"file": one.name, "dct": one.created, "text": one.text} for one in documents)
    write_jsonl(
        folder / "docs.jsonl", (line | {"dct": line["dct"] and line["dct"].isoformat()} for line in lines)
    )
    write_rows(folder / "gold.jsonl", [row for document in documents for row in document.gold])


def write_rows(path: Path, rows: Sequence[DateRow]) -> None:
    """Write expressions as JSON lines."""
    lines = (asdict(row) for row in rows)
    write_jsonl(path, ({"file": line.pop("article"), **line} for line in lines))


if __name__ == "__main__":
    main()
