"""Matrices of who is named with whom and who speaks about whom, ordered so that camps stand as blocks."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from markupsafe import Markup, escape

from extract.report.escaping import plain

_CELL, _LEFT, _TOP, _RIGHT = 25, 250, 190, 120
_SHADES = 5
_DEEPEST = 9  # smaller numbers do not get the deepest shade, however small all are
_LONGEST = 36

Counts = npt.NDArray[np.float64]


class Label(NamedTuple):
    """What stands beside a row or over a column: a name and its class of the style sheet."""

    name: str
    style: str


def matrix(labels: Sequence[Label], counts: Counts) -> Markup:
    """Return the matrix of who is named with whom as SVG; each cell holds its number.

    Args:
        labels: Those of each row and column.
        counts: The numbers, symmetric.
    """
    order = seriate(counts)
    shown = [labels[place] for place in order]
    what = "How often two actors stand in one sentence; the list below says the same"
    return _drawn(shown, shown, counts[np.ix_(order, order)], "and", what)


def directed_matrix(rows: Sequence[Label], columns: Sequence[Label], counts: Counts) -> Markup:
    """Return the matrix of who speaks about whom as SVG.

    Args:
        rows: Those who speak.
        columns: Those who are spoken about.
        counts: The numbers.
    """
    n = len(rows)
    either = np.zeros((n + len(columns), n + len(columns)))
    either[:n, n:], either[n:, :n] = counts, counts.T
    order = seriate(either)
    down, across = [one for one in order if one < n], [one - n for one in order if one >= n]
    what = "How often an actor speaks about another; the list below says the same"
    shown = [rows[one] for one in down], [columns[one] for one in across]
    return _drawn(*shown, counts[np.ix_(down, across)], "about", what)


def _drawn(rows: Sequence[Label], columns: Sequence[Label], counts: Counts, word: str, what: str) -> Markup:
    width, height = _LEFT + len(columns) * _CELL + _RIGHT, _TOP + len(rows) * _CELL + 4
    cells = (
        _cell(x, y, int(counts[y, x]), counts.max(), f"{row.name} {word} {column.name}")
        if row != column
        else _own(x, y)
        for y, row in enumerate(rows)
        for x, column in enumerate(columns)
    )
    return Markup(  # noqa: S704 - names are escaped
        f'<svg class="matrix" viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="{what}">'
        f"{''.join([*_sides(rows, columns), *cells])}</svg>"
    )


def _sides(rows: Sequence[Label], columns: Sequence[Label]) -> Iterator[str]:
    """Yield the names of the rows and of the columns."""
    for place, row in enumerate(rows):
        y = _TOP + (place + 0.68) * _CELL
        yield (
            f'<text class="{row.style}" x="{_LEFT - 8}" y="{y:.0f}" text-anchor="end">'
            f"{escape(_short(row.name))}</text>"
        )
    for place, column in enumerate(columns):
        x = _LEFT + (place + 0.68) * _CELL
        turned = f"translate({x:.0f},{_TOP - 8}) rotate(-52)"
        yield f'<text class="{column.style}" transform="{turned}">{escape(_short(column.name))}</text>'


def _own(x: int, y: int) -> str:
    left, over = _LEFT + x * _CELL, _TOP + y * _CELL
    return f'<rect class="self" x="{left}" y="{over}" width="{_CELL - 2}" height="{_CELL - 2}"/>'


def _cell(x: int, y: int, value: int, top: float, pair: str) -> str:
    if not value:
        return ""
    left, over, size = _LEFT + x * _CELL, _TOP + y * _CELL, _CELL - 2
    shade = min(_SHADES, 1 + int(_SHADES * math.sqrt(value / max(top, _DEEPEST)) - 1e-9))
    return (
        f'<g class="d{shade}"><rect x="{left}" y="{over}" width="{size}" height="{size}"/>'
        f'<text x="{left + size / 2}" y="{over + 0.66 * _CELL:.0f}" text-anchor="middle">{value}</text>'
        f"<title>{escape(plain(pair))}: {value}</title></g>"
    )


def _short(name: str) -> str:
    name = plain(name)
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def seriate(counts: Counts) -> list[int]:
    """Return an order in which those with high numbers are neighbours.

    Each connected part, the largest first, is ordered by the Fiedler vector of its normalised Laplacian.
    """
    order: list[int] = []
    for part in _parts(counts):
        weights = np.log1p(counts[np.ix_(part, part)])
        scale = 1 / np.sqrt(np.maximum(weights.sum(axis=1), 1e-9))
        _, vectors = np.linalg.eigh(np.eye(len(part)) - scale[:, None] * weights * scale[None, :])
        vector = vectors[:, min(1, len(part) - 1)] * scale
        if vector[0] > 0:  # the sign is chance
            vector = -vector
        order += [part[place] for place in np.argsort(vector.round(9), kind="stable")]
    return order


def _parts(counts: Counts) -> list[list[int]]:
    """Return the connected parts, the largest first."""
    left, parts = set(range(len(counts))), []
    while left:
        reached = [min(left)]
        for one in reached:
            reached += [other for other in range(len(counts)) if counts[one, other] and other not in reached]
        left -= set(reached)
        parts.append(sorted(reached))
    return sorted(parts, key=lambda part: (-len(part), part))
