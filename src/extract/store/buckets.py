"""The files of a snapshot: which rows stand in which file, and which files stay as they are.

A table is cut into buckets by a hash of the article's key, so that a run over a few articles writes a few
files anew and takes the others over by hard links. A file's bytes depend on its rows alone: an incremental
run gives the same files as a run from nothing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.ids import digest
from extract.store.copies import find_copies
from extract.store.files import link
from extract.store.index import TEXT_COLUMNS, Facts, read_texts
from extract.store.parts import keys_of, part_files, part_tables, read_parts
from extract.tables import TABLES

# Enough for a file of some megabytes: few enough files to open, small enough to write anew for one article.
ENTRIES_PER_BUCKET = 512
# New rows that are sorted into buckets at once; memory is a few times as much.
BYTES_AT_ONCE = 32_000_000
_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Base:
    """The published files that a new snapshot starts from.

    Attributes:
        folder: The snapshot; None where there is none, or nothing of it stays.
        n_buckets: Files a table in it.
        facts: What is known of its files.
    """

    folder: Path | None
    n_buckets: int
    facts: Facts

    def files(self, table: str) -> list[Path]:
        """Return the files of a table in the order of their buckets, whatever they are called."""
        return [] if self.folder is None else sorted((self.folder / table).iterdir())


@dataclass(frozen=True, slots=True)
class Change:
    """What a publication does to the base.

    Attributes:
        parts: Folders with the rows of the processed keys.
        processed: Keys whose rows come from the parts.
        removed: Keys whose rows go.
        n_kept: How many keys there are whose rows stay.
    """

    parts: tuple[Path, ...]
    processed: frozenset[str]
    removed: frozenset[str]
    n_kept: int

    @property
    def n_buckets(self) -> int:
        """Files a table afterwards."""
        return bucket_count(len(self.processed) + self.n_kept)

    @property
    def replaced(self) -> frozenset[str]:
        """Keys whose old rows do not stay."""
        return self.processed | self.removed


@dataclass(frozen=True, slots=True)
class Built:
    """The tables of a new snapshot.

    Attributes:
        touched: Buckets with other articles than before.
        linked: Files taken over as they are, by path below the snapshot, and their path in the base.
        texts: `TEXT_COLUMNS` of all its articles.
    """

    touched: frozenset[int]
    linked: Mapping[str, str]
    texts: pa.Table


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


def part_name(bucket: int, n_buckets: int) -> str:
    """Return the file name of a bucket.

    It is the same in every snapshot of as many buckets, so that a reader who has listed the files before a
    publication can open them after it. With another number of buckets the names are others: such a reader
    fails, where else it would get a part of the rows and not know.

    >>> part_name(3, 16)
    'part-00003-of-00016.parquet'
    """
    return f"part-{bucket:05d}-of-{n_buckets:05d}.parquet"


def build_tables(folder: Path, base: Base, change: Change) -> Built:
    """Write the tables that are made of articles into a new snapshot folder.

    Args:
        folder: The new snapshot; empty.
        base: What it starts from.
        change: What is other than there.
    """
    touched = _touched(base, change)
    old, fresh = _old_texts(base, change), _fresh_texts(change)
    copies = find_copies(old, fresh)
    linked: dict[str, str] = {}
    for table in part_tables():
        if table == "articles":
            moved = {bucket_of(key, change.n_buckets) for key in copies.changed}
            linked |= _write_table(table, folder, base, change, touched=touched | moved, finish=copies.mark)
        else:
            linked |= _write_table(table, folder, base, change, touched=touched)
    return Built(frozenset(touched), linked, copies.mark(pa.concat_tables([old, fresh])))


def write_rows(path: Path, rows: pa.Table) -> None:
    """Write rows as a Parquet file whose bytes depend on the rows alone."""
    with path.open("wb") as file:
        pq.write_table(rows.combine_chunks(), file, compression="zstd")


def _touched(base: Base, change: Change) -> set[int]:
    if base.folder is None or base.n_buckets != change.n_buckets:
        return set(range(change.n_buckets))
    return {bucket_of(key, change.n_buckets) for key in change.replaced}


def _old_texts(base: Base, change: Change) -> pa.Table:
    rows = read_texts(base.folder, base.facts)
    gone = pa.array(sorted(change.replaced), pa.string())
    return rows.filter(pc.invert(pc.is_in(rows["article_id"], gone)))


def _fresh_texts(change: Change) -> pa.Table:
    return pa.concat_tables([read_texts(None, {}), *read_parts(change.parts, "articles", TEXT_COLUMNS)])


def _write_table(
    table: str,
    folder: Path,
    base: Base,
    change: Change,
    *,
    touched: Collection[int],
    finish: Callable[[pa.Table], pa.Table] = lambda rows: rows,
) -> dict[str, str]:
    """Write a table's touched buckets anew and link the others; return these, and what they are links to."""
    (folder / table).mkdir()
    linked = {}
    old = base.files(table)
    for bucket in sorted(set(range(change.n_buckets)) - set(touched)):
        name = f"{table}/{part_name(bucket, change.n_buckets)}"
        link(old[bucket], folder / name)
        linked[name] = f"{table}/{old[bucket].name}"
    contract = TABLES[table]
    groups = list(_groups(sorted(touched), table, change))
    for buckets, rows_of_group in zip(groups, _in_groups(table, folder, change, groups), strict=True):
        fresh = _fresh_rows(table, change, rows_of_group)
        for bucket in buckets:
            rows = [*_kept_rows(table, old, change, bucket), *fresh.pop(bucket, [])]
            sorted_rows = pa.concat_tables([contract.arrow_schema.empty_table(), *rows]).sort_by(
                contract.sort_keys
            )
            write_rows(folder / table / part_name(bucket, change.n_buckets), finish(sorted_rows))
    return linked


def _groups(buckets: Sequence[int], table: str, change: Change) -> Iterator[Sequence[int]]:
    """Cut the buckets into groups of which each group's new rows fit into memory."""
    size = sum(file.stat().st_size for file in part_files(change.parts, table))
    step = math.ceil(len(buckets) / (1 + size // BYTES_AT_ONCE)) or 1
    for start in range(0, len(buckets), step):
        yield buckets[start : start + step]


def _in_groups(
    table: str, folder: Path, change: Change, groups: Sequence[Sequence[int]]
) -> Iterator[Iterable[pa.Table]]:
    """Yield the new rows group by group; those of many groups wait in files, so that parts are read once."""
    if len(groups) <= 1:
        yield from [read_parts(change.parts, table)] * len(groups)
        return
    files = [folder / f"{table}-{number}.arrow" for number in range(len(groups))]
    numbers = {bucket: number for number, buckets in enumerate(groups) for bucket in buckets}
    group_of = pa.array([numbers.get(bucket, _NOWHERE) for bucket in range(change.n_buckets)], pa.int32())
    with ExitStack() as opened:
        sinks = [opened.enter_context(file.open("wb")) for file in files]
        streams = [
            opened.enter_context(pa.ipc.new_stream(sink, TABLES[table].arrow_schema)) for sink in sinks
        ]
        for rows in read_parts(change.parts, table):
            buckets_of_rows = _bucket_column(keys_of(table, rows), frozenset(), change.n_buckets)
            for number, some in _split(rows, group_of.take(buckets_of_rows)):
                streams[number].write_table(some)
    for file in files:
        yield [pa.ipc.open_stream(pa.memory_map(str(file))).read_all()]
        file.unlink()


def _fresh_rows(table: str, change: Change, fresh: Iterable[pa.Table]) -> dict[int, list[pa.Table]]:
    """Return new rows by bucket; each row is moved once, however many buckets there are."""
    by_bucket = defaultdict(list)
    for rows in fresh:
        buckets = _bucket_column(keys_of(table, rows), frozenset(), change.n_buckets)
        for bucket, some in _split(rows, buckets):
            by_bucket[bucket].append(some)
    return by_bucket


def _split(rows: pa.Table, labels: pa.Array) -> Iterator[tuple[int, pa.Table]]:
    """Yield the rows of each label together."""
    grouped, start = rows.take(pc.sort_indices(labels)), 0
    for label, count in sorted(Counter(labels.to_pylist()).items()):
        yield label, grouped.slice(start, count)
        start += count


def _kept_rows(table: str, old: Sequence[Path], change: Change, bucket: int) -> Iterator[pa.Table]:
    """Yield the old rows that belong in a bucket, from the one or more old files that can hold them."""
    step = min(len(old), change.n_buckets)
    for file in old[bucket % step :: step] if step else ():
        rows = pq.read_table(file)
        buckets = _bucket_column(keys_of(table, rows), change.replaced, change.n_buckets)
        yield rows.filter(pc.equal(buckets, bucket))


def _bucket_column(keys: pa.ChunkedArray, dropped: Collection[str], n_buckets: int) -> pa.Array:
    """Return every row's bucket, `_NOWHERE` for keys that are dropped; hashes each key once."""
    encoded = keys.combine_chunks().dictionary_encode()
    buckets = [
        _NOWHERE if key in dropped else bucket_of(key, n_buckets) for key in encoded.dictionary.to_pylist()
    ]
    return pa.array(buckets, pa.int32()).take(encoded.indices)
