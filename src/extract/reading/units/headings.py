"""Headings within an article."""

from collections.abc import Sequence

from extract.reading.page.anatomy import Anatomy
from extract.reading.page.lines import Line, ends_sentence

_LONGEST = 120
_SHORTEST_TEXT = 60
_FEWEST_WORDS = 2
_RUN_ON = (",", ";", "–", "—")


def heading_lines(anatomy: Anatomy) -> list[int]:
    """Return the indices of the lines of the body that are headings: short, below a gap, above a sentence."""
    lines, kinds = anatomy.lines, anatomy.kinds
    return [
        index
        for index in range(len(lines) - 1)
        if kinds[index] == "body" and is_heading(lines, index) and _is_text(lines[index + 1])
    ]


def is_heading(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line has the form of a heading and stands below a gap or a full stop."""
    text = lines[index].text
    if len(text) > _LONGEST or len(text.split()) < _FEWEST_WORDS or ends_sentence(text):
        return False
    opens = text[0].isdigit() or text[0].isupper()
    return opens and not text.endswith(_RUN_ON) and (index == 0 or _is_apart(lines[index - 1], lines[index]))


def _is_apart(above: Line, below: Line) -> bool:
    return below.number > above.number + 1 or ends_sentence(above.text)


def _is_text(line: Line) -> bool:
    return len(line.text) >= _SHORTEST_TEXT and line.text.rstrip("\"'”’)] ").endswith((".", "?", "!", ":"))
