"""PDF files with a text layer."""

import logging
from collections.abc import Iterator
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from extract.errors import ReadError
from extract.ids import article_id_of
from extract.model import Article, Issue
from extract.reading.build import Draft
from extract.reading.context import Context
from extract.reading.exports import make_articles
from extract.reading.opening import damaged_issue, read_limited
from extract.reading.page.lines import fold
from extract.reading.pdf.grid import Place, is_set_by_rows, pieces_in_grid
from extract.reading.pdf.lines import Piece
from extract.reading.pdf.paragraphs import text_of_pages
from extract.reading.pdf.running import without_running_lines
from extract.reading.problems import Problem
from extract.reading.records.metadata import Metadata
from extract.reading.sidecar import metadata_for
from extract.reading.sources import Source

_MOST_BYTES = 100_000_000
_MOST_PAGES = 500
_MOST_PAGE_BYTES = 20_000_000
_MARK = b"%PDF-"
_MARK_WITHIN = 1_024
_FEWEST_LETTERS = 20
_HEAD_CHARS = 1_000
_Matrix = list[float]
_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
# Letters of one width need more room than those of print, or the columns would push each other.
_LOOSE = 2.0
# What no page shows: fonts without a map of their letters give control characters and halves of pairs.
_SHOWN = dict.fromkeys([*range(9), *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)]) | {10: " "}
_ADVICE = "Open it in a PDF viewer and print it to a new PDF, or copy its text into a .txt file."

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of what it can mend


def read_pdf(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the text layer; the title in the file's properties counts if the text begins with it.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is larger than any article.
    """
    article_id = article_id_of(source.path, source.folder)
    data = read_limited(source.path, _MOST_BYTES)
    try:
        reader = _open(data)
        found = [] if reader is None else _pages(reader)
    except ReadError as error:
        yield damaged_issue(error, source)
        return
    if reader is None:
        message = "The file is encrypted; it opens with a password only."
        advice = "Open it with its password and print it to a new PDF."
        yield Problem("error", "encrypted", message, advice).at(source.name, article_id)
        return
    pages, url = without_running_lines(found, context.forms.exports.lexis_mark)
    text = text_of_pages(pages)
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        yield _no_text(len(pages)).at(source.name, article_id)
        return
    given = metadata_for(source, context.sidecars)
    title = given.title or _stored_title(reader, text)
    metadata = Metadata(title, given.outlet, given.author, given.url or url, given.language, given.published)
    draft = Draft(article_id=article_id, source=source.name, format="pdf", text=text, metadata=metadata)
    yield from make_articles(draft, context)


def _open(data: bytes) -> PdfReader | None:
    """Open a PDF; None if it asks for a password."""
    if _MARK not in data[:_MARK_WITHIN]:
        raise ReadError("The file is not a PDF.", advice=_ADVICE)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        count = len(reader.pages)
    except DependencyError:
        return None
    except (PyPdfError, *_DAMAGE) as error:
        raise _damaged(error) from None
    if count > _MOST_PAGES:
        message = f"The file has {count:,} pages; the limit is {_MOST_PAGES:,}."
        raise ReadError(message, advice="Save the pages of the article alone.")
    return reader


def _pages(reader: PdfReader) -> list[list[Piece]]:
    try:
        return [_pieces(page) for page in reader.pages]
    except (PyPdfError, *_DAMAGE) as error:
        raise _damaged(error) from None


def _pieces(page: PageObject) -> list[Piece]:
    """Return the upright pieces of text on a page, in the order in which they are set."""
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _MOST_PAGE_BYTES:
        message = f"A page of the file has more than {_MOST_PAGE_BYTES:,} bytes of instructions."
        raise ReadError(message, advice=_ADVICE)
    pieces: list[Piece] = []
    starts: list[Place] = []

    def add(text: str, outer: _Matrix, inner: _Matrix, _font: object, size: float) -> None:
        if text.strip() and not inner[1] and not inner[2]:
            scale = abs(inner[3] * outer[3]) or 1.0
            pieces.append(Piece(text.translate(_SHOWN), *_place(outer, inner), abs(size) * scale))

    def note(operator: bytes, _operands: object, outer: _Matrix, inner: _Matrix) -> None:
        if operator in _SHOWING:
            starts.append(_place(outer, inner))

    page.extract_text(orientations=(0,), visitor_text=add, visitor_operand_before=note)
    if is_set_by_rows(starts):
        grid = page.extract_text(extraction_mode="layout", layout_mode_scale_weight=_LOOSE)
        return pieces_in_grid(grid) or pieces
    return pieces


def _place(outer: _Matrix, inner: _Matrix) -> Place:
    """Return the point on the page to which two matrices move the origin."""
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    return x, y


# What pypdf raises, beside its own errors, over objects of a wrong type or number.
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, RecursionError),
    *(TypeError, ValueError),
)


def _damaged(error: Exception) -> ReadError:
    return ReadError(f"The PDF is damaged: {type(error).__name__}: {error}.", advice=_ADVICE)


def _stored_title(reader: PdfReader, text: str) -> str | None:
    """Return the title in the properties if it stands at the beginning of the text."""
    try:
        stored = " ".join(str(reader.metadata.title or "").split()) if reader.metadata else ""
    except (PyPdfError, *_DAMAGE):
        return None
    return stored if stored and fold(stored) in fold(text[:_HEAD_CHARS]) else None


def _no_text(pages: int) -> Problem:
    message = f"The PDF has no text layer: its {pages:,} pages are pictures."
    advice = "Recognise its letters first, for example with ocrmypdf."
    return Problem("error", "no_text_layer", message, advice)
