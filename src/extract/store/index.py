"""Indexes of a publication, so that a small run need not open all of its files.

texts.arrow       for every article: what its words are (the key of its sketch), its date, its story
signatures.arrow  for every text of some length: its MinHash signature
similar.arrow     for every two similar texts: how similar they are
named.arrow       for every article and entity: number of mentions

All are derived from the tables, and rebuilt from them if they are missing or damaged.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

import numpy as np
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
        rows = rows.set_column(position, _NAMED_SCHEMA.field(name), _with_used_names(_encoded(rows, name)))
    return rows


def _encoded(counts: pa.Table, column: str) -> pa.DictionaryArray:
    """Return a column of mention counts as one array, also if it has no rows."""
    return pa.concat_arrays([pa.array([], _NAME), *counts[column].chunks])


def _with_used_names(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """Return a column whose dictionary has no name that no row uses."""
    numbers = column.indices.to_numpy()
    is_used = np.bincount(numbers, minlength=len(column.dictionary)) > 0
    if is_used.all():
        return column
    new_numbers = np.cumsum(is_used, dtype=np.int32) - 1
    return pa.DictionaryArray.from_arrays(new_numbers[numbers], column.dictionary.filter(pa.array(is_used)))


def drop_articles(rows: pa.Table, gone: Collection[str]) -> pa.Table:
    """Return the rows of an index without those of some articles."""
    is_encoded = pa.types.is_dictionary(rows.schema.field("article_id").type)
    column = _encoded(rows, "article_id") if is_encoded else rows["article_id"].combine_chunks()
    is_gone = pc.is_in(column.dictionary if is_encoded else column, pa.array(sorted(gone), pa.string()))
    if not pc.any(is_gone).as_py():
        return rows
    is_kept = pc.invert(is_gone)
    return rows.filter(is_kept.take(column.indices) if is_encoded else is_kept)


def total_mention_counts(counts: pa.Table, texts: pa.Table) -> pa.Table:
    """Return the counts by entity, sorted by entity id.

    Args:
        counts: From `count_mentions`.
        texts: `TEXTS_SCHEMA` of all articles.
    """
    articles, entities = (_encoded(counts, name) for name in MENTION_COLUMNS)
    places = pc.index_in(articles.dictionary, texts["article_id"].combine_chunks()).take(articles.indices)
    published = texts["published_at"].combine_chunks().take(places)
    columns = {
        "entity": entities.indices,
        "n_mentions": counts["n_mentions"],
        "n_articles": articles.indices,
        "first_seen": published,
        "last_seen": published,
    }
    how = {"n_mentions": "sum", "n_articles": "count", "first_seen": "min", "last_seen": "max"}
    totals = pa.table(columns).group_by("entity").aggregate(list(how.items()))
    numbers = totals["entity"].combine_chunks()
    n_stories = _count_stories(entities, texts["story_id"].combine_chunks(), places).take(numbers)
    return pa.table(
        {
            "entity_id": entities.dictionary.take(numbers),
            **{column: totals[f"{column}_{function}"] for column, function in how.items()},
            "n_stories": n_stories,
        }
    ).sort_by("entity_id")


def _count_stories(entities: pa.DictionaryArray, stories: pa.Array, places: pa.Array) -> pa.Array:
    """Return the number of stories that name each entity, in the order of the dictionary.

    Args:
        entities: The entity of each pair of entity and article.
        stories: The story of each article.
        places: The place of each pair's article in `stories`.
    """
    encoded = stories.dictionary_encode()
    story_of, n_stories = encoded.indices.to_numpy(), len(encoded.dictionary)
    entity, story = entities.indices.to_numpy(), story_of[places.to_numpy()]
    # Most stories have one article: only the pairs of the others are looked at one by one.
    is_shared = np.bincount(story_of, minlength=n_stories)[story] > 1
    pairs = np.unique(entity[is_shared].astype(np.int64) * n_stories + story[is_shared])
    own, shared = entity[~is_shared], pairs // max(n_stories, 1)
    counts = (np.bincount(some, minlength=len(entities.dictionary)) for some in (own, shared))
    return pa.array(sum(counts))
