"""The words of a text that are compared, folded and numbered.

Copies differ in quotation marks, line breaks, apostrophes, capitals and small words. What is compared is
therefore the sequence of long words and figures, each as a number.
"""

import zlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from extract.lexicon.keys import word_key, word_surfaces

Codes = npt.NDArray[np.uint16]
"""Words in their order: 15 bits are a hash of the word, and `IS_FACT` marks names and figures."""

IS_FACT = 0x8000
WORD = 0x7FFF
# Shorter words (the, with, said) are in every article, and the first that an editor changes.
_SHORTEST = 4
_LONGEST = 40
_SKIPPED = -1
_REMEMBERED = 100_000


def codes_of(surfaces: Iterable[str]) -> Codes:
    """Return the codes of the words that are compared, in order."""
    codes = (_code(surface[:_LONGEST]) for surface in surfaces)
    return np.array([code for code in codes if code != _SKIPPED], np.uint16)


def words_key(text: str) -> str:
    """Return all words of a text, folded: equal for texts that differ in marks, spaces and capitals only.

    >>> words_key("“We keep what we sign,”")
    'we keep what we sign'
    """
    return " ".join(map(word_key, word_surfaces(text)))


@lru_cache(maxsize=_REMEMBERED)
def _code(surface: str) -> int:
    key = word_key(surface)
    has_digit = any(map(str.isdigit, key))
    if len(key) < _SHORTEST and not has_digit:
        return _SKIPPED
    is_fact = has_digit or surface[0].isupper()
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) & WORD | (IS_FACT if is_fact else 0)
