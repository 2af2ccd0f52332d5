"""Indexes of a publication, so that a small run need not open all of its files.

texts.arrow       for every article: what its words are (the key of its sketch), its date, its story
signatures.arrow  for every text of some length: its MinHash signature
similar.arrow     for every two similar texts: how similar they are
named.arrow       for every article and entity: number of mentions

All are derived from the tables, and rebuilt from them if they are missing or damaged.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import StoreError
from extract.store.facts import Facts, files_of, read_bytes, read_rows
from extract.tables.articles import TABLE as ARTICLES

TEXTS, SIGNATURES, SIMILAR, NAMED = "texts.arrow", "signatures.arrow", "similar.arrow", "named.arrow"
INDEXES = (TEXTS, SIGNATURES, SIMILAR, NAMED)
MENTION_COLUMNS = ["article_id", "entity_id"]

_INSTANT = ARTICLES.arrow_schema.field("published_at").type
TEXTS_SCHEMA = pa.schema(
    {"article_id": pa.string(), "text_key": pa.string(), "published_at": _INSTANT, "story_id": pa.string()}
)
SIGNATURES_SCHEMA = pa.schema({"text_key": pa.string(), "signature": pa.binary()})
SIMILAR_SCHEMA = pa.schema(
    {"one": pa.string(), "other": pa.string(), "share": pa.float64(), "is_verbatim": pa.bool_()}
)
_NAME = pa.dictionary(pa.int32(), pa.string())
_NAMED_SCHEMA = pa.schema({"article_id": _NAME, "entity_id": _NAME, "n_mentions": pa.int64()})


def read_index(snapshot: Path, name: str, facts: Facts) -> pa.Table | None:
    """Read an index; None if it is missing or damaged."""
    try:
        return pa.ipc.open_file(pa.py_buffer(read_bytes(snapshot, name, facts))).read_all()
    except StoreError:
        return None


def write_index(path: Path, rows: pa.Table) -> None:
    """Write an index."""
    with path.open("wb") as file, pa.ipc.new_file(file, rows.schema) as out:
        out.write_table(rows.combine_chunks())


def read_mention_counts(snapshot: Path | None, facts: Facts, damaged: Collection[str] = ()) -> pa.Table:
    """Return the mention counts of a publication, one row per article and entity.

    Args:
        snapshot: Its folder; None for no articles.
        facts: Facts about its files.
        damaged: Files that are not read if the counts have to be made again; their rows are missing then.

    Raises:
        StoreError: Another file is damaged.
    """
    if snapshot is None:
        return _NAMED_SCHEMA.empty_table()
    index = read_index(snapshot, NAMED, facts)
    if index is not None:
        return index
    names = (name for name in files_of(facts, "entities") if name not in damaged)
    return count_mentions(read_rows(snapshot, name, facts, MENTION_COLUMNS) for name in names)


def count_mentions(mentions: Iterable[pa.Table]) -> pa.Table:
    """Return the mention counts of articles, one row per article and entity.

    Args:
        mentions: `MENTION_COLUMNS` of all mentions of the articles.
    """
    counts = [_NAMED_SCHEMA.empty_table()]
    for some in mentions:
        linked = some.filter(pc.is_valid(some["entity_id"]))
        counts.append(linked.group_by(MENTION_COLUMNS).aggregate([([], "count_all")]))
    return join_mention_counts(one.rename_columns(_NAMED_SCHEMA.names).cast(_NAMED_SCHEMA) for one in counts)


def join_mention_counts(counts: Iterable[pa.Table]) -> pa.Table:
    """Return several mention counts as one, with the names that they still need."""
    rows = pa.concat_tables(counts).unify_dictionaries().combine_chunks()
    for position, name in enumerate(MENTION_COLUMNS):
        column = rows[name].cast(pa.string()).combine_chunks().dictionary_encode()
        rows = rows.set_column(position, _NAMED_SCHEMA.field(name), column)
    return rows


def drop_articles(rows: pa.Table, gone: Collection[str]) -> pa.Table:
    """Return the rows of an index without those of some articles."""
    column = rows["article_id"].combine_chunks()
    names = column.dictionary if pa.types.is_dictionary(column.type) else column
    is_kept = pc.invert(pc.is_in(names, pa.array(sorted(gone), pa.string())))
    return rows.filter(is_kept.take(column.indices) if names is not column else is_kept)


def total_mention_counts(counts: pa.Table, texts: pa.Table) -> pa.Table:
    """Return the counts by entity, sorted by entity id.

    Args:
        counts: From `count_mentions`.
        texts: `TEXTS_SCHEMA` of all articles.
    """
    articles = counts["article_id"].combine_chunks()
    places = pc.index_in(articles.dictionary, texts["article_id"].combine_chunks()).take(articles.indices)
    stories = texts["story_id"].combine_chunks().dictionary_encode().indices
    published = texts["published_at"].combine_chunks().take(places)
    columns = {
        "entity_id": counts["entity_id"].cast(pa.string()),
        "n_mentions": counts["n_mentions"],
        "n_articles": articles.indices,
        "n_stories": stories.take(places),
        "first_seen": published,
        "last_seen": published,
    }
    how = {"n_mentions": "sum", "n_articles": "count", "n_stories": "count_distinct"}
    how |= {"first_seen": "min", "last_seen": "max"}
    totals = pa.table(columns).group_by("entity_id").aggregate(list(how.items()))
    names = {f"{column}_{function}": column for column, function in how.items()}
    return totals.rename_columns([names.get(name, name) for name in totals.column_names]).sort_by("entity_id")
