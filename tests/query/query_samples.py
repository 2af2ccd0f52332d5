"""Small tables in memory, without readers, engines and store."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from extract.query.connection import connect
from extract.tables import TABLES

Row = dict[str, Any]

ACTORS: Sequence[Row] = (
    {
        "entity_id": "jund-al-matar",
        "name": "Jund al-Matar",
        "kind": "armed_faction",
        "leaders": ["salim-al-ghaim"],
    },
    {"entity_id": "bahr", "name": "Bahr", "kind": "political_party", "part_of": ["jund-al-matar"]},
    {"entity_id": "salim-al-ghaim", "name": "Salim al-Ghaim", "kind": "person"},
    {"entity_id": "rima-al-nahr", "name": "Rima al-Nahr", "kind": "person", "part_of": ["ministry", "bahr"]},
    {"entity_id": "ministry", "name": "Ministry of Rain", "kind": "government_body"},
)


def article(article_id: str = "a", published: str | None = "2021-07-28T08:00", **columns: object) -> Row:
    when = None if published is None else datetime.fromisoformat(published).replace(tzinfo=UTC)
    return {"article_id": article_id, "published_at": when, "story_id": article_id} | columns


def quote(start: int, text: str, speaker: str | None = None, **columns: object) -> Row:
    """Return a row of `quotes`; its id is its place in article `a`, and it is an utterance of its own."""
    return {
        "article_id": "a",
        "quote_id": f"q{start}",
        "start_char": start,
        "end_char": start + len(text),
        "text": text,
        "type": "direct",
        "act": "statement",
        "polarity": "affirmed",
        "speaker_entity_id": speaker,
        "speaker_entity_ids": [speaker] if speaker else [],
        "speaker_name": speaker,
        "about": [],
        "group_id": f"q{start}",
        "confidence": 0.9,
        "sentence": text,
    } | columns


def with_column(rows: pa.Table, name: str, values: Sequence[object]) -> pa.Table:
    """Return a table with a column set."""
    at = rows.column_names.index(name) if name in rows.column_names else None
    column = pa.array(values)
    return rows.append_column(name, column) if at is None else rows.set_column(at, name, column)


_NO_LISTS: Row = {"aliases": [], "part_of": [], "leaders": [], "part_of_terms": [], "leader_terms": []}


def reader(**tables: Sequence[Row]) -> Callable[[str], pa.Table]:
    """Return what reads tables made of rows; what a row leaves out is null, and a list of an actor empty."""
    given: Mapping[str, Sequence[Row]] = {
        "articles": [article()],
        "actors": [_NO_LISTS | row for row in ACTORS],
        **tables,
    }
    return lambda name: pa.Table.from_pylist(list(given.get(name, ())), schema=TABLES[name].arrow_schema)


def statements(*quotes: Row, **tables: Sequence[Row]) -> list[Row]:
    """Return the rows of the view `statements` over some quotes."""
    rows: list[Row] = (
        connect(reader(quotes=quotes, **tables)).sql("FROM statements").to_arrow_table().to_pylist()
    )
    return rows
