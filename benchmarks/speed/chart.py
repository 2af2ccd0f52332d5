"""A bar chart as SVG without a style sheet, as it is shown as an image: on a light page and on a dark one."""

import statistics
from collections.abc import Mapping, Sequence

from markupsafe import escape

WIDTH, ROW, HEAD = 760, 34, 40
LABELS, NUMBERS = 300, 90  # room left and right of the bars
OURS, OTHERS, INK = "#2f6f9f", "#9aa5ad", "#5c6770"
_NICE = 'font-family="system-ui, sans-serif" font-size="13"'


def bars(values: Mapping[str, Sequence[float]], *, title: str, ours: str) -> str:
    """Return a chart with a bar for the median of each way, and a line from its least to its most.

    Args:
        values: What was measured, by the name of the way.
        title: What the chart shows, with its unit.
        ours: Ways whose name starts so are set off.
    """
    most = max(max(each) for each in values.values())
    room = WIDTH - LABELS - NUMBERS
    rows = [
        _row(name, each, HEAD + number * ROW, room / most, OURS if name.startswith(ours) else OTHERS)
        for number, (name, each) in enumerate(values.items())
    ]
    height = HEAD + len(values) * ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">\n'
        f'<g {_NICE} fill="{INK}">\n<text x="0" y="18" font-weight="600">{escape(title)}</text>\n'
        f"{''.join(rows)}</g>\n</svg>\n"
    )


def _row(name: str, values: Sequence[float], top: int, scale: float, colour: str) -> str:
    middle, low, high = statistics.median(values), min(values), max(values)
    base, line, end = top + 19, top + 14, LABELS + high * scale
    size = f'width="{middle * scale:.1f}" height="20"'
    return (
        f'<text x="{LABELS - 10}" y="{base}" text-anchor="end">{escape(name)}</text>\n'
        f'<rect x="{LABELS}" y="{top + 4}" {size} rx="2" fill="{colour}"/>\n'
        f'<path d="M{LABELS + low * scale:.1f} {line}H{end:.1f}" stroke="{INK}"/>\n'
        f'<text x="{end + 8:.1f}" y="{base}">{middle:,.0f}</text>\n'
    )
