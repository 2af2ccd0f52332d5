"""Persons whom the words around their names give away: titles, given names, bylines."""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.lang.en.stop_words import STOP_WORDS

from extract.entities.conditions import NameContext
from extract.entities.headlines import PATTERN_CONFIDENCE, found, goes_on, is_headline
from extract.entities.labels import LONGEST_PERSON
from extract.lexicon import ALWAYS
from extract.lexicon.keys import Word
from extract.model import Mention

TITLE = "title"
# Below the model's: where the model sees the same words, its label counts.
_SURNAME_CONFIDENCE = 0.55
_SHORTEST_SURNAME = 3
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LONGEST_TITLED = 4
_LONGEST_SHORTENED = 4
_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){1,3}"
_BYLINE = re.compile(
    rf"(?:^|[|•] ?)By (?P<name>{_NAME})(?=,| in | and |\n|$)|^(?P<alone>{_NAME}) in [A-Z][a-z]+$",
    re.MULTILINE,
)
_ADDRESSED = re.compile(
    r"(?:,|[Tt]hanks|[Tt]hank you|Hi|Hey|Hello|Okay|Yes|No) (?P<name>[A-Z][a-z]+)(?=[.,?!:;])"
)
_CREDIT = re.compile(
    rf"\b(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Cc]ompiled|[Pp]hoto(?:graph)?s?) by (?P<name>{_NAME})"
    rf"(?: in \w+)?(?: and (?P<second>{_NAME}))?"
)


def people(context: NameContext) -> Iterator[Mention]:
    """Yield the persons that a title, a given name or a byline gives away."""
    yield from person_mentions(context)
    yield from titled_mentions(context)
    yield from addressed_mentions(context)
    for pattern in (_BYLINE, _CREDIT):
        for match in pattern.finditer(context.text):
            for group, name in match.groupdict().items():
                if name:
                    yield found(context, match.span(group), "PERSON", "byline")


def person_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield names that begin with a given name: with an Arabic surname, given names, an unknown surname."""
    words = context.words
    index = 0
    while index < len(words):
        last, rule, confidence = _person_end(index, context), "given name + al-", PATTERN_CONFIDENCE
        if last is None:
            last, rule, confidence = (
                _surname_after(index, context),
                "given name + surname",
                _SURNAME_CONFIDENCE,
            )
        if last is None:
            index += 1
            continue
        person = found(context, (words[index].start, words[last].end), "PERSON", rule)
        yield replace(person, confidence=confidence)
        index = last + 1


def titled_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield what follows a title that only persons have: `Gen. X`, `MR. X:`."""
    words, titles = context.words, context.lexicon.words.person_titles
    for index in range(len(words) - 1):
        first = index + 1
        if words[index].key not in titles or words[first].key in titles or not _is_title(index, context):
            continue
        last = _titled_end(first, context)
        if last is not None:
            yield found(context, (words[first].start, words[last].end), "PERSON", TITLE)


def addressed_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield given names by which a speaker addresses somebody: `Thanks, X`."""
    for match in _ADDRESSED.finditer(context.text):
        if context.lexicon.spelling.key(match["name"]) in context.lexicon.words.given_names:
            yield found(context, match.span("name"), "PERSON", "addressed")


def _is_title(index: int, context: NameContext) -> bool:
    word = context.words[index]
    surface = context.text[word.core : word.end]
    return surface[0].isupper() and "." not in surface and _follows(index + 1, context)


def _follows(index: int, context: NameContext) -> bool:
    """Return whether a word follows a title, which may be shortened: `Gen. X`."""
    before, word = context.words[index - 1], context.words[index]
    gap = context.text[before.end : word.start]
    is_short = before.end - before.core <= _LONGEST_SHORTENED
    return (gap == " " or (gap == ". " and is_short)) and context.text[word.core].isupper()


def _titled_end(first: int, context: NameContext) -> int | None:
    """Return the index of the last word of the name that begins after a title, None where none does."""
    words, text = context.words, context.text
    # Where all words have capitals, only given names tell that the name goes on.
    surface = text[words[first].core : words[first].end]
    crowded = is_headline(text, words[first].start) or (len(surface) > 1 and surface.isupper())
    if surface.lower() in STOP_WORDS:
        return None
    last = None
    for index in range(first, min(first + _LONGEST_TITLED, len(words))):
        if (index > first and not goes_on(index, context)) or _is_ordinary(words[index], context):
            break
        if last is not None and crowded and words[last].key not in context.lexicon.words.given_names:
            break
        last = index
    return None if last is None or _is_part_of_body(last, context) else last


def _is_part_of_body(last: int, context: NameContext) -> bool:
    """Return whether a noun follows that makes the words one of a body or building: King X Hospital."""
    following = last + 1
    if following >= len(context.words) or not goes_on(following, context):
        return False
    return context.words[following].key in context.lexicon.words.nouns


def _is_ordinary(word: Word, context: NameContext) -> bool:
    """Return whether a word is no part of a person's name after a title."""
    known = context.lexicon.words
    if word.key in known.titles or word.key in known.describers or word.key in known.no_names:
        return True
    if word.key in context.lexicon.words.nouns or not context.text[word.core].isupper():
        return True
    return _means_another(word, context)


def _means_another(word: Word, context: NameContext) -> bool:
    """Return whether a word alone always means something else than a person."""
    names = context.lexicon.names.get(word.key, ())
    return any(name.when == ALWAYS and name.label != "PERSON" for name in names)


def _person_end(index: int, context: NameContext) -> int | None:
    """Return the index of a personal name's last word, None where no name begins at `index`."""
    words, given = context.words, context.lexicon.words.given_names
    if words[index].key not in given or not context.text[words[index].core].isupper():
        return None
    last = last_given = index
    articled = False
    for following in range(index + 1, min(index + LONGEST_PERSON, len(words))):
        word = words[following]
        has_article = word.start < word.core
        if not goes_on(following, context):
            break
        if articled and not has_article and word.key not in given:
            break
        if last_given == last and word.key in given and word.key != words[last].key:
            last_given = following
        last, articled = following, articled or has_article
    if articled:
        return last
    return _surname_after(last_given, context) or last_given if last_given > index else None


def _surname_after(index: int, context: NameContext) -> int | None:
    """Return the index of the unknown word that is the surname after the given name at `index`."""
    words, text = context.words, context.text
    if index + 1 >= len(words) or words[index].key not in context.lexicon.words.given_names:
        return None
    name, word = words[index], words[index + 1]
    if text[name.end : word.start] != " " or not text[name.core].isupper() or _is_ordinary(word, context):
        return None
    if _means_another(name, context) or is_headline(text, name.start):
        return None
    surface = text[word.core : word.end]
    if surface.isupper() or len(surface) < _SHORTEST_SURNAME or f" {surface.lower()} " in text:
        return None
    is_suffixed = index + 2 < len(words) and words[index + 2].key in _SUFFIXES and goes_on(index + 2, context)
    return index + 2 if is_suffixed else index + 1
