"""CSV and TSV: one article per row, below a row with the names of the columns."""

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.opening import read_text
from extract.reading.problems import Problem
from extract.reading.records.articles import Record, read_records
from extract.reading.records.columns import Columns, by_column
from extract.reading.records.csv_rows import Limits, Row, read_rows
from extract.reading.sources import Source

MOST_COLUMNS = 1000  # no export of articles has more; a table of numbers has
_DELIMITERS = ",;\t|"
_QUOTE = "Quote fields that contain the delimiter, and double the quotation marks inside them."
_NAMED_DELIMITER = re.compile(r"sep=.\r?\n")  # Excel's own first line
_LINE_END = re.compile(r"[\r\n]")
_MOST_BYTES = 12
_OTHER_FIELDS = 1_000_000


def read_delimited(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the rows of a file; a broken row becomes an Issue whose source is `file:line`.

    Raises:
        OSError: The file cannot be read.
        ReadError: Its first line cannot name columns, or it is not in the encoding that its mark names.
    """
    notes: list[Problem] = []
    field = _MOST_BYTES * context.max_chars
    limits = Limits(fields=MOST_COLUMNS, field=field, row=field + _OTHER_FIELDS)

    def records() -> Iterator[Record | Issue]:
        rows = _rows(read_text(source.path, notes), limits, context.columns)
        header = next(rows, None)
        names = _names(header) if header else ()
        for row in rows:
            fields = row.fields or ()
            flaw = row.flaw or _flaw_of(fields, names)
            if flaw:
                message = f"The row has {flaw}; it is not used."
                yield Problem("error", "bad_record", message, _QUOTE).at(f"{source.name}:{row.line}")
            elif any(map(str.strip, fields)):
                yield Record(by_column(names, fields), row.line)

    yield from read_records(records, source, "csv", context, notes)


def _rows(pieces: Iterator[str], limits: Limits, columns: Columns) -> Iterator[Row]:
    start = next(pieces, "")
    start = _NAMED_DELIMITER.sub("", start, count=1) if start.startswith("sep=") else start
    delimiter = _delimiter(_LINE_END.split(start[: limits.row], maxsplit=1)[0], columns)
    return read_rows(chain([start], pieces), delimiter, limits=limits)


def _delimiter(header: str, columns: Columns) -> str:
    """Return the delimiter with which a header has the most known columns, then the most columns."""

    def score(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([header[:100_000]], delimiter=delimiter), [])
        return len(columns.fields_in(islice(names, MOST_COLUMNS))), len(names)

    return max(_DELIMITERS, key=score)


def _names(header: Row) -> tuple[str, ...]:
    if header.fields is None:
        raise ReadError(
            f"The first line cannot name the columns of a table of articles: it has {header.flaw}.",
            advice=f"Write the names of the columns into the first line, at most {MOST_COLUMNS:,}.",
        )
    return header.fields


def _flaw_of(fields: tuple[str, ...], names: tuple[str, ...]) -> str:
    return f"{len(fields)} fields, the header {len(names)}" if len(fields) < len(names) else ""
