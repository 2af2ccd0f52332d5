"""Prints rows: as a table to read, as CSV, JSON or Parquet for other programs."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from extract.console import make_console
from extract.errors import QueryError
from extract.printable import printable, printable_lines

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 100
"""So many rows are printed as a table; the other formats have all."""


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


class TextFormat(StrEnum):
    """How rows are printed, where they are text."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def write_rows(rows: "pa.Table", form: Format, to: Path | None) -> None:
    """Print rows, or write them to a file.

    Raises:
        QueryError: Parquet would go to a terminal.
    """
    if form == Format.PARQUET:
        _write_parquet(rows, to)
        return
    if form == Format.TABLE and to is None:
        print_table(rows.column_names, _texts(rows.slice(0, MOST_ROWS)))
        say_left_out(len(rows))
        return
    text = as_json(rows.to_pylist()) if form == Format.JSON else _csv(rows)
    write_text(text, to)


def write_text(text: str, to: Path | None = None) -> None:
    """Write a text to a file, or print it; what could garble a terminal is escaped there."""
    if to is not None:
        to.write_text(f"{text}\n", encoding="utf-8")
        return
    if sys.stdout.isatty():
        text = printable_lines(text)
    typer.echo(text, color=True)  # else it takes out what looks like colour


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows as a table whose cells wrap."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(Text(printable(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    make_console().print(table)


def say_left_out(n_rows: int) -> None:
    """Say how many rows a table leaves out, if any."""
    if n_rows > MOST_ROWS:
        typer.echo(f"The first {MOST_ROWS} of {n_rows:,} rows; --format csv prints all.", err=True)


def as_json(value: object) -> str:
    """Return JSON of rows or of a record; days, times and paths are strings."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def shown(value: Any) -> str:  # noqa: ANN401 - a cell of any type
    """Return a cell as text: nothing for null, lists joined by semicolons.

    >>> shown(None), shown(["a", "b"]), shown(2)
    ('', 'a; b', '2')
    """
    from extract.export.cells import readable  # `--help` must not import Arrow

    cell = readable(value)
    return "" if cell is None else str(cell)


def _texts(rows: "pa.Table") -> Iterable[list[str]]:
    return ([shown(value) for value in row.values()] for row in rows.to_pylist())


def _csv(rows: "pa.Table") -> str:
    """Return rows as CSV; no text is a formula to the spreadsheet that opens it."""
    from extract.export.cells import csv_rows

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.column_names)
    for batch in rows.to_batches():
        writer.writerows(csv_rows(batch))
    return text.getvalue().removesuffix("\n")


def _write_parquet(rows: "pa.Table", to: Path | None) -> None:
    import pyarrow.parquet as pq

    if to is not None:
        pq.write_table(rows, to)
    elif sys.stdout.isatty():
        raise QueryError("Parquet is not for the eye.", advice="Name a file: --to answer.parquet.")
    else:
        content = io.BytesIO()
        pq.write_table(rows, content)
        sys.stdout.buffer.write(content.getvalue())


def _plain(value: object) -> object:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else str(value)
