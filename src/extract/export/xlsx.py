"""An Excel workbook, one sheet per table."""

from itertools import chain
from pathlib import Path

from extract.export.cells import plain_batch
from extract.export.selection import STATEMENTS, Selection
from extract.export.workbook import Workbook
from extract.tables import TABLES


def write_xlsx(selection: Selection, path: Path) -> None:
    """Write a workbook: `statements` first, then the tables. Cells are text or numbers, never formulas.

    Excel's cells end after 32,767 characters: longer texts end in an ellipsis.

    Raises:
        ExportError: A table has more rows than a sheet.
    """
    with Workbook(path) as book:
        for name in (STATEMENTS, *filter(selection.has_rows, TABLES)):
            batches = selection.batches(name)
            first = next(batches)
            book.add_sheet(name, first.schema.names, map(plain_batch, chain([first], batches)))
