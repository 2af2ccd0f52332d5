"""Pages as an analyst pastes them: the visible text of an HTML page, as Ctrl-A and Ctrl-C give it.

    python -m benchmarks.reading.pasted PAGE.html

Every block element is on lines of its own, links stand within their line, paragraphs are set apart by a
blank line. What a page does not show (scripts, styles, templates, hidden elements) is left out. It is an
approximation of `innerText`: style sheets are not read.
"""

import argparse
import gzip
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

from lxml import html

UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "iframe", "svg", "canvas", "audio", "video", "select",
    "textarea", "input", "object", "map", "datalist",
})  # fmt: skip
PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table"})
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "picture", "q", "s", "samp", "small", "source", "span", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "td", "th",
})  # fmt: skip
HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
# Classes by which the usual style sheets hide what only screen readers say.
HIDDEN_CLASSES = frozenset(
    {"hidden", "hide", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"}
)
DAY = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]*?"name"\s*:\s*\[?\s*"([^"]+)"')
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WORD = re.compile(r"\w+")
OUTLET = re.compile(r" [|–—-] ")
MOSTLY = 0.6
SPACES = re.compile(r"[ \t\n\r\f]+")
BLANK_LINES = re.compile(r"\n{3,}")


def pasted(page: bytes) -> str:
    """Return the visible text of a page."""
    tree = html.fromstring(_decoded(page))
    body = tree.find("body") if tree.tag == "html" else tree
    written = "".join(_pieces(body if body is not None else tree))
    lines = (SPACES.sub(" ", line).strip() for line in written.split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


def read_page(path: Path) -> bytes:
    """Return the bytes of a page, which may be compressed."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def titles_of(page: bytes) -> Sequence[str]:
    """Return the forms of a page's title: in its metadata, its window and its main headings."""
    tree = html.fromstring(_decoded(page))
    named = [
        str(value) for value in tree.xpath("//meta[@property='og:title' or @name='twitter:title']/@content")
    ]
    windows = [" ".join(title.text_content().split()) for title in tree.xpath("//title")[:1]]
    headings = [" ".join(heading.text_content().split()) for heading in tree.xpath("//h1")]
    words = set(WORD.findall(" ".join(named + windows).casefold()))
    short = [OUTLET.split(title)[0] for title in named + windows]
    alike = [one for one in headings if _is_mostly_within(WORD.findall(one.casefold()), words)]
    return [title for title in (*named, *short, *alike) if len(WORD.findall(title)) > 1]


def _is_mostly_within(words: Sequence[str], others: AbstractSet[str]) -> bool:
    return len(others.intersection(words)) >= MOSTLY * len(set(words))


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the metadata of a page say of its publication."""

    day: date | None
    authors: Sequence[str]
    outlet: str | None


def metadata_of(page: bytes) -> PageMetadata:
    """Return the day and the authors in the metadata of a page: JSON-LD, else meta elements."""
    tree = html.fromstring(_decoded(page))
    linked = " ".join(map(str, tree.xpath("//script[@type='application/ld+json']/text()")))
    days = DAY.findall(linked) or [
        str(value)
        for value in tree.xpath(
            "//meta[@property='article:published_time' or @itemprop='datePublished']/@content"
        )
    ]
    authors = AUTHOR.findall(linked) or [
        str(value) for value in tree.xpath("//meta[@name='author']/@content")
    ]
    sites = [str(value) for value in tree.xpath("//meta[@property='og:site_name']/@content")]
    found = ISO_DAY.match(days[0]) if days else None
    day = date.fromisoformat(found[0]) if found else None
    return PageMetadata(day, [*map(unescape, authors)], next(iter(sites), None))


def _decoded(page: bytes) -> str:
    """Return the page as UTF-8 or, where it is not, as the encoding that it names."""
    named = re.search(rb"charset=[\"']?([\w-]+)", page[:4_000])
    for encoding in ("utf-8", named[1].decode("ascii") if named else "cp1252"):
        try:
            text = page.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return re.sub(r"^\s*<\?xml[^>]*>", "", text)
    return page.decode("cp1252", errors="replace")


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Yield the text within an element; a newline is a line break, two are the end of a paragraph."""
    tag = element.tag
    if not isinstance(tag, str) or _is_hidden(element):
        return
    if tag == "br":
        yield "\n"
        return
    around = "" if tag in INLINE else "\n\n" if tag in PARAGRAPHS else "\n"
    yield around
    yield SPACES.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child)
        yield SPACES.sub(" ", child.tail or "")
    yield "\t" if tag in {"td", "th"} else around


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.tag in UNSEEN or element.get("hidden") is not None:
        return True
    classes = (element.get("class") or "").split()
    return bool(HIDDEN.search(element.get("style") or "")) or not HIDDEN_CLASSES.isdisjoint(classes)


def main() -> None:
    """Print the pasted text of a page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("page", type=Path)
    print(pasted(read_page(parser.parse_args().page)), end="")


if __name__ == "__main__":
    main()
