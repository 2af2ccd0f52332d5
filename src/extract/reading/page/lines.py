"""Lines of a text, and the normalised form in which they are compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from extract.text.joining import JoinedText, join_lines
from extract.text.line_words import LineWords

# The line breaks of str.splitlines that occur in pages.
_SHORT = 1_500
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_NO_WORD = re.compile(r"[^\w'.@]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line, stripped of white space: several lines of the page where a paragraph was wrapped.

    Attributes:
        start: Offset of its first character in the text.
        end: Offset after its last character in the text.
        text: Its words, the lines of the page joined.
        number: Number of the line; a gap between two numbers means blank lines.
        offsets: For each piece after the first, its offset in `text` and in the page; none if not wrapped.
    """

    start: int
    end: int
    text: str
    number: int
    offsets: tuple[tuple[int, int], ...] = field(default=(), compare=False)

    def offset(self, position: int) -> int:
        """Return the offset in the page's text of a character of the line."""
        first, start = max((piece for piece in self.offsets if piece[0] <= position), default=(0, self.start))
        return start + position - first


def split_lines(text: str, words: LineWords | None = None) -> list[Line]:
    r"""Return the non-blank lines of the text, each paragraph that was wrapped as one line.

    Args:
        text: The text of a page.
        words: The words by which line breaks are judged; those of the project if None.

    >>> [line.text for line in split_lines(" one \n\ntwo")]
    ['one', 'two']
    """
    return list(_lines_of(text, words))


@lru_cache(maxsize=2)  # exports, page and dates look at the lines of the same text, one after another
def _lines_of(text: str, words: LineWords | None) -> tuple[Line, ...]:
    return tuple(_find_lines(join_lines(text, words)))


def _find_lines(joined: JoinedText) -> Iterator[Line]:
    number, seen = 0, 0
    for match in _LINE.finditer(joined.text):
        number += joined.text.count("\n", seen, match.start())
        seen = match.start()
        stripped = match[0].strip()
        if stripped:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield _line_at(start, stripped, number, joined)


def _line_at(start: int, words: str, number: int, joined: JoinedText) -> Line:
    first, last = joined.original_span(start, start + len(words))
    return Line(first, last, words, number, joined.pieces(start, start + len(words)))


def fold(text: str) -> str:
    """Return a line normalised for comparison: without case, hyphens and punctuation around words.

    >>> fold("  Editor’s Picks: ")
    "editor's picks"
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return " ".join(_NO_WORD.sub(" ", text.casefold().replace("’", "'")).split()).strip(".' ")


# Many rules look at the same short lines of a page.
_fold_short = lru_cache(maxsize=2_048)(_fold)


def outlet_key(name: str) -> str:
    """Return the key under which outlet names are compared: folded, without article.

    >>> outlet_key("The Sample Post")
    'sample post'
    """
    return fold(name).removeprefix("the ")


def is_capitalised(word: str) -> bool:
    """Return whether a word can be part of a name: a capital or digit first, or a capital after `al-`.

    >>> [is_capitalised(word) for word in ("Al-Sudani", "al-Sudani", "sudani")]
    [True, True, False]
    """
    bare = word.lstrip("\"'“‘(")
    return bare[:1].isupper() or bare[:1].isdigit() or (bare.partition("-")[2][:1].isupper())


def ends_sentence(text: str) -> bool:
    """Return whether a line ends in a full stop; the dots of `U.S.` and of an ellipsis do not count.

    >>> [ends_sentence(text) for text in ("He left.", "He left.”", "Talks with the U.S.", "Why?")]
    [True, True, False, False]
    """
    bare = text[-40:].rstrip("\"'”’)] ")
    if not bare.endswith("."):
        return False
    last = bare.split()[-1]
    return not last.endswith("..") and "." not in last[:-1]
