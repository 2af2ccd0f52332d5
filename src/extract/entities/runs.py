"""Runs of capitalised words: where the name begins whose last word is known."""

import re

from extract.entities.conditions import NameContext
from extract.lexicon.keys import Word

_LONGEST = 6
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|d)")


def run_start(last: int, titles: frozenset[str], context: NameContext) -> int:
    """Return the index of the first word of the capitalised run that ends at `last`."""
    first = last
    while first > 0 and last - first < _LONGEST and _is_in_run(first - 1, context):
        first -= 1
    while first < last and is_before_run(context.words[first], titles, context):
        first += 1
    return first


def _is_in_run(index: int, context: NameContext) -> bool:
    """Return whether the word at `index`, capitalised, hyphenated or an ordinal, joins the next one."""
    word, following = context.words[index], context.words[index + 1]
    gap = context.text[word.end : following.start]
    return gap in {" ", "-"} and (
        context.text[word.core].isupper()
        or context.text[word.start - 1] == "-"
        or _ORDINAL.fullmatch(context.text, word.core, word.end) is not None
    )


def is_before_run(word: Word, titles: frozenset[str], context: NameContext) -> bool:
    """Return whether a word is no part of the name that begins after it: an article, a title."""
    is_ordinal = _ORDINAL.fullmatch(context.text, word.core, word.end)
    if word.key in titles or word.key in context.lexicon.words.articles:
        return True
    return not (context.text[word.start].isupper() or is_ordinal)
