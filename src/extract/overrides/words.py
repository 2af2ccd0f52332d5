"""Finds the words of a correction in a text, in whichever characters the text writes them.

What a reader cannot tell apart is the same: an accent may be a character of its own or part of its letter
(Unicode's NFD and NFC), several marks of one letter may have another order, and apostrophes, hyphens and
quotation marks may be straight or curly.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from itertools import groupby, permutations

from extract.lexicon.keys import APOSTROPHES

_ALIKE = (APOSTROPHES, "-\u2010\u2011", '"“”„«»')
_PLAIN = str.maketrans({other: alike[0] for alike in _ALIKE for other in alike})
# Accents and vowel marks belong to the word of the letter before them.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff"
_PARTS = re.compile(rf"[{_MARKS}]+|[^{_MARKS}]")
_MOST_MARKS = 4  # of one letter, whose orders are counted up


@lru_cache(maxsize=2048)
def words_pattern(words: str) -> str:
    """Return a regular expression for whole words, with any white space between them."""
    between = r"\s+".join(map(_word_pattern, words.split()))
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
    lasting = "".join(one if _composed(one) == one else " " for one in words)  # without the Ångström sign
    runs = groupby(_composed(lasting), key=_is_sure)
    return max(("".join(run) for is_sure, run in runs if is_sure), key=len, default="")


def _is_sure(character: str) -> bool:
    """Return whether every spelling of some words has a character of theirs, right after that before it."""
    is_alone = not character.isspace() and not unicodedata.combining(character)
    return is_alone and _spellings(character) == re.escape(character)


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _word_pattern(word: str) -> str:
    """Return a regular expression for a word, composed or as it is given.

    Some characters are in no composed text (the Ångström sign), but an article may have them.
    """
    forms = dict.fromkeys("".join(map(_spellings, _PARTS.findall(one))) for one in (_composed(word), word))
    return _any_of(forms)


def _spellings(part: str) -> str:
    """Return a regular expression for a character, or for all marks of one, in all its forms."""
    alike = next((some for some in _ALIKE if part in some), "")
    if alike:
        return f"[{re.escape(alike)}]"
    if len(part) > 1:
        return _any_of(dict.fromkeys(map(re.escape, _orders(part))))
    return _any_of(dict.fromkeys(map(re.escape, (part, unicodedata.normalize("NFD", part)))))


def _orders(marks: str) -> list[str]:
    """Return the orders of a letter's marks that look the same: Arabic is typed in another one than NFC's."""
    if len(marks) > _MOST_MARKS:
        return [marks]
    return [one for some in permutations(marks) if _composed(one := "".join(some)) == _composed(marks)]


def _any_of(forms: Collection[str]) -> str:
    return "|".join(forms) if len(forms) == 1 else f"(?:{'|'.join(forms)})"
