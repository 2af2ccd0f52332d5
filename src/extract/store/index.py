"""Indexes of a snapshot's files, so that a small run need not open all of them.

files.json     for every file: checksum, number of rows, number of empty cells
texts.arrow    for every article: hash of its text, and the article that it duplicates
named.arrow    for every bucket and entity: number of mentions and articles, first and last date

All of this is derived from the tables, and rebuilt from them if it is missing or damaged.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.ids import digest
from extract.tables import TABLES
from extract.tables.articles import TABLE as ARTICLES

FILES, TEXTS, NAMED = "files.json", "texts.arrow", "named.arrow"
TEXT_COLUMNS = ["article_id", "text_hash", "duplicate_of"]

_SUMS = [("n_mentions", "sum"), ("n_articles", "sum"), ("first_seen", "min"), ("last_seen", "max")]
_INSTANT = ARTICLES.arrow_schema.field("published_at").type
_NAMED = pa.schema(
    {"bucket": pa.int32(), "entity_id": pa.string(), "n_mentions": pa.int64(), "n_articles": pa.int64()}
    | {"first_seen": _INSTANT, "last_seen": _INSTANT}
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The facts recorded about a file.

    Attributes:
        checksum: BLAKE2b hash of its bytes.
        rows: Number of rows; 0 for a file that is not a table.
        empty: Number of null cells by column, for the table's guarded columns.
    """

    checksum: str
    rows: int = 0
    empty: Mapping[str, int] = field(default_factory=dict)


Facts = Mapping[str, FileFacts]
"""Facts about the files of a snapshot, by path below it."""


def checksum(path: Path) -> str:
    """Return the BLAKE2b hash of a file's bytes, as 32 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def known_facts(snapshot: Path) -> Facts:
    """Return the recorded facts about a snapshot's files; empty if they are missing or damaged."""
    try:
        content = json.loads((snapshot / FILES).read_text(encoding="utf-8"))
        return {name: FileFacts(**facts) for name, facts in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def facts_of(snapshot: Path, linked: Facts | None = None) -> Facts:
    """Return the facts about the files of a snapshot; table files without recorded facts are inspected.

    Args:
        snapshot: Its folder.
        linked: Facts about files linked from another snapshot, by path in this one; default: those recorded.
    """
    known = known_facts(snapshot) if linked is None else linked
    return {**known, **{name: known.get(name) or _inspect(snapshot / name) for name in table_files(snapshot)}}


def table_files(snapshot: Path) -> list[str]:
    """Return the paths of all table files below the snapshot."""
    files = (file for table in TABLES for file in sorted((snapshot / table).glob("*.parquet")))
    return [f"{file.parent.name}/{file.name}" for file in files]


def write_facts(snapshot: Path, facts: Facts, *others: str) -> None:
    """Record the facts about the table files of a snapshot, and the checksums of the `others` in it."""
    tables = {name: known for name, known in facts.items() if "/" in name}
    everything = {**tables, **{name: FileFacts(checksum(snapshot / name)) for name in others}}
    content = json.dumps({name: _as_dict(known) for name, known in everything.items()})
    (snapshot / FILES).write_text(content, encoding="utf-8")


def _as_dict(facts: FileFacts) -> dict[str, str | int | dict[str, int]]:
    """Do the same as `dataclasses.asdict`, ten times faster."""
    return {"checksum": facts.checksum, "rows": facts.rows, "empty": dict(facts.empty)}


def count_rows(facts: Facts) -> dict[str, int]:
    """Return the number of rows of every table."""
    counts = dict.fromkeys(TABLES, 0)
    for name, known in facts.items():
        table = name.partition("/")[0]
        if table in counts:
            counts[table] += known.rows
    return counts


def read_texts(snapshot: Path | None, facts: Facts) -> pa.Table:
    """Return `TEXT_COLUMNS` of all articles of a snapshot, from the index if it is intact."""
    if snapshot is None:
        return ARTICLES.arrow_schema.empty_table().select(TEXT_COLUMNS)
    index = _read_index(snapshot, TEXTS, facts)
    return pq.read_table(snapshot / "articles", columns=TEXT_COLUMNS) if index is None else index


def read_mention_counts(snapshot: Path, facts: Facts) -> pa.Table:
    """Return the mention counts of a snapshot, one row per bucket and entity."""
    index = _read_index(snapshot, NAMED, facts)
    return pa.concat_tables(_count_all(snapshot)) if index is None else index


def count_mentions(bucket: int, snapshot: Path, name: str) -> pa.Table:
    """Return the mention counts of one bucket, one row per entity.

    Args:
        bucket: Number of the bucket.
        snapshot: The snapshot.
        name: Name of the bucket's files, the same for all tables.
    """
    mentions = pq.read_table(snapshot / "entities" / name, columns=["article_id", "entity_id"])
    linked = mentions.filter(pc.is_valid(mentions["entity_id"]))
    counts = linked.group_by(["entity_id", "article_id"]).aggregate([([], "count_all")])
    dated = pq.read_table(snapshot / "articles" / name, columns=["article_id", "published_at"])
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


def _count_all(snapshot: Path) -> Iterator[pa.Table]:
    yield _NAMED.empty_table()
    for bucket, file in enumerate(sorted((snapshot / "entities").iterdir())):
        yield count_mentions(bucket, snapshot, file.name)


def _read_index(snapshot: Path, name: str, facts: Facts) -> pa.Table | None:
    path, known = snapshot / name, facts.get(name)
    if known is None or not path.exists():
        return None
    content = path.read_bytes()
    if digest(content) != known.checksum:
        return None
    return pa.ipc.open_file(pa.py_buffer(content)).read_all()


def _inspect(path: Path) -> FileFacts:
    metadata = pq.read_metadata(path)
    guarded = TABLES[path.parent.name].guarded
    return FileFacts(
        checksum(path), metadata.num_rows, {column: _nulls(metadata, column) for column in guarded}
    )


def _nulls(metadata: pq.FileMetaData, column: str) -> int:
    index = metadata.schema.to_arrow_schema().get_field_index(column)
    groups = (metadata.row_group(number).column(index) for number in range(metadata.num_row_groups))
    return sum(group.statistics.null_count for group in groups if group.statistics is not None)
