"""A simple guess at a text's language: English, Arabic, or unknown."""

import re

from extract.reading.page.forms import Forms

_SAMPLE = 5_000  # characters
_ARABIC = re.compile(r"[\u0621-\u064a]+")
# Letters of Persian, Kurdish and Urdu that Arabic does not have.
_NOT_ARABIC = re.compile(r"[\u067e\u0686\u0698\u06a9\u06af\u06b5\u06c6\u06cc\u06ce\u06d5]+")
_WORD = re.compile(r"[A-Za-z]+")
_MOSTLY = 0.5
_ENGLISH_LETTERS = 0.9
_ENGLISH_SHARE = 0.2
_FOREIGN_SHARE = 0.1
_FEWEST_WORDS = 20


def guess_language(text: str, forms: Forms) -> tuple[str | None, bool]:
    """Guess the language of a text from its letters and its share of function words.

    Returns:
        `en`, `ar` or None (unknown), and whether the text is clearly not English.
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None, False
    other, arabic = _length(_NOT_ARABIC, sample), _length(_ARABIC, sample)
    if arabic + other > _MOSTLY * letters:
        return ("ar" if other < arabic / 100 else None), True
    latin = _length(_WORD, sample) / letters
    words = [word.lower() for word in _WORD.findall(sample)]
    share = sum(word in forms.function_words for word in words) / max(len(words), 1)
    if latin >= _ENGLISH_LETTERS and share >= _ENGLISH_SHARE:
        return "en", False
    return None, latin < _MOSTLY or (len(words) >= _FEWEST_WORDS and share < _FOREIGN_SHARE)


def _length(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))
