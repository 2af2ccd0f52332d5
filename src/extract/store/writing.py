"""Writes the files of a new snapshot: the tables, their indexes and the facts about every file."""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from extract.store.actors import actor_rows
from extract.store.buckets import Base, Change, build_tables, part_name, write_rows
from extract.store.checks import check_keys
from extract.store.files import sync_all
from extract.store.history import RUN, write_run
from extract.store.index import (
    FILES,
    NAMED,
    TEXTS,
    Facts,
    count_mentions,
    count_rows,
    facts_of,
    read_mention_counts,
    write_facts,
    write_index,
)
from extract.store.manifest import ENTRIES, MANIFEST
from extract.tables import TABLES


def write_tables(partial: Path, base: Base, change: Change, actors: pa.Table) -> tuple[Facts, frozenset[str]]:
    """Write all tables of a new snapshot.

    Args:
        partial: The snapshot's folder; empty.
        base: The files that it starts from.
        change: The difference from the base.
        actors: The lexicon's actors.

    Returns:
        The facts about all files, and the names of those linked from the base.

    Raises:
        StoreError: Rows belong to no article.
        SchemaError: The actors violate the schema of their table.
    """
    built = build_tables(partial, base, change)
    names = {bucket: part_name(bucket, change.n_buckets) for bucket in sorted(built.touched)}
    check_keys(partial, names.values())
    fresh = [count_mentions(bucket, partial, name) for bucket, name in names.items()]
    counts = pa.concat_tables([*_untouched_counts(base, change, names), *fresh])
    (partial / "actors").mkdir()
    write_rows(partial / "actors" / part_name(0, 1), actor_rows(actors, counts))
    write_index(partial / NAMED, counts)
    write_index(partial / TEXTS, built.texts)
    linked = {name: base.facts[old] for name, old in built.linked.items()}
    return facts_of(partial, linked), frozenset(linked)


def seal(
    partial: Path,
    facts: Facts,
    at: datetime,
    run: Mapping[str, str | int | float],
    *,
    linked: Collection[str],
) -> None:
    """Record the contents of a finished snapshot, and sync all of its files to disk.

    Args:
        partial: The snapshot's folder, otherwise complete.
        facts: The facts about its table files.
        at: Time of the publication.
        run: What the history records about the run.
        linked: Files already on disk since an earlier publication.
    """
    write_run(partial, at, count_rows(facts), run)
    write_facts(partial, facts, MANIFEST, ENTRIES, TEXTS, NAMED)
    new = [name for name in facts if "/" in name and name not in linked]
    sync_all(partial / name for name in (*new, *TABLES, MANIFEST, ENTRIES, TEXTS, NAMED, RUN, FILES, "."))


def _untouched_counts(base: Base, change: Change, touched: Collection[int]) -> list[pa.Table]:
    """Return the mention counts of untouched buckets; if the number of buckets changes, all are touched."""
    if base.folder is None or base.n_buckets != change.n_buckets:
        return []
    counts = read_mention_counts(base.folder, base.facts)
    return [counts.filter(pc.invert(pc.is_in(counts["bucket"], pa.array(sorted(touched), pa.int32()))))]
