"""Writes the files of a new publication: the tables, their indexes, and the manifest that names them all."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa

from extract.store.buckets import Base, Change, Marks, build_tables, part_name, write_rows
from extract.store.checks import check_keys
from extract.store.facts import Facts, count_rows, files_of, inspect, table_files
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
from extract.store.known import counted_rows
from extract.store.manifest import ENTRIES, MANIFEST, Manifest
from extract.store.parts import read_parts
from extract.store.stories.repeats import find_repeats
from extract.store.stories.snapshot_stories import find_stories
from extract.tables import TABLES, schema_version
from extract.tables.datapackage import DATAPACKAGE, data_package


def write_tables(partial: Path, base: Base, change: Change, known: Mapping[str, pa.Table]) -> Facts:
    """Write all tables of a new publication, and the indexes of them.

    Args:
        partial: The publication's folder; empty.
        base: The files that it starts from.
        change: The difference from the base.
        known: The lexicon's rows of the tables that it fills.

    Returns:
        The facts about the files that are linked from the base.

    Raises:
        StoreError: Rows belong to no article, or a file of the base is damaged.
        SchemaError: Rows of the lexicon violate the schema of their table.
    """
    with ThreadPoolExecutor() as beside:  # what is counted needs no table but the articles' texts
        counting = beside.submit(_mention_counts, base, change)
        stories = find_stories(base, change)
        totalling = beside.submit(lambda: total_mention_counts(counting.result(), stories.texts))
        marks: dict[str, Marks] = {"articles": stories, "quotes": find_repeats(base, change, stories)}
        built = build_tables(partial, base, change, marks)
        check_keys(partial, (part_name(bucket, change.n_buckets) for bucket in built.touched))
        counts, totals = counting.result(), totalling.result()
        for name, given in known.items():
            (partial / name).mkdir()
            write_rows(partial / name / part_name(0, 1), counted_rows(TABLES[name], given, totals))
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
    fresh = [name for name in files if name not in linked]
    inspected = dict(zip(fresh, concurrently(lambda name: inspect(partial / name), fresh), strict=True))
    tables = {name: linked.get(name) or inspected[name] for name in files}
    if manifest.schema_version == schema_version():  # not for a restored one with other columns
        write_data_package(partial, tables)
    write_run(partial, manifest.published_at, count_rows(tables), run)
    others = (name for name in (ENTRIES, *INDEXES, RUN, DATAPACKAGE) if (partial / name).exists())
    facts = {**tables, **{name: inspect(partial / name) for name in others}}
    manifest.write_head(partial, number, facts)
    new = [name for name in (*facts, MANIFEST) if name not in linked]
    for name in new:
        make_read_only(partial / name)
    sync_all(partial / name for name in (*new, *TABLES, "."))
    return facts


def write_data_package(partial: Path, tables: Facts) -> None:
    """Write the descriptor of the tables of a publication, unless one with the same tables is restored."""
    if not (partial / DATAPACKAGE).exists():
        package = data_package({table: files_of(tables, table) for table in TABLES})
        (partial / DATAPACKAGE).write_text(json.dumps(package, indent=1) + "\n", encoding="utf-8")


def _mention_counts(base: Base, change: Change) -> pa.Table:
    old = read_mention_counts(base.folder, base.facts, base.damaged)
    fresh = count_mentions(read_parts(change.parts, "entities", MENTION_COLUMNS))
    return join_mention_counts([drop_articles(old, change.replaced), fresh])
