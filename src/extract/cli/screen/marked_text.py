"""An article's text with its names, quotes and dates marked, for a terminal."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from rich.text import Text

from extract.printable import printable_lines

STYLES = {"quotes": "cyan", "entities": "bold", "dates": "underline"}
LEGEND = Text.assemble(
    ("quotes", STYLES["quotes"]), ", ", ("names", STYLES["entities"]), ", ", ("dates", STYLES["dates"])
)


class Mark(NamedTuple):
    """A span of the text and the style that it is shown in."""

    start: int
    end: int
    style: str


def marked(text: str, marks: Iterable[Mark]) -> Text:
    r"""Return a text in styles; control characters are escaped, and marks may overlap.

    >>> [(span.start, span.end, span.style) for span in marked("a\x1bb c", [Mark(0, 3, "bold")]).spans]
    [(0, 6, 'bold')]
    """
    known = list(marks)
    cuts = sorted({0, len(text), *(mark.start for mark in known), *(mark.end for mark in known)})
    shown = Text()
    for start, end in pairwise(cuts):
        styles = dict.fromkeys(mark.style for mark in known if mark.start <= start and end <= mark.end)
        shown.append(printable_lines(text[start:end]), " ".join(styles))
    return shown
