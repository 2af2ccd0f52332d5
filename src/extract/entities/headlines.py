"""Helpers for guessed names: words that continue a name; headlines, where every word has a capital."""

import re
from bisect import bisect_left, bisect_right

from extract.entities.conditions import NameContext
from extract.entities.orthography import may_join
from extract.lexicon.keys import APOSTROPHES, Word
from extract.model import Label, Mention
from extract.text.lines import line_of

# Starts of the rules of short names; the full name follows.
ACRONYM_OF = "acronym of "
ALIAS_OF = "alias of "
_MIN_LOWER_CASE_WORDS = 3
_SENTENCE_START = re.compile(r"(?:^|\n|[.!?:][\"”’')]?\s+)[\"“‘'(]?\Z")
_START_REACH = 5
_LOWER_CASE_WORD = re.compile(r"\b[a-z]{4,}")
_FULL_STOP = re.compile(r"\.[\"”’')]?\s*$")


def mention_at(context: NameContext, span: tuple[int, int], label: Label, rule: str) -> Mention:
    """Return the mention that a pattern found at a span."""
    confidence = context.lexicon.confidence.pattern
    return Mention(*span, context.text[slice(*span)], label, "ner", rule, "pattern", confidence)


def defined_as(mention: Mention) -> str | None:
    """Return the full name that a mention is an acronym, alias or other form of, None if there is none."""
    for prefix in (ACRONYM_OF, ALIAS_OF):
        if mention.rule.startswith(prefix):
            return mention.rule.removeprefix(prefix)
    return None


def words_between(context: NameContext, start: int, end: int) -> list[Word]:
    """Return the words between two offsets, the first with its Arabic article."""
    first = bisect_right(context.words, start, key=lambda word: word.end)
    last = bisect_left(context.words, end, lo=first, key=lambda word: word.core)
    return context.words[first:last]


def is_headline(text: str, position: int) -> bool:
    """Return whether the line at `position` has hardly any lower-case words of four letters or more.

    A line with one that ends with a full stop is a short sentence.
    """
    line = line_of(text, position, position)
    lower = _LOWER_CASE_WORD.findall(line)
    return len(lower) < _MIN_LOWER_CASE_WORDS and not (lower and _FULL_STOP.search(line))


def begins_sentence(start: int, context: NameContext) -> bool:
    """Return whether an offset begins a sentence or line, where a capital says nothing."""
    return _SENTENCE_START.search(context.text, max(0, start - _START_REACH), start) is not None


def is_whole_line(text: str, start: int, end: int) -> bool:
    """Return whether a span is alone on its line."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip() and text[end : end + 2].strip(" ")[
        :1
    ] in {"", "\n"}


def continues_name(index: int, context: NameContext) -> bool:
    """Return whether the word at `index` can continue the name of the word before it."""
    before, word = context.words[index - 1], context.words[index]
    if not (may_join(context.text, before, word) and context.text[word.core].isupper()):
        return False
    # A full stop inside a name follows an initial: Layla M. Haddad. A possessive always ends a name.
    mark = context.text[before.end]
    return mark not in APOSTROPHES and (mark != "." or before.end - before.core == 1)
