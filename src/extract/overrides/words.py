"""Finds the words of a correction in a text, in whichever characters the text writes them.

What a reader cannot tell apart is the same: an accent may be a character of its own or part of its letter
(Unicode's NFD and NFC), and apostrophes, hyphens and marks may be straight or curly.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

_ALIKE = ("'’‘`´ʿʾʼʻ", "-\u2010\u2011", '"“”„«»')
_PLAIN = str.maketrans({other: alike[0] for alike in _ALIKE for other in alike})
# Accents and vowel marks belong to the word of the letter before them.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff"


@lru_cache(maxsize=2048)
def words_pattern(words: str) -> str:
    """Return a regular expression for whole words, with any white space between them."""
    between = r"\s+".join("".join(map(_spellings, _composed(word))) for word in words.split())
    return rf"(?<![\w{_MARKS}]){between}(?![\w{_MARKS}])"


def same_letters(words: str) -> str:
    """Return words so that those with the same pattern are equal.

    >>> same_letters("Kata’ib  Ibra\u0304h\u0131\u0304m") == same_letters("Kata'ib Ibr\u0101h\u0131\u0304m")
    True
    """
    return " ".join(_composed(words).translate(_PLAIN).split())


def sure_part(words: str) -> str:
    """Return the longest part of some words that every text with them has letter by letter; maybe none.

    >>> sure_part("al-Mal\u00edki's party")
    'party'
    """
    runs = groupby(_composed(words), key=lambda one: one.isspace() or _spellings(one) != re.escape(one))
    return max(("".join(run) for is_unsure, run in runs if not is_unsure), key=len, default="")


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _spellings(character: str) -> str:
    """Return a regular expression for a character in all its forms."""
    alike = next((some for some in _ALIKE if character in some), "")
    if alike:
        return f"[{re.escape(alike)}]"
    taken_apart = unicodedata.normalize("NFD", character)
    if taken_apart == character:
        return re.escape(character)
    return f"(?:{re.escape(character)}|{re.escape(taken_apart)})"
