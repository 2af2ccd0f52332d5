"""The files of a snapshot: which rows stand in which file, and which files stay as they are.

A table is cut into buckets by a hash of the article's key, so that a run over a few articles writes a few
files anew and takes the others over by hard links. A file's bytes depend on its rows alone: an incremental
run gives the same files as a run from nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.ids import digest
from extract.schema import arrow_schema, sort_order
from extract.store.copies import find_copies
from extract.store.files import link, sync
from extract.store.parts import PART_TABLES, keys_of, read_parts

# Enough for a file of some megabytes: few enough files to open, small enough to write anew for one article.
ENTRIES_PER_BUCKET = 512
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Base:
    """The published files that a new snapshot starts from.

    Attributes:
        folder: The snapshot; None where there is none, or none of this schema.
        n_buckets: Files a table in it.
    """

    folder: Path | None
    n_buckets: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a publication does to the base.

    Attributes:
        parts: Folders with the rows of the processed keys.
        processed: Keys whose rows come from the parts.
        removed: Keys whose rows go.
        kept: Keys whose rows stay.
    """

    parts: tuple[Path, ...]
    processed: frozenset[str]
    removed: frozenset[str]
    kept: frozenset[str]

    @property
    def n_buckets(self) -> int:
        """Files a table afterwards."""
        return bucket_count(len(self.processed) + len(self.kept))


def bucket_count(n_entries: int) -> int:
    """Return the number of files a table: a power of two, so that a bucket splits into whole buckets.

    >>> [bucket_count(n) for n in (0, 512, 513, 2048)]
    [1, 1, 2, 4]
    """
    count = 1
    while n_entries > count * ENTRIES_PER_BUCKET:
        count *= 2
    return count


def bucket_of(key: str, n_buckets: int) -> int:
    """Return the bucket of an article or failed source."""
    return int(digest(key.encode())[:8], 16) % n_buckets


def part_name(bucket: int) -> str:
    """Return the file name of a bucket: the same in every snapshot."""
    return f"part-{bucket:03d}.parquet"


def build_tables(folder: Path, base: Base, change: Change) -> None:
    """Write the tables that are made of articles into a new snapshot folder.

    Args:
        folder: The new snapshot; empty.
        base: What it starts from.
        change: What is other than there.
    """
    touched = _touched(base, change)
    copies = find_copies(_old_articles(base), _new_articles(change), change.kept)
    for table in PART_TABLES:
        if table == "articles":
            moved = {bucket_of(key, change.n_buckets) for key in copies.changed}
            _write_table(table, folder, base, change, touched=touched | moved, finish=copies.mark)
        else:
            _write_table(table, folder, base, change, touched=touched)


def write_rows(path: Path, rows: pa.Table) -> None:
    """Write rows as a Parquet file whose bytes depend on the rows alone, down to the disk."""
    with path.open("wb") as file:
        pq.write_table(rows.combine_chunks(), file, compression="zstd")
    sync(path)


def _touched(base: Base, change: Change) -> set[int]:
    if base.folder is None or base.n_buckets != change.n_buckets:
        return set(range(change.n_buckets))
    return {bucket_of(key, change.n_buckets) for key in change.processed | change.removed}


def _old_articles(base: Base) -> pa.Table:
    columns = ["article_id", "text_hash", "duplicate_of"]
    if base.folder is None:
        return arrow_schema("articles").empty_table().select(columns)
    return pq.read_table(base.folder / "articles", columns=columns)


def _new_articles(change: Change) -> pa.Table:
    columns = ["article_id", "text_hash"]
    nothing = arrow_schema("articles").empty_table().select(columns)
    return pa.concat_tables([nothing, *read_parts(change.parts, "articles", columns)])


def _write_table(
    table: str,
    folder: Path,
    base: Base,
    change: Change,
    *,
    touched: Collection[int],
    finish: Callable[[pa.Table], pa.Table] = lambda rows: rows,
) -> None:
    """Write a table's touched buckets anew and link the others."""
    (folder / table).mkdir()
    fresh = _fresh_rows(table, change)
    order = [(column, "ascending") for column in sort_order(table)]
    for bucket in range(change.n_buckets):
        target = folder / table / part_name(bucket)
        if bucket in touched or base.folder is None:
            rows = [*_kept_rows(table, base, change, bucket), *fresh.pop(bucket, [])]
            sorted_rows = pa.concat_tables([arrow_schema(table).empty_table(), *rows]).sort_by(order)
            write_rows(target, finish(sorted_rows))
        else:
            link(base.folder / table / part_name(bucket), target)
    sync(folder / table)


def _fresh_rows(table: str, change: Change) -> dict[int, list[pa.Table]]:
    """Return the rows of the parts by bucket; each row is moved once, however many buckets there are."""
    by_bucket = defaultdict(list)
    for rows in read_parts(change.parts, table):
        buckets = _bucket_column(keys_of(table, rows), change.processed, change.n_buckets)
        grouped, start = rows.take(pc.sort_indices(buckets)), 0
        for bucket, count in sorted(Counter(buckets.to_pylist()).items()):
            by_bucket[bucket].append(grouped.slice(start, count))
            start += count
    return by_bucket


def _kept_rows(table: str, base: Base, change: Change, bucket: int) -> Iterator[pa.Table]:
    """Yield the old rows that belong in a bucket, from the one or more old buckets that can hold them."""
    if base.folder is None:
        return
    step = min(base.n_buckets, change.n_buckets)
    for source in range(bucket % step, base.n_buckets, step):
        rows = pq.read_table(base.folder / table / part_name(source))
        buckets = _bucket_column(keys_of(table, rows), change.kept, change.n_buckets)
        yield rows.filter(pc.equal(buckets, bucket))


def _bucket_column(keys: pa.ChunkedArray, owned: Collection[str], n_buckets: int) -> pa.Array:
    """Return every row's bucket, `_NOWHERE` for keys that are not owned; hashes each key once."""
    encoded = keys.combine_chunks().dictionary_encode()
    buckets = [
        bucket_of(key, n_buckets) if key in owned else _NOWHERE for key in encoded.dictionary.to_pylist()
    ]
    return pa.array(buckets, pa.int32()).take(encoded.indices)
