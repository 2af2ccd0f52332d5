"""Running heads and feet: lines that repeat at the same place on several pages, and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from extract.reading.pdf.lines import Piece

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W{0,3}", re.IGNORECASE
)
# What browsers print around a page.
_PRINTED_FOOT = re.compile(r"(?P<url>https?://\S+?)(?:\s*\d{1,4}\s*/\s*\d{1,4})?")
_PRINTED_HEAD = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?(?P<title>\s.*)?"
)
_EDGE_LINES = 2
_NEAR = 4.0
_FEWEST_PAGES = 2
_SHARE = 0.3


def without_running_lines(
    pages: Sequence[list[Piece]], mark: re.Pattern[str] | None = None
) -> tuple[list[list[Piece]], str | None]:
    """Return the pages without running heads and feet, and the address that a browser printed there.

    Args:
        pages: The pieces of each page.
        mark: Matches lines that stand at the head of many pages but count documents: `3 of 25 DOCUMENTS`.
    """
    edges = [_edge_lines(page) for page in pages]
    counts = Counter(key for lines in edges for key in {_key(line) for line in lines})
    fewest = max(_FEWEST_PAGES, _SHARE * len(pages))
    kept, url = [], None
    for page, lines in zip(pages, edges, strict=True):
        running = [line for line in lines if counts[_key(line)] >= fewest or _is_furniture(_text(line))]
        running = [line for line in running if not (mark and mark.fullmatch(_text(line)))]
        feet = filter(None, (_PRINTED_FOOT.fullmatch(_text(line)) for line in running))
        url = url or next((foot["url"] for foot in feet), None)
        gone = {id(piece) for line in running for piece in line}
        kept.append([piece for piece in page if id(piece) not in gone])
    return kept, url


def _edge_lines(page: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces on the first and last base lines of a page."""
    lines: list[list[Piece]] = []
    for piece in sorted(
        (piece for piece in page if piece.text.strip()), key=lambda piece: (-piece.y, piece.x)
    ):
        if lines and piece.is_beside(lines[-1][0]):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [*lines[:_EDGE_LINES], *lines[_EDGE_LINES:][-_EDGE_LINES:]]


def _text(line: Sequence[Piece]) -> str:
    return " ".join(" ".join(piece.text for piece in line).split())


def _key(line: Sequence[Piece]) -> tuple[str, int]:
    """Return what makes two lines of two pages the same: their words, but for numbers, and their place."""
    return _DIGITS.sub("#", _text(line)).casefold(), round(line[0].y / _NEAR)


def _is_furniture(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_PAGE_NUMBER, _PRINTED_FOOT, _PRINTED_HEAD))
