"""What shows whether a line above the body of a pasted page is its title."""

import re
from collections.abc import Sequence

from extract.probability import Features, step
from extract.reading.page.lines import Line, fold

_WORD = re.compile(r"\w{4,}")
_BODY_LINES = 8
_FAR = 100
_CREDITS = frozenset({"byline", "date"})
# What the features of the line itself say of a title, too.
_OF_LINE = ("length", "end", "form", "mark", "reader words", "function words", "times", "links", "beside")


def headline_features(lines: Sequence[Line], features: Sequence[Features], index: int, body: int) -> Features:
    """Return the features of a line above the body.

    Args:
        lines: The lines of the page.
        features: Their features, see `line_features`.
        index: The line.
        body: The first line of the body.
    """
    text = lines[index].text
    forms = [features[below]["form"] for below in range(index + 1, body)]
    credit = next((distance for distance, form in enumerate(forms) if form in _CREDITS), _FAR)
    shared = share_in_body(text, lines, body)
    return {name: features[index][name] for name in _OF_LINE} | {
        "words": step(len(text.split()), 1, 2, 3, 5, 8, 14, 20),
        "place": f"{'first' if index == 0 else 'later'} {step(len(text.split()), 2, 4)}",
        "above body": step(body - index, 1, 2, 3, 5, 8, 12, 20),
        "above credit": step(credit, 0, 1, 3, 6),
        "in the body": step(shared, 0, 0.2, 0.4, 0.6),
        "in other lines": "yes" if _is_within_other(text, lines[:index]) else "no",
    }


def share_in_body(text: str, lines: Sequence[Line], body: int) -> float:
    """Return the share of the words of a text that occur in the first lines of the body."""
    words = set(_WORD.findall(text.casefold()))
    there = set(_WORD.findall(" ".join(line.text for line in lines[body : body + _BODY_LINES]).casefold()))
    return round(len(words & there) / max(len(words), 1), 2)


def _is_within_other(text: str, above: Sequence[Line]) -> bool:
    """Return whether a line above contains the text, as the path of a page does."""
    key = fold(text)
    return any(key in fold(line.text) for line in above)
