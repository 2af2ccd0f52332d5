"""The lines of a PDF's pages -> text with a blank line between paragraphs."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.reading.page.lines import ends_sentence
from extract.reading.pdf.lines import Piece, reading_order

_WIDE_STEP = 1.18
_INDENT = 0.8
_OTHER_SIZE = 0.5
_CLOSING = ("?", "!", '?"', '!"', "?”", "!”", ":")


def text_of_pages(pages: Sequence[list[Piece]]) -> str:
    """Return the text; line breaks stay as they are on the page, a blank line stands between paragraphs."""
    lines: list[str] = []
    for page in pages:
        for column in reading_order(page):
            if lines and (ends_sentence(lines[-1]) or lines[-1].endswith(_CLOSING)):
                lines.append("")
            lines += _with_gaps(column)
    return "\n".join(lines).strip("\n")


def _with_gaps(column: Sequence[Piece]) -> list[str]:
    """Return the lines of a column with a blank one before each paragraph.

    A paragraph begins below a wide gap, in another size of letters, or with an indent.
    """
    steps = [above.y - below.y for above, below in pairwise(column) if above.y > below.y]
    usual = median(steps) if steps else 0.0
    edge = min((piece.x for piece in column), default=0.0)
    lines = [column[0].text]
    for above, below in pairwise(column):
        step = above.y - below.y
        apart = step > _WIDE_STEP * usual or step < 0 or abs(above.size - below.size) > _OTHER_SIZE
        indented = below.x - edge > _INDENT * below.size and above.x - edge <= _INDENT * above.size
        if apart or (indented and step > 0):
            lines.append("")
        lines.append(below.text)
    return lines
