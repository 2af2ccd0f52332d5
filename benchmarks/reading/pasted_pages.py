"""Measure what is read of pasted pages: body, title, day, author and outlet.

    python -m benchmarks.reading.pasted_pages --scrapinghub FOLDER [--readability FOLDER] ... [--kept]
        [--wrong]

Each page is read whole and from its title on, as `extract run` reads a .txt file. Body and title are
compared as in fit_pasted.py; the others with the metadata of the HTML page (JSON-LD and meta elements), where
it has them: what a pasted page does not show counts as missing, not as wrong. With --kept only the pages that
nothing was fitted on, else only the others.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.reading.page_corpora import Page, add_folders, collect, in_body, is_title

from extract.model import Article
from extract.reading.build import Draft, Metadata, make_article
from extract.reading.page.forms import load_forms
from extract.reading.page.lines import outlet_key, split_lines

LONGEST = 2_000_000


def main() -> None:
    """Print the means over all pages, and what is wrong if requested."""
    options = parse_options()
    for name, pages in (("whole", whole(options)), ("from the title on", headline_first(options))):
        results: Counter[str] = Counter()
        shares = []
        for page, text in pages:
            made = read(page, text)
            shares.append(body_shares(page, made))
            for field, result in judged(page, made):
                results[f"{field} {result}"] += 1
                if options.wrong and result == "wrong":
                    print(page.name, field, getattr(made, field, None) or made.published_at)
        print(
            f"{name}: {len(shares)} pages, body precision and recall", *map(_mean, zip(*shares, strict=True))
        )
        for field in ("title", "day", "author", "outlet"):
            right, wrong, missing = (results[f"{field} {kind}"] for kind in ("right", "wrong", "missing"))
            print(f"  {field}: right {right}, wrong {wrong}, missing {missing}")


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_folders(parser)
    parser.add_argument("--kept", action="store_true", help="the held-out pages")
    parser.add_argument("--wrong", action="store_true", help="print each wrong value")
    return parser.parse_args()


def whole(options: argparse.Namespace) -> Iterator[tuple[Page, str]]:
    """Yield the pages with their whole text."""
    for page in collect(options):
        if page.held_out == options.kept and page.is_whole():
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


def judged(page: Page, made: Article) -> Iterator[tuple[str, str]]:
    """Yield each field that the page's metadata tell of, and whether it is right, wrong or missing."""
    if page.titles:
        yield "title", _judge(made.title, is_title(made.title or "", page.titles))
    if page.day:
        day = made.published_at.date().isoformat() if made.published_at else None
        known = day if made.published_source != "inferred" else None
        yield "day", _judge(known, day in page.day)
    if page.authors:
        words = set((made.author or "").casefold().split())
        yield (
            "author",
            _judge(made.author, any(words & set(name.casefold().split()) for name in page.authors)),
        )

    if page.outlet:
        key = outlet_key(page.outlet)
        yield (
            "outlet",
            _judge(made.outlet, outlet_key(made.outlet or "") in key or key in outlet_key(made.outlet or "")),
        )


def _judge(value: str | None, right: bool) -> str:
    return "missing" if value is None else "right" if right else "wrong"


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / max(len(values), 1), 3)


if __name__ == "__main__":
    main()
