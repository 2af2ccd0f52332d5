"""Excel workbooks (Office Open XML, ECMA-376), written row after row.

A cell is text or a number by its type, never a formula. Columns become XML whole, which takes a fifth of the
time of doing so cell by cell; what is written depends on the cells alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import ExportError

LONGEST_CELL = 32_767  # characters
MOST_ROWS = 1_048_575  # of a sheet, below its head
_MOST_BYTES = 2**31  # of a sheet; more needs a kind of ZIP that not every program reads
_LEVEL = (
    1  # of compression: files are a third larger than at the usual level, and ready in a third of the time
)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# The second format is that of the head: bold, above a line.
_FONT = '<sz val="11"/><name val="Calibri"/>'
_STYLES = f"""<styleSheet xmlns="{_MAIN}">
<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>
<fills count="2"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="2"><border/><border><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf fontId="1" borderId="1" \
xfId="0" applyFont="1" applyBorder="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
_TOP = f"""<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" \
topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"""
# Excel reads `_x0041_` in a text as the letter A, and a parser of XML `\r` as a line break.
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "_x000D_"))
_LOOKS_ESCAPED = "_(x[0-9A-Fa-f]{4}_)"


class Workbook:
    """A workbook that is written sheet after sheet, and is whole when its block ends.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._file = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self._sheets: list[tuple[str, str]] = []  # name and range

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._write_parts()
        self._file.close()

    def add_sheet(self, name: str, columns: Sequence[str], batches: Iterable[pa.RecordBatch]) -> None:
        """Write a sheet: a head that stays in view and can filter, and the rows below.

        Args:
            name: Its name.
            columns: The cells of the head.
            batches: The rows: columns of text, numbers and truth values, without control characters.

        Raises:
            ExportError: They are more than a sheet holds.
        """
        head = pa.RecordBatch.from_pylist([dict(zip(columns, columns, strict=True))])
        n_rows = n_bytes = 0
        with self._part(f"xl/worksheets/sheet{len(self._sheets) + 1}.xml") as part:
            part.write(f"{_HEAD}{_TOP}".encode())
            part.write(_rows(head, 1, ' s="1"'))
            for batch in batches:
                n_bytes += part.write(_rows(batch, n_rows + 2))
                n_rows += batch.num_rows
                if n_rows > MOST_ROWS or n_bytes > _MOST_BYTES:
                    raise ExportError(
                        f"The table {name} has more rows than a sheet of Excel holds.",
                        advice="Export a part of it (--since, --until, --entity), or another format.",
                    )
            last = f"{_letters(len(columns) - 1)}{max(n_rows, 1) + 1}"
            part.write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode())
        self._sheets.append((name, "$A$1:" + re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", last)))

    @contextmanager
    def _part(self, name: str) -> Iterator[IO[bytes]]:
        info = ZipInfo(name)  # without the time of making
        info.compress_type = ZIP_DEFLATED
        with self._file.open(info, "w") as part:
            yield part

    def _write_parts(self) -> None:
        """Write what says which sheets there are."""
        numbers = range(1, len(self._sheets) + 1)
        sheets = [(f"worksheets/sheet{number}.xml", "worksheet") for number in numbers]
        parts = {
            "[Content_Types].xml": _content_types(sheets),
            "_rels/.rels": _relations([("xl/workbook.xml", "officeDocument")]),
            "xl/_rels/workbook.xml.rels": _relations([*sheets, ("styles.xml", "styles")]),
            "xl/workbook.xml": _book(self._sheets),
            "xl/styles.xml": _STYLES,
        }
        for name, content in parts.items():
            with self._part(name) as part:
                part.write(f"{_HEAD}{content}".encode())


def _rows(batch: pa.RecordBatch, first: int, style: str = "") -> bytes:
    """Return rows as XML; the first one has this number in the sheet."""
    numbers = pa.array(map(str, range(first, first + batch.num_rows)), pa.string())
    cells = [_cells(values, _letters(at), numbers, style) for at, values in enumerate(batch.columns)]
    rows = pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "")
    return "".join(rows.to_pylist()).encode()


def _cells(values: pa.Array, column: str, numbers: pa.Array, style: str) -> pa.Array:
    """Return the cells of a column as XML; those without a value are left out."""
    attributes, before, after = style, "<v>", "</v>"
    if pa.types.is_string(values.type):
        attributes, before, after = f'{style} t="inlineStr"', '<is><t xml:space="preserve">', "</t></is>"
        shown = _escaped(values)
    elif pa.types.is_boolean(values.type):
        attributes, shown = f'{style} t="b"', pc.cast(pc.cast(values, pa.int8()), pa.string())
    elif pa.types.is_floating(values.type):
        shown = pc.cast(pc.if_else(pc.is_finite(values), values, None), pa.string())
    else:
        shown = pc.cast(values, pa.string())
    cells = pc.binary_join_element_wise(
        f'<c r="{column}', numbers, f'"{attributes}>{before}', shown, f"{after}</c>", ""
    )
    return pc.fill_null(cells, "")


def _escaped(texts: pa.Array) -> pa.Array:
    """Return texts as they stand in XML; too long ones end in an ellipsis."""
    is_long = pc.greater(pc.utf8_length(texts), LONGEST_CELL)
    if pc.any(is_long).as_py():
        cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(texts, 0, LONGEST_CELL - 1), "…", "")
        texts = pc.if_else(is_long, cut, texts)
    texts = pc.replace_substring_regex(texts, _LOOKS_ESCAPED, r"_x005F_\1")
    for character, escape in _ESCAPES:
        texts = pc.replace_substring(texts, character, escape)
    return texts


def _letters(column: int) -> str:
    """Return the name of a column by its number.

    >>> _letters(0), _letters(25), _letters(26), _letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    rest, last = divmod(column, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _book(sheets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _) in enumerate(sheets, 1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">'
        f"{name}!{place}</definedName>"
        for at, (name, place) in enumerate(sheets)
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_KIND}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{filters}</definedNames></workbook>"
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_KIND}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'


def _content_types(sheets: Sequence[tuple[str, str]]) -> str:
    parts = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    parts += [(f"xl/{target}", kind) for target, kind in sheets]
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>{listed}</Types>'
    )
