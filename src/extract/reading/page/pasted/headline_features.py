"""What shows whether a line above the body of a pasted page is its title."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from extract.probability import Features, step
from extract.reading.page.lines import Line, fold

_WORD = re.compile(r"\w{4,}")
# The head ends at the first prose within a few lines of the body, and the title stands in its last lines.
_OPENING_LINES, _HEAD_LINES = 4, 60
_OF_BODY = frozenset({"prose", "sentence"})
_BODY_LINES = 12
_FAR = 100
_CREDITS = frozenset({"byline", "date"})
# What the features of the line itself say of a title, too.
_OF_LINE = ("length", "end", "form", "mark", "reader words", "function words", "times", "links", "beside")


def head_of(features: Sequence[Features], body: int) -> range:
    """Return the lines of which one may be the title: those above the first prose of the body.

    The body found may begin with its title, which is then among them.

    Args:
        features: The features of the lines, see `line_features`.
        body: The first line of the body.
    """
    near = range(body, min(body + _OPENING_LINES, len(features)))
    end = next((index for index in near if features[index]["shape"] in _OF_BODY), body)
    return range(max(0, end - _HEAD_LINES), end)


def headline_features(lines: Sequence[Line], features: Sequence[Features], index: int, body: int) -> Features:
    """Return the features of a line above the body.

    Args:
        lines: The lines of the page.
        features: Their features, see `line_features`.
        index: The line.
        body: The first line below the head, see `head_of`.
    """
    text = lines[index].text
    forms = [features[below]["form"] for below in range(index + 1, body)]
    credit = next((distance for distance, form in enumerate(forms) if form in _CREDITS), _FAR)
    words, there = _long_words(text), _words_of_body(lines, body)
    shared = round(len(words & there) / max(len(words), 1), 2)
    return {name: features[index][name] for name in _OF_LINE} | {
        "words": step(len(text.split()), 1, 2, 3, 5, 8, 14, 20),
        "place": f"{'first' if index == 0 else 'later'} {step(len(text.split()), 2, 4)}",
        "above body": step(body - index, 1, 2, 3, 5, 8, 12, 20, 30, 50),
        "above credit": step(credit, 0, 1, 3, 6),
        "in the body": step(shared, 0, 0.2, 0.4, 0.6),
        "of words in the body": f"{step(len(text.split()), 2, 3, 5, 8)} {step(shared, 0, 0.2, 0.4, 0.6)}",
        "words in the body": step(len(words & there), 0, 1, 2, 3, 5),
        "words not in the body": step(len(words - there), 0, 1, 2, 3, 5),
        "in other lines": "yes" if _is_within_other(text, lines[:index]) else "no",
    }


def share_in_body(text: str, lines: Sequence[Line], body: int, without: AbstractSet[str]) -> float:
    """Return the share of the words of a text, except some, that occur in the first lines of the body."""
    words = _long_words(text) - without
    return round(len(words & _words_of_body(lines, body)) / max(len(words), 1), 2)


@lru_cache(maxsize=64)  # all lines of a head are compared with the same body
def _long_words(text: str) -> AbstractSet[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _words_of_body(lines: Sequence[Line], body: int) -> AbstractSet[str]:
    return _long_words(" ".join(line.text for line in lines[body : body + _BODY_LINES]))


def _is_within_other(text: str, above: Sequence[Line]) -> bool:
    """Return whether a line above contains the text, as the path of a page does."""
    key = fold(text)
    return any(key in fold(line.text) for line in above)
