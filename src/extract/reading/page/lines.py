"""Lines of a text, and the key by which their words are compared."""

import re
from dataclasses import dataclass

# Every line break that str.splitlines knows and that pages hold.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_NO_WORD = re.compile(r"[^\w'.@]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds more than white space, without the white space around it.

    Attributes:
        start: Offset of its first character in the text.
        number: Number of the physical line, so that blank lines between two can be seen.
    """

    start: int
    end: int
    text: str
    number: int


def split_lines(text: str) -> list[Line]:
    r"""Return the lines of the text that hold more than white space.

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
    """Return the words of a line for comparison: no case, no hyphens, no marks around words.

    >>> fold("  Editor’s Picks: ")
    "editor's picks"
    """
    return " ".join(_NO_WORD.sub(" ", text.casefold().replace("’", "'")).split()).strip(".' ")


def outlet_key(name: str) -> str:
    """Return the key by which names of outlets meet: folded, without article.

    >>> outlet_key("The Sample Post")
    'sample post'
    """
    return fold(name).removeprefix("the ")


def is_capitalised(word: str) -> bool:
    """Return whether a word can be part of a name: a capital or digit first, or after `al-` and the like.

    >>> [is_capitalised(word) for word in ("Al-Sudani", "al-Sudani", "sudani")]
    [True, True, False]
    """
    bare = word.lstrip("\"'“‘(")
    return bare[:1].isupper() or bare[:1].isdigit() or (bare.partition("-")[2][:1].isupper())


def ends_sentence(text: str) -> bool:
    """Return whether a line ends as a sentence does; `U.S.` and an ellipsis end none.

    >>> [ends_sentence(text) for text in ("He left.", "He left.”", "Talks with the U.S.", "Why?")]
    [True, True, False, False]
    """
    bare = text[-40:].rstrip("\"'”’)] ")
    if not bare.endswith("."):
        return False
    last = bare.split()[-1]
    return not last.endswith("..") and "." not in last[:-1]
