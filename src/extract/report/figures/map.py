"""A map of Iraq and its neighbours with a circle for each place, as SVG."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from extract.report.escaping import plain

_OUTLINE = Path(__file__).parents[1] / "static" / "outline.json"
_WIDTH = 640
_LARGEST, _SMALLEST = 20, 2.2  # radius of a circle
_CLEAR = 0.85  # share of a radius that no name may cover
_MOST_NAMES = 24
_LETTER, _LINE = 7.0, 13  # width and height of what a name is written in
_HOME = "Iraq"
# Where the name of each country stands: longitude and latitude.
_NAMES = {
    "Iran": (47.9, 34.2),
    "Syria": (39.2, 35.2),
    "Turkey": (40.6, 37.75),
    "Saudi Arabia": (42.2, 29.6),
    "Jordan": (37.9, 31.7),
    "Kuwait": (47.55, 29.15),
}


class Spot(NamedTuple):
    """A place on the map."""

    name: str
    latitude: float
    longitude: float
    n_mentions: int


class Box(NamedTuple):
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Return whether two of them overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class _Circle:
    name: str
    n_mentions: int
    x: float
    y: float
    radius: float

    def around(self) -> Box:
        inner = _CLEAR * self.radius
        return Box(self.x - inner, self.y - inner, self.x + inner, self.y + inner)

    def names(self) -> Iterator[tuple[float, float, Box]]:
        """Yield the middle and the box of its name at its right, at its left, above and below it."""
        half, gap = _LETTER * len(self.name) / 2, self.radius + 4
        for right, down in ((gap + half, 4), (-gap - half, 4), (0, -gap), (0, self.radius + _LINE)):
            x, y = self.x + right, self.y + down
            yield x, y, Box(x - half, y - _LINE + 3, x + half, y + 3)


def map_of(places: Iterable[Spot]) -> tuple[Markup, int]:
    """Return the map, and how many of the places lie on it: an empty one for none.

    The area of a circle is as its mentions; the most named have their names, as far as there is room.
    """
    frame = _Frame(*_outline()["box"])
    inside = sorted(filter(frame.holds, places), key=lambda one: (-one.n_mentions, one.name))
    if not inside:
        return Markup(""), 0
    circles = [frame.circle(one, inside[0].n_mentions) for one in inside]
    drawn = [*_countries(frame), *map(_drawn, circles), *_labels(circles)]
    label = "Map of the places named most; the table says the same"
    svg = f'<svg class="map" viewBox="0 0 {_WIDTH} {frame.height:.0f}" role="img" aria-label="{label}">'
    return Markup(f"{svg}{''.join(drawn)}</svg>"), len(inside)  # noqa: S704 - names are escaped


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the world that is shown: in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        return _WIDTH / ((self.east - self.west) * self.squeeze)

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.scale

    def holds(self, place: Spot) -> bool:
        return self.west < place.longitude < self.east and self.south < place.latitude < self.north

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.squeeze * self.scale, (self.north - latitude) * self.scale

    def circle(self, place: Spot, most: int) -> _Circle:
        radius = max(_SMALLEST, _LARGEST * math.sqrt(place.n_mentions / most))
        return _Circle(place.name, place.n_mentions, *self.at(place.longitude, place.latitude), radius)


def _countries(frame: _Frame) -> Iterator[str]:
    """Yield the outlines, Iraq's on top, and the names of its neighbours."""
    countries: Mapping[str, Sequence[Sequence[tuple[float, float]]]] = _outline()["countries"]
    for name, rings in sorted(countries.items(), key=lambda item: item[0] == _HOME):
        path = "".join(
            f"M{'L'.join('{:.1f},{:.1f}'.format(*frame.at(*point)) for point in ring)}Z" for ring in rings
        )
        yield f'<path class="{"here" if name == _HOME else "there"}" d="{path}"/>'
    for name, where in _NAMES.items():
        x, y = frame.at(*where)
        yield f'<text class="country" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{name.upper()}</text>'


def _drawn(circle: _Circle) -> str:
    return (
        f'<circle cx="{circle.x:.1f}" cy="{circle.y:.1f}" r="{circle.radius:.1f}">'
        f"<title>{_text(circle.name)}: {circle.n_mentions:,}</title></circle>"
    )


def _labels(circles: Sequence[_Circle]) -> Iterator[str]:
    """Yield the names of the most named places that find room beside circles and other names."""
    taken = [circle.around() for circle in circles[: 2 * _MOST_NAMES]]
    for circle in circles[:_MOST_NAMES]:
        for x, y, box in circle.names():
            if box.left > 0 and box.right < _WIDTH and not any(map(box.meets, taken)):
                taken.append(box)
                yield f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{_text(circle.name)}</text>'
                break


def _text(text: str) -> str:
    return escape(plain(text))


@cache
def _outline() -> Mapping[str, Any]:
    outline: Mapping[str, Any] = json.loads(_OUTLINE.read_text("utf-8"))
    return outline
