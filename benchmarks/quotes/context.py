"""Measure the context columns of a published `quotes` table against gold.

    python -m benchmarks.quotes.context OUTPUTS [--gold FILE] [--errors COLUMN]

OUTPUTS is the output folder of a run over the articles of the gold; those of tests/gold/open are rebuilt by
`python -m benchmarks.corpora.open_articles`, which writes them to OUT/quotes.

- A gold quote is matched with the row of the largest overlap (intersection over union of at least 0.8, each
  row once). Where the addressee or target may belong to the span, a row that differs only there is as good.
- Of matched quotes: `act`, `polarity` and `anonymous` have an accuracy and the scores of each value; `about`
  is judged actor by actor, the others as a whole. A value that gold holds optional counts neither way; nor
  do places and peoples that are listed without need.
- `end to end` is F1 with what gold demands of quotes without a row counted as missed.
- An id is right if it is one of gold's, or that of the mention where gold has the name: whether a name is
  linked to the right entity is measured by `extract evaluate`.
- `no attribution`: how many gold quotes that are none have no row.

A column that the table does not have is `absent`.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.quotes.context_gold import GOLD, GoldQuote, read_context, read_names
from benchmarks.quotes.context_rows import Judge, Row, Spans, Tables, index, match

from extract.store import read_table

COLUMNS = ("act", "polarity", "anonymous", "about", "said_on", "affiliation", "addressee", "medium")
_IN_TABLE = {
    "said_on": ("said_on_earliest", "said_on_latest")
}  # the columns of the table, where named otherwise

Pair = tuple[GoldQuote, Row]


@dataclass(slots=True)
class Counts:
    """Right, wrong and missed values of matched quotes; `lost` are those of quotes without a row."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    lost: int = 0

    def scores(self) -> str:
        """Return precision, recall, F1 and F1 end to end in per cent."""
        found, wanted = self.right + self.wrong, self.right + self.missed
        parts = [
            ("P", self.right, found),
            ("R", self.right, wanted),
            ("F1", 2 * self.right, found + wanted),
            ("end to end", 2 * self.right, found + wanted + self.lost),
        ]
        shares = "  ".join(f"{name} {_per_cent(part, whole)}" for name, part, whole in parts)
        return f"{shares}  (right {self.right}, wrong {self.wrong}, missed {self.missed})"


@dataclass(slots=True)
class Report:
    """The lines to print, and the errors by column: the gold quote and what is wrong with it."""

    lines: list[str] = field(default_factory=list)
    errors: defaultdict[str, list[tuple[GoldQuote, str]]] = field(default_factory=lambda: defaultdict(list))

    def say(self, name: str, result: str) -> None:
        """Add a line."""
        self.lines.append(f"{name:24} {result}")


def main() -> None:
    """Measure and print."""
    options = parse_options()
    tables = read_tables(options.outputs)
    report = measure(tables, read_context(options.gold), read_names(options.gold.parent))
    print("\n".join(report.lines))
    for quote, problem in report.errors[options.errors]:
        words = tables.text(quote)[quote.start : quote.start + 60]
        print(f"{quote.article}:{quote.start} {words!r} {problem}")


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("outputs", type=Path, metavar="OUTPUTS", help="an output folder")
    parser.add_argument("--gold", type=Path, default=GOLD, help=f"the gold ({GOLD.name} of tests/gold/open)")
    parser.add_argument("--errors", choices=(*COLUMNS, "none"), help="list the errors of a column")
    return parser.parse_args()


def read_tables(outputs: Path) -> Tables:
    """Read the published tables."""
    names = ("quotes", "entities", "articles", "dates")
    return index({name: read_table(outputs, name).to_pylist() for name in names})


def measure(tables: Tables, gold: Sequence[GoldQuote], names: Mapping[tuple[str, str], Spans]) -> Report:
    """Compare the rows with gold; `names` says where the names of gold stand, by article and name."""
    report = Report()
    wanted = [quote for quote in gold if quote.none is None]
    found = list(zip(wanted, match(wanted, tables), strict=True))
    pairs = [(quote, row) for quote, row in found if row is not None]
    lost = [quote for quote, row in found if row is None]
    report.say("gold quotes", f"{len(wanted)}, with a row {_share(len(pairs), len(wanted))}")
    _measure_none(report, tables, [quote for quote in gold if quote.none is not None])
    judge = Judge(tables, names)
    for column in COLUMNS:
        if not tables.columns.issuperset(_IN_TABLE.get(column, (column,))):
            report.say(column, "absent")
        elif column == "about":
            _measure_about(report, judge, pairs, lost)
        elif column in ("act", "polarity", "anonymous"):
            _measure_values(report, column, pairs, lost)
        else:
            _measure_nullable(report, column, getattr(judge, column), pairs, lost)
    return report


def _measure_none(report: Report, tables: Tables, none: Iterable[GoldQuote]) -> None:
    """Count the gold quotes that are no attribution and that no row takes for one."""
    judged = [quote for quote in none if "none" not in quote.optional]
    rows = zip(judged, match(judged, tables), strict=True)
    taken = [(quote, row) for quote, row in rows if row is not None and row["type"] != "scare"]
    report.errors["none"] += [(quote, f"reason {quote.none}, got {row['cue']!r}") for quote, row in taken]
    report.say(
        "no attribution", f"{len(judged)}, without a row {_share(len(judged) - len(taken), len(judged))}"
    )


def _measure_values(report: Report, column: str, pairs: Iterable[Pair], lost: Iterable[GoldQuote]) -> None:
    """Count a column that always has one of a few values."""
    counts: defaultdict[Any, Counts] = defaultdict(Counts)
    judged = [
        (_accepted(quote, column), row[column], quote) for quote, row in pairs if column not in quote.optional
    ]
    for accepted, got, quote in judged:
        if got in accepted:
            counts[got].right += 1
            continue
        counts[accepted[0]].missed += 1
        if got is not None:
            counts[got].wrong += 1
        report.errors[column].append((quote, f"gold {accepted}, got {got}"))
    for quote in lost:
        if column not in quote.optional:
            counts[_accepted(quote, column)[0]].lost += 1
    right = len(judged) - len(report.errors[column])
    report.say(column, f"accuracy {_share(right, len(judged))}")
    for value in sorted(counts, key=str):
        report.say(f"  {value}", counts[value].scores())


def _accepted(quote: GoldQuote, column: str) -> tuple[Any, ...]:
    """Return the values that are right, the most likely one first."""
    return quote.act if column == "act" else (getattr(quote, column),)


def _measure_about(report: Report, judge: Judge, pairs: Sequence[Pair], lost: Iterable[GoldQuote]) -> None:
    """Count the actors that the words speak about."""
    counts = Counts(lost=sum(not actor.optional for quote in lost for actor in quote.about))
    kinds: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for quote, row in pairs:
        hits, extra = judge.about(quote, row)
        wanted = [(actor, hit) for actor, hit in zip(quote.about, hits, strict=True) if not actor.optional]
        missed = [f"-{min(actor.ids)} ({actor.by})" for actor, hit in wanted if not hit]
        for actor, hit in wanted:
            kinds[actor.by][hit] += 1
        counts.right += len(wanted) - len(missed)
        counts.missed += len(missed)
        counts.wrong += len(extra)
        if missed or extra:
            report.errors["about"].append((quote, " ".join(missed + [f"+{one}" for one in sorted(extra)])))
    whole = len(pairs) - len(report.errors["about"])
    report.say("about", f"{counts.scores()}, whole list right {_share(whole, len(pairs))}")
    for by, seen in sorted(kinds.items()):
        report.say(f"  recall by {by}", _share(seen[True], seen.total()))


def _measure_nullable(
    report: Report,
    column: str,
    judge: Callable[[GoldQuote, Row], tuple[Any, bool]],
    pairs: Iterable[Pair],
    lost: Iterable[GoldQuote],
) -> None:
    """Count a column that may be null; `judge` returns what a row has and whether it is right."""
    counts = Counts(lost=sum(_is_demanded(quote, column) for quote in lost))
    for quote, row in pairs:
        if column in quote.optional:
            continue
        expected = getattr(quote, column)
        demanded = _is_demanded(quote, column)
        got, right = judge(quote, row)
        counts.right += right and demanded
        counts.wrong += got is not None and not right
        counts.missed += demanded and not right
        if (demanded or got is not None) and not right:
            report.errors[column].append((quote, f"gold {expected}, got {got}"))
    report.say(column, counts.scores())


def _is_demanded(quote: GoldQuote, column: str) -> bool:
    expected = getattr(quote, column)
    return expected is not None and not expected.optional and column not in quote.optional


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({_per_cent(part, whole)})"


def _per_cent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    main()
