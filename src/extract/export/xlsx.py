"""An Excel workbook, one sheet per table."""

from datetime import datetime
from pathlib import Path

import xlsxwriter

from extract.errors import ExportError
from extract.export.cells import readable
from extract.export.selection import STATEMENTS, Selection

_MOST_ROWS = 1_048_575  # of a sheet, below its head
_LONGEST_CELL = 32_767
_ALWAYS = datetime(2000, 1, 1)  # noqa: DTZ001 - the day of making, which must not change the bytes


def write_xlsx(selection: Selection, path: Path) -> None:
    """Write a workbook: `statements` first, then the tables. Cells are text or numbers, never formulas.

    Excel's cells end after 32,767 characters: longer texts end in an ellipsis.

    Raises:
        ExportError: A table has more rows than a sheet.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _ALWAYS})
        head = book.add_format({"bold": True, "bottom": 1})
        for name in sorted(selection.names, key=lambda name: name != STATEMENTS):
            _write_sheet(book, head, name, selection)


def _write_sheet(
    book: "xlsxwriter.Workbook", head: "xlsxwriter.format.Format", name: str, selection: Selection
) -> None:
    rows = selection.table(name)
    if len(rows) > _MOST_ROWS:
        raise ExportError(
            f"The table {name} has {len(rows):,} rows; a sheet of Excel holds {_MOST_ROWS:,}.",
            advice="Export a part of it (--since, --until, --entity), or another format.",
        )
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, rows.column_names, head)
    for number, row in enumerate(selection.rows(name), 1):
        for column, value in enumerate(map(readable, row.values())):
            if isinstance(value, str):
                sheet.write_string(number, column, _shortened(value))
            elif value is not None:
                sheet.write(number, column, value)
    sheet.autofilter(0, 0, max(len(rows), 1), rows.num_columns - 1)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
