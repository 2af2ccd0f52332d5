"""Match keys: one form for all spellings of a name that differ only in writing.

English has no one way to write Arabic names. A key folds what writers vary freely: apostrophes for ayn and
hamza, hyphen or space, capitals, diacritics, possessive 's, and the Arabic article (al-, Al , el-, ash-).
Keys are compared with keys; they are never shown and never put into a text.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

APOSTROPHES = "'’‘`´ʿʾʼʻ"
HYPHENS = "-‐‑–"

_LETTER = r"[^\W_]|[\u0300-\u036f]"
# An abbreviation with full stops (U.S.), or letters and digits with apostrophes inside (Kata'ib).
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}(?![^\W_])|(?:{_LETTER})+(?:[{APOSTROPHES}](?:{_LETTER})+)*",
)
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
_ARTICLES = frozenset({"al", "el"})
# Before these letters the l is assimilated and writers may follow the sound: ash-Shaabi, an-Nujaba.
_SUN_ARTICLES = frozenset({"ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az"})
_ARTICLE_GAP = re.compile(rf"[{HYPHENS}]|[^\S\n]{{1,2}}")
_NOT_KEPT = str.maketrans("", "", APOSTROPHES + ".")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its key.

    Attributes:
        start: Where the word starts; with an Arabic article before it, where the article starts.
        core: Where the word itself starts.
    """

    start: int
    core: int
    end: int
    key: str


def split_words(text: str) -> list[Word]:
    """Split a text into words; an Arabic article belongs to the word after it.

    >>> [(word.key, text[word.start : word.end]) for text in ["Al-Sadr's aide"] for word in split_words(text)]
    [('sadr', 'Al-Sadr'), ('aide', 'aide')]
    """
    words: list[Word] = []
    article: Word | None = None
    for match in _WORD.finditer(text):
        core, end = match.span()
        surface = match[0]
        if surface[-1] in "sS" and len(surface) > 2 and _POSSESSIVE.search(surface):  # noqa: PLR2004 - 's
            surface, end = surface[:-2], end - 2
        key = fold(surface)
        if not key:
            continue
        start = core
        if article is not None:
            gap = text[article.end : core]
            if _is_article(article.key, gap, key):
                start = article.start
            else:
                words.append(article)
            article = None
        word = Word(start, core, end, key)
        if key in _ARTICLES or key in _SUN_ARTICLES:
            article = word
        else:
            words.append(word)
    if article is not None:
        words.append(article)
    return words


def match_key(text: str) -> str:
    """Return the key of a name.

    >>> match_key("Kata’ib Hizballah") == match_key("kataib-hizballah")
    True
    >>> match_key("Hashd ash-Sha'abi"), match_key("the Al Nujaba's")
    ('hashd shaabi', 'the nujaba')
    """
    keys = [word.key for word in split_words(text)]
    return " ".join([key for key in keys[:-1] if key not in _ARTICLES] + keys[-1:])


@dataclass(frozen=True, slots=True)
class Spelling:
    """Match keys in which also the spellings of one word are one (Hizballah, Hezbollah).

    Attributes:
        words: Spelling -> the one that stands for it.
    """

    words: Mapping[str, str]

    def key(self, text: str) -> str:
        """Return the match key of a name, each word in its one spelling."""
        return " ".join(self.words.get(word, word) for word in match_key(text).split(" "))

    def split(self, text: str) -> list[Word]:
        """Split a text into words, each with the key of its one spelling."""
        return [
            replace(word, key=self.words[word.key]) if word.key in self.words else word
            for word in split_words(text)
        ]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word without capitals, diacritics, apostrophes and full stops.

    >>> fold("Ṣadr"), fold("Sha’abi"), fold("U.S.")
    ('sadr', 'shaabi', 'us')
    """
    if word.isascii():
        return word.casefold().translate(_NOT_KEPT)
    plain = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return plain.casefold().translate(_NOT_KEPT)


def _is_article(key: str, gap: str, following: str) -> bool:
    """Tell whether `key` is the Arabic article of the word `following`."""
    if not _ARTICLE_GAP.fullmatch(gap):
        return False
    return key in _ARTICLES or (gap in HYPHENS and following.startswith(key[1:]))
