"""Measure the context columns of `quotes` on small texts with known rows.

    python -m benchmarks.quotes.context_cases [CASES.jsonl] [--verbose]

A case (tests/quotes/context_cases.jsonl) is an article of a sentence or two: `id`, `text`, `published`, the
`rows` that it has, each with its `quote` and the values of its columns, and `absent`: words that no row may
hold, in a text that has none. A row is found if it shares 0.8 of the quote (intersection over union), or has
the addressee in front. Lists are right as sets; `said_on` is the first and last day; a column that a row does
not name is not judged. Columns that the table does not have are `absent`.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora.run_corpus import extract_tables, read_jsonl
from benchmarks.quotes.context_gold import GoldQuote
from benchmarks.quotes.context_rows import Row, fits, like

CASES = Path(__file__).parents[2] / "tests" / "quotes" / "context_cases.jsonl"
LISTS = ("about", "affiliation", "speaker_entity_ids")

Case = Mapping[str, Any]
Verdict = tuple[
    str, bool | None, str
]  # what was judged, whether it is right (None: no such column), the details


def main() -> None:
    """Run on the cases and print how many values are right, by column."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", type=Path, nargs="?", default=CASES, help="the cases")
    parser.add_argument("--verbose", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    cases = read_jsonl(options.cases)
    records = [{key: case[key] for key in ("id", "text", "published")} for case in cases]
    quotes = extract_tables(records, ["quotes"], workers=1)["quotes"]
    rows = quotes.astype(object).where(quotes.notna(), None).to_dict("records")
    verdicts = list(judge(cases, rows))
    print("\n".join(format_counts(verdicts)))
    if options.verbose:
        print("\n".join(f"{name}: {details}" for name, right, details in verdicts if right is False))


def judge(cases: Iterable[Case], rows: Iterable[Mapping[Any, Any]]) -> Iterator[Verdict]:
    """Yield a verdict on each row and value that the cases have."""
    by_article: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["type"] not in ("scare", "pull"):
            by_article[row["article_id"]].append(row)
    for case in cases:
        found = by_article[case["id"]]
        if case["absent"]:
            yield "no row", not found, f"{case['id']} {[row['text'] for row in found]}"
        for wanted in case["rows"]:
            yield from _judge_row(case, wanted, found)


def _judge_row(case: Case, wanted: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[Verdict]:
    start = case["text"].index(wanted["quote"])
    quote = GoldQuote(case["id"], start, start + len(wanted["quote"]), lead=True)
    row = max(rows, key=lambda one: like(quote, one), default=None)
    if row is not None and not fits(quote, row):
        row = None
    yield "row found", row is not None, f"{case['id']} {wanted['quote']!r} {[one['text'] for one in rows]}"
    for column, value in wanted.items():
        if column != "quote":
            yield _judge_value(case, column, value, row)


def _judge_value(case: Case, column: str, wanted: Any, row: Row | None) -> Verdict:  # noqa: ANN401
    if row is None:
        return column, False, f"{case['id']} no row"
    names = ("said_on_earliest", "said_on_latest") if column == "said_on" else (column,)
    if any(name not in row for name in names):
        return column, None, ""
    got = {_plain(column, row[name]) for name in names}
    return column, got == {_plain(column, wanted)}, f"{case['id']} wanted {wanted}, got {row[names[0]]}"


def _plain(column: str, value: Any) -> Any:  # noqa: ANN401 - the values of any column
    """Return a value in the form in which it is compared."""
    if column in LISTS:
        return frozenset([value] if isinstance(value, str) else () if value is None else value)
    if value is None:
        return None
    if column == "said_on":
        return str(value)[:10]
    return str(value).lower().removeprefix("the ").removeprefix("a ") if column == "addressee" else value


def format_counts(verdicts: Iterable[Verdict]) -> list[str]:
    """Return a line for each kind of verdict."""
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for name, one, _ in verdicts:
        judged[name] += one is not None
        right[name] += bool(one)
    return [
        f"{name:20} {f'{right[name]} of {judged[name]}' if judged[name] else 'absent'}" for name in judged
    ]


if __name__ == "__main__":
    main()
