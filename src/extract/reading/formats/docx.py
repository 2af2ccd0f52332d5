"""Word files: paragraphs, headings and tables; pictures, headers and footers are left out."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from extract.errors import ReadError
from extract.ids import article_id_of
from extract.model import Article, Issue
from extract.reading.build import Draft
from extract.reading.context import Context
from extract.reading.exports import make_articles
from extract.reading.formats.zip_limits import check_zip
from extract.reading.opening import damaged_issue, read_limited
from extract.reading.page.lines import fold
from extract.reading.records.metadata import Metadata
from extract.reading.sidecar import metadata_for
from extract.reading.sources import Source

_MOST_BYTES = 100_000_000
_MOST_BLOCKS = 100_000
_HEAD_LINES = 10
_TITLE_STYLES = ("title", "heading 1")
_ADVICE = "Open it in Word and save it again, or save its text as .txt."


def read_docx(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read a Word file; of its properties only a title that stands in its head counts.

    The author in the properties is whoever typed the file, and its day is not that of publication.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is too large.
    """
    data = read_limited(source.path, _MOST_BYTES)
    try:
        document = _open(data)
        lines, titles = _lines(document)
    except ReadError as error:
        yield damaged_issue(error, source)
        return
    given = metadata_for(source, context.sidecars)
    title = given.title or _title(document, lines, titles)
    draft = Draft(
        article_id=article_id_of(source.path, source.folder),
        source=source.name,
        format="docx",
        text="\n".join(lines).strip("\n"),
        metadata=Metadata(title, given.outlet, given.author, given.url, given.language, given.published),
    )
    yield from make_articles(draft, context)


def _open(data: bytes) -> Document:
    if not data:
        raise ReadError("The file is empty.", advice=_ADVICE)
    check_zip(data)
    try:
        return docx.Document(BytesIO(data))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, etree.LxmlError, AttributeError) as error:
        raise ReadError(f"The file is not a Word file: {error}.", advice=_ADVICE) from None


def _lines(document: Document) -> tuple[list[str], list[str]]:
    """Return the lines, with a blank one between paragraphs, and the text of the titles among them."""
    lines: list[str] = []
    titles: list[str] = []
    for number, block in enumerate(document.iter_inner_content()):
        if number > _MOST_BLOCKS:
            message = f"The file has more than {_MOST_BLOCKS:,} paragraphs."
            raise ReadError(message, advice="Split it.")
        if isinstance(block, Paragraph):
            text = block.text.strip()
            if text and _style(block) in _TITLE_STYLES:
                titles.append(text)
            lines += [text, ""]
        else:
            lines += [*_rows(block), ""]
    return lines, titles


def _style(paragraph: Paragraph) -> str:
    style = paragraph.style
    return (style.name or "").lower() if style is not None else ""


def _rows(table: Table) -> Iterator[str]:
    """Yield the rows of a table; a cell that spans several columns counts once."""
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:  # noqa: SLF001 - python-docx repeats a merged cell and has no other name for it
                cells.append(" ".join(cell.text.split()))
            last = cell._tc  # noqa: SLF001
        yield "\t".join(cells)


def _title(document: Document, lines: list[str], titles: list[str]) -> str | None:
    """Return the first title among the first lines, else that of the properties if it is one of them."""
    head = [line for line in lines if line][:_HEAD_LINES]
    styled = next((title for title in titles if title in head), None)
    stored = " ".join((document.core_properties.title or "").split())
    return styled or (stored if stored and fold(stored) in map(fold, head) else None)
