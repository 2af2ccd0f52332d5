"""Indexes of a publication, so that a small run need not open all of its files.

texts.arrow    for every article: hash of its text, and the article that it duplicates
named.arrow    for every bucket and entity: number of mentions and articles, first and last date

Both are derived from the tables, and rebuilt from them if they are missing or damaged.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import StoreError
from extract.store.facts import Facts, files_of, read_bytes, read_rows
from extract.tables.articles import TABLE as ARTICLES

TEXTS, NAMED = "texts.arrow", "named.arrow"
TEXT_COLUMNS = ["article_id", "text_hash", "duplicate_of"]
MENTION_COLUMNS = ["article_id", "entity_id"]
DATE_COLUMNS = ["article_id", "published_at"]

_SUMS = [("n_mentions", "sum"), ("n_articles", "sum"), ("first_seen", "min"), ("last_seen", "max")]
_INSTANT = ARTICLES.arrow_schema.field("published_at").type
_NAMED = pa.schema(
    {"bucket": pa.int32(), "entity_id": pa.string(), "n_mentions": pa.int64(), "n_articles": pa.int64()}
    | {"first_seen": _INSTANT, "last_seen": _INSTANT}
)


def read_texts(snapshot: Path | None, facts: Facts, damaged: Collection[str] = ()) -> pa.Table:
    """Return `TEXT_COLUMNS` of all articles of a publication, from the index if it is intact.

    Args:
        snapshot: Its folder; None for no articles.
        facts: Facts about its files.
        damaged: Files that are not read; their rows are missing in the result.

    Raises:
        StoreError: Another file is damaged.
    """
    empty = ARTICLES.arrow_schema.empty_table().select(TEXT_COLUMNS)
    if snapshot is None:
        return empty
    index = _read_index(snapshot, TEXTS, facts)
    if index is not None:
        return index
    names = (name for name in files_of(facts, "articles") if name not in damaged)
    return pa.concat_tables([empty, *(read_rows(snapshot, name, facts, TEXT_COLUMNS) for name in names)])


def read_mention_counts(snapshot: Path, facts: Facts, damaged: Collection[str] = ()) -> pa.Table:
    """Return the mention counts of a publication, one row per bucket and entity.

    Args:
        snapshot: Its folder.
        facts: Facts about its files.
        damaged: Files that are not read; the counts of their buckets are missing in the result.

    Raises:
        StoreError: Another file is damaged.
    """
    index = _read_index(snapshot, NAMED, facts)
    return pa.concat_tables(_count_all(snapshot, facts, damaged)) if index is None else index


def count_mentions(bucket: int, mentions: pa.Table, dated: pa.Table) -> pa.Table:
    """Return the mention counts of one bucket, one row per entity.

    Args:
        bucket: Number of the bucket.
        mentions: `MENTION_COLUMNS` of its mentions.
        dated: `DATE_COLUMNS` of its articles.
    """
    linked = mentions.filter(pc.is_valid(mentions["entity_id"]))
    counts = linked.group_by(["entity_id", "article_id"]).aggregate([([], "count_all")])
    published = dated["published_at"].take(pc.index_in(counts["article_id"], dated["article_id"]))
    once = pa.array([1] * len(counts), pa.int64())
    columns = [counts["entity_id"], counts["count_all"], once, published, published]
    totals = sum_mention_counts(pa.table(columns, names=_NAMED.names[1:]))
    return totals.add_column(0, "bucket", pa.array([bucket] * len(totals), pa.int32())).cast(_NAMED)


def sum_mention_counts(counts: pa.Table) -> pa.Table:
    """Return the counts aggregated by entity, sorted by entity id."""
    totals = counts.group_by("entity_id").aggregate(_SUMS)
    names = {f"{column}_{how}": column for column, how in _SUMS}
    return totals.rename_columns([names.get(name, name) for name in totals.column_names]).sort_by("entity_id")


def write_index(path: Path, rows: pa.Table) -> None:
    """Write the index of texts or of mention counts."""
    with path.open("wb") as file, pa.ipc.new_file(file, rows.schema) as out:
        out.write_table(rows.combine_chunks())


def _count_all(snapshot: Path, facts: Facts, damaged: Collection[str]) -> Iterator[pa.Table]:
    yield _NAMED.empty_table()
    names = zip(files_of(facts, "entities"), files_of(facts, "articles"), strict=True)
    for bucket, (mentions, articles) in enumerate(names):
        if mentions not in damaged and articles not in damaged:
            yield count_mentions(
                bucket,
                read_rows(snapshot, mentions, facts, MENTION_COLUMNS),
                read_rows(snapshot, articles, facts, DATE_COLUMNS),
            )


def _read_index(snapshot: Path, name: str, facts: Facts) -> pa.Table | None:
    """Read an index; None if it is missing or damaged."""
    try:
        return pa.ipc.open_file(pa.py_buffer(read_bytes(snapshot, name, facts))).read_all()
    except StoreError:
        return None
