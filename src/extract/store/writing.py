"""Writes the files of a new publication: the tables, their indexes, and the manifest that names them all."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa

from extract.store.actors import actor_rows
from extract.store.buckets import Base, Change, Marks, build_tables, part_name, write_rows
from extract.store.checks import check_keys
from extract.store.facts import Facts, count_rows, inspect, table_files
from extract.store.files import concurrently, make_read_only, sync_all
from extract.store.history import RUN, write_run
from extract.store.index import (
    INDEXES,
    MENTION_COLUMNS,
    NAMED,
    SIGNATURES,
    SIMILAR,
    TEXTS,
    count_mentions,
    drop_articles,
    join_mention_counts,
    read_mention_counts,
    total_mention_counts,
    write_index,
)
from extract.store.manifest import ENTRIES, MANIFEST, Manifest
from extract.store.parts import read_parts
from extract.store.stories.repeats import find_repeats
from extract.store.stories.snapshot_stories import find_stories
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
    with ThreadPoolExecutor() as beside:  # what is counted needs no table but the articles' texts
        counting = beside.submit(_mention_counts, base, change)
        stories = find_stories(base, change)
        totalling = beside.submit(lambda: total_mention_counts(counting.result(), stories.texts))
        marks: dict[str, Marks] = {"articles": stories, "quotes": find_repeats(base, change, stories)}
        built = build_tables(partial, base, change, marks)
        check_keys(partial, (part_name(bucket, change.n_buckets) for bucket in built.touched))
        counts, totals = counting.result(), totalling.result()
        (partial / "actors").mkdir()
        write_rows(partial / "actors" / part_name(0, 1), actor_rows(actors, totals))
        names = (TEXTS, SIGNATURES, SIMILAR, NAMED)
        rows = (stories.texts, stories.signatures, stories.similar, counts)
        list(beside.map(lambda name, some: write_index(partial / name, some), names, rows))
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
    files = table_files(partial)
    tables = dict(
        zip(files, concurrently(lambda name: linked.get(name) or inspect(partial / name), files), strict=True)
    )
    write_run(partial, manifest.published_at, count_rows(tables), run)
    others = (name for name in (ENTRIES, *INDEXES, RUN) if (partial / name).exists())
    facts = {**tables, **{name: inspect(partial / name) for name in others}}
    manifest.write_head(partial, number, facts)
    new = [name for name in (*facts, MANIFEST) if name not in linked]
    for name in new:
        make_read_only(partial / name)
    sync_all(partial / name for name in (*new, *TABLES, "."))
    return facts


def _mention_counts(base: Base, change: Change) -> pa.Table:
    old = read_mention_counts(base.folder, base.facts, base.damaged)
    fresh = count_mentions(read_parts(change.parts, "entities", MENTION_COLUMNS))
    return join_mention_counts([drop_articles(old, change.replaced), fresh])
