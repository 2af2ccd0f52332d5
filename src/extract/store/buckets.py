"""Distributes the rows of a snapshot over files, and reuses the files that do not change.

A table is split into buckets by a hash of the article's key: a run over a few articles rewrites a few files
and hard-links the others. The bytes of a file depend only on its rows, so an incremental run produces the
same files as a full one.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.ids import digest
from extract.store.facts import Facts, files_of, read_rows
from extract.store.files import concurrently, link
from extract.store.parts import keys_of, part_files, part_tables, read_parts
from extract.tables import TABLES

# Files of a few megabytes: few enough to open, small enough to rewrite for one article.
ENTRIES_PER_BUCKET = 512
# New rows sorted into buckets at a time; memory use is a few times this.
BYTES_AT_ONCE = 32_000_000
_NO_BUCKET = -1
_KEYS_REMEMBERED = 2**16


@dataclass(frozen=True, slots=True)
class Base:
    """The published files that a new snapshot starts from.

    Attributes:
        folder: The published snapshot; None if there is none, or if none of its rows are kept.
        n_buckets: Number of files per table in it.
        facts: Facts about its files.
        damaged: Those of its files that must not be used; all rows of their buckets are replaced.
        has_old_files: Whether its files were written by an earlier version, so that none is linked.
    """

    folder: Path | None
    n_buckets: int
    facts: Facts
    damaged: frozenset[str] = frozenset()
    has_old_files: bool = False

    def files(self, table: str) -> list[str]:
        """Return the files of a table, ordered by bucket."""
        return [] if self.folder is None else files_of(self.facts, table)

    def read(self, name: str) -> pa.Table:
        """Return the rows of one of its files.

        Raises:
            StoreError: The file is damaged.
        """
        return read_rows(self._folder, name, self.facts)

    def read_some(self, table: str, articles: Iterable[str], columns: Sequence[str]) -> Iterator[pa.Table]:
        """Yield some columns of the rows of some articles, which are in files without damage.

        Raises:
            StoreError: A file is damaged all the same.
        """
        by_bucket = defaultdict(list)
        for article_id in articles:
            by_bucket[bucket_of(article_id, self.n_buckets)].append(article_id)
        files = self.files(table)
        for bucket, wanted in sorted(by_bucket.items()):
            rows = read_rows(self._folder, files[bucket], self.facts, columns)
            yield rows.filter(pc.is_in(rows["article_id"], pa.array(wanted, pa.string())))

    @property
    def _folder(self) -> Path:
        if self.folder is None:
            raise ValueError("Without a folder there are no files.")
        return self.folder


@dataclass(frozen=True, slots=True)
class Change:
    """The change that a publication makes to the base.

    Attributes:
        parts: Folders with the rows of the processed keys.
        processed: Keys whose rows come from the parts.
        removed: Keys whose rows are deleted.
        n_kept: Number of keys whose rows are kept.
    """

    parts: tuple[Path, ...]
    processed: frozenset[str]
    removed: frozenset[str]
    n_kept: int

    @property
    def n_buckets(self) -> int:
        """Number of files per table afterwards."""
        return bucket_count(len(self.processed) + self.n_kept)

    @property
    def replaced(self) -> frozenset[str]:
        """Keys whose old rows are not kept."""
        return self.processed | self.removed


@dataclass(frozen=True, slots=True)
class Built:
    """The tables of a new snapshot.

    Attributes:
        touched: Buckets whose articles changed.
        linked: Path in the base of every hard-linked file, by its path in the snapshot.
    """

    touched: frozenset[int]
    linked: Mapping[str, str]


class Marks(Protocol):
    """Columns of a table whose values depend on other articles."""

    @property
    def moved(self) -> Collection[str]:
        """The kept articles whose values change."""

    def mark(self, rows: pa.Table) -> pa.Table:
        """Return rows of the table with the values filled in."""


def bucket_count(n_entries: int) -> int:
    """Return the number of files per table: a power of two, so that growing it splits buckets evenly.

    >>> [bucket_count(n) for n in (0, 512, 513, 2048)]
    [1, 1, 2, 4]
    """
    count = 1
    while n_entries > count * ENTRIES_PER_BUCKET:
        count *= 2
    return count


@lru_cache(maxsize=_KEYS_REMEMBERED)
def bucket_of(key: str, n_buckets: int) -> int:
    """Return the bucket of an article or failed source; the keys of a bucket recur in all of its tables."""
    return int(digest(key.encode())[:8], 16) % n_buckets


def damaged_buckets(facts: Facts, damaged: Collection[str]) -> frozenset[int]:
    """Return the buckets that have a damaged file in any of the tables whose rows come from articles."""
    return frozenset(
        bucket
        for table in part_tables()
        for bucket, name in enumerate(files_of(facts, table))
        if name in damaged
    )


def part_name(bucket: int, n_buckets: int) -> str:
    """Return the file name of a bucket.

    The name is the same in every snapshot with this number of buckets: a reader that listed the files before
    a publication can still open them after it. If the number changes, all names change, so that such a reader
    fails instead of silently reading a part of the rows.

    >>> part_name(3, 16)
    'part-00003-of-00016.parquet'
    """
    return f"part-{bucket:05d}-of-{n_buckets:05d}.parquet"


def build_tables(folder: Path, base: Base, change: Change, marks: Mapping[str, Marks]) -> Built:
    """Write the tables whose rows come from articles into a new snapshot folder.

    Args:
        folder: The new snapshot; empty.
        base: The files that it starts from.
        change: The difference from the base.
        marks: What has to be filled in, by table.
    """
    touched = _touched(base, change)
    linked: dict[str, str] = {}
    for table in part_tables():
        if table in marks:
            moved = {bucket_of(key, change.n_buckets) for key in marks[table].moved}
            finish = marks[table].mark
            linked |= _write_table(table, folder, base, change, touched=touched | moved, finish=finish)
        else:
            linked |= _write_table(table, folder, base, change, touched=touched)
    return Built(frozenset(touched), linked)


def write_rows(path: Path, rows: pa.Table) -> None:
    """Write rows as a Parquet file whose bytes depend only on the rows."""
    with path.open("wb") as file:
        pq.write_table(rows.combine_chunks(), file, compression="zstd", write_page_checksum=True)


def _touched(base: Base, change: Change) -> set[int]:
    if base.folder is None or base.n_buckets != change.n_buckets or base.has_old_files:
        return set(range(change.n_buckets))
    replaced = {bucket_of(key, change.n_buckets) for key in change.replaced}
    return replaced | damaged_buckets(base.facts, base.damaged)


def _write_table(
    table: str,
    folder: Path,
    base: Base,
    change: Change,
    *,
    touched: Collection[int],
    finish: Callable[[pa.Table], pa.Table] = lambda rows: rows,
) -> dict[str, str]:
    """Rewrite a table's touched buckets and hard-link the others.

    Returns:
        The path in the base of every linked file, by its path in the new snapshot.
    """
    (folder / table).mkdir()
    linked = {}
    old = base.files(table)
    for bucket in sorted(set(range(change.n_buckets)) - set(touched)):
        name = f"{table}/{part_name(bucket, change.n_buckets)}"
        link(f"{base.folder}/{old[bucket]}", f"{folder}/{name}")  # strings: there are thousands
        linked[name] = old[bucket]
    known, gone = TABLES[table], pa.array(sorted(change.replaced), pa.string())

    def write(bucket: int) -> None:
        rows = [*_kept_rows(table, base, change, bucket, gone), *fresh.pop(bucket, [])]
        sorted_rows = pa.concat_tables([known.arrow_schema.empty_table(), *rows]).sort_by(known.sort_keys)
        write_rows(folder / table / part_name(bucket, change.n_buckets), finish(sorted_rows))

    groups = list(_groups(sorted(touched), table, change))
    for buckets, rows_of_group in zip(groups, _rows_by_group(table, folder, change, groups), strict=True):
        fresh = _fresh_rows(table, change, rows_of_group)
        concurrently(write, buckets)
    return linked


def _groups(buckets: Sequence[int], table: str, change: Change) -> Iterator[Sequence[int]]:
    """Split the buckets into groups whose new rows fit into memory."""
    size = sum(file.stat().st_size for file in part_files(change.parts, table))
    step = math.ceil(len(buckets) / (1 + size // BYTES_AT_ONCE)) or 1
    for start in range(0, len(buckets), step):
        yield buckets[start : start + step]


def _rows_by_group(
    table: str, folder: Path, change: Change, groups: Sequence[Sequence[int]]
) -> Iterator[Iterable[pa.Table]]:
    """Yield the new rows of each group of buckets; the parts are read only once."""
    if len(groups) <= 1:
        yield from [read_parts(change.parts, table)] * len(groups)
        return
    for file in _spill_groups(table, folder, change, groups):
        yield [pa.ipc.open_stream(pa.memory_map(str(file))).read_all()]
        file.unlink()


def _spill_groups(
    table: str, folder: Path, change: Change, groups: Sequence[Sequence[int]]
) -> Sequence[Path]:
    """Write the new rows of each group of buckets to a temporary file of its own."""
    files = [folder / f"{table}-{number}.arrow" for number in range(len(groups))]
    numbers = {bucket: number for number, buckets in enumerate(groups) for bucket in buckets}
    group_of = pa.array([numbers.get(bucket, _NO_BUCKET) for bucket in range(change.n_buckets)], pa.int32())
    with ExitStack() as opened:
        sinks = [opened.enter_context(file.open("wb")) for file in files]
        streams = [
            opened.enter_context(pa.ipc.new_stream(sink, TABLES[table].arrow_schema)) for sink in sinks
        ]
        for rows in read_parts(change.parts, table):
            buckets_of_rows = _bucket_column(keys_of(table, rows), frozenset(), change.n_buckets)
            for number, some in _split(rows, group_of.take(buckets_of_rows)):
                streams[number].write_table(some)
    return files


def _fresh_rows(table: str, change: Change, fresh: Iterable[pa.Table]) -> dict[int, list[pa.Table]]:
    """Return new rows by bucket; each row is copied once, however many buckets there are."""
    by_bucket = defaultdict(list)
    for rows in fresh:
        buckets = _bucket_column(keys_of(table, rows), frozenset(), change.n_buckets)
        for bucket, some in _split(rows, buckets):
            by_bucket[bucket].append(some)
    return by_bucket


def _split(rows: pa.Table, labels: pa.Array) -> Iterator[tuple[int, pa.Table]]:
    """Yield each label with its rows."""
    grouped, start = rows.take(pc.sort_indices(labels)), 0
    for label, count in sorted(Counter(labels.to_pylist()).items()):
        yield label, grouped.slice(start, count)
        start += count


def _kept_rows(table: str, base: Base, change: Change, bucket: int, gone: pa.Array) -> Iterator[pa.Table]:
    """Yield the old rows that belong in a bucket, from every old file that may contain them.

    Args:
        table: Name of the table.
        base: The files.
        change: The difference from them.
        bucket: The bucket.
        gone: `change.replaced`.
    """
    old = base.files(table)
    step = min(len(old), change.n_buckets)
    for name in old[bucket % step :: step] if step else ():
        if name in base.damaged:
            continue
        rows = base.read(name)
        keys = keys_of(table, rows)
        if base.n_buckets == change.n_buckets:  # all of the file's rows belong here
            yield rows.filter(pc.invert(pc.is_in(keys, gone)))
        else:
            buckets = _bucket_column(keys, change.replaced, change.n_buckets)
            yield rows.filter(pc.equal(buckets, bucket))


def _bucket_column(keys: pa.ChunkedArray, dropped: Collection[str], n_buckets: int) -> pa.Array:
    """Return every row's bucket, `_NO_BUCKET` for dropped keys; hashes each key once."""
    encoded = keys.combine_chunks().dictionary_encode()
    buckets = [
        _NO_BUCKET if key in dropped else bucket_of(key, n_buckets) for key in encoded.dictionary.to_pylist()
    ]
    return pa.array(buckets, pa.int32()).take(encoded.indices)
