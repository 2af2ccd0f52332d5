"""Persons whom the words around their names give away: titles, given names, bylines."""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.lang.en.stop_words import STOP_WORDS

from extract.entities.conditions import Surroundings
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


def people(around: Surroundings) -> Iterator[Mention]:
    """Yield the persons that a title, a given name or a byline gives away."""
    yield from person_mentions(around)
    yield from titled_mentions(around)
    yield from addressed_mentions(around)
    for pattern in (_BYLINE, _CREDIT):
        for match in pattern.finditer(around.text):
            for group, name in match.groupdict().items():
                if name:
                    yield found(around, match.span(group), "PERSON", "byline")


def person_mentions(around: Surroundings) -> Iterator[Mention]:
    """Yield names that begin with a given name: with an Arabic surname, given names, an unknown surname."""
    words = around.words
    index = 0
    while index < len(words):
        last, rule, confidence = _person_end(index, around), "given name + al-", PATTERN_CONFIDENCE
        if last is None:
            last, rule, confidence = (
                _surname_after(index, around),
                "given name + surname",
                _SURNAME_CONFIDENCE,
            )
        if last is None:
            index += 1
            continue
        person = found(around, (words[index].start, words[last].end), "PERSON", rule)
        yield replace(person, confidence=confidence)
        index = last + 1


def titled_mentions(around: Surroundings) -> Iterator[Mention]:
    """Yield what follows a title that only persons have: `Gen. X`, `MR. X:`."""
    words, titles = around.words, around.lexicon.words.person_titles
    for index in range(len(words) - 1):
        first = index + 1
        if words[index].key not in titles or words[first].key in titles or not _is_title(index, around):
            continue
        last = _titled_end(first, around)
        if last is not None:
            yield found(around, (words[first].start, words[last].end), "PERSON", TITLE)


def addressed_mentions(around: Surroundings) -> Iterator[Mention]:
    """Yield given names by which a speaker addresses somebody: `Thanks, X`."""
    for match in _ADDRESSED.finditer(around.text):
        if around.lexicon.spelling.key(match["name"]) in around.lexicon.words.given_names:
            yield found(around, match.span("name"), "PERSON", "addressed")


def _is_title(index: int, around: Surroundings) -> bool:
    word = around.words[index]
    surface = around.text[word.core : word.end]
    return surface[0].isupper() and "." not in surface and _follows(index + 1, around)


def _follows(index: int, around: Surroundings) -> bool:
    """Tell whether a word follows a title, which may be shortened: `Gen. X`."""
    before, word = around.words[index - 1], around.words[index]
    gap = around.text[before.end : word.start]
    is_short = before.end - before.core <= _LONGEST_SHORTENED
    return (gap == " " or (gap == ". " and is_short)) and around.text[word.core].isupper()


def _titled_end(first: int, around: Surroundings) -> int | None:
    """Return the index of the last word of the name that begins after a title, None where none does."""
    words, text = around.words, around.text
    # Where all words have capitals, only given names tell that the name goes on.
    surface = text[words[first].core : words[first].end]
    crowded = is_headline(text, words[first].start) or (len(surface) > 1 and surface.isupper())
    if surface.lower() in STOP_WORDS:
        return None
    last = None
    for index in range(first, min(first + _LONGEST_TITLED, len(words))):
        if (index > first and not goes_on(index, around)) or _is_ordinary(words[index], around):
            break
        if last is not None and crowded and words[last].key not in around.lexicon.words.given_names:
            break
        last = index
    return None if last is None or _is_part_of_body(last, around) else last


def _is_part_of_body(last: int, around: Surroundings) -> bool:
    """Tell whether a noun follows that makes the words one of a body or building: King X Hospital."""
    following = last + 1
    if following >= len(around.words) or not goes_on(following, around):
        return False
    return around.words[following].key in around.lexicon.words.nouns


def _is_ordinary(word: Word, around: Surroundings) -> bool:
    """Tell whether a word is no part of a person's name after a title."""
    known = around.lexicon.words
    if word.key in known.titles or word.key in known.describers or word.key in known.no_names:
        return True
    if word.key in around.lexicon.words.nouns or not around.text[word.core].isupper():
        return True
    return _means_another(word, around)


def _means_another(word: Word, around: Surroundings) -> bool:
    """Tell whether a word alone always means something else than a person."""
    names = around.lexicon.names.get(word.key, ())
    return any(name.when == ALWAYS and name.label != "PERSON" for name in names)


def _person_end(index: int, around: Surroundings) -> int | None:
    """Return the index of a personal name's last word, None where no name begins at `index`."""
    words, given = around.words, around.lexicon.words.given_names
    if words[index].key not in given or not around.text[words[index].core].isupper():
        return None
    last = last_given = index
    articled = False
    for following in range(index + 1, min(index + LONGEST_PERSON, len(words))):
        word = words[following]
        has_article = word.start < word.core
        if not goes_on(following, around):
            break
        if articled and not has_article and word.key not in given:
            break
        if last_given == last and word.key in given and word.key != words[last].key:
            last_given = following
        last, articled = following, articled or has_article
    if articled:
        return last
    return _surname_after(last_given, around) or last_given if last_given > index else None


def _surname_after(index: int, around: Surroundings) -> int | None:
    """Return the index of the unknown word that is the surname after the given name at `index`."""
    words, text = around.words, around.text
    if index + 1 >= len(words) or words[index].key not in around.lexicon.words.given_names:
        return None
    name, word = words[index], words[index + 1]
    if text[name.end : word.start] != " " or not text[name.core].isupper() or _is_ordinary(word, around):
        return None
    if _means_another(name, around) or is_headline(text, name.start):
        return None
    surface = text[word.core : word.end]
    if surface.isupper() or len(surface) < _SHORTEST_SURNAME or f" {surface.lower()} " in text:
        return None
    is_suffixed = index + 2 < len(words) and words[index + 2].key in _SUFFIXES and goes_on(index + 2, around)
    return index + 2 if is_suffixed else index + 1
