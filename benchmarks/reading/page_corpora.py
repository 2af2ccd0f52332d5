"""Public HTML pages with their articles, as pasted text whose lines are known to be body or not."""

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import trafilatura
from benchmarks.reading.pasted import metadata_of, pasted, read_page, titles_of

from extract.reading.page.lines import Line, split_lines

SHORT = 25
NEAR = 2
SAME = 0.6
SAME_TITLE = 0.8
WHOLE = 0.7
GRAM = 4
FUNCTION_WORDS = frozenset({"the", "and", "of", "with", "from"})
FUNCTION_SHARE = 0.04  # of the words of an English text; other languages have hardly any of these
SHORTEST_BODY = 200
EARLIEST = 1990
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as pasted text.

    Attributes:
        name: `corpus/name`.
        text: The pasted text.
        body: The text of the article, by those who annotated the corpus.
        titles: The forms of its title, by its metadata and main heading.
        held_out: The page is kept for measuring: nothing is fitted on it.
        day: The day of publication and its neighbours, by its metadata; zones may move it. Empty if unknown.
        authors: The authors by its metadata.
        outlet: The outlet by its metadata.
    """

    name: str
    text: str
    body: str
    titles: Sequence[str]
    held_out: bool
    day: Sequence[str] = ()
    authors: Sequence[str] = ()
    outlet: str | None = None

    @property
    def corpus(self) -> str:
        """Return the corpus of the page."""
        return self.name.partition("/")[0]

    def first_line(self) -> int:
        """Return the start of the first line."""
        return split_lines(self.text)[0].start

    def is_measurable(self) -> bool:
        """Return whether the body is in English and the text contains most of it.

        Paragraphs in other languages are no body to the reader (their sections are `foreign`).
        """
        grams = set(four_grams(self.body))
        found = {gram for line, body in self.lines() if body for gram in four_grams(line.text)}
        return _is_english(self.body) and bool(grams) and len(grams & found) >= WHOLE * len(grams)

    def lines(self) -> Sequence[tuple[Line, bool]]:
        """Return the lines of the text and whether each is in the body."""
        lines = split_lines(self.text)
        return list(zip(lines, in_body([line.text for line in lines], self.body), strict=True))

    def title_lines(self, lines: Sequence[str], body: Sequence[bool]) -> Sequence[int]:
        """Return the indices of the lines above the body that are the title."""
        first = body.index(True) if True in body else 0
        return [index for index in range(first) if is_title(lines[index], self.titles)]


def is_title(line: str, titles: Sequence[str]) -> bool:
    """Return whether a line has nearly the same words as a form of the title."""
    words = Counter(_words(line))
    for title in titles:
        wanted = Counter(_words(title))
        if 2 * (words & wanted).total() >= SAME_TITLE * (words.total() + wanted.total()):
            return True
    return False


def in_body(lines: Sequence[str], body: str) -> Sequence[bool]:
    """Return whether each line is in the body: a short line only if a longer one beside it is."""
    whole, grams = f" {' '.join(_words(body))} ", set(four_grams(body))
    within = [_is_within(line, whole, grams) for line in lines]
    sure = [found and len(line) >= SHORT for found, line in zip(within, lines, strict=True)]
    return [
        found and any(sure[max(0, index - NEAR) : index + NEAR + 1]) for index, found in enumerate(within)
    ]


def four_grams(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the sequences of four words in the text."""
    words = _words(text)
    return (tuple(words[start : start + GRAM]) for start in range(len(words) - GRAM + 1))


def _is_within(line: str, whole: str, grams: set[tuple[str, ...]]) -> bool:
    words = " ".join(_words(line))
    if not words or f" {words} " in whole:
        return bool(words)
    own = list(four_grams(line))
    return bool(own) and sum(gram in grams for gram in own) >= SAME * len(own)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def add_folders(parser: argparse.ArgumentParser) -> None:
    """Add an option for the folder of each corpus."""
    for corpus in CORPORA:
        parser.add_argument(f"--{corpus}", type=Path, help=f"folder with the repository of {corpus} (none)")


def collect(options: argparse.Namespace) -> Iterator[Page]:
    """Yield the pages of all corpora that are at hand."""
    for corpus, pages in CORPORA.items():
        folder = getattr(options, corpus)
        if folder:
            yield from pages(folder)


def scrapinghub_pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of article-extraction-benchmark; by the hash of its name, half are held out."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, record in sorted(truth.items()):
        page = read_page(folder / "html" / f"{name}.html.gz")
        held_out = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 1
        yield _page(f"scrapinghub/{name[:12]}", page, record["articleBody"], held_out=held_out)


def readability_pages(folder: Path) -> Iterator[Page]:
    """Yield the test pages of readability."""
    for place in sorted((folder / "test" / "test-pages").iterdir()):
        page, body = place / "source.html", place / "expected.html"
        if page.exists() and body.exists():
            yield _page(f"readability/{place.name}", read_page(page), pasted(read_page(body)))


def newspaper_pages(folder: Path) -> Iterator[Page]:
    """Yield the test pages of newspaper4k that are articles."""
    data = folder / "tests" / "data"
    for path in sorted((data / "metadata").glob("*.json")):
        page, body = data / "html" / f"{path.stem}.html", data / "txt" / f"{path.stem}.txt"
        if page.exists() and body.exists():
            yield _page(f"newspaper4k/{path.stem}", read_page(page), body.read_text(encoding="utf-8"))


def trafilatura_pages(folder: Path) -> Iterator[Page]:
    """Yield the test pages of trafilatura from which it takes what its annotators want, and no more.

    Their notes are a few sentences that belong to the article, and a few that do not.
    """
    for record in json.loads((folder / "tests" / "evaldata.json").read_text(encoding="utf-8")).values():
        places = (folder / "tests" / name / record["file"] for name in ("eval", "cache"))
        path = next((place for place in places if place.exists()), None)
        page = read_page(path) if path else b""
        body = (trafilatura.extract(page, include_comments=False) if page else None) or ""
        right = all(part in body for part in record.get("with", []))
        wrong = any(part in body for part in record.get("without", []))
        if len(body) >= SHORTEST_BODY and right and not wrong:
            yield _page(f"trafilatura/{record['file']}", page, body)


CORPORA = {
    "scrapinghub": scrapinghub_pages,
    "readability": readability_pages,
    "newspaper": newspaper_pages,
    "trafilatura": trafilatura_pages,
}


def _page(name: str, page: bytes, body: str, *, held_out: bool = False) -> Page:
    known = metadata_of(page)
    days = (
        [str(known.day + timedelta(days=days)) for days in (-1, 0, 1)]
        if known.day and known.day.year >= EARLIEST
        else []
    )
    return Page(name, pasted(page), body, titles_of(page), held_out, days, known.authors, known.outlet)


def _is_english(text: str) -> bool:
    words = _words(text)
    return sum(word in FUNCTION_WORDS for word in words) >= FUNCTION_SHARE * max(len(words), 1)
