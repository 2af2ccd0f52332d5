"""Persons found by the words in and around their names: titles, given names, bylines."""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.lang.en.stop_words import STOP_WORDS

from extract.entities.conditions import NameContext
from extract.entities.headlines import (
    ALIAS_OF,
    continues_name,
    is_headline,
    mention_at,
    words_between,
)
from extract.entities.labels import LONGEST_PERSON
from extract.entities.pieces import pieces
from extract.lexicon import ALWAYS
from extract.lexicon.keys import Word
from extract.model import Mention

TITLE = "title"
# A name of which the first part is in brackets: `[Samir] Qattan`, `[Abu Karim] al-Qattan`.
_COMPLETED = re.compile(
    r"\[(?P<given>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})\] (?P<surname>(?:[Aa]l[- ])?[A-Z][\w’'-]*\w)"
)
# A name with another one inside, in marks or brackets: `Otto "Tex" Reed`, `Salim (Abu Karim) al-Qattan`.
_NICKNAME = re.compile(
    r" (?:[\"“‘](?P<marked>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)[\"”’]"
    r"|\([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}\))"
    r" (?P<surname>(?P<article>[Aa]l[- ])?[A-Z][\w’'-]*\w)"
)
_GIVEN_BEFORE = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z]\.| [A-Z][\w’'-]+){0,2}\Z")
_LONGEST_GIVEN = 40  # characters
_SHORTEST_SURNAME = 3
_LONGEST_TITLED = 4
_LONGEST_TITLE = 20  # characters
_LONGEST_ABBREVIATION = 4


def person_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield the persons marked by a title, a given name or a byline."""
    yield from given_name_mentions(context)
    yield from titled_mentions(context)
    yield from addressed_mentions(context)
    yield from completed_mentions(context)
    yield from nicknamed_mentions(context)
    phrases = context.lexicon.phrases.persons
    for pattern in (phrases.byline, phrases.credit):
        for match in pattern.finditer(context.text):
            for group, name in match.groupdict().items():
                if name:
                    yield from _byline(match.span(group), context)


def _byline(span: tuple[int, int], context: NameContext) -> Iterator[Mention]:
    """Yield the name of an author without the words of the page that follow it."""
    words, _ = next(pieces(words_between(context, *span), "PERSON", context), ([], None))
    last = next((index for index, word in enumerate(words) if _is_day(word, context)), len(words))
    if last > 1:
        yield mention_at(context, (words[0].start, words[last - 1].end), "PERSON", "byline")


def _is_day(word: Word, context: NameContext) -> bool:
    return word.key in context.lexicon.words.no_names


def given_name_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield given names with what follows: an Arabic surname, more given names or an unknown surname."""
    words, known = context.words, context.lexicon.confidence
    done = 0
    for first, word in enumerate(words):
        if first < done or not _is_given_name(word, context):
            continue
        last, rule, confidence = _person_end(first, context), "given name + al-", known.pattern
        if last is None:
            last, rule = _surname_after(first, context), "given name + surname"
            confidence = known.unknown_surname
        if last is not None:
            person = mention_at(context, (word.start, words[last].end), "PERSON", rule)
            yield replace(person, confidence=confidence)
            done = last + 1


def titled_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield the names after titles that only persons have: `Gen. X`, `MR. X:`."""
    words, titles = context.words, context.lexicon.words.person_titles
    for index in range(len(words) - 1):
        first = index + 1
        if words[index].key not in titles or words[first].key in titles or not _is_title(index, context):
            continue
        last = _titled_end(first, context)
        if last is not None:
            yield mention_at(context, (words[first].start, words[last].end), "PERSON", TITLE)


def addressed_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield given names that address somebody: `Thanks, X`."""
    for match in context.lexicon.phrases.persons.addressed.finditer(context.text):
        if context.lexicon.spelling.key(match["name"]) in context.lexicon.words.given_names:
            yield mention_at(context, match.span("name"), "PERSON", "addressed")


def completed_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield the surnames to which an editor has added the given name: `[Samir] Qattan`."""
    known = context.lexicon
    for match in _COMPLETED.finditer(context.text):
        full = f"{match['given']} {match['surname']}"
        is_given = known.spelling.key(match["given"].split()[0]) in known.words.given_names
        is_given = is_given or _is_titled(match.start(), context)
        if is_given or any(name.label == "PERSON" for name in known.named(full)):
            one = mention_at(context, match.span("surname"), "PERSON", f"{ALIAS_OF}{full}")
            yield replace(one, method="short_name")


def nicknamed_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield persons with another name in marks or brackets inside theirs: `Otto "Tex" Reed`."""
    given_names = context.lexicon.words.given_names
    for match in _NICKNAME.finditer(context.text):
        given = _GIVEN_BEFORE.search(context.text, max(0, match.start() - _LONGEST_GIVEN), match.start())
        # Brackets are common: without marks only `al-` shows that the name goes on.
        if given is None or not (match["marked"] or match["article"]):
            continue
        words = words_between(context, *given.span())
        while len(words) > 1 and words[0].key in context.lexicon.words.titles:
            words = words[1:]
        if words[0].key in given_names or _is_titled(words[0].start, context):
            full = f"{context.text[words[0].start : given.end()]} {match['surname']}"
            yield mention_at(context, (words[0].start, match.end()), "PERSON", f"{ALIAS_OF}{full}")


def _is_titled(start: int, context: NameContext) -> bool:
    """Return whether a title that only persons have stands before an offset: Mr. [Otto] Reed."""
    before = context.text[max(0, start - _LONGEST_TITLE) : start].split()[-1:]
    return any(context.lexicon.spelling.key(word) in context.lexicon.words.person_titles for word in before)


def _is_title(index: int, context: NameContext) -> bool:
    word = context.words[index]
    surface = context.text[word.core : word.end]
    return surface[0].isupper() and "." not in surface and _follows(index + 1, context)


def _follows(index: int, context: NameContext) -> bool:
    """Return whether a capitalised word directly follows a title, abbreviated or not: `Gen. X`."""
    before, word = context.words[index - 1], context.words[index]
    gap = context.text[before.end : word.start]
    is_short = before.end - before.core <= _LONGEST_ABBREVIATION
    return (gap == " " or (gap == ". " and is_short)) and context.text[word.core].isupper()


def _titled_end(first: int, context: NameContext) -> int | None:
    """Return the index of the last word of the name that begins after a title, None if none does."""
    words = context.words
    if _is_stop_word(words[first], context) or _is_ordinary(words[first], context):
        return None
    in_capitals = _is_in_capitals(words[first], context)
    last = first
    for index in range(first + 1, min(first + _LONGEST_TITLED, len(words))):
        if not continues_name(index, context) or _is_ordinary(words[index], context):
            break
        # Where all words have capitals, a name continues only after a given name.
        if in_capitals and words[last].key not in context.lexicon.words.given_names:
            break
        last = index
    return None if _is_part_of_body(last, context) else last


def _is_stop_word(word: Word, context: NameContext) -> bool:
    return context.text[word.core : word.end].lower() in STOP_WORDS


def _is_in_capitals(word: Word, context: NameContext) -> bool:
    """Return whether a word is in a headline, or all its letters are capitals."""
    surface = context.text[word.core : word.end]
    return is_headline(context.text, word.start) or (len(surface) > 1 and surface.isupper())


def _is_part_of_body(last: int, context: NameContext) -> bool:
    """Return whether a noun follows that makes the name part of a body or building: King X Hospital."""
    following = last + 1
    if following >= len(context.words) or not continues_name(following, context):
        return False
    return context.words[following].key in context.lexicon.words.nouns


def _is_ordinary(word: Word, context: NameContext) -> bool:
    """Return whether a word cannot be part of a person's name after a title."""
    known = context.lexicon.words
    if word.key in known.ordinary or word.key in known.nouns or not context.text[word.core].isupper():
        return True
    return _is_other_name(word, context)


def _is_other_name(word: Word, context: NameContext) -> bool:
    """Return whether a word alone is an unconditional name of something other than a person."""
    names = context.lexicon.names.get(word.key, ())
    return any(name.when == ALWAYS and name.label != "PERSON" for name in names)


def _person_end(index: int, context: NameContext) -> int | None:
    """Return the index of the last word of the name that begins with the given name at `index`.

    None if neither a word with `al-` nor another given name continues it.
    """
    end = _arabic_name_end(index, context)
    if end is not None:
        return end
    last_given = _last_given_name(index, context)
    return _surname_after(last_given, context) or last_given if last_given > index else None


def _is_given_name(word: Word, context: NameContext) -> bool:
    return word.key in context.lexicon.words.given_names and context.text[word.core].isupper()


def _arabic_name_end(index: int, context: NameContext) -> int | None:
    """Return the index of the last word of a name that contains `al-`, None if it contains none.

    After the first `al-` only given names and further words with `al-` continue the name.
    """
    last, has_article = index, False
    for following in range(index + 1, min(index + LONGEST_PERSON, len(context.words))):
        word = context.words[following]
        is_articled = word.start < word.core
        is_given = word.key in context.lexicon.words.given_names
        if not continues_name(following, context) or (has_article and not is_articled and not is_given):
            break
        last, has_article = following, has_article or is_articled
    return last if has_article else None


def _last_given_name(index: int, context: NameContext) -> int:
    """Return the index of the last of the given names that follow the one at `index`, itself if none does."""
    words, last = context.words, index
    for following in range(index + 1, min(index + LONGEST_PERSON, len(words))):
        key = words[following].key
        is_other_given = key in context.lexicon.words.given_names and key != words[last].key
        if not is_other_given or not continues_name(following, context):
            break
        last = following
    return last


def _surname_after(index: int, context: NameContext) -> int | None:
    """Return the index of the last word of an unknown surname after the given name at `index`, if any."""
    words, text = context.words, context.text
    if index + 1 >= len(words):
        return None
    name, word = words[index], words[index + 1]
    if text[name.end : word.start] != " " or _is_ordinary(word, context):
        return None
    if _is_other_name(name, context) or is_headline(text, name.start) or not _may_be_surname(word, text):
        return None
    return index + 2 if _is_suffix(index + 2, context) else index + 1


def _is_suffix(index: int, context: NameContext) -> bool:
    """Return whether the word at `index`, if there is one, is a suffix to a name: `Jr`."""
    words, suffixes = context.words, context.lexicon.words.surnames.suffixes
    return index < len(words) and words[index].key in suffixes and continues_name(index, context)


def _may_be_surname(word: Word, text: str) -> bool:
    """Return whether a word is long enough, not in capitals, and never in lower case in the text."""
    surface = text[word.core : word.end]
    if surface.isupper() or len(surface) < _SHORTEST_SURNAME:
        return False
    return f" {surface.lower()} " not in text
