"""Parts: the rows of one batch, and the sketches of its articles, passed from a worker to the publication."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import SchemaError
from extract.store.entries import source_key
from extract.store.files import disk_errors
from extract.store.stories.sketches import SKETCHES, sketch_table
from extract.tables import TABLES

# Enough to make large tables, few enough for the limits on open files and memory.
_PARTS_AT_ONCE = 64


def write_part(folder: Path, name: str, tables: Mapping[str, pa.Table]) -> Path:
    """Write the rows of a batch; safe to repeat after a failure.

    Args:
        folder: The store's staging folder.
        name: Name of the part, unique among batches.
        tables: All or some of the tables that `to_tables` returned.

    Returns:
        The part's folder, for `Store.publish`.

    Raises:
        SchemaError: A table has the wrong schema.
        StoreError: The folder cannot be written to.
    """
    for table, rows in tables.items():
        if table not in part_tables() or rows.schema != TABLES[table].arrow_schema:
            raise SchemaError(
                f"The table {table!r} in the part {name} does not have the schema in docs/tables.md.",
                advice="Write only tables created by extract.tables.",
            )
    part = folder / name
    files = dict(tables)
    if "articles" in tables:
        files[SKETCHES] = sketch_table(tables["articles"])
    with disk_errors(folder):
        part.mkdir(exist_ok=True)
        for table, rows in files.items():
            with (part / f"{table}.arrow").open("wb") as file, pa.ipc.new_file(file, rows.schema) as out:
                out.write_table(rows)
    return part


def read_parts(parts: Sequence[Path], table: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Yield the rows of a table from all parts, a number of parts at a time.

    Args:
        parts: Folders created by `write_part`.
        table: The table, or `SKETCHES`; a part may lack it.
        columns: The columns to read; all if None.
    """
    files = part_files(parts, table)
    for start in range(0, len(files), _PARTS_AT_ONCE):
        tables = [_read(file, columns) for file in files[start : start + _PARTS_AT_ONCE]]
        yield pa.concat_tables(tables).combine_chunks()


def part_files(parts: Sequence[Path], table: str) -> list[Path]:
    """Return the files with the rows of a table; a part may lack it."""
    return [file for file in (part / f"{table}.arrow" for part in parts) if file.exists()]


def _read(file: Path, columns: Sequence[str] | None) -> pa.Table:
    rows = pa.ipc.open_file(pa.memory_map(str(file))).read_all()
    return rows if columns is None else rows.select(columns)


def part_tables() -> list[str]:
    """Return the tables whose rows come from articles, batch by batch."""
    return [table.name for table in TABLES.values() if table.rows is not None]


def tables_of_articles() -> list[str]:
    """Return the tables in which each row belongs to a row of `articles`."""
    return [table.name for table in TABLES.values() if table.belongs_to_articles]


def keys_of(table: str, rows: pa.Table) -> pa.ChunkedArray:
    """Return the manifest key of every row: its article, or the source of an issue without one."""
    article, *source = (rows[column] for column in TABLES[table].key)
    keys = [pc.binary_join_element_wise(source_key(""), one, "") for one in source]
    return pc.coalesce(article, *keys)
