"""How a guessed name stands in its text: what joins its words; headlines, where every word has a capital."""

import re
from bisect import bisect_left, bisect_right

from extract.entities.conditions import NameContext
from extract.entities.orthography import may_join
from extract.lexicon.keys import APOSTROPHES, Word
from extract.model import Label, Mention

PATTERN_CONFIDENCE = 0.75
_FEWEST_SMALL_WORDS = 3
_LINE_REACH = 300
_SMALL_WORD = re.compile(r"\b[a-z]{4,}")


def found(context: NameContext, span: tuple[int, int], label: Label, rule: str) -> Mention:
    """Return the mention that a pattern found."""
    return Mention(*span, context.text[slice(*span)], label, "ner", rule, "pattern", PATTERN_CONFIDENCE)


def words_between(context: NameContext, start: int, end: int) -> list[Word]:
    """Return the words in a stretch of text, the first with its Arabic article."""
    first = bisect_right(context.words, start, key=lambda word: word.end)
    last = bisect_left(context.words, end, lo=first, key=lambda word: word.core)
    return context.words[first:last]


def is_headline(text: str, position: int) -> bool:
    """Return whether the line at `position` has hardly a word of four letters or more in lower case."""
    return len(_SMALL_WORD.findall(line_of(text, position))) < _FEWEST_SMALL_WORDS


def line_of(text: str, position: int) -> str:
    """Return the line at `position`, as far as it is near."""
    first, last = max(0, position - _LINE_REACH), position + _LINE_REACH
    end = text.find("\n", position, last)
    return text[text.rfind("\n", first, position) + 1 or first : end if end >= 0 else last]


def is_whole_line(text: str, start: int, end: int) -> bool:
    """Return whether a stretch of text stands alone on its line."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip() and text[end : end + 2].strip(" ")[
        :1
    ] in {"", "\n"}


def goes_on(index: int, context: NameContext) -> bool:
    """Return whether the word at `index` can go on with the name that the word before it belongs to."""
    before, word = context.words[index - 1], context.words[index]
    if not (may_join(context.text, before, word) and context.text[word.core].isupper()):
        return False
    # A full stop goes on only after an initial: Layla M. Haddad. A possessive never does.
    mark = context.text[before.end]
    return mark not in APOSTROPHES and (mark != "." or before.end - before.core == 1)
