"""The language of an article and of its paragraphs."""

from extract.reading.page.forms import Forms
from extract.text.paragraphs import find_paragraphs

_SAMPLE = 20_000  # characters
_FEWEST_WORDS = 8


def guess_language(text: str, forms: Forms) -> tuple[str | None, bool]:
    """Guess the language of a text.

    Returns:
        Its ISO 639 code or None (unknown), and whether the text is clearly not English.
    """
    guess = forms.languages.guess(text[:_SAMPLE])
    return guess.language, guess.foreign


def foreign_paragraphs(text: str, forms: Forms, *, foreign: bool) -> list[tuple[int, int]]:
    """Return the offsets of the paragraphs that are not English.

    Args:
        text: The article's text.
        forms: Knows the languages.
        foreign: Whether the article as a whole is not English. Then a paragraph is only English if that is
            clear; in an English article, one is only foreign if that is clear.
    """
    return [span for span in find_paragraphs(text) if _is_foreign(text[slice(*span)], forms, foreign=foreign)]


def _is_foreign(paragraph: str, forms: Forms, *, foreign: bool) -> bool:
    is_short = len(paragraph.split()) < _FEWEST_WORDS
    if is_short and paragraph.isascii():
        return foreign
    guess = forms.languages.guess(paragraph)
    if foreign:
        return guess.foreign or not guess.sure or is_short
    # A few words tell no language in Latin letters; a formula has letters of no language.
    by_script = guess.language is not None and guess.language not in forms.languages.latin
    return guess.foreign and guess.sure and (by_script or not is_short)
