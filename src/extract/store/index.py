"""What the files of a snapshot hold in sum, kept beside them: a small run need not open them all again.

files.json     of every file its checksum, its rows and its empty cells
texts.arrow    of every article the hash of its text and whose copy it is
named.arrow    of every bucket how often each entity is named, in how many articles, and when

All of it follows from the tables. Where it is missing or damaged it is made from them.
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
    """What is known of a file.

    Attributes:
        checksum: BLAKE2b of its bytes.
        rows: Its rows; 0 for a file that is no table.
        empty: Number of null cells by column, for the table's guarded columns.
    """

    checksum: str
    rows: int = 0
    empty: Mapping[str, int] = field(default_factory=dict)


Facts = Mapping[str, FileFacts]
"""What is known of the files of a snapshot, by path below it."""


def checksum(path: Path) -> str:
    """Return the BLAKE2b hash of a file's bytes, as 32 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def known_facts(snapshot: Path) -> Facts:
    """Return what was written down of a snapshot's files; nothing where that is missing or damaged."""
    try:
        content = json.loads((snapshot / FILES).read_text(encoding="utf-8"))
        return {name: FileFacts(**facts) for name, facts in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def facts_of(snapshot: Path, linked: Facts | None = None) -> Facts:
    """Return what is known of the files of a snapshot; tables of which nothing is known are looked at.

    Args:
        snapshot: Its folder.
        linked: What is known of files that were taken over from another snapshot, by their path here.
    """
    known = known_facts(snapshot) if linked is None else linked
    return {**known, **{name: known.get(name) or _look(snapshot / name) for name in table_files(snapshot)}}


def table_files(snapshot: Path) -> list[str]:
    """Return the files of all tables, as paths below the snapshot."""
    return [f"{table}/{file.name}" for table in TABLES for file in sorted((snapshot / table).iterdir())]


def write_facts(snapshot: Path, facts: Facts, *others: str) -> None:
    """Write down what is known of the files of a snapshot, and the checksums of others in it."""
    tables = {name: known for name, known in facts.items() if "/" in name}
    everything = {**tables, **{name: FileFacts(checksum(snapshot / name)) for name in others}}
    content = json.dumps({name: _as_dict(known) for name, known in everything.items()})
    (snapshot / FILES).write_text(content, encoding="utf-8")


def _as_dict(facts: FileFacts) -> dict[str, str | int | dict[str, int]]:
    """Do what dataclasses.asdict does, in a tenth of its time."""
    return {"checksum": facts.checksum, "rows": facts.rows, "empty": dict(facts.empty)}


def count_rows(facts: Facts) -> dict[str, int]:
    """Return the rows of every table."""
    counts = dict.fromkeys(TABLES, 0)
    for name, known in facts.items():
        table = name.partition("/")[0]
        if table in counts:
            counts[table] += known.rows
    return counts


def read_texts(snapshot: Path | None, facts: Facts) -> pa.Table:
    """Return `TEXT_COLUMNS` of all articles of a snapshot, of whose files this is known."""
    if snapshot is None:
        return ARTICLES.arrow_schema.empty_table().select(TEXT_COLUMNS)
    kept = _read_index(snapshot, TEXTS, facts)
    return pq.read_table(snapshot / "articles", columns=TEXT_COLUMNS) if kept is None else kept


def read_named(snapshot: Path, facts: Facts) -> pa.Table:
    """Return how often entities are named in a snapshot, a row a bucket and entity."""
    kept = _read_index(snapshot, NAMED, facts)
    return pa.concat_tables(_count_all(snapshot)) if kept is None else kept


def count_named(bucket: int, snapshot: Path, name: str) -> pa.Table:
    """Return how often entities are named in the articles of a bucket.

    Args:
        bucket: Its number.
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
    totals = total_named(pa.table(columns, names=_NAMED.names[1:]))
    return totals.add_column(0, "bucket", pa.array([bucket] * len(totals), pa.int32())).cast(_NAMED)


def total_named(named: pa.Table) -> pa.Table:
    """Return the same counts over all rows of an entity, in the order of entities."""
    totals = named.group_by("entity_id").aggregate(_SUMS)
    names = {f"{column}_{how}": column for column, how in _SUMS}
    return totals.rename_columns([names.get(name, name) for name in totals.column_names]).sort_by("entity_id")


def write_index(path: Path, rows: pa.Table) -> None:
    """Write texts or counts."""
    with path.open("wb") as file, pa.ipc.new_file(file, rows.schema) as out:
        out.write_table(rows.combine_chunks())


def _count_all(snapshot: Path) -> Iterator[pa.Table]:
    yield _NAMED.empty_table()
    for bucket, file in enumerate(sorted((snapshot / "entities").iterdir())):
        yield count_named(bucket, snapshot, file.name)


def _read_index(snapshot: Path, name: str, facts: Facts) -> pa.Table | None:
    path, known = snapshot / name, facts.get(name)
    if known is None or not path.exists():
        return None
    content = path.read_bytes()
    if digest(content) != known.checksum:
        return None
    return pa.ipc.open_file(pa.py_buffer(content)).read_all()


def _look(path: Path) -> FileFacts:
    metadata = pq.read_metadata(path)
    guarded = TABLES[path.parent.name].guarded
    return FileFacts(
        checksum(path), metadata.num_rows, {column: _nulls(metadata, column) for column in guarded}
    )


def _nulls(metadata: pq.FileMetaData, column: str) -> int:
    index = metadata.schema.to_arrow_schema().get_field_index(column)
    groups = (metadata.row_group(number).column(index) for number in range(metadata.num_row_groups))
    return sum(group.statistics.null_count for group in groups if group.statistics is not None)
