"""The languages of models/reading/language.toml, and which of them a text is in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from extract.reading.page.form_shapes import LanguageFile

ENGLISH, ARABIC = "en", "ar"

_LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")
_ARABIC = re.compile(
    r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"
)
# Parts of a name that are joined to it (`al-Sadr`) are no words of their own.
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_MOSTLY = 0.5
_SURE = 0.2  # share of small words in English prose
_SOME = 0.1  # in prose of other languages
_HARDLY = 0.05  # a sentence full of Arabic names has more of English, other languages less
_FEWEST_DIFFERENT = 3  # different small words of prose in a language
_FEWEST_NAMES = 10  # words of a list
_NAMES_SHARE = 0.5  # of words with a capital in a list of names
_FEWEST_WORDS = 20  # of prose in an unknown language


@dataclass(frozen=True, slots=True)
class Guess:
    """What language a text seems to be in.

    Attributes:
        language: ISO 639 code, None if unknown.
        foreign: Whether the text is clearly not English.
        sure: Whether the words or letters leave no doubt; a list of names does.
    """

    language: str | None
    foreign: bool
    sure: bool = False


@dataclass(frozen=True)
class Languages:
    """What tells languages apart: small words, letters of their own, scripts.

    Attributes:
        small_words: Frequent small word -> the languages in Latin letters that have it.
        latin: Those languages, without English.
        arabic: Languages in Arabic letters, with their own letters and the share that these have at least.
        scripts: Language -> first and last letter of its script.
    """

    small_words: Mapping[str, Sequence[str]]
    latin: frozenset[str]
    arabic: Sequence[tuple[str, frozenset[str], float]]
    scripts: Mapping[str, tuple[str, str]]

    @classmethod
    def from_data(cls, file: LanguageFile) -> Self:
        """Compile the content of the file."""
        small_words: dict[str, list[str]] = {}
        for language, words in {ENGLISH: file.english.function_words, **file.latin}.items():
            for word in words:
                small_words.setdefault(word, []).append(language)
        return cls(
            small_words=small_words,
            latin=frozenset(file.latin),
            arabic=[(one.language, frozenset(one.letters), one.share) for one in file.arabic],
            scripts={language: (first, last) for language, (first, last) in file.scripts.items()},
        )

    def guess(self, text: str) -> Guess:
        """Guess the language of a text: by the script of most letters, then by small words or letters."""
        if text.isascii():
            return self._guess_latin(text)
        letters = sum(map(str.isalpha, text))
        if not letters:
            return Guess(None, foreign=False)
        latin = sum(map(len, _LATIN.findall(text)))
        if latin > _MOSTLY * letters:
            return self._guess_latin(text)
        arabic = "".join(_ARABIC.findall(text))
        if len(arabic) >= _MOSTLY * letters:
            return Guess(self._arabic_language(arabic), foreign=True, sure=True)
        return Guess(self._language_by_script(text, letters), foreign=True, sure=True)

    def _language_by_script(self, text: str, letters: int) -> str | None:
        for language, (first, last) in self.scripts.items():
            if sum(first <= char <= last for char in text) >= _MOSTLY * letters:
                return language
        return None

    def _arabic_language(self, letters: str) -> str:
        for language, own, share in self.arabic:
            if sum(map(letters.count, own)) >= share * len(letters):
                return language
        return ARABIC

    def _guess_latin(self, text: str) -> Guess:
        """Guess by the small words in lower case; of a text in capitals, by all words."""
        words = _WORD.findall(text)
        if not words:
            return Guess(None, foreign=False)
        small = [word for word in words if word.islower()] or [word.lower() for word in words]
        found, different = self._count(small)
        english = found.pop(ENGLISH, 0) / len(words)
        is_prose = different.get(ENGLISH, 0) >= _FEWEST_DIFFERENT
        language = max(found, key=lambda one: (found[one], one), default=ENGLISH)
        other = found.get(language, 0) / len(words)
        if other >= _SOME and other > english and different[language] >= _FEWEST_DIFFERENT:
            return Guess(language, foreign=True, sure=other > 2 * english)
        if english >= _SURE:
            return Guess(ENGLISH, foreign=False, sure=is_prose)
        return self._guess_list(words, english)

    def _count(self, words: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
        """Return by language how many of the words are its small words, and how many different ones."""
        found: dict[str, int] = {}
        different: dict[str, int] = {}
        known = [word for word in words if word in self.small_words]
        for counted, counts in ((known, found), (set(known), different)):
            for word in counted:
                for language in self.small_words[word]:
                    counts[language] = counts.get(language, 0) + 1
        return found, different

    def _guess_list(self, words: Sequence[str], english: float) -> Guess:
        """Guess the language of words with few small words: names in Latin letters are in an English list."""
        names = sum(word[0].isupper() or not word[:2].isalpha() or "-" in word for word in words)
        if english >= _SOME or (len(words) >= _FEWEST_NAMES and names >= _NAMES_SHARE * len(words)):
            return Guess(ENGLISH, foreign=False)
        return Guess(None, foreign=english < _HARDLY and len(words) >= _FEWEST_WORDS)
