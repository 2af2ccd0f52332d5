"""Measure the report of many articles: making it, bringing it up to date, and using it in a browser.

    python -m benchmarks.report.speed [--articles 5000] [--folder DIR]

The articles are generated (benchmarks/report/corpus.py). Processor seconds and memory are those of a process
of its own, with Python and libraries; the browser's times are the best of three, and are left
out where Chromium is not installed. Each line says whether a limit is met; they are for 5,000 articles.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.report.chromium import Chromium, find_chromium
from benchmarks.report.corpus import publish
from benchmarks.runs.store_scale import in_process

from extract.report import index_of, make_report

MAKE_SECONDS, ADD_SECONDS, NOTHING_SECONDS, MEGABYTES = 60.0, 10.0, 3.0, 800.0
READY_SECONDS, SEARCH_SECONDS, FILTER_SECONDS = 1.0, 2.0, 0.2
PAGE_KILOBYTES = 500.0
NEW, TRIES = 20, 3

_READY = "document.documentElement.dataset.ready"
# Both wait until the results are others than before.
_SEARCH = """(async () => {
  const results = document.querySelector("#results"), before = results.firstChild;
  const field = document.querySelector("#f-q");
  const started = performance.now();
  field.value = "a"; field.dispatchEvent(new Event("input"));
  while (results.firstChild === before) await new Promise((done) => setTimeout(done));
  return (performance.now() - started) / 1000;
})()"""
_FILTER = """(async () => {
  const results = document.querySelector("#results"), before = results.firstChild;
  const started = performance.now();
  document.querySelector("#f-type input").click();
  while (results.firstChild === before) await new Promise((done) => setTimeout(done));
  return (performance.now() - started) / 1000;
})()"""


@dataclass(frozen=True, slots=True)
class Answers:
    """How fast the page of statements answers, in seconds.

    Attributes:
        ready: From the start of loading until the page can be used.
        filter: From a click on a facet to its results.
        search: From the last key of the first search in all texts to its results.
    """

    ready: float
    filter: float
    search: float


def answers_of(browser: Chromium, report: Path) -> tuple[Answers, Answers]:
    """Open the page of statements and use it once; return its answers by the clock, and in processor time."""
    page = browser.open()
    worked = [page.busy()]
    page.open((report / "statements.html").resolve().as_uri())
    page.wait_for(_READY)
    clock, worked = [page.evaluate("performance.now() / 1000")], [*worked, page.busy()]
    for script in (_FILTER, _SEARCH):
        clock.append(page.evaluate(script))
        worked.append(page.busy())
    return Answers(*clock), Answers(*(after - before for before, after in pairwise(worked)))


def best_answers(browser: Chromium, report: Path) -> tuple[Answers, Answers]:
    """Return the best of a few, by the clock and in processor time: other work on the machine delays both."""
    found = [answers_of(browser, report) for _ in range(TRIES)]
    clock, worked = zip(*found, strict=True)
    return _best(clock), _best(worked)


def _best(found: Sequence[Answers]) -> Answers:
    return Answers(*(min(getattr(one, name) for one in found) for name in Answers.__slots__))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--folder", type=Path, help="where to create the tables (a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="report-speed-", dir=options.folder) as name:
        sys.exit(0 if judge(measure(Path(name), options.articles)) else 1)


def measure(root: Path, articles: int) -> Mapping[str, tuple[float, float]]:
    """Return what was measured and the limit, by a description."""
    in_process(publish_some, root, 0, articles)
    made = in_process(make, root)
    nothing = in_process(make, root)
    in_process(publish_some, root, articles, articles + NEW)
    added = in_process(make, root)
    report = index_of(root).parent
    largest = max(path.stat().st_size for path in report.rglob("*.html")) / 1000
    figures = {
        f"{articles:,} articles, processor seconds": (made.cpu, MAKE_SECONDS),
        "memory in MB": (made.megabytes, MEGABYTES),
        f"{NEW} new, processor seconds": (added.cpu, ADD_SECONDS),
        "memory in MB with new ones": (added.megabytes, MEGABYTES),
        "nothing new, processor seconds": (nothing.cpu, NOTHING_SECONDS),
        "largest page in kB": (largest, PAGE_KILOBYTES),
    }
    if find_chromium():
        with Chromium.started() as browser:
            answers = best_answers(browser, report)
        for how, used in zip(("by the clock", "of the processor"), answers, strict=True):
            figures |= {
                f"statements ready, seconds {how}": (used.ready, READY_SECONDS),
                f"first search, seconds {how}": (used.search, SEARCH_SECONDS),
                f"filter, seconds {how}": (used.filter, FILTER_SECONDS),
            }
    return figures


def judge(figures: Mapping[str, tuple[float, float]]) -> bool:
    """Print each figure with its limit; return whether all are met."""
    for what, (figure, limit) in figures.items():
        print(f"{'met   ' if figure <= limit else 'MISSED'} {what}: {figure:.2f} <= {limit:g}")
    return all(figure <= limit for figure, limit in figures.values())


def publish_some(root: Path, first: int, end: int) -> float:
    """Publish some articles."""
    publish(root, range(first, end))
    return 0.0


def make(root: Path) -> float:
    """Make the report."""
    started = time.perf_counter()
    make_report(root)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
