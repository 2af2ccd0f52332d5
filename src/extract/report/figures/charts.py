"""Small charts as SVG. Colours come from classes of the style sheet: no inline style, no script."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from extract.report.escaping import plain

_EDGE = 60  # a label nearer to an edge than this starts or ends there
_THICKEST = 26
_GAP, _HAIR = 2, 0.6


def spark(values: Sequence[int], name: str, width: int = 132, height: int = 26) -> Markup:
    """Return a trend line on its own scale, its peak marked: the number beside it tells the size."""
    if len(values) < 2 or not any(values):  # noqa: PLR2004 - a line has two ends
        return Markup("")
    top = max(values)
    xs = [2 + place * (width - 6) / (len(values) - 1) for place in range(len(values))]
    ys = [height - 3 - value * (height - 7) / top for value in values]
    points = [f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True)]
    peak, base = values.index(top), height - 3
    return Markup(  # noqa: S704 - names are escaped
        f'<svg class="spark" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{_text(name)}">'
        f'<path class="area" d="M{xs[0]:.1f},{base} L{" L".join(points)} L{xs[-1]:.1f},{base}Z"/>'
        f'<polyline points="{" ".join(points)}"/>'
        f'<circle cx="{xs[peak]:.1f}" cy="{ys[peak]:.1f}" r="2.2"/></svg>'
    )


def columns(
    values: Sequence[int],
    labels: Sequence[str],
    name: str,
    *,
    width: int = 680,
    height: int = 120,
    links: Sequence[str] = (),
) -> Markup:
    """Return columns over time: the largest is labelled, the axis shows its first and last label.

    Args:
        values: One number a column.
        labels: The name of each column.
        name: What the chart shows, for those who do not see it.
        width: Width of the drawing.
        height: Height of the drawing.
        links: Where each column leads, if anywhere.
    """
    if not any(values):
        return Markup("")
    base, top, step = height - 20, max(values), width / len(values)
    drawn = (
        _column(place, value, labels[place], step=step, base=base, room=height - 40, top=top, link=link)
        for place, (value, link) in enumerate(zip(values, links or [""] * len(values), strict=True))
        if value
    )
    middle = (values.index(top) + 0.5) * step
    side = "start" if middle < _EDGE else "end" if middle > width - _EDGE else "middle"
    last = f'<text x="{width}" y="{height - 5}" text-anchor="end">{_text(labels[-1])}</text>'
    # A chart of links is no image: its links must be reachable.
    return Markup(  # noqa: S704 - names are escaped
        f'<svg class="columns" viewBox="0 0 {width} {height}" role="{"group" if links else "img"}" '
        f'aria-label="{_text(name)}">{"".join(drawn)}'
        f'<line x1="0" x2="{width}" y1="{base + 0.5}" y2="{base + 0.5}"/>'
        f'<text x="{middle:.1f}" y="14" text-anchor="{side}" class="peak">{top:,}</text>'
        f'<text x="0" y="{height - 5}">{_text(labels[0])}</text>{last if len(values) > 1 else ""}</svg>'
    )


def _column(
    place: int, value: int, label: str, *, step: float, base: int, room: int, top: int, link: str
) -> str:
    thick = max(min(step - (_GAP if step > 3 * _GAP else _HAIR), _THICKEST), 1)
    high = max(room * value / top, 1.5)
    drawn = (
        f'<rect x="{place * step + (step - thick) / 2:.1f}" y="{base - high:.1f}" width="{thick:.1f}" '
        f'height="{high:.1f}"><title>{_text(label)}: {value:,}</title></rect>'
    )
    return f'<a href="{_text(link)}" aria-label="{_text(label)}: {value:,}">{drawn}</a>' if link else drawn


def bar(value: int, top: int, width: int = 120) -> Markup:
    """Return a bar whose length is the share of `value` in `top`."""
    length = max(width * value / top, 1.5) if top else 0
    return Markup(  # noqa: S704 - names are escaped
        f'<svg class="bar" width="{width}" height="8" viewBox="0 0 {width} 8" aria-hidden="true">'
        f'<rect width="{length:.1f}" height="8"/></svg>'
    )


def _text(text: str) -> str:
    return escape(plain(text))
