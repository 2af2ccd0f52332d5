"""Estimate what more articles take than this machine has: hours, bytes and money on n workers.

    python -m benchmarks.scale.model [--workers 2 8 32] [--words 430] [--core-hour 0.04]
                                     [--gigabyte-month 0.023] [--to docs/cluster.md]

The unit costs are those that `benchmarks.scale.measure` wrote into measured.json, and the words a second that
`benchmarks.runs.throughput` prints. A cost of the store is a line through the two smaller sizes measured; the
largest size checks it. Nights with a few articles are left out: what they cost grows with the number of files
in steps, not in a line (`benchmarks.runs.store_scale` measures them). Annotation is divided among workers;
publication is not, as one machine does it.
Prices are examples, to be replaced by yours. With --to, writes the tables between the marks of a page.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scale.measure import MEASURED

WORDS_PER_SECOND = 6_850  # of a worker on one core: half of what two did, whole runs of 400 articles
SIZES = (1_000_000, 10_000_000, 100_000_000)
LIMIT = 0.15  # how far an estimate may be off
STEPS = {
    "first_seconds": "first publication, s",
    "add_1000_seconds": "1,000 more articles, s",
    "table_bytes": "tables, bytes",
    "index_bytes": "manifest and indexes, bytes",
    "doc_bytes": "cache of Docs, bytes",
}
_MARKS = re.compile(r"(<!-- scale -->\n).*?(<!-- end of scale -->)", re.DOTALL)

Measured = Mapping[int, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """A cost that grows evenly.

    Attributes:
        fixed: Cost of a store of no articles.
        each: Cost of an article.
    """

    fixed: float
    each: float

    def at(self, articles: int) -> float:
        """Return the cost of a number of articles.

        >>> Line(1, 0.5).at(10)
        6.0
        """
        return self.fixed + self.each * articles

    @classmethod
    def through(cls, step: str, measured: Measured) -> "Line":
        """Return the line through the two smallest sizes at which a step was measured."""
        one, two = sorted(size for size, figures in measured.items() if step in figures)[:2]
        each = (measured[two][step] - measured[one][step]) / (two - one)
        return cls(measured[one][step] - each * one, each)


@dataclass(frozen=True, slots=True)
class Prices:
    """What a provider asks.

    Attributes:
        core_hour: For a core and its memory, an hour.
        gigabyte_month: For a gigabyte of object storage, a month.
    """

    core_hour: float
    gigabyte_month: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an archive takes.

    Attributes:
        annotation: Hours of all workers together, one after the other.
        publication: Hours in which one machine publishes.
        stored: Gigabytes of tables, manifest and indexes.
        night: Minutes in which a night with 1,000 new articles is published.
    """

    annotation: float
    publication: float
    stored: float
    night: float

    @classmethod
    def of(cls, articles: int, words: int, measured: Measured) -> "Estimate":
        """Return the estimate for a number of articles."""
        lines = {step: Line.through(step, measured) for step in STEPS}
        return cls(
            annotation=articles * words / WORDS_PER_SECOND / 3600,
            publication=lines["first_seconds"].at(articles) / 3600,
            stored=(lines["table_bytes"].at(articles) + lines["index_bytes"].at(articles)) / 1e9,
            night=lines["add_1000_seconds"].at(articles) / 60,
        )

    def hours(self, workers: int) -> float:
        """Return the hours from the start to the tables."""
        return self.annotation / workers + self.publication

    def price(self, workers: int, prices: Prices) -> float:
        """Return what the cores cost for these hours."""
        return self.hours(workers) * workers * prices.core_hour


def read(path: Path = MEASURED) -> Measured:
    """Return what was measured, by size."""
    figures = json.loads(path.read_text(encoding="utf-8"))
    return {int(size): figures[size] for size in sorted(figures, key=int)}


def errors(measured: Measured) -> Iterator[tuple[str, int, float, float]]:
    """Yield step, size, estimate and measurement wherever a size was not used for the line."""
    for step in STEPS:
        line = Line.through(step, measured)
        sizes = sorted(size for size, figures in measured.items() if step in figures)
        for size in sizes[2:]:
            yield step, size, line.at(size), measured[size][step]


def estimates(measured: Measured, options: argparse.Namespace) -> list[str]:
    """Return the table of estimates."""
    prices = Prices(options.core_hour, options.gigabyte_month)
    columns = [f"{workers} workers" for workers in options.workers]
    lines = [
        f"| articles | {' | '.join(columns)} | of it publication | tables | 1,000 more | storage a month |",
        "|---" * (len(columns) + 5) + "|",
    ]
    for articles in SIZES:
        one = Estimate.of(articles, options.words, measured)
        ways = [f"{one.hours(n):,.1f} h, ${one.price(n, prices):,.2f}" for n in options.workers]
        lines.append(
            f"| {articles:,} | {' | '.join(ways)} | {one.publication:,.1f} h | {one.stored:,.0f} GB "
            f"| {one.night:,.1f} min | ${one.stored * prices.gigabyte_month:,.2f} |"
        )
    return lines


def checks(measured: Measured) -> list[str]:
    """Return the table of what was estimated and measured."""
    lines = ["| | articles | estimated | measured | off by |", "|---|---|---|---|---|"]
    for step, size, estimate, seen in errors(measured):
        shown = f"{estimate:,.1f} | {seen:,.1f} | {estimate / seen - 1:+.0%}"
        lines.append(f"| {STEPS[step]} | {size:,} | {shown} |")
    return lines


def write_between_marks(page: Path, lines: Sequence[str]) -> None:
    """Put lines between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    body = "\n".join(lines)
    page.write_text(_MARKS.sub(lambda match: f"{match[1]}{body}\n{match[2]}", text), encoding="utf-8")


def main() -> None:
    """Print the estimates and what they were checked against; fail if they were too far off."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, nargs="+", default=[2, 8, 32], help="numbers of workers")
    parser.add_argument("--words", type=int, default=430, help="words an article (430)")
    parser.add_argument("--core-hour", type=float, default=0.04, help="price of a core and its memory")
    parser.add_argument("--gigabyte-month", type=float, default=0.023, help="price of storage")
    parser.add_argument("--to", type=Path, help="a page with the marks between which the tables are written")
    options = parser.parse_args()
    measured = read()
    lines = [*estimates(measured, options), "", *checks(measured)]
    print("\n".join(lines))
    if options.to is not None:
        write_between_marks(options.to, lines)
    far = [step for step, _, estimate, seen in errors(measured) if abs(estimate / seen - 1) > LIMIT]
    if far:
        sys.exit(f"off by more than {LIMIT:.0%}: {', '.join(far)}")


if __name__ == "__main__":
    main()
