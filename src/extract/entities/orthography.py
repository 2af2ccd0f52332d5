"""How words are written: whether they may form one name, and have the capitals that a name requires."""

import re
from collections.abc import Sequence

from extract.lexicon.entries import Shape
from extract.lexicon.keys import APOSTROPHES, HYPHENS, Word
from extract.text.lines import line_of

# What may come between two words of one name: white space with at most one line break, a hyphen, an
# apostrophe or possessive that ends the first word.
_GAP = re.compile(
    rf"(?:[{APOSTROPHES}][sS]?|\.)?"
    rf"(?:[^\S\n]{{1,3}}|[^\S\n]{{0,2}}\n[^\S\n]{{0,2}}|[^\S\n]?[{HYPHENS}][^\S\n]?)"
)
# Longest word whose full stop marks an initial or abbreviated title, not the end of a sentence.
_LONGEST_ABBREVIATION = 3
_LINE_REACH = 100
# In a line of capitals letters with a vowel may be a word: US, WHO.
_VOWELS = frozenset("AEIOUY")


def may_join(text: str, left: Word, right: Word) -> bool:
    """Return whether two neighbouring words may belong to one name."""
    gap = text[left.end : right.start]
    if gap[:1] == "." and left.end - left.core > _LONGEST_ABBREVIATION:
        return False
    return gap == " " or _GAP.fullmatch(gap) is not None


def fits(shapes: Sequence[Shape], text: str, words: Sequence[Word]) -> bool:
    """Return whether words are written as a name requires."""
    return len(shapes) == len(words) and all(
        _is_written(shape, text, word, inside=word is not words[0])
        for shape, word in zip(shapes, words, strict=True)
        if shape != "any"
    )


def _is_written(shape: Shape, text: str, word: Word, *, inside: bool) -> bool:
    core = text[word.core : word.end]
    if shape == "exact":
        is_acronym = core.replace(".", "").isupper()
        return is_acronym and (
            _VOWELS.isdisjoint(core) or not line_of(text, word.start, word.end, reach=_LINE_REACH).isupper()
        )
    if shape == "article" and word.start == word.core:
        return False
    if core[0].isupper() or core[0].isdigit() or text[word.start].isupper():
        return True
    # No capital is needed after a hyphen: Middle-east.
    return inside and text[word.start - 1] in HYPHENS
