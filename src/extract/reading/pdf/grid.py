"""Pages whose columns were set row by row: a line of the left column, then the one beside it.

The library joins such lines. Its picture of the page in letters of one width shows the gutter between them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from extract.reading.pdf.lines import Piece

Place = tuple[float, float]

_NEAR = 3.0
_FEWEST_ROWS = 6
_SHARE = 0.4
_BLANK_SHARE = 0.8
_SHORTEST_SIDE = 20
_EDGE_SHARE = 0.2
# The measures of a letter, in points.
_WIDTH, _HEIGHT, _SIZE = 6.0, 12.0, 10.0


def is_set_by_rows(starts: Iterable[Place]) -> bool:
    """Return whether in many lines of a page text begins anew at one place, as beside a gutter."""
    rows: dict[int, list[float]] = {}
    for x, y in starts:
        rows.setdefault(round(y), []).append(x)
    later = Counter(round(x / _NEAR) for row in rows.values() for x in set(row) if x > min(row))
    most = max(later.values(), default=0)
    return most >= _FEWEST_ROWS and most >= _SHARE * len(rows)


def pieces_in_grid(grid: str) -> list[Piece]:
    """Return the lines of each column as pieces; nothing if the picture shows no gutter between two texts."""
    rows = grid.split("\n")
    gutter = _gutter([row for row in rows if row.strip()])
    if gutter is None:
        return []
    pieces: list[Piece] = []
    for number, row in enumerate(rows):
        is_across = row[gutter - 1 : gutter + 1].strip()
        for start, text in ((0, row),) if is_across else ((0, row[:gutter]), (gutter, row[gutter:])):
            if text.strip():
                pieces.append(Piece(text.strip(), start * _WIDTH, -number * _HEIGHT, _SIZE))
    return pieces


def _gutter(rows: Sequence[str]) -> int | None:
    """Return the right edge of the gutter: blank in nearly all rows that have text on both sides."""
    width = max(map(len, rows), default=0)
    best: tuple[int, int] | None = None
    for at in range(int(width * _EDGE_SHARE), int(width * (1 - _EDGE_SHARE))):
        both = [row for row in rows if row[:at].strip() and row[at:].strip()]
        blank = sum(not row[at - 1 : at + 1].strip() for row in both)
        if len(both) >= max(_FEWEST_ROWS, _SHARE * len(rows)) and blank >= _BLANK_SHARE * len(both):
            best = max(best or (0, 0), (blank, at))
    if best is None:
        return None
    at = best[1]
    sides = [side for row in rows for side in (row[:at].strip(), row[at:].strip()) if side]
    return at if sum(map(len, sides)) >= _SHORTEST_SIDE * len(sides) else None
