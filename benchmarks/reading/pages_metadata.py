"""How right the metadata of real pages are: title, author, outlet and day, against answers checked by hand.

    python benchmarks/reading/pages_metadata.py FOLDER [--half 0|1] [--wrong]

FOLDER holds checkouts of adbar/trafilatura, AndyTheFactory/newspaper4k and mozilla/readability, under the
names `trafilatura`, `newspaper4k` and `readability`. The answers in pages_metadata.tsv are facts read in the
sources of the pages. In them `||` or `|` stands between answers that are both right (headline and short
headline, local day and UTC), `&` between the names of several authors; `-`: the page tells nothing.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extract.model import Article
from extract.reading import READERS
from extract.reading.context import Context
from extract.reading.html.authors import names_in
from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold, outlet_key
from extract.reading.sources import Source

_ANSWERS = Path(__file__).with_name("pages_metadata.tsv")
_MAX_CHARS = 1_000_000
_NOTHING = "-"
_FIELDS = ("title", "author", "outlet", "day")


def main() -> None:
    """Print the share of right and of wrong values per field; nothing where something is told is neither."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), help="only every second page")
    parser.add_argument("--wrong", action="store_true", help="print what is not right")
    options = parser.parse_args()
    context = Context(_MAX_CHARS, None, {})
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    pages = list(_answers(options.half))
    for answer in pages:
        path = options.folder / answer["page"]
        items = list(READERS[".html"](Source(path, path.parent, named=True), context))
        article = items[0] if items and isinstance(items[0], Article) else None
        for field in _FIELDS:
            value = _value(article, field)
            is_right = _is_right(field, value, answer[field], context.forms)
            right[field] += is_right
            wrong[field] += bool(value) and not is_right
            if options.wrong and not is_right:
                print(f"{answer['page']}: {field} {value!r}, not {answer[field]!r}")
    for field in _FIELDS:
        print(f"{field}: {right[field] / len(pages):.1%} right, {wrong[field] / len(pages):.1%} wrong")
    print(f"{len(pages)} pages")


def _answers(half: int | None) -> Iterator[dict[str, str]]:
    with _ANSWERS.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if half is None or number % 2 == half:
                yield row


def _value(article: Article | None, field: str) -> str:
    if article is None:
        return ""
    if field == "day":
        is_told = article.published_source in {"metadata", "byline", "dateline"}
        return str(article.published_at)[:10] if is_told and article.published_at else ""
    return getattr(article, field) or ""


def _is_right(field: str, value: str, answer: str, forms: Forms) -> bool:
    choices = [choice.strip() for choice in answer.split("||" if field == "title" else "|")]
    if not value or _NOTHING in choices:
        return (not value and _NOTHING in choices) or value in choices
    if field == "title":
        return fold(value) in map(fold, choices)
    if field == "outlet":
        return outlet_key(value) in map(outlet_key, choices)
    if field == "author":
        found = set(map(fold, names_in(value, forms)))
        return any(found == {fold(name) for name in choice.split("&")} for choice in choices)
    return value in choices


if __name__ == "__main__":
    main()
