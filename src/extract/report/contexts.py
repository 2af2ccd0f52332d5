"""Every mention of an actor with the words around it: gathered article by article, kept small."""

import json
import zlib
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from extract.report.escaping import for_script
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
    return f"m{row['start_char']}-{row['end_char']}"


def passages(text: str, entities: Iterable[Row], actors: Container[str]) -> Iterator[Passage]:
    """Yield the sentences of an article that name actors.

    Args:
        text: The article.
        entities: Its mentions, in order.
        actors: Ids of those who count.
    """
    named = ((_bounds(text, row), row) for row in entities if row["entity_id"] in actors)
    for (start, end), found in groupby(named, key=lambda one: one[0]):
        yield tuple(_pieces(text, start, end, [row for _, row in found]))


def _bounds(text: str, row: Row) -> tuple[int, int]:
    """Return where the sentence of a mention starts and ends; without one, its line."""
    start, end, sentence = row["start_char"], row["end_char"], row["sentence"]
    at = text.find(sentence, max(0, start - len(sentence) + 1)) if sentence else -1
    if 0 <= at <= start:
        return at, max(at + len(sentence), end)
    before = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    return max(before, start - _BESIDE), min(len(text) if after < 0 else after, end + _BESIDE)


def _pieces(text: str, start: int, end: int, mentions: Sequence[Row]) -> Iterator[str | Named]:
    at = start
    for row in mentions:
        yield _on_one_line(text[at : row["start_char"]])
        words = _on_one_line(text[row["start_char"] : row["end_char"]])
        yield Named(row["entity_id"], words, mention_anchor(row))
        at = row["end_char"]
    yield _on_one_line(text[at:end])


def _on_one_line(text: str) -> str:
    """Return a part of a sentence on one line; a browser makes one blank of several."""
    return text.replace("\n", " ")


def pack(found: Iterable[Passage]) -> bytes:
    """Return passages as a few bytes: those of thousands of articles are kept until their pages are made."""
    return zlib.compress(for_script(list(found)).encode("ascii"), 1)


def packed_script(packed: bytes) -> str:
    """Return what was packed, as it stands in a data file."""
    return zlib.decompress(packed).decode("ascii")


def sentences_with(entity_id: str, packed: bytes) -> Iterator[Passage]:
    """Yield the packed sentences that name an actor; mentions of others are mere words in them."""
    for sentence in _unpacked(packed):
        if any(type(one) is list and one[0] == entity_id for one in sentence):
            yield [
                one if isinstance(one, str) else Named(*one) if one[0] == entity_id else one[1]
                for one in sentence
            ]


@lru_cache(200)  # articles: those that are new name most actors
def _unpacked(packed: bytes) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(packed_script(packed))
    return found
