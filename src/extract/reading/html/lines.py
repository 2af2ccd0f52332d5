"""The lines that a page shows, in the order of its markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from extract.reading.html.document import Tree
from extract.reading.html.markup import Markup
from extract.reading.markup import BLOCKS

_BLOCKS = BLOCKS | {
    "body", "br", "button", "caption", "details", "dialog", "fieldset", "form", "html", "legend", "summary",
    "tbody", "tfoot", "thead",
}  # fmt: skip
_UNSEEN = frozenset({"head", "script", "title"})
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_LONGEST_NAMES = 500
_NAMING = ("class", "id", "rel", "itemprop", "data-testid")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the page.

    Attributes:
        text: Its text with single blanks.
        element: The block in which it ends.
    """

    text: str
    element: Tree


@dataclass(frozen=True, slots=True)
class Head:
    """The lines around the title.

    Attributes:
        below: Those from the title down to the body.
        above: Those directly above the title.
    """

    below: Sequence[ShownLine]
    above: Sequence[ShownLine]

    @property
    def lines(self) -> list[ShownLine]:
        """All of them, those below the title first."""
        return [*self.below, *self.above]


def shown_lines(tree: Tree) -> list[ShownLine]:
    """Return the lines of a page: the text between two borders of blocks."""
    lines: list[ShownLine] = []
    pieces: list[str] = []
    blocks: list[Tree] = [tree]

    def end_line() -> None:
        text = " ".join("".join(pieces).split())
        pieces.clear()
        if text:
            lines.append(ShownLine(text, blocks[-1]))

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_block = element.tag in _BLOCKS
        if is_block:
            end_line()
        if event == "start":
            if is_block:
                blocks.append(element)
            if element.tag not in _UNSEEN:
                pieces.append(element.text or "")
        else:
            if is_block:
                blocks.pop()
            pieces.append(element.tail or "")
    end_line()
    return lines


def attribute_words(element: Tree) -> set[str]:
    """Return the words in the names that an element bears: `article__by-line authorName` has `author`.

    Words joined by a hyphen also count together: `byline`, `pubdate`.
    """
    words: set[str] = set()
    for name in _NAMING:
        for token in element.get(name, "")[:_LONGEST_NAMES].split():
            parts = [part.lower() for part in _WORD.findall(token)]
            words.update(parts)
            words.update(first + second for first, second in pairwise(parts))
    return words


def is_named(element: Tree, wanted: Iterable[str], markup: Markup) -> bool:
    """Return whether the element bears one of the words, and none that puts it elsewhere."""
    words = attribute_words(element)
    return not words.isdisjoint(wanted) and words.isdisjoint(markup.elsewhere)


def ancestors(element: Tree, levels: int) -> Iterator[Tree]:
    """Yield the element and so many elements around it."""
    for _ in range(levels):
        yield element
        parent = element.getparent()
        if parent is None:
            return
        element = parent
