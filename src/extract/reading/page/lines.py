"""Lines of a text, and the normalised form in which they are compared."""

import re
from dataclasses import dataclass

# The line breaks of str.splitlines that occur in pages.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_NO_WORD = re.compile(r"[^\w'.@]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line, stripped of white space.

    Attributes:
        start: Offset of its first character in the text.
        number: Number of the physical line; a gap between two numbers means blank lines.
    """

    start: int
    end: int
    text: str
    number: int


def split_lines(text: str) -> list[Line]:
    r"""Return the non-blank lines of the text.

    >>> [line.text for line in split_lines(" one \n\ntwo")]
    ['one', 'two']
    """
    lines = []
    number, seen = 0, 0
    for match in _LINE.finditer(text):
        number += text.count("\n", seen, match.start())
        seen = match.start()
        stripped = match[0].strip()
        if stripped:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            lines.append(Line(start, start + len(stripped), stripped, number))
    return lines


def fold(text: str) -> str:
    """Return a line normalised for comparison: without case, hyphens and punctuation around words.

    >>> fold("  Editor’s Picks: ")
    "editor's picks"
    """
    return " ".join(_NO_WORD.sub(" ", text.casefold().replace("’", "'")).split()).strip(".' ")


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
