"""Every mention of an actor with the words around it: gathered article by article, kept small."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from sys import intern
from typing import NamedTuple

from extract.schema.table import Row

_BESIDE = 170  # characters on each side of a mention that has no sentence


class Named(NamedTuple):
    """A mention in a passage.

    Attributes:
        entity_id: The actor.
        text: The words of the mention.
        anchor: Its anchor in the article's page.
    """

    entity_id: str
    text: str
    anchor: str


Passage = Sequence[str | Named]
"""A sentence on one line, cut where mentions of actors start and end."""


def mention_anchor(row: Row) -> str:
    """Return the anchor of a mention in its article's page."""
    return _anchor(row["start_char"], row["end_char"])


def _anchor(start: int, end: int) -> str:
    return f"m{start}-{end}"


class Contexts:
    """The sentences of articles that name actors; they are cut only for the articles that a page shows."""

    def __init__(self) -> None:
        self._marked: dict[str, _Marked] = {}

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._marked

    def add(self, article_id: str, text: str, mentions: Sequence[Row]) -> None:
        """Keep an article's text, and where its mentions of actors and their sentences are.

        Args:
            article_id: The article.
            text: Its text.
            mentions: Its mentions of those actors who count, in order.
        """
        offsets = array("q")
        for row in mentions:
            offsets.extend((*_bounds(text, row), row["start_char"], row["end_char"]))
        self._marked[article_id] = _Marked(text, offsets, tuple(intern(row["entity_id"]) for row in mentions))

    def passages(self, article_id: str) -> Iterator[Passage]:
        """Yield the sentences of an article that name actors."""
        text, offsets, ids = self._marked[article_id]
        four = [iter(offsets)] * _OFFSETS
        marks = map(_Mark._make, zip(*four, ids, strict=True))
        for (start, end), found in groupby(marks, key=lambda mark: (mark.first, mark.last)):
            yield tuple(_pieces(text, start, end, found))

    def sentences_with(self, entity_id: str, article_id: str) -> Iterator[Passage]:
        """Yield the sentences of an article that name an actor; mentions of others are mere words in them."""
        for passage in self.passages(article_id):
            if any(not isinstance(one, str) and one.entity_id == entity_id for one in passage):
                yield [
                    one if isinstance(one, str) or one.entity_id == entity_id else one.text for one in passage
                ]


class _Marked(NamedTuple):
    """A text; the four offsets of each mark in it, one after the other; whom each mark names."""

    text: str
    offsets: "array[int]"
    ids: tuple[str, ...]


class _Mark(NamedTuple):
    """Where the sentence of a mention starts and ends, and the mention itself."""

    first: int
    last: int
    start: int
    end: int
    entity_id: str


_OFFSETS = len(_Mark._fields) - 1


def _bounds(text: str, row: Row) -> tuple[int, int]:
    """Return where the sentence of a mention starts and ends; without one, its line."""
    start, end, sentence = row["start_char"], row["end_char"], row["sentence"]
    at = text.find(sentence, max(0, start - len(sentence) + 1)) if sentence else -1
    if 0 <= at <= start:
        return at, max(at + len(sentence), end)
    before = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    return max(before, start - _BESIDE), min(len(text) if after < 0 else after, end + _BESIDE)


def _pieces(text: str, start: int, end: int, marks: Iterable[_Mark]) -> Iterator[str | Named]:
    at = start
    for mark in marks:
        yield _on_one_line(text[at : mark.start])
        words = _on_one_line(text[mark.start : mark.end])
        yield Named(mark.entity_id, words, _anchor(mark.start, mark.end))
        at = mark.end
    yield _on_one_line(text[at:end])


def _on_one_line(text: str) -> str:
    """Return a part of a sentence on one line; a browser makes one blank of several."""
    return text.replace("\n", " ")
