"""Match keys: one form for all spellings of a name that differ only in writing.

English has no one way to write Arabic names. A key folds what writers vary freely: apostrophes for ayn and
hamza, hyphen or space, capitals, diacritics, possessive 's, and the Arabic article (al-, Al , el-, ash-).
`Spelling`, which knows the words of all names, also folds the spellings of one word (Hizballah, Hezbollah).
Keys are compared with keys; they are never shown and never put into a text.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from extract.lexicon.transliteration import (
    consonants,
    known_word,
    may_be_transliterated,
    sound,
    words_by_sound,
)

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
# The article as the vowel before it makes it sound, only with a hyphen: Ahl-ul-Haq.
_LINKED_ARTICLES = frozenset({"il", "ol", "ul"})
_MAY_BE_ARTICLE = _ARTICLES | _SUN_ARTICLES | _LINKED_ARTICLES
_ARTICLE_GAP = re.compile(rf"[{HYPHENS}]|[^\S\n]{{1,2}}")
# A word shorter than this has no other spellings than the listed ones; one of LONG may be a name by itself.
_SHORTEST = 4
_LONG = 6
_LONGEST = 40
_REMEMBERED = 100_000
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
        surface = _without_possessive(match[0])
        end -= len(match[0]) - len(surface)
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
        if key in _MAY_BE_ARTICLE:
            article = word
        else:
            words.append(word)
    if article is not None:
        words.append(article)
    return words


def distinct_words(text: str) -> frozenset[str]:
    """Return the keys of a text's words, its Arabic articles too; ten times faster than `split_words`.

    >>> sorted(distinct_words("Al-Sadr's aide met an aide"))
    ['aide', 'al', 'an', 'met', 'sadr']
    """
    return frozenset(map(_key_of_word, set(_WORD.findall(text))))


@lru_cache(maxsize=50_000)
def match_key(text: str) -> str:
    """Return the key of a name.

    >>> match_key("Kata’ib Hizballah") == match_key("kataib-hizballah")
    True
    >>> match_key("Hashd ash-Sha'abi"), match_key("the Al Nujaba's")
    ('hashd shaabi', 'the nujaba')
    """
    keys = [word.key for word in split_words(text)]
    return " ".join([key for key in keys[:-1] if key not in _ARTICLES] + keys[-1:])


@dataclass(frozen=True)
class Spelling:
    """Match keys in which also the spellings of one word are one (Hizballah, Hezbollah).

    A word that is listed stands for what the list says. Any other word that sounds like one word of the known
    names has its key (see `transliteration`); the rest, English words above all, keep their own.

    Attributes:
        words: Listed spelling -> the one that stands for it.
        sounds: Sound -> the word of the known names that it stands for.
        apart: Words that are never the spelling of a name of one word: given names, other names of one word.
        fixed: Words that have no other spellings: English ones that sound like a name.
        countries: ISO codes of the countries whose names English transliterates.
    """

    words: Mapping[str, str]
    sounds: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def knowing(self, names: Sequence[str], others: Sequence[str]) -> "Spelling":
        """Return the same with the sounds of the words of `names`.

        Args:
            names: Names that English transliterates.
            others: Names of one word among these are no spelling of another either.
        """
        split = [[word.key for word in split_words(name)] for name in names]
        words = {self.words.get(word, word) for words in split for word in words}
        sounds = words_by_sound(word for word in words if self._may_vary(word))
        for variant, word in self.words.items():
            sounds.setdefault(sound(variant), sounds.get(sound(word), word))
        return replace(self, sounds=sounds, apart=frozenset(map(match_key, (*names, *others))))

    def key(self, text: str) -> str:
        """Return the match key of a name, each word in its one spelling."""
        return " ".join([self._one(word) for word in match_key(text).split(" ")])

    def split(self, text: str) -> list[Word]:
        """Split a text into words, each with the key of its one spelling."""
        one = self._one
        words = split_words(text)
        for index, word in enumerate(words):
            key = one(word.key)
            if key != word.key:
                words[index] = Word(word.start, word.core, word.end, key)
        return words

    def is_same(self, one: str, other: str) -> bool:
        """Return whether two names are one.

        A name of one word says little: it takes unlisted spellings only where it is long, and only ones that
        are no other name of one word (Fattah is not Fatah, Bader is not Badr).
        """
        if self.key(one) != self.key(other):
            return False
        left, right = match_key(one), match_key(other)
        if " " in left or self.is_listed(one, other):
            return True
        return min(len(left), len(right)) >= _LONG and not {left, right} <= self.apart

    def is_listed(self, one: str, other: str) -> bool:
        """Return whether two words are one but for case, apostrophes, diacritics and listed spellings."""
        left, right = match_key(one), match_key(other)
        return self.words.get(left, left) == self.words.get(right, right)

    @cached_property
    def _one(self) -> Callable[[str], str]:
        return lru_cache(maxsize=_REMEMBERED)(self._spelling_of)

    def _spelling_of(self, word: str) -> str:
        word = self.words.get(word, word)
        if not self._may_vary(word) or consonants(word) not in self._consonants:
            return word
        known = known_word(sound(word), self.sounds)
        if known is None and len(word) >= _LONG and word.startswith("al"):
            known = known_word(sound(word[2:]), self.sounds)
        return known or word

    def _may_vary(self, word: str) -> bool:
        fits = _SHORTEST <= len(word) <= _LONGEST
        return fits and word not in self.fixed and may_be_transliterated(word)

    @cached_property
    def _consonants(self) -> frozenset[str]:
        return frozenset(consonants(heard) for heard in self.sounds)


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


@lru_cache(maxsize=_REMEMBERED)
def _key_of_word(surface: str) -> str:
    return fold(_without_possessive(surface))


def _without_possessive(surface: str) -> str:
    if surface[-1] in "sS" and len(surface) > 2 and _POSSESSIVE.search(surface):  # noqa: PLR2004 - 's
        return surface[:-2]
    return surface


def _is_article(key: str, gap: str, following: str) -> bool:
    """Return whether `key` is the Arabic article of the word `following`."""
    if not _ARTICLE_GAP.fullmatch(gap):
        return False
    if key in _ARTICLES:
        return True
    return gap in HYPHENS and (key in _LINKED_ARTICLES or following.startswith(key[1:]))
