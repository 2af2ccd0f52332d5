"""The text of an article from its page: title, byline, date line, and body with captions in their place."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.model import Section, SectionKind
from extract.reading.html.authors import names_in
from extract.reading.html.lines import Head, ShownLine, ancestors, attribute_words
from extract.reading.html.markup import Markup
from extract.reading.page.bylines import author_of, is_bare_by, is_desk
from extract.reading.page.credits import is_date_line
from extract.reading.page.forms import Forms
from extract.reading.page.lines import ends_sentence, fold
from extract.reading.units.posts import FEWEST_POSTS, is_post_time

_KEY_LENGTH = 120
_LONGEST_CREDIT = 150
_ABOVE_TITLE = 8
_MOST_HEAD_LINES = 40
_LEVELS = 4
_SHORTEST_FURNITURE = 120
_SHORTEST_PROSE = 80
_FOOT_LINES = 6
_POST_HEAD = 2
_GAP = "\n\n"
_MARKS = ('"', "'", "“", "‘", "«", "„")

Piece = tuple[SectionKind | None, str]
"""A line and its role; None if its form is to decide."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the article stands among the lines that the page shows.

    Attributes:
        title: Index of the headline, None if the page does not show it.
        start: Index of the first paragraph of prose.
        end: Index after the last line of the body.
        body: The lines of the body below the headline, each with its index, None if it was not found.
    """

    title: int | None
    start: int
    end: int
    body: tuple[tuple[str, int | None], ...]


def locate(shown: Sequence[ShownLine], title: str | None, body: Sequence[str]) -> Extent:
    """Find the title and the lines of the body among the lines that the page shows."""
    by_key: dict[str, list[int]] = {}
    for index, shown_line in enumerate(shown):
        by_key.setdefault(_key(shown_line.text), []).append(index)
    placed: list[tuple[str, int | None]] = []
    last = -1
    for line in body:
        same = by_key.get(_key(line), [])
        following = bisect_right(same, last)
        found = following < len(same)
        last = same[following] if found else last
        placed.append((line, last if found else None))
    prose = _first_prose(placed)
    at = _title_index(shown, title, len(shown) if prose is None else prose)
    below = tuple((line, place) for line, place in placed if at is None or place is None or place > at)
    prose = _first_prose(below)
    return Extent(at, len(shown) if prose is None else prose, last + 1, below)


def _first_prose(placed: Sequence[tuple[str, int | None]]) -> int | None:
    """Return the index of the first paragraph of prose, else of the first line that was found.

    A long line without full stop is a deck, with the byline below it.
    """
    found = [(line, place) for line, place in placed if place is not None]
    prose = (place for line, place in found if len(line) >= _SHORTEST_PROSE and ends_sentence(line))
    return next(prose, found[0][1] if found else None)


def _title_index(shown: Sequence[ShownLine], title: str | None, start: int) -> int | None:
    """Return the index of the headline: the <h1> before others, else the last one above the body."""
    key = _key(title or "")
    same = [index for index, line in enumerate(shown[: start + 1]) if key and key in _key(line.text)]
    same = [index for index in same if len(shown[index].text) <= len(title or "") + _LONGEST_CREDIT]
    return next((index for index in same if shown[index].element.tag == "h1"), same[-1] if same else None)


def head_lines(shown: Sequence[ShownLine], extent: Extent) -> Head:
    """Return the lines around the title; without one, those directly above the body."""
    start = extent.start
    title = extent.title if extent.title is not None else max(start - _ABOVE_TITLE, 0)
    below = shown[title + 1 : max(start, title + 1)][:_MOST_HEAD_LINES]
    return Head(below, shown[max(title - _ABOVE_TITLE, 0) : title])


def compose(
    shown: Sequence[ShownLine], extent: Extent, title: str | None, forms: Forms
) -> tuple[str, tuple[Section, ...]]:
    """Return the text and the sections whose role the markup tells."""
    pieces: list[Piece] = [("title", title)] if title else []
    pieces += _credits(shown, extent, forms)
    pieces += _body(shown, extent, {_key(text) for _, text in pieces}, forms)
    return _join(_without_repetition(pieces))


def _credits(shown: Sequence[ShownLine], extent: Extent, forms: Forms) -> Iterator[Piece]:
    """Yield byline and date line between title and body; a byline that names no person is furniture."""
    if extent.title is None:
        return
    lines = shown[extent.title + 1 : extent.start]
    for line, above in zip(lines, [None, *lines], strict=False):
        text = line.text
        if len(text) > _LONGEST_CREDIT:
            continue
        if author_of(text, forms) or is_desk(text, forms) or (above and is_bare_by(above.text, forms)):
            yield ("byline" if is_desk(text, forms) or names_in(text, forms) else "boilerplate"), text
        elif is_date_line(text, forms):
            yield "dateline", text


def _body(shown: Sequence[ShownLine], extent: Extent, known: set[str], forms: Forms) -> Iterator[Piece]:
    """Yield the lines of the body with what the extraction left out of it: captions, posts, pull quotes."""
    kept = known | {_key(line) for line, _ in extent.body}
    times = _post_times(shown, extent, forms)
    last = (extent.title if extent.title is not None else extent.start) + 1
    for number, (line, place) in enumerate(extent.body):
        if place is not None:
            yield from _set_apart(shown[last:place], kept, forms.markup)
            last = place + 1
        if place in times:
            yield "dateline", times[place]
        if _key(line) in known or line == times.get(place):
            continue
        role = _role(shown[place], forms.markup) if place is not None else None
        at_border = number == 0 or number >= len(extent.body) - _FOOT_LINES
        by_form = at_border and len(line) < _SHORTEST_FURNITURE and not ends_sentence(line)
        yield role or (None if by_form else "body"), line


def _post_times(shown: Sequence[ShownLine], extent: Extent, forms: Forms) -> Mapping[int | None, str]:
    """Return the time of each post of a live blog by the place of the line that is or follows it."""
    places = [place for _, place in extent.body if place is not None]
    times: dict[int | None, str] = {}
    for above, place in pairwise([-1 if extent.title is None else extent.title, *places]):
        near = shown[max(above + 1, place - _POST_HEAD) : place + 1]
        found = [line.text for line in near if is_post_time(line.text, forms)]
        if found:
            times[place] = found[-1]
    return times if len(times) >= FEWEST_POSTS else {}


def _set_apart(lines: Sequence[ShownLine], kept: set[str], markup: Markup) -> Iterator[Piece]:
    for line in lines:
        role = _role(line, markup)
        if role and _key(line.text) not in kept:
            yield role, line.text


def _role(line: ShownLine, markup: Markup) -> SectionKind | None:
    """Return the role that the elements around a line give it; that of a post is body.

    A pull quote repeats the body: without marks, which would show it as a quotation, it is page furniture.
    """
    for around in ancestors(line.element, _LEVELS):
        words = attribute_words(around)
        if not markup.tweet.isdisjoint(words):
            return "body"
        if not markup.pull.isdisjoint(words):
            return "body" if line.text.startswith(_MARKS) else "boilerplate"
        if around.tag == "figcaption" or not markup.caption.isdisjoint(words):
            return "caption"
    return None


def _without_repetition(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces without captions and credits that stand twice, for wide and for narrow screens."""
    seen: set[str] = set()
    for kind, text in pieces:
        key = _key(text)
        if kind not in {"caption", "byline", "dateline"} or key not in seen:
            yield kind, text
        seen.add(key)


def _join(pieces: Iterator[Piece]) -> tuple[str, tuple[Section, ...]]:
    sections, lines, start = [], [], 0
    for kind, line in pieces:
        lines.append(line)
        if kind:
            sections.append(Section(kind, start, start + len(line)))
        start += len(line) + len(_GAP)
    return _GAP.join(lines), tuple(sections)


def _key(text: str) -> str:
    return "".join(fold(text[: 2 * _KEY_LENGTH]).split())[:_KEY_LENGTH]
