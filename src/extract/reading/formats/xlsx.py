"""Excel: one article per row, on every sheet with a row that names the columns."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from extract.errors import NoArticlesError, ReadError, TooLargeError
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.opening import COMPRESSIONS
from extract.reading.problems import Problem
from extract.reading.records.articles import Record, read_records
from extract.reading.records.columns import Columns, by_column, shown_columns
from extract.reading.sources import Source

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_MOST_COLUMNS = 1000  # no export of articles has more; a table of numbers has
_HEADER_ROWS = 20  # a title and remarks may stand above the names of the columns
# A sheet is read cell by cell, but Excel keeps all texts in one part, which is held in memory.
_MOST_BYTES = 1_000_000_000
_MOST_TEXT_BYTES = 200_000_000
_TEXTS = "xl/sharedStrings.xml"
_AS_CSV = "Save the sheets as CSV files; these are read row by row."

# openpyxl lets through what its parsers raise on a damaged part.
_DAMAGED = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError),
    *(AttributeError, LookupError, ValueError, TypeError, SyntaxError, NotImplementedError),
)

Cells = tuple[object, ...]


def read_xlsx(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the rows of all sheets; an Issue's source is `file:row`, the rows being counted through the file.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is no Excel file, is damaged or too large, or no sheet names a column for a text.
    """
    path = source.path
    if path.suffix.lower() in COMPRESSIONS:
        raise ReadError("An Excel file is not read from inside another compression.", advice="Unpack it.")
    if not path.stat().st_size:
        yield Problem("warning", "no_records", "The file is empty.", "Fill it or remove it.").at(source.name)
        return
    _check_size(path)
    notes: list[Problem] = []

    def records() -> Iterator[Record | Issue]:
        try:
            for place, values in enumerate(_rows(path, context.columns, notes), 1):
                yield Record(values, place)
        except _DAMAGED as error:
            message = f"The file is damaged: {type(error).__name__}: {error}."
            raise ReadError(message, advice="Open it in a spreadsheet program and save it again.") from None

    yield from read_records(records, source, "xlsx", context, notes)


def _check_size(path: Path) -> None:
    """Check how large the parts of the file are once unpacked, before any is.

    Raises:
        ReadError: It is no ZIP file, as Excel's are.
        TooLargeError: It is.
    """
    try:
        with zipfile.ZipFile(path) as file:
            sizes = {part.filename: part.file_size for part in file.infolist()}
    except zipfile.BadZipFile as error:
        raise ReadError(f"The file is no Excel workbook: {error}.", advice="Save it as .xlsx.") from None
    if sum(sizes.values()) > _MOST_BYTES or sizes.get(_TEXTS, 0) > _MOST_TEXT_BYTES:
        message = f"The workbook unpacks to {sum(sizes.values()):,} bytes, too much to be read."
        raise TooLargeError(message, advice=_AS_CSV)


def _rows(path: Path, columns: Columns, notes: list[Problem]) -> Iterator[dict[str, object]]:
    """Yield the rows below the headers of all sheets.

    Raises:
        NoArticlesError: No sheet has a header with a column for a text.
    """
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    unused = []
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)
            header = _header(rows, columns)
            if header is None:
                unused.append(sheet.title)
                continue
            for cells in rows:
                if any(cell is not None for cell in cells):
                    yield by_column(header, cells)
        if len(unused) == len(book.worksheets):
            raise NoArticlesError(
                _without_header(book.worksheets), advice="Name the column of the text: --map."
            )
    finally:
        book.close()
    if unused:
        message = f"Sheets without a column for a text were left out: {', '.join(unused)}."
        notes.append(Problem("info", "skipped_sheets", message, "Nothing needs to be done."))


def _header(rows: Iterator[Cells], columns: Columns) -> tuple[str, ...] | None:
    """Return the names in the first of the top rows that names a column for a text."""
    for cells in islice(rows, _HEADER_ROWS):
        names = tuple("" if cell is None else str(cell) for cell in cells)
        if "text" in columns.fields_in(names):
            return names
    return None


def _without_header(sheets: Sequence["ReadOnlyWorksheet"]) -> str:
    first = next(chain.from_iterable(sheet.iter_rows(values_only=True, max_row=1) for sheet in sheets), ())
    names = tuple(str(cell) for cell in first[:_MOST_COLUMNS] if cell is not None)
    return f"No sheet has a row that names a column for a text. {shown_columns(names)}"
