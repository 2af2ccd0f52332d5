"""Quotes that an earlier article of the story has in the same words: `quotes.duplicate_of`.

A quote that repeats another one of its own article (a pull quote) names that one; workers find it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extract.ids import is_description_id
from extract.store.buckets import Base, Change
from extract.store.parts import read_parts
from extract.store.stories.snapshot_stories import Stories
from extract.stories import words_key
from extract.tables.quotes import TABLE as QUOTES

_COLUMNS = ["article_id", "quote_id", "start_char", "end_char", "text", "speaker_name_id", "duplicate_of"]
# Fewer words (no, "a mistake") are the same quote only from the same speaker.
_TELLING = 4

_Row = dict[str, Any]


@dataclass(frozen=True)
class Repeats:
    """The quotes that repeat one of another article.

    Attributes:
        original: The quote that is repeated, by quote_id.
        articles: The articles whose quotes were compared; in others nothing changes.
        moved: The kept articles whose quotes change.
    """

    original: Mapping[str, str]
    articles: frozenset[str]
    moved: frozenset[str]

    def mark(self, quotes: pa.Table) -> pa.Table:
        """Return rows of `quotes` with `duplicate_of` filled in."""
        is_compared = pc.is_in(quotes["article_id"], pa.array(sorted(self.articles), pa.string()))
        if not pc.any(is_compared).as_py():
            return quotes
        repeated = pa.array([self.original.get(key) for key in quotes["quote_id"].to_pylist()], pa.string())
        is_other = pc.and_(is_compared, pc.invert(_is_within_article(quotes)))
        values = pc.if_else(is_other, repeated, quotes["duplicate_of"])
        position = quotes.schema.get_field_index("duplicate_of")
        return quotes.set_column(position, QUOTES.arrow_schema.field("duplicate_of"), values)


def find_repeats(base: Base, change: Change, stories: Stories) -> Repeats:
    """Find the repeated quotes in the stories that a change touches.

    Raises:
        StoreError: A file of the base is damaged.
    """
    members = stories.changed_members
    articles = stories.moved.union(*members.values())
    kept = articles - change.processed
    rows: dict[str, list[_Row]] = {article_id: [] for article_id in articles}
    for row in _rows(base, change, articles, kept):
        rows[row["article_id"]].append(row)
    original: dict[str, str] = {}
    for ids in members.values():
        original |= _repeats_in([row for article_id in ids for row in rows[article_id]])
    moved = {
        row["article_id"]
        for article_id in kept
        for row in rows[article_id]
        if not row["is_within"] and original.get(row["quote_id"]) != row["duplicate_of"]
    }
    return Repeats(original, articles, frozenset(moved))


def _rows(base: Base, change: Change, articles: frozenset[str], kept: frozenset[str]) -> Iterator[_Row]:
    """Yield the quotes of articles, in the order of their text."""
    wanted = pa.array(sorted(articles), pa.string())
    fresh = (
        some.filter(pc.is_in(some["article_id"], wanted))
        for some in read_parts(change.parts, QUOTES.name, _COLUMNS)
    )
    for some in (*base.read_some(QUOTES.name, sorted(kept), _COLUMNS), *fresh):
        ordered = some.append_column("is_within", _is_within_article(some)).sort_by(QUOTES.sort_keys)
        yield from ordered.to_pylist()


def _is_within_article(quotes: pa.Table) -> pa.ChunkedArray:
    """Return whether a quote repeats one of its own article; all quotes of the article are in the table."""
    places = pc.index_in(quotes["duplicate_of"], quotes["quote_id"].combine_chunks())
    owners = quotes["article_id"].combine_chunks().take(places.combine_chunks())
    return pc.fill_null(pc.equal(quotes["article_id"], owners), fill_value=False)


def _repeats_in(quotes: Sequence[_Row]) -> dict[str, str]:
    """Return which quotes of a story repeat one of an earlier article.

    Args:
        quotes: All quotes of the story, those of earlier articles first.
    """
    first: dict[tuple[str, str | None], _Row] = {}
    repeats = {}
    for quote in quotes:
        words = words_key(quote["text"])
        if not words or quote["is_within"]:
            continue
        speaker = _speaker_of(quote) if len(words.split()) < _TELLING else None
        original = first.setdefault((words, speaker), quote)
        if original["article_id"] != quote["article_id"]:
            repeats[quote["quote_id"]] = original["quote_id"]
    return repeats


def _speaker_of(quote: _Row) -> str | None:
    """Return who says a quote, if that is known across articles."""
    name_id: str | None = quote["speaker_name_id"]
    return None if name_id is None or is_description_id(name_id) else name_id
