"""Dates on a corpus with TIMEX3 gold, by the rules of TempEval-3.

    python benchmarks/dates_timebank.py FOLDER [--workers 2] [--pred OUT.jsonl] [--errors]

FOLDER holds docs.jsonl ({"file", "dct", "text"}: dct is the day of publication) and gold.jsonl ({"file",
"start", "end", "type", "value"}), made of a local copy of TimeBank or AQUAINT (TempEval-3 training). They
are not ours to pass on. Keep test sets (TempEval-3 platinum, WikiWars) for final figures: never tune on them.
--pred writes the predictions as JSON lines in gold's format, for other scorers.
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from corpora import extract_tables, read_jsonl, write_jsonl

from extract.evaluate import DateRow, Scores, format_errors, format_scores, score_dates
from extract.evaluate.rows import date_rows


def main() -> None:
    """Extract the corpus and print the scores."""
    options = parse_options()
    docs = read_jsonl(options.folder / "docs.jsonl")
    gold = read_gold_rows(options.folder / "gold.jsonl", {doc["file"]: doc["text"] for doc in docs})
    records = [{"id": doc["file"], "text": doc["text"], "published": (doc["dct"] or "")[:10]} for doc in docs]
    tables = extract_tables(records, ["dates"], options.workers)
    predicted = date_rows(tables["dates"])
    if options.pred:
        write_predictions(options.pred, predicted)
    scores = Scores(dates=score_dates(gold, predicted))
    print(format_scores(scores))
    if options.errors:
        print(format_errors(scores, tables["articles"]))


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="folder with docs.jsonl and gold.jsonl")
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    parser.add_argument("--pred", type=Path, help="file to write the predictions to")
    parser.add_argument("--errors", action="store_true", help="list every difference")
    return parser.parse_args()


def read_gold_rows(path: Path, texts: dict[str, str]) -> list[DateRow]:
    """Read gold and trim white space off its spans, which the corpora's markup sometimes takes in."""
    rows = []
    for line in read_jsonl(path):
        text = texts[line["file"]][line["start"] : line["end"]]
        start = line["start"] + len(text) - len(text.lstrip())
        row = DateRow(
            line["file"], start, start + len(text.strip()), text.strip(), line["type"], line["value"]
        )
        rows.append(replace(row, mod=line.get("mod")))
    return [row for row in rows if row.text]


def write_predictions(path: Path, rows: Sequence[DateRow]) -> None:
    """Write predictions in gold's format."""
    lines = (asdict(row) for row in rows)
    write_jsonl(path, ({"file": line.pop("article"), **line} for line in lines))


if __name__ == "__main__":
    main()
