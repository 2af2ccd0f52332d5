"""Match keys: one form for all ways to write a name.

English has no standard way to write Arabic names. A key folds what writers vary freely: apostrophes for ayn
and hamza, hyphen or space, capitals, diacritics, possessive 's, and the Arabic article (al-, Al , el-, ash-).
`Spelling`, which knows the words of all names, also folds the spellings of a word (Hizballah, Hezbollah).
Keys are only compared with each other; they are never displayed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from extract.lexicon.transliteration import Transliteration

APOSTROPHES = "'’‘`´ʿʾʼʻ"
HYPHENS = "-‐‑–"

_LETTER = r"[^\W_]|[\u0300-\u036f]"
# An abbreviation with full stops (U.S.), a number with commas (10,000), or letters and digits with
# apostrophes between them (Kata'ib).
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}(?![^\W_])|\d{{1,3}}(?:,\d{{3}})+(?![^\W_])|(?:{_LETTER})+(?:[{APOSTROPHES}](?:{_LETTER})+)*",
)
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
# The Arabic article is not in models/, because it decides what a word is: keys are also computed without a
# lexicon, and the forms of the article are a closed class.
_ARTICLES = frozenset({"al", "el"})
# Assimilated to the letter after it: ash-Shaabi, an-Nujaba.
_SUN_ARTICLES = frozenset({"ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az"})
# Those that are no English words also stand apart: Dayr Az Zawr.
_SPACED_ARTICLES = frozenset({"adh", "ar", "ath", "az"})
# Joined to the vowel before it, only with hyphens: Ahl-ul-Haq.
_LINKED_ARTICLES = frozenset({"il", "ol", "ul"})
_MAY_BE_ARTICLE = _ARTICLES | _SUN_ARTICLES | _LINKED_ARTICLES
_ARTICLE_GAP = re.compile(rf"[{HYPHENS}]|[^\S\n]{{1,2}}")
# Words of other lengths have only listed spellings.
_SHORTEST = 4
_LONGEST = 40
# Names of one word have only listed spellings if they are shorter than this.
_LONG = 6
_REMEMBERED = 100_000
_NOT_KEPT = str.maketrans("", "", APOSTROPHES + ".,")


class Word(NamedTuple):
    """A word of a text with its key.

    Attributes:
        start: Start of the word, including an Arabic article before it.
        core: Start of the word without article.
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
        key, dropped = _key_and_ending(match[0])
        end -= dropped
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
    """Return the keys of a text's words, including Arabic articles; ten times faster than `split_words`.

    >>> sorted(distinct_words("Al-Sadr's aide met an aide"))
    ['aide', 'al', 'an', 'met', 'sadr']
    """
    return frozenset(map(word_key, set(word_surfaces(text))))


def word_surfaces(text: str) -> list[str]:
    """Return the words of a text as they stand there, Arabic articles apart; `word_key` gives their keys."""
    surfaces: list[str] = _WORD.findall(text)
    return surfaces


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
    """Match keys that also fold different spellings of a word (Hizballah, Hezbollah).

    A listed spelling counts as the word that the list gives. Any other word that sounds like exactly one word
    of the known names has the key of that word (see `transliteration`); the rest, above all English words,
    keep their own.

    Attributes:
        words: Listed spelling -> the word that it counts as.
        transliteration: The rules that give a word its sound.
        sounds: Sound -> the word of the known names that it stands for.
        apart: Names of one word, including given names: none is a spelling of another one.
        fixed: Words that are never another spelling, such as English words that sound like a name.
        countries: ISO codes of the countries whose names are transliterated into English.
    """

    words: Mapping[str, str]
    transliteration: Transliteration
    sounds: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def knowing(self, names: Sequence[str], others: Sequence[str]) -> "Spelling":
        """Return a copy that knows the sounds of the words in `names`.

        Args:
            names: Names that are transliterated into English.
            others: Other names; those of one word are not spellings of others either.
        """
        sound = self.transliteration.sound
        split = [[word.key for word in split_words(name)] for name in names]
        words = {self.words.get(word, word) for words in split for word in words}
        sounds = self.transliteration.words_by_sound(word for word in words if self._may_vary(word))
        for variant, word in self.words.items():
            sounds.setdefault(sound(variant), sounds.get(sound(word), word))
        return replace(self, sounds=sounds, apart=frozenset(map(match_key, (*names, *others))))

    def key(self, text: str) -> str:
        """Return the match key of a name."""
        return " ".join([self._one(word) for word in match_key(text).split(" ")])

    def keys(self, names: Iterable[str]) -> frozenset[str]:
        """Return the match keys of some names."""
        return frozenset(map(self.key, names))

    def split(self, text: str) -> list[Word]:
        """Split a text into words with their keys."""
        one = self._one
        words = split_words(text)
        for index, word in enumerate(words):
            key = one(word.key)
            if key != word.key:
                words[index] = word._replace(key=key)
        return words

    def is_same(self, one: str, other: str) -> bool:
        """Return whether two names are spellings of one name.

        A name of one word has other than listed spellings only if it is long, and another known name of one
        word is never one of them (Fattah is not Fatah, Bader is not Badr).
        """
        if self.key(one) != self.key(other):
            return False
        left, right = match_key(one), match_key(other)
        if " " in left or self.is_listed(one, other):
            return True
        return min(len(left), len(right)) >= _LONG and not {left, right} <= self.apart

    def is_listed(self, one: str, other: str) -> bool:
        """Return whether two words differ only in case, apostrophes, diacritics or by a listed spelling."""
        left, right = match_key(one), match_key(other)
        return self.words.get(left, left) == self.words.get(right, right)

    @cached_property
    def _one(self) -> Callable[[str], str]:
        return lru_cache(maxsize=_REMEMBERED)(self._spelling_of)

    def _spelling_of(self, word: str) -> str:
        word = self.words.get(word, word)
        if not self._may_vary(word) or self.transliteration.consonants(word) not in self._consonants:
            return word
        known = self._known_word(word)
        if known is None and len(word) >= _LONG and word.startswith("al"):
            known = self._known_word(word[2:])
        return known or word

    def _known_word(self, word: str) -> str | None:
        return self.transliteration.known_word(self.transliteration.sound(word), self.sounds)

    def _may_vary(self, word: str) -> bool:
        fits = _SHORTEST <= len(word) <= _LONGEST
        return fits and word not in self.fixed and self.transliteration.may_be_transliterated(word)

    @cached_property
    def _consonants(self) -> frozenset[str]:
        return frozenset(map(self.transliteration.consonants, self.sounds))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word without capitals, diacritics, apostrophes, full stops and commas.

    >>> fold("Ṣadr"), fold("Sha’abi"), fold("U.S.")
    ('sadr', 'shaabi', 'us')
    """
    if word.isascii():
        return word.casefold().translate(_NOT_KEPT)
    plain = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return plain.casefold().translate(_NOT_KEPT)


@lru_cache(maxsize=_REMEMBERED)
def word_key(surface: str) -> str:
    """Return the key of one of the `word_surfaces`."""
    return fold(_without_possessive(surface))


@lru_cache(maxsize=_REMEMBERED)
def _key_and_ending(surface: str) -> tuple[str, int]:
    """Return the key of a word, and the length of the possessive ending that is no part of it."""
    return word_key(surface), len(surface) - len(_without_possessive(surface))


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
    if gap not in HYPHENS and key not in _SPACED_ARTICLES:
        return False
    return key in _LINKED_ARTICLES or following.startswith(key[1:])
