"""Writes the files of a publication: tables, those of the lexicon too, indexes, and the manifest."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import SchemaError
from extract.ids import digest
from extract.schema import Table, validate
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


def lexicon_rows(table: Table, rows: pa.Table) -> pa.Table:
    """Return the lexicon's rows of a table with its types, in its order.

    Raises:
        SchemaError: A column of the table's `lexicon_schema` is missing or has the wrong type.
    """
    schema = table.lexicon_schema
    try:
        chosen = rows.select(schema.names).cast(schema)
    except (KeyError, pa.ArrowException) as error:
        raise SchemaError(
            f"Table `{table.name}`: the lexicon's {table.name} do not match the schema: {error}.",
            advice=f"Pass the columns {', '.join(schema.names)} with the types in docs/tables.md.",
        ) from error
    return chosen.sort_by(table.sort_keys)


def known_hash(known: Mapping[str, pa.Table]) -> str:
    """Return a hash of the lexicon's rows of all these tables, by name."""
    content = {name: rows.to_pylist() for name, rows in known.items()}
    return digest(json.dumps(content, sort_keys=True).encode())


def counted_rows(table: Table, rows: pa.Table, totals: pa.Table) -> pa.Table:
    """Return a table of the lexicon with its counts.

    Args:
        table: The table.
        rows: From `lexicon_rows`.
        totals: From `total_mention_counts`.

    Raises:
        SchemaError: The lexicon's rows violate the schema of the table.
    """
    places = pc.index_in(rows["entity_id"], totals["entity_id"])
    for name in table.counted:
        values = totals[name].take(places)
        counts = values if table.columns[name].nullable else pc.fill_null(values, 0)
        rows = rows.append_column(name, counts)
    return validate(table, rows)
