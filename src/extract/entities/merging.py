"""Merges the lexicon's mentions with guessed ones: the longest span wins."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from extract.entities.headlines import ALIAS_OF
from extract.entities.model_names import MODEL_RULE
from extract.entities.persons import TITLE
from extract.lexicon import Lexicon
from extract.lexicon.keys import Word
from extract.model import Label, Mention

# Methods of names that may be inside a longer name: University of Baghdad, Iraqi Airways, Michael Jordan.
_MAY_BE_INSIDE = frozenset({"place", "demonym", "group", "outlet", "short_name", "acronym"})
_PEOPLES = frozenset({"demonym", "group"})
_PEOPLES_AND_PLACES = _PEOPLES | {"place"}
_OF_UNITS = frozenset({"ORG", "NORP", "GPE"})
_PUNCTUATION = re.compile(r"[,;:()\n\"“”]")


def merge(known: Sequence[Mention], guessed: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Merge mentions into one list without overlaps, in text order.

    Args:
        known: From the lexicon, without overlaps.
        guessed: From the language model and from patterns.
        lexicon: For words that are no part of a name.
    """
    starts = [mention.start for mention in known]
    winners: list[Mention] = []
    losers: set[Mention] = set()
    for guess in _longest(guessed, lexicon.confidence.model):
        overlapped = known[_first_ending_after(known, starts, guess.start) : bisect_left(starts, guess.end)]
        if not overlapped or (_covers(guess, overlapped) and _wins(guess, overlapped, lexicon)):
            winners.append(guess)
            losers.update(overlapped)
    kept = [mention for mention in known if mention not in losers]
    return sorted([*kept, *winners], key=lambda mention: mention.start)


def _longest(mentions: Sequence[Mention], of_model: float) -> list[Mention]:
    """Drop every mention that overlaps a longer one; of two equally long ones the more confident stays.

    All names of a model count with confidence `of_model`: a pattern knows more about the text.
    """
    chosen: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(
        mentions, key=lambda one: (one.start - one.end, -_confidence(one, of_model), one.start)
    ):
        if taken.isdisjoint(range(mention.start, mention.end)):
            chosen.append(mention)
            taken.update(range(mention.start, mention.end))
    return chosen


def _confidence(mention: Mention, of_model: float) -> float:
    return of_model if mention.rule.startswith(MODEL_RULE) else mention.confidence


def _first_ending_after(known: Sequence[Mention], starts: Sequence[int], start: int) -> int:
    """Return the index of the first mention that ends after `start`."""
    index = bisect_left(starts, start)
    return index - 1 if index and known[index - 1].end > start else index


def _wins(guess: Mention, known: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Return whether a guessed name replaces the lexicon's names that it covers."""
    if guess.rule.startswith(ALIAS_OF) or _is_longer_body(guess, known, lexicon):
        return True
    if guess.label == "FACTION" and any(one.method not in _PEOPLES_AND_PLACES for one in known):
        return known[0].start > guess.start
    if _is_longer_person(guess, known, lexicon):
        return True
    if not _may_be_inside(known):
        return _is_unit(guess, known)
    if guess.end - guess.start == known[0].end - known[0].start:
        # Ambassador Hill is not The Hill.
        return guess.rule == TITLE and known[0].method == "outlet"
    return _is_whole_name(guess, known, lexicon)


def _covers(guess: Mention, known: Sequence[Mention]) -> bool:
    return all(guess.start <= one.start and one.end <= guess.end for one in known)


def _may_be_inside(known: Sequence[Mention]) -> bool:
    """Return whether all names may be inside a longer one."""
    return all(one.method in _MAY_BE_INSIDE and one.label != "FACTION" for one in known)


def _is_unit(guess: Mention, known: Sequence[Mention]) -> bool:
    """Return whether a guess is a numbered unit of a known body: 14th Iraqi Army Division."""
    return guess.label == "ORG" and guess.text[0].isdigit() and all(one.label in _OF_UNITS for one in known)


def _is_longer_body(guess: Mention, known: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Return whether a body's name is only part of a guessed one: Civil Defense Department.

    That may be so for a name with a condition, as it is made of common words.
    """
    body = known[-1]
    if [guess.label, body.label] != ["ORG", "ORG"] or body.end != guess.end or not _is_conditional(body):
        return False
    outside = _words_outside(guess, known, lexicon)
    return bool(outside) and not any(word.key in lexicon.words.ordinary for word in outside)


def _is_conditional(one: Mention) -> bool:
    return one.method == "alias" and one.rule.endswith(")")


def _is_longer_person(guess: Mention, known: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Return whether a name with given names or `al-` around an actor's is another person's.

    Ahmed Mohammed al-Sudani is not Mohammed al-Sudani, nor is Mohammed al-Sudani al-Tamimi.
    """
    outside = _words_outside(guess, known, lexicon)
    if not outside or [guess.label, *(one.label for one in known)] != ["PERSON", "PERSON"]:
        return False
    before = [word for word in outside if guess.start + word.end <= known[0].start]
    after = [word for word in outside if guess.start + word.start >= known[0].end]
    is_given = all(word.key in lexicon.words.given_names for word in before)
    is_articled = all(word.start < word.core for word in after)
    return is_given and is_articled and not _PUNCTUATION.search(guess.text)


def _is_whole_name(guess: Mention, known: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Return whether a guess with known names inside is one name, not a known name with words around it."""
    # In a headline in capitals every word looks like part of a name.
    if _PUNCTUATION.search(guess.text) or guess.label in {"GPE", "NORP"} or guess.text.isupper():
        return False
    outside = _words_outside(guess, known, lexicon)
    proper = [word for word in outside if word.key not in lexicon.words.particles]
    if not all(_is_capitalised(word, guess.text) for word in proper) or _are_people(outside, lexicon):
        return False
    if guess.label == "FACTION" and all(one.method in _PEOPLES for one in known):
        return any(word.key in lexicon.words.parties for word in proper)  # the Arab Alliance
    return _belong_to_name(proper, guess.label, lexicon)


def _words_outside(guess: Mention, known: Sequence[Mention], lexicon: Lexicon) -> list[Word]:
    """Return the words of a guess that are in no known name."""
    return [
        word
        for word in lexicon.spelling.split(guess.text)
        if not any(one.start <= guess.start + word.start < one.end for one in known)
    ]


def _is_capitalised(word: Word, surface: str) -> bool:
    """Return whether a word or its Arabic article has a capital."""
    return surface[word.core].isupper() or surface[word.start].isupper()


def _belong_to_name(words: Sequence[Word], label: Label, lexicon: Lexicon) -> bool:
    """Return whether capitalised words beside a known name are part of a name, not titles or descriptions."""
    ordinary = lexicon.words.ordinary
    if label == "PERSON":
        return len(words) > 0 and all(word.key not in ordinary for word in words)
    return any(word.key not in ordinary or word.key in lexicon.words.bodies_of for word in words)


def _are_people(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Return whether the words describe people: Members of Parliament."""
    return any(
        word.key in lexicon.words.people and following.key == "of" for word, following in pairwise(words)
    )
