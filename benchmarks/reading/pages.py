"""How well and how fast the bodies of web pages are found, on scrapinghub/article-extraction-benchmark.

    python benchmarks/reading/pages.py FOLDER

FOLDER is a checkout of that repository; its own evaluate.py computes the score, the F1 of 4-grams. Measure
only: nothing here is tuned to its pages.
"""

import argparse
import gzip
import importlib.util
import json
import tempfile
import time
from pathlib import Path
from types import ModuleType

from extract.model import Article, Issue
from extract.reading import READERS
from extract.reading.context import Context
from extract.reading.sources import Source

_MAX_CHARS = 1_000_000


def main() -> None:
    """Read every page and print precision, recall and F1 of the body sections, and pages a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    theirs = _load(folder / "evaluate.py")
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    context = Context(_MAX_CHARS, None, {})
    matches, unread, seconds = [], 0, 0.0
    with tempfile.TemporaryDirectory() as scratch:
        for name, answer in truth.items():
            page = Path(scratch) / f"{name}.html"
            page.write_bytes(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()))
            start = time.process_time()
            items = list(READERS[".html"](Source(page, page.parent, named=True), context))
            seconds += time.process_time() - start
            unread += any(isinstance(item, Issue) for item in items)
            body = "\n".join(map(_body, items))
            matches.append(theirs.string_shingle_matching(true=answer["articleBody"], pred=body))
    scores = theirs.metrics_from_tp_fp_fns(matches)
    print(", ".join(f"{name} {value:.3f}" for name, value in scores.items()))
    print(f"{len(truth)} pages, {unread} without article, {len(truth) / seconds:.1f} pages a second and core")


def _body(item: Article | Issue) -> str:
    """Return the body, in whatever language, with the city lead-ins that open its paragraphs."""
    if isinstance(item, Issue):
        return ""
    return " ".join(
        item.text[section.start : section.end]
        for section in item.sections
        if section.kind in {"body", "dateline", "foreign"}
    )


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
