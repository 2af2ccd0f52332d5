"""The files of a new snapshot: the tables, what they hold in sum, and what is said of all of it."""

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
    count_named,
    count_rows,
    facts_of,
    read_named,
    write_facts,
    write_index,
)
from extract.store.manifest import ENTRIES, MANIFEST
from extract.tables import TABLES


def write_tables(partial: Path, base: Base, change: Change, actors: pa.Table) -> tuple[Facts, frozenset[str]]:
    """Write all tables of a new snapshot.

    Args:
        partial: Its folder; empty.
        base: What it starts from.
        change: What is other than there.
        actors: The lexicon's actors.

    Returns:
        What is known of the files, and which of them were there before.

    Raises:
        StoreError: Rows belong to no article.
        SchemaError: The actors break the contract of their table.
    """
    built = build_tables(partial, base, change)
    names = {bucket: part_name(bucket, change.n_buckets) for bucket in sorted(built.touched)}
    check_keys(partial, names.values())
    fresh = [count_named(bucket, partial, name) for bucket, name in names.items()]
    named = pa.concat_tables([*_untouched(base, change, names), *fresh])
    (partial / "actors").mkdir()
    write_rows(partial / "actors" / part_name(0, 1), actor_rows(actors, named))
    write_index(partial / NAMED, named)
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
    """Write down what a finished snapshot holds, and see all of it to the disk.

    Args:
        partial: Its folder, complete but for this.
        facts: What is known of its table files.
        at: Time of the publication.
        run: What the history is to say of the run.
        linked: The files that are on the disk since an earlier publication.
    """
    write_run(partial, at, count_rows(facts), run)
    write_facts(partial, facts, MANIFEST, ENTRIES, TEXTS, NAMED)
    new = [name for name in facts if "/" in name and name not in linked]
    sync_all(partial / name for name in (*new, *TABLES, MANIFEST, ENTRIES, TEXTS, NAMED, RUN, FILES, "."))


def _untouched(base: Base, change: Change, touched: Collection[int]) -> list[pa.Table]:
    """Return how often entities are named in the buckets that stay; where their number changes, none does."""
    if base.folder is None or base.n_buckets != change.n_buckets:
        return []
    named = read_named(base.folder, base.facts)
    return [named.filter(pc.invert(pc.is_in(named["bucket"], pa.array(sorted(touched), pa.int32()))))]
