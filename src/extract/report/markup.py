"""An article's text with its spans as HTML: any overlap, nothing of the text lost or changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markupsafe import Markup

from extract.report.escaping import attribute, visible_html


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """A marked piece of a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        tag: Name of its element, `span` or `a`.
        attributes: Attributes of its element.
        anchor: Id for links to it, which its first piece gets; None if nothing leads there.
    """

    start: int
    end: int
    tag: str = "span"
    attributes: Mapping[str, str] = field(default_factory=dict)
    anchor: str | None = None

    @property
    def length(self) -> int:
        """Number of characters."""
        return self.end - self.start


def render(text: str, spans: Iterable[Span], start: int, end: int) -> Markup:
    """Return `text[start:end]` as HTML.

    The text is cut at every border of a span, and each piece is wrapped in all spans that cover it, the
    longest outside. So crossing spans are no special case, and the elements nest whatever the offsets are.
    """
    inside = [one for one in spans if one.start < end and one.end > start and one.length > 0]
    inside.sort(key=lambda one: (-one.length, one.start))
    borders = {min(max(border, start), end) for one in inside for border in (one.start, one.end)}
    cuts = sorted({start, end, *borders})
    pieces = (_piece(text, inside, left, right) for left, right in pairwise(cuts))
    return Markup("".join(pieces))  # noqa: S704 - every piece was escaped


def _piece(text: str, spans: Sequence[Span], left: int, right: int) -> str:
    cover = _without_nested_links([one for one in spans if one.start <= left and right <= one.end])
    opened = "".join(_start_tag(one, is_first=one.start == left) for one in cover)
    closed = "".join(f"</{one.tag}>" for one in reversed(cover))
    return f"{opened}{visible_html(text[left:right])}{closed}"


def _without_nested_links(cover: list[Span]) -> list[Span]:
    """Make plain spans of all links but the innermost: HTML has no links in links."""
    links = [one for one in cover if one.tag == "a"]
    if len(links) < 2:  # noqa: PLR2004 - a link in a link
        return cover
    return [_unlinked(one) if one in links[:-1] else one for one in cover]


def _unlinked(link: Span) -> Span:
    others = {name: value for name, value in link.attributes.items() if name != "href"}
    return replace(link, tag="span", attributes=others)


def _start_tag(span: Span, *, is_first: bool) -> str:
    name = f' id="{attribute(span.anchor)}"' if span.anchor and is_first else ""
    given = "".join([f' {name}="{attribute(value)}"' for name, value in span.attributes.items()])
    return f"<{span.tag}{given}{name}>"
