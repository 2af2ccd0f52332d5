"""Names that their own words give away, whether the model saw them or not."""

import re
from collections.abc import Iterator

from extract.annotate.conditions import Surroundings
from extract.annotate.entities_model import ARTICLES, LONGEST_PERSON
from extract.annotate.ruler import may_join
from extract.lexicon.keys import Word
from extract.model import Label, Mention

PATTERN_CONFIDENCE = 0.75
_LONGEST_FACTION = 5
_LONGEST_BODY = 6
_FEWEST_SMALL_WORDS = 3
_HEADLINE_REACH = 300
_SMALL_WORD = re.compile(r"\b[a-z]{4,}")
_BYLINE = re.compile(r"^By (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,3})(?=,| in | and |\n|$)", re.MULTILINE)


def pattern_mentions(around: Surroundings) -> Iterator[Mention]:
    """Yield the names that a pattern finds: persons, armed groups, organisations, authors of bylines."""
    yield from person_mentions(around)
    yield from faction_mentions(around)
    yield from organisation_mentions(around)
    for match in _BYLINE.finditer(around.text):
        yield _found(around, *match.span("name"), "PERSON", "byline")


def _found(around: Surroundings, start: int, end: int, label: Label, rule: str) -> Mention:
    return Mention(start, end, around.text[start:end], label, "ner", rule, "pattern", PATTERN_CONFIDENCE)


def person_mentions(around: Surroundings) -> Iterator[Mention]:
    """Yield names that begin with a known given name and go on with an Arabic surname or given names."""
    words = around.words
    index = 0
    while index < len(words):
        last = _person_end(index, around)
        if last is None:
            index += 1
            continue
        yield _found(around, words[index].start, words[last].end, "PERSON", "given name + al-")
        index = last + 1


def faction_mentions(around: Surroundings) -> Iterator[Mention]:
    """Yield names that begin as the Arabic names of armed groups do, known or not: `Liwa al-Ahrar`."""
    for index, word in enumerate(around.words):
        if word.key not in around.lexicon.words.faction_words or not around.text[word.core].isupper():
            continue
        last = index
        for following in range(index + 1, min(index + _LONGEST_FACTION, len(around.words))):
            has_article = around.words[following].start < around.words[following].core
            if not _goes_on(following, around) or (following > index + 1 and not has_article):
                break
            last = following
        if last > index:
            yield _found(around, word.start, around.words[last].end, "FACTION", "faction word")


def organisation_mentions(around: Surroundings) -> Iterator[Mention]:
    """Yield runs of capitalised words that end with an organisation's noun: `Basin Monitoring Mission`.

    Not in headlines, where every word may have a capital.
    """
    for last, word in enumerate(around.words):
        if word.key not in around.lexicon.words.bodies or not around.text[word.core].isupper():
            continue
        first = last
        while first > 0 and last - first < _LONGEST_BODY and _is_in_run(first - 1, around):
            first -= 1
        while first < last and _is_before_body(around.words[first], around):
            first += 1
        start = around.words[first].start
        if last > first and not is_headline(around.text, start):
            yield _found(around, start, word.end, "ORG", "organisation noun")


def is_headline(text: str, position: int) -> bool:
    """Tell whether the line at `position` has hardly a word of four letters or more in lower case."""
    first, last = max(0, position - _HEADLINE_REACH), position + _HEADLINE_REACH
    end = text.find("\n", position, last)
    line = text[text.rfind("\n", first, position) + 1 or first : end if end >= 0 else last]
    return len(_SMALL_WORD.findall(line)) < _FEWEST_SMALL_WORDS


def _is_in_run(index: int, around: Surroundings) -> bool:
    """Tell whether the word at `index` goes on, capitalised or after a hyphen, with the next word."""
    word, following = around.words[index], around.words[index + 1]
    gap = around.text[word.end : following.start]
    return gap in {" ", "-"} and (around.text[word.core].isupper() or around.text[word.start - 1] == "-")


def _is_before_body(word: Word, around: Surroundings) -> bool:
    ordinary = around.lexicon.words.titles | ARTICLES
    return word.key in ordinary or not around.text[word.start].isupper()


def _goes_on(index: int, around: Surroundings) -> bool:
    """Tell whether the word at `index` can go on with the name that the word before it belongs to."""
    word = around.words[index]
    return may_join(around.text, around.words[index - 1], word) and around.text[word.core].isupper()


def _person_end(index: int, around: Surroundings) -> int | None:
    """Return the index of a personal name's last word, None where no name begins at `index`."""
    words, given = around.words, around.lexicon.words.given_names
    if words[index].key not in given or not around.text[words[index].core].isupper():
        return None
    last, articled, all_given = index, False, True
    for following in range(index + 1, min(index + LONGEST_PERSON, len(words))):
        word = words[following]
        has_article = word.start < word.core
        if not _goes_on(following, around):
            break
        if articled and not has_article and word.key not in given:
            break
        last, articled, all_given = following, articled or has_article, all_given and word.key in given
    return last if last > index and (articled or all_given) else None
