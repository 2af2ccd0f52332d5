"""Guessed names cut where no name goes on: `Near Reedham`, `Karim Hamdoun Meets Otto Reed`."""

import re
from collections.abc import Iterator, Sequence

from extract.entities.conditions import NameContext
from extract.lexicon import ALWAYS
from extract.lexicon.keys import APOSTROPHES, Word
from extract.model import Label
from extract.text.lines import line_of

# Bodies and groups may have a preposition inside their names: Doctors Without Borders.
_OF_GROUPS = frozenset({"ORG", "FACTION"})
_OWNED = frozenset({"ORG", "FACTION", "FAC"})
_LONGEST_OWNER = 3
_OFFICE_BEFORE = re.compile(r"([A-Z]\w+) (?:[Ff]or|[Tt]o|[Oo]f) (?:[Tt]he )?\Z")
_LONGEST_OFFICE = 30  # characters


def pieces(words: Sequence[Word], label: Label, context: NameContext) -> Iterator[tuple[list[Word], Label]]:
    """Yield the parts of a guess between words that no name contains, without what stands before them.

    Each with its label, which is the guess's unless a known name before the part makes it a person's.

    `Photo Karim Hamdoun Meets Otto Reed` is two names, `Iraq's Border Guard` one after its country.
    """
    piece: list[Word] = []
    for word in words:
        if _is_break(word, label, context):
            yield from _piece(piece, label, context)
            piece = []
        else:
            piece.append(word)
    yield from _piece(piece, label, context)


def _is_break(word: Word, label: Label, context: NameContext) -> bool:
    """Return whether a name ends before a word and another one may begin after it."""
    known = context.lexicon.words
    if word.start < word.core or not context.text[word.core].isupper():
        return False
    if word.key in known.headline_verbs:
        return not _is_acronym(word, context)
    return label not in _OF_GROUPS and word.key in known.headline_prepositions


def _is_acronym(word: Word, context: NameContext) -> bool:
    """Return whether a word is in capitals and not everything around it is."""
    before = context.text[: word.start].split()[-1:]
    return context.text[word.core : word.end].isupper() and not all(map(str.isupper, before))


def _piece(words: Sequence[Word], label: Label, context: NameContext) -> Iterator[tuple[list[Word], Label]]:
    first = _known_end(words, label, context)
    label = "PERSON" if first else label
    if label in _OWNED:
        first = _owner_end(words, context)
    while first < len(words) and _is_before_name(words[first], label, context):
        first += 1
    if first < len(words):
        yield list(words[first:]), label


def _is_before_name(word: Word, label: Label, context: NameContext) -> bool:
    known = context.lexicon.words
    if word.key in known.question_verbs and _begins_question(word, context.text):
        return True
    is_furniture = label not in _OF_GROUPS or context.text[word.core : word.end].isupper()
    return word.key in known.headline_prepositions or (is_furniture and word.key in known.furniture)


def _begins_question(word: Word, text: str) -> bool:
    """Return whether a word begins a line that ends with a question mark: Will Reed veto the law?"""
    is_first = not text[text.rfind("\n", 0, word.start) + 1 : word.start].strip()
    return is_first and line_of(text, word.start, word.end).rstrip().endswith("?")


def _known_end(words: Sequence[Word], label: Label, context: NameContext) -> int:
    """Return the index after a known name that a person's follows, 0 if there is none.

    (Minister for the) Middle East (Otto Reed): the office or the given name shows where the person begins.
    """
    given_names, articles = context.lexicon.words.given_names, context.lexicon.words.articles
    start = 1 if words and words[0].key in articles else 0
    has_noun = any(word.key in context.lexicon.words.nouns for word in words)
    is_office = len(words) > 1 and not has_noun and _follows_office(words[0], context)
    for end in range(len(words) - 1, start, -1):
        is_person = is_office or (end < len(words) - 1 and words[end].key in given_names)
        if is_person and (end > 1 or is_office or label != "PERSON") and _is_known(words[start:end], context):
            return end
    return 0


def _follows_office(word: Word, context: NameContext) -> bool:
    """Return whether a title and a preposition stand before a word: Minister for the Middle East."""
    before = _OFFICE_BEFORE.search(context.text, max(0, word.start - _LONGEST_OFFICE), word.start)
    return before is not None and context.lexicon.spelling.key(before[1]) in context.lexicon.words.titles


def _is_known(words: Sequence[Word], context: NameContext) -> bool:
    names = context.lexicon.names.get(" ".join(word.key for word in words), ())
    return any(name.when == ALWAYS and name.label in {"GPE", "LOC", "ORG"} for name in names)


def _owner_end(words: Sequence[Word], context: NameContext) -> int:
    """Return the index after a place whose possessive begins a guess: Iraq's (Border Guard)."""
    for count in range(min(_LONGEST_OWNER, len(words) - 1), 0, -1):
        names = context.lexicon.names.get(" ".join(word.key for word in words[:count]), ())
        is_place = any(name.when == ALWAYS and name.label == "GPE" for name in names)
        if is_place and context.text[words[count - 1].end] in APOSTROPHES:
            return count
    return 0
