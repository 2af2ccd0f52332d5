"""The bytes of a web page -> its tree of elements, within limits and without what is not shown."""

import codecs
import re
from dataclasses import dataclass
from typing import TypeAlias

import lxml.html
from lxml import etree

from extract.errors import ReadError
from extract.reading.letters.decoding import decode
from extract.reading.problems import Problem

Tree: TypeAlias = lxml.html.HtmlElement

# A saved page of 10,000 elements is long; trafilatura reads 40,000 in seconds.
_MOST_ELEMENTS = 40_000
_MOST_CHARS = 12_000_000
# The time of libxml2 grows with the square of a tag's attributes: 300 million take seconds. Code in a script
# may look like a tag, but has few words.
_MOST_SQUARES = 300_000_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_DATA_ADDRESS = re.compile(r"""data:[\w/+.;=-]*,[^"'()<>\s]{200,}""")
_HEAD_BYTES = 4_096
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
# As browsers do: what calls itself Latin-1 is Windows-1252.
_AS_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
_NOT_SHOWN = frozenset(
    {
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "canvas",
        "math",
        "select",
        "textarea",
    }
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ADVICE = "Save the page as text, or copy the article into a .txt file."


@dataclass(frozen=True, slots=True)
class Page:
    """A web page.

    Attributes:
        tree: Its elements, without comments, scripts (but JSON-LD) and hidden elements.
        saved_from: The address that a browser noted when it saved the page.
        problems: What was met in its letters.
    """

    tree: Tree
    saved_from: str | None
    problems: tuple[Problem, ...] = ()


def parse_page(data: bytes, charset: str | None = None) -> Page:
    """Parse a web page.

    Args:
        data: The content of the file.
        charset: The encoding that the server named, if known.

    Raises:
        ReadError: The page is empty, too large, or so built that no parser ends in time.
    """
    text, problem = decode_page(data, charset)
    text = _DATA_ADDRESS.sub("data:,", text.replace("\0", ""))
    _check_size(text)
    saved_from = _SAVED_FROM.search(text[:_HEAD_BYTES])
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        raise ReadError("The page has no elements.", advice=_ADVICE) from None
    elements = sum(1 for _ in tree.iter())
    if elements > _MOST_ELEMENTS:
        message = f"The page has {elements:,} elements; the limit is {_MOST_ELEMENTS:,}."
        raise ReadError(message, advice=_ADVICE)
    _remove_not_shown(tree)
    return Page(tree, saved_from[1] if saved_from else None, (problem,) if problem else ())


def decode_page(data: bytes, charset: str | None = None) -> tuple[str, Problem | None]:
    """Decode a page: as UTF-8 if it is, else as it says of itself, else by a guess."""
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    for name in (charset, declared[1].decode("ascii") if declared else None):
        try:
            codec = codecs.lookup(name).name if name else "utf-8"
            if not codec.startswith("utf"):
                return data.decode(_AS_WINDOWS.get(codec, codec)), None
        except (LookupError, ValueError):
            continue
    return decode(data)


def _check_size(text: str) -> None:
    if len(text) > _MOST_CHARS:
        message = f"The page has {len(text):,} characters of markup; the limit is {_MOST_CHARS:,}."
        raise ReadError(message, advice=_ADVICE)
    squares = sum(len(_VALUE.sub(" ", tag[0]).split()) ** 2 for tag in _LONG_TAG.finditer(text))
    if squares > _MOST_SQUARES:
        raise ReadError("Tags of the page have thousands of attributes.", advice=_ADVICE)


def _remove_not_shown(tree: Tree) -> None:
    """Remove scripts and what a browser does not show; JSON-LD stays, as it holds metadata."""
    for element in list(tree.iter()):
        if element is not tree and _is_not_shown(element):
            element.drop_tree()


def _is_not_shown(element: Tree) -> bool:
    tag = element.tag
    if tag == "script":
        return "ld+json" not in element.get("type", "").lower()
    if tag in _NOT_SHOWN:
        return True
    if tag in {"html", "body"}:
        return False
    return element.get("hidden") is not None or _HIDING.search(element.get("style", "")) is not None
