"""Measure what is read of pasted pages: body, title, day, author and outlet.

    python -m benchmarks.reading.pasted_pages --scrapinghub FOLDER [--readability FOLDER] ... [--kept]
        [--wrong] [--missing]

Each page is read whole and from its title on, as `extract run` reads a .txt file. Body and title are
compared as in fit_pasted.py; the others with the metadata of the HTML page (JSON-LD and meta elements), where
it has them. Pages often tell browsers what they do not show their readers, so a field is asked for only where
the pasted text shows its value somewhere (shown.py): the title on a line, the day with its year, an author or
the outlet in full. Where it does not, no value is right, and one that was given all the same is wrong, too.
An author who is no person (`Reuters`, `admin`) is not judged; a day that was inferred counts as none. With
--kept only the pages that nothing was fitted on, else only the others.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.reading.page_corpora import Page, add_folders, collect, in_body, is_title
from benchmarks.reading.shown import shows_any, shows_day

from extract.model import Article
from extract.reading.build import Draft, make_article
from extract.reading.html.authors import names_in
from extract.reading.page.forms import load_forms
from extract.reading.page.lines import outlet_key, split_lines
from extract.reading.records.metadata import Metadata

LONGEST = 2_000_000
FIELDS = ("title", "day", "author", "outlet")
ASKED, WRONG = ("right", "wrong", "missing"), ("wrong", "invented")
KINDS = (*ASKED, "invented", "null")


def main() -> None:
    """Print the means over all pages, and what is wrong or missing if requested."""
    options = parse_options()
    for name, pages in (("whole", whole(options)), ("from the title on", headline_first(options))):
        results: Counter[tuple[str, str]] = Counter()
        shares = []
        for page, text in pages:
            made = read(page, text)
            shares.append(body_shares(page, made))
            for field, given, result in judged(page, made):
                results[field, result] += 1
                if (options.wrong and result in WRONG) or (options.missing and result == "missing"):
                    print(page.name, field, result, repr(given))
        print(
            f"{name}: {len(shares)} pages, body precision and recall", *map(_mean, zip(*shares, strict=True))
        )
        for field in FIELDS:
            print(f"  {field}: {summary({kind: results[field, kind] for kind in KINDS})}")


def summary(results: Mapping[str, int]) -> str:
    """Return how many values are right of those asked for, and how many are wrong of all."""
    asked = sum(results[kind] for kind in ASKED)
    wrong, pages = sum(results[kind] for kind in WRONG), sum(results.values())
    return (
        f"right {results['right']} of {asked} shown ({results['right'] / max(asked, 1):.0%}),"
        f" missing {results['missing']}; wrong {wrong} of {pages} ({wrong / max(pages, 1):.0%}),"
        f" {results['invented']} of them not shown; null where not shown {results['null']}"
    )


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_folders(parser)
    parser.add_argument("--kept", action="store_true", help="the held-out pages")
    parser.add_argument("--wrong", action="store_true", help="print each wrong value")
    parser.add_argument("--missing", action="store_true", help="print each value shown and not found")
    return parser.parse_args()


def whole(options: argparse.Namespace) -> Iterator[tuple[Page, str]]:
    """Yield the pages with their whole text."""
    for page in collect(options):
        if page.held_out == options.kept and page.is_measurable():
            yield page, page.text


def headline_first(options: argparse.Namespace) -> Iterator[tuple[Page, str]]:
    """Yield the pages that show their title with their text from there on."""
    for page, text in whole(options):
        lines = split_lines(text)
        texts = [line.text for line in lines]
        titles = page.title_lines(texts, in_body(texts, page.body))
        if titles:
            yield page, text[lines[titles[-1]].start :]


def read(page: Page, text: str) -> Article:
    """Read a text as an article."""
    made = make_article(
        Draft(page.name, page.name, "txt", text, Metadata()), max_chars=LONGEST, forms=load_forms()
    )
    if not isinstance(made, Article):
        raise SystemExit(f"{page.name}: {made.message}")
    return made


def body_shares(page: Page, made: Article) -> tuple[float, float]:
    """Return the shares of characters in body sections that are in the body, and of the body found."""
    lines = split_lines(made.text)
    gold = in_body([line.text for line in lines], page.body)
    found = [made.section_at(line.end - 1) == "body" for line in lines]
    sizes = [len(line.text) for line in lines]
    both = sum(size for size, wanted, got in zip(sizes, gold, found, strict=True) if wanted and got)
    chosen, wanted = (
        sum(size for size, inside in zip(sizes, part, strict=True) if inside) for part in (found, gold)
    )
    return both / max(1, chosen), both / max(1, wanted)


def judged(page: Page, made: Article) -> Iterator[tuple[str, str | None, str]]:
    """Yield each field that the page's metadata tell of, what was read, and how right that is."""
    if page.titles:
        lines = [line.text for line in split_lines(made.text)]
        shown = any(is_title(line, page.titles) for line in lines)
        yield "title", made.title, _judge(made.title, is_title(made.title or "", page.titles), shown)
    if page.day:
        told = made.published_at is not None and made.published_source != "inferred"
        day = made.published_at.date().isoformat() if made.published_at and told else None
        yield "day", day, _judge(day, day in page.day, shows_day(made.text, page.day))
    authors = [name for author in page.authors for name in names_in(author, load_forms())]
    if authors:
        right = shows_any(made.author or "", authors)
        yield "author", made.author, _judge(made.author, right, shows_any(made.text, authors))
    if page.outlet:
        known = load_forms().outlet_named(page.outlet)
        keys, own = {outlet_key(name) for name in (page.outlet, known) if name}, outlet_key(made.outlet or "")
        right = any(own in key or key in own for key in keys)
        yield "outlet", made.outlet, _judge(made.outlet, right, shows_any(made.text, [*keys]))


def _judge(value: str | None, right: bool, shown: bool) -> str:
    if value is None:
        return "missing" if shown else "null"
    if right:
        return "right"
    return "wrong" if shown else "invented"


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / max(len(values), 1), 3)


if __name__ == "__main__":
    main()
