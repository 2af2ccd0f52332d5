"""A matrix of who is named with whom, ordered so that camps stand as blocks along the diagonal."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from markupsafe import Markup, escape

from extract.report.escaping import plain

_CELL, _LEFT, _TOP, _RIGHT = 25, 250, 190, 120
_SHADES = 5
_DEEPEST = 9  # smaller numbers do not get the deepest shade, however small all are
_LONGEST = 36

Counts = npt.NDArray[np.float64]


def matrix(names: Sequence[str], styles: Sequence[str], counts: Counts) -> Markup:
    """Return the matrix as SVG; each cell holds its number.

    Args:
        names: The name of each row and column.
        styles: Their classes of the style sheet.
        counts: The numbers, symmetric.
    """
    order = seriate(counts)
    width, height = _LEFT + len(order) * _CELL + _RIGHT, _TOP + len(order) * _CELL + 4
    rows = (_row(place, order, names, styles, counts) for place in range(len(order)))
    return Markup(  # noqa: S704 - names are escaped
        f'<svg class="matrix" viewBox="0 0 {width} {height}" width="{width}" role="img" '
        'aria-label="How often two actors stand in one sentence; the list below says the same">'
        f"{''.join(rows)}</svg>"
    )


def _row(
    place: int, order: Sequence[int], names: Sequence[str], styles: Sequence[str], counts: Counts
) -> str:
    row, y = order[place], _TOP + place * _CELL
    name, x = escape(_short(names[row])), _LEFT + place * _CELL + 0.68 * _CELL
    labels = (
        f'<text class="{styles[row]}" x="{_LEFT - 8}" y="{y + 0.68 * _CELL:.0f}" '
        f'text-anchor="end">{name}</text>'
        f'<text class="{styles[row]}" transform="translate({x:.0f},{_TOP - 8}) rotate(-52)">{name}</text>'
    )
    cells = (
        _cell(
            _LEFT + at * _CELL, y, int(counts[row, column]), counts.max(), f"{names[row]} and {names[column]}"
        )
        for at, column in enumerate(order)
        if row != column
    )
    own = f'<rect class="self" x="{_LEFT + place * _CELL}" y="{y}" width="{_CELL - 2}" height="{_CELL - 2}"/>'
    return labels + own + "".join(cells)


def _cell(x: int, y: int, value: int, top: float, pair: str) -> str:
    if not value:
        return ""
    shade = min(_SHADES, 1 + int(_SHADES * math.sqrt(value / max(top, _DEEPEST)) - 1e-9))
    return (
        f'<g class="d{shade}"><rect x="{x}" y="{y}" width="{_CELL - 2}" height="{_CELL - 2}"/>'
        f'<text x="{x + (_CELL - 2) / 2}" y="{y + 0.66 * _CELL:.0f}" text-anchor="middle">{value}</text>'
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
