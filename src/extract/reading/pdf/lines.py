"""The pieces of text on a page -> its lines, column by column."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

_LETTER_WIDTH = 0.5  # of the font size, on average
_SAME_LINE = 0.4
_LONG_PIECE = 15
_COLUMN_WIDTH = 100.0
_NEAR = 3.0
_OVERLAP = 20.0
_FEWEST_LINES = 4
_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Piece:
    """Text set in one go; a line may have several.

    Attributes:
        x: Its left edge, in points.
        y: Its base line, from the foot of the page.
        size: The size of its font.
    """

    text: str
    x: float
    y: float
    size: float

    @property
    def end(self) -> float:
        """Its right edge, estimated."""
        return self.x + _LETTER_WIDTH * self.size * len(self.text)

    def is_beside(self, other: "Piece") -> bool:
        """Return whether both stand on one base line."""
        return abs(self.y - other.y) <= _SAME_LINE * max(self.size, other.size, 1)


def reading_order(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the lines of a page, column by column, each column from top to bottom.

    A line that runs across the columns, such as a headline, divides the page: what stands above it comes
    first. A page of one column keeps the order in which it was set, which is that of its writer.
    """
    lines = _joined(_lines(pieces))
    starts = _column_starts(lines)
    if len(starts) == 1:
        return [lines] if lines else []
    bands: list[list[list[Piece]]] = [[[] for _ in starts]]
    for piece in sorted(lines, key=lambda piece: -piece.y):
        column = _column_of(piece, starts)
        if _is_across(piece, column, starts):
            bands += [[[piece]], [[] for _ in starts]]
        else:
            bands[-1][column].append(piece)
    return [column for band in bands for column in band if column]


def _column_starts(lines: Iterable[Piece]) -> list[float]:
    """Return the left edges of the columns: places where many lines begin, a column's width apart."""
    long = [line for line in lines if len(line.text) >= _LONG_PIECE]
    counts = Counter(round(piece.x / _NEAR) for piece in long)
    fewest = max(_FEWEST_LINES, _SHARE * len(long))
    edges = [place * _NEAR for place in sorted(counts) if counts[place] + counts[place + 1] >= fewest]
    starts = edges[:1]
    for edge in edges[1:]:
        left = [piece.end for piece in long if starts[-1] - _NEAR <= piece.x < edge - _NEAR]
        if edge - starts[-1] >= _COLUMN_WIDTH and median(left) <= edge + _OVERLAP:
            starts.append(edge)
    return starts or [0.0]


def _column_of(piece: Piece, starts: Sequence[float]) -> int:
    return max((index for index, start in enumerate(starts) if start <= piece.x + 2 * _NEAR), default=0)


def _is_across(piece: Piece, column: int, starts: Sequence[float]) -> bool:
    """Return whether a line runs into the next column."""
    return column + 1 < len(starts) and piece.end > starts[column + 1] + 2 * _OVERLAP


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the runs of pieces that follow each other on one base line, without a gap as wide as a gutter."""
    line: list[Piece] = []
    for piece in pieces:
        if line and not (piece.is_beside(line[-1]) and _follows(line[-1], piece)):
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def _follows(left: Piece, right: Piece) -> bool:
    gap = right.x - left.end
    return -_COLUMN_WIDTH < gap < 2 * left.size or right.x == left.x


def _joined(lines: Iterable[list[Piece]]) -> list[Piece]:
    """Return one piece per line."""
    found = []
    for line in lines:
        text = " ".join("".join(piece.text for piece in line).split())
        if text:
            found.append(replace(line[0], text=text, size=max(piece.size for piece in line)))
    return found
