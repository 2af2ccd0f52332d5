"""Parquet: one article per row."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import NoArticlesError, ReadError
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.opening import COMPRESSIONS
from extract.reading.problems import Problem
from extract.reading.records.articles import Record, read_records
from extract.reading.records.columns import shown_columns
from extract.reading.sources import Source

_ROWS = 64  # held at a time
_WHOLE = "Export the file again; Parquet must be whole."


def read_parquet(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the rows of a file, only those columns that may hold a field; an Issue's source is `file:row`.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is no Parquet file, or damaged.
    """
    if source.path.suffix.lower() in COMPRESSIONS:
        raise ReadError("A Parquet file is not read from inside another compression.", advice="Unpack it.")
    with source.path.open("rb") as file:
        if not file.read(1):
            problem = Problem("warning", "no_records", "The file is empty.", "Fill it or remove it.")
            yield problem.at(source.name)
            return

        def records() -> Iterator[Record | Issue]:
            try:
                yield from _rows(pq.ParquetFile(file), context)
            except (pa.ArrowException, UnicodeDecodeError) as error:
                raise ReadError(f"The file is damaged: {error}.", advice=_WHOLE) from None

        yield from read_records(records, source, "parquet", context)


def _rows(table: pq.ParquetFile, context: Context) -> Iterator[Record | Issue]:
    names = [name for name in table.schema_arrow.names if context.columns.is_used(name)]
    if "text" not in context.columns.fields_in(names):
        raise NoArticlesError(
            f"The table has no column for a text. {shown_columns(tuple(table.schema_arrow.names))}",
            advice="Name the column of the text: --map text=COLUMN.",
        )
    row = 0
    for batch in table.iter_batches(batch_size=_ROWS, columns=names):
        for values in batch.to_pylist():
            row += 1
            yield Record(values, row)
