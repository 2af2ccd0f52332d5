"""Writes the files of a new publication: the tables, their indexes, and the manifest that names them all."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.store.actors import actor_rows
from extract.store.buckets import Base, Change, build_tables, part_name, write_rows
from extract.store.checks import check_keys
from extract.store.facts import Facts, count_rows, inspect, table_files
from extract.store.files import make_read_only, sync_all
from extract.store.history import RUN, write_run
from extract.store.index import (
    DATE_COLUMNS,
    MENTION_COLUMNS,
    NAMED,
    TEXTS,
    count_mentions,
    read_mention_counts,
    write_index,
)
from extract.store.manifest import ENTRIES, MANIFEST, Manifest
from extract.tables import TABLES


def write_tables(partial: Path, base: Base, change: Change, actors: pa.Table) -> Facts:
    """Write all tables of a new publication, and the indexes of them.

    Args:
        partial: The publication's folder; empty.
        base: The files that it starts from.
        change: The difference from the base.
        actors: The lexicon's actors.

    Returns:
        The facts about the files that are linked from the base.

    Raises:
        StoreError: Rows belong to no article, or a file of the base is damaged.
        SchemaError: The actors violate the schema of their table.
    """
    built = build_tables(partial, base, change)
    names = {bucket: part_name(bucket, change.n_buckets) for bucket in sorted(built.touched)}
    check_keys(partial, names.values())
    counts = pa.concat_tables([*_untouched_counts(base, change, names), *_fresh_counts(partial, names)])
    (partial / "actors").mkdir()
    write_rows(partial / "actors" / part_name(0, 1), actor_rows(actors, counts))
    write_index(partial / NAMED, counts)
    write_index(partial / TEXTS, built.texts)
    return {name: base.facts[old] for name, old in built.linked.items()}


def seal(
    partial: Path, manifest: Manifest, linked: Facts, run: Mapping[str, str | int | float], number: int
) -> Facts:
    """Write the manifest of a publication, make all files read-only, and sync them to disk.

    Args:
        partial: The publication's folder, with all tables and indexes.
        manifest: What the publication was made from.
        linked: Facts about the files that are already on disk since an earlier publication.
        run: What the history records about the run.
        number: Number of the publication.

    Returns:
        The facts about all files but the manifest.
    """
    manifest.write_entries(partial)
    tables = {name: linked.get(name) or inspect(partial / name) for name in table_files(partial)}
    write_run(partial, manifest.published_at, count_rows(tables), run)
    facts = {**tables, **{name: inspect(partial / name) for name in (ENTRIES, TEXTS, NAMED, RUN)}}
    manifest.write_head(partial, number, facts)
    new = [name for name in (*facts, MANIFEST) if name not in linked]
    for name in new:
        make_read_only(partial / name)
    sync_all(partial / name for name in (*new, *TABLES, "."))
    return facts


def _fresh_counts(partial: Path, names: Mapping[int, str]) -> Iterator[pa.Table]:
    for bucket, name in names.items():
        yield count_mentions(
            bucket,
            pq.read_table(partial / "entities" / name, columns=MENTION_COLUMNS),
            pq.read_table(partial / "articles" / name, columns=DATE_COLUMNS),
        )


def _untouched_counts(base: Base, change: Change, touched: Collection[int]) -> list[pa.Table]:
    """Return the mention counts of untouched buckets; if the number of buckets changes, all are touched."""
    if base.folder is None or len(touched) == change.n_buckets:
        return []
    counts = read_mention_counts(base.folder, base.facts, base.damaged)
    return [counts.filter(pc.invert(pc.is_in(counts["bucket"], pa.array(sorted(touched), pa.int32()))))]
