"""Measure quotes and speakers on PolNeAR.

    python -m benchmarks.quotes.polnear DOCS.jsonl GOLD.jsonl [--workers 2] [--pred OUT.jsonl] [--errors]
        [--left-out] [--altered]

DOCS ({"id", "text"}) and GOLD ({"id", "quotes", "regions"}) are made from a local copy of PolNeAR
(networkdynamics/PolNeAR), train or dev; we may not redistribute the corpus, and its test part is reserved for
final figures. A gold quote has `type`, `spans`, `speaker` (spans) and `speaker_text`; a region has a `span`
between double quotation marks and `q`, the index of the quote it belongs to, or null.

Regions that belong to a quote are scored as marked speech, other regions as scare quotes, and every span of
an indirect quote as indirect speech. The words alone are then compared by the corpus's own rules
(`content.py`): with the whole gold, and with the gold that our guideline has rows for. What that leaves out
is said in `polnear_left_out.toml`; --left-out lists the cues concerned.

--pred writes the predictions for scorers that compare by document:
{"id", "quotes": [{"spans", "speaker", "speaker_text", "cue"}]}.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from benchmarks.corpora.run_corpus import extract_tables, read_jsonl, read_texts, write_jsonl
from benchmarks.quotes.content import Comparison

from extract.evaluate import QuoteRow, Scores, format_errors, format_scores, score_quotes
from extract.evaluate.rows import quote_rows


def main() -> None:
    """Extract the corpus and print the scores."""
    options = parse_options()
    docs = read_texts(options.docs)
    tables = extract_tables(docs, ["quotes"], options.workers, altered=options.altered)
    texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
    lines = [line for line in read_jsonl(options.gold) if line["id"] in texts]
    gold = [row for line in lines for row in gold_rows(line, texts[line["id"]])]
    if options.pred:
        write_jsonl(options.pred, (prediction(name, tables["quotes"]) for name in texts))
    quotes = score_quotes(gold, quote_rows(tables["quotes"]))
    scores, marked = Scores(quotes=quotes), quotes.marked
    print(format_scores(scores))
    print(f"speakers of the marked quotes found: {marked.right_speaker / max(marked.found, 1):.1%} right")
    comparison = compare_content(lines, texts, tables["quotes"])
    print(comparison)
    if options.left_out:
        print(format_left_out(comparison))
    if options.errors:
        print(format_errors(scores, tables["articles"]))


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docs", type=Path, help="the texts")
    parser.add_argument("gold", type=Path, help="the attributions")
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    parser.add_argument("--pred", type=Path, help="file to write the predictions to")
    parser.add_argument("--left-out", action="store_true", help="list the cues that the guideline leaves out")
    parser.add_argument(
        "--altered",
        action="store_true",
        help="leave out texts that reading alters, such as those with HTML entities",
    )
    parser.add_argument("--errors", action="store_true", help="list every difference")
    return parser.parse_args()


def compare_content(lines: list[dict[str, Any]], texts: dict[str, str], quotes: pd.DataFrame) -> Comparison:
    """Compare the words of the quotes found with those of gold."""
    comparison = Comparison()
    spoken = quotes[quotes["type"] != "scare"]
    rows = dict(list(spoken.groupby("article_id", observed=True)))
    for line in lines:
        own = rows.get(line["id"])
        spans = (
            []
            if own is None
            else zip(own["start_char"].astype(int), own["end_char"].astype(int), strict=True)
        )
        comparison.add(line, texts[line["id"]], spans)
    return comparison


def format_left_out(comparison: Comparison) -> str:
    """Return the cues that the guideline leaves out, by reason."""
    return "\n".join(
        f"{reason:12}{count:5}  {cue}" for (reason, cue), count in sorted(comparison.cues.items())
    )


def gold_rows(line: dict[str, Any], text: str) -> Iterator[QuoteRow]:
    """Yield the gold quotes of one document: marked regions, then indirect speech."""
    for region in line["regions"]:
        quote = None if region["q"] is None else line["quotes"][region["q"]]
        yield gold_row(line["id"], text, region["span"], quote)
    for quote in line["quotes"]:
        if quote["type"] == "indirect":
            for span in quote["spans"]:
                yield gold_row(line["id"], text, span, quote)


def gold_row(name: str, text: str, span: list[int], quote: dict[str, Any] | None) -> QuoteRow:
    """Return one gold row; without a quote it is a scare quote."""
    start, end = span
    if quote is None:
        return QuoteRow(name, start, end, text[start:end], "scare")
    speaker_start, speaker_end = quote["speaker"][0] if quote["speaker"] else (None, None)
    speaker = quote["speaker_text"] or None
    return QuoteRow(name, start, end, text[start:end], quote["type"], speaker, speaker_start, speaker_end)


def prediction(name: str, quotes: pd.DataFrame) -> dict[str, Any]:
    """Return one document's predictions, without scare quotes."""
    rows = quotes[(quotes["article_id"] == name) & (quotes["type"] != "scare")]
    return {"id": name, "quotes": [predicted_quote(row) for row in rows.to_dict("records")]}


def predicted_quote(row: dict[Any, Any]) -> dict[str, Any]:
    """Return one row in the by-document format."""
    return {
        "spans": [[int(row["start_char"]), int(row["end_char"])]],
        "speaker": offsets(row, "speaker"),
        "speaker_text": "" if pd.isna(row["speaker_text"]) else row["speaker_text"],
        "cue": offsets(row, "cue"),
    }


def offsets(row: dict[Any, Any], part: str) -> list[int] | None:
    """Return start and end of the speaker or cue, None if there is none."""
    start, end = row[f"{part}_start"], row[f"{part}_end"]
    return None if pd.isna(start) else [int(start), int(end)]


if __name__ == "__main__":
    main()
