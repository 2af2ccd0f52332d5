"""Merging of the lexicon's mentions with guessed ones: the longest span wins."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from extract.entities.model_names import MODEL_CONFIDENCE, MODEL_RULE
from extract.entities.persons import TITLE
from extract.lexicon import Lexicon
from extract.lexicon.keys import Word
from extract.model import Mention

# Names that a longer name may have inside it: University of Baghdad, Iraqi Airways, Michael Jordan.
_MAY_BE_INSIDE = frozenset({"place", "demonym", "group", "outlet", "short_name", "acronym"})
_PEOPLES_AND_PLACES = frozenset({"place", "demonym", "group"})
_OF_UNITS = frozenset({"ORG", "NORP", "GPE"})
_PARTICLES = frozenset({"of", "for", "and", "the", "in", "on", "de", "bin", "ibn", "bint", "wa"})
_COMMA = re.compile(r"[,;:()\n\"“”]")


def merge(known: Sequence[Mention], guessed: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Return the mentions without overlaps, in order.

    Args:
        known: From the lexicon, without overlaps.
        guessed: From the language model and from patterns.
        lexicon: Tells words that are no part of a name.
    """
    starts = [mention.start for mention in known]
    winners: list[Mention] = []
    losers: set[Mention] = set()
    for guess in _longest(guessed):
        overlapped = known[_first_ending_after(known, starts, guess.start) : bisect_left(starts, guess.end)]
        if _wins(guess, overlapped, lexicon):
            winners.append(guess)
            losers.update(overlapped)
    kept = [mention for mention in known if mention not in losers]
    return sorted([*kept, *winners], key=lambda mention: mention.start)


def _longest(mentions: Sequence[Mention]) -> list[Mention]:
    """Drop every mention that overlaps a longer one; of two equal ones the surer stays.

    How sure a model is of itself does not count here: a pattern knows more of the text than it.
    """
    chosen: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda one: (one.start - one.end, -_belief(one), one.start)):
        if taken.isdisjoint(range(mention.start, mention.end)):
            chosen.append(mention)
            taken.update(range(mention.start, mention.end))
    return chosen


def _belief(mention: Mention) -> float:
    return MODEL_CONFIDENCE if mention.rule.startswith(MODEL_RULE) else mention.confidence


def _first_ending_after(known: Sequence[Mention], starts: Sequence[int], start: int) -> int:
    """Return the index of the first mention that ends after `start`."""
    index = bisect_left(starts, start)
    return index - 1 if index and known[index - 1].end > start else index


def _wins(guess: Mention, known: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Return whether a guessed name takes the place of the lexicon's names that it overlaps."""
    if not known:
        return True
    if any(one.start < guess.start or one.end > guess.end for one in known):
        return False
    if guess.label == "FACTION" and any(one.method not in _PEOPLES_AND_PLACES for one in known):
        return known[0].start > guess.start
    if any(one.method not in _MAY_BE_INSIDE or one.label == "FACTION" for one in known):
        return _is_unit(guess, known)
    if guess.end - guess.start == known[0].end - known[0].start:
        # Ambassador Hill is not The Hill.
        return guess.rule == TITLE and known[0].method == "outlet"
    return _is_whole_name(guess, known, lexicon)


def _is_unit(guess: Mention, known: Sequence[Mention]) -> bool:
    """Return whether a guess is a numbered unit of a known body: 14th Iraqi Army Division."""
    return guess.label == "ORG" and guess.text[0].isdigit() and all(one.label in _OF_UNITS for one in known)


def _are_people(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Return whether words are people of something: Members of Parliament."""
    return any(
        word.key in lexicon.words.people and following.key == "of" for word, following in pairwise(words)
    )


def _is_whole_name(guess: Mention, known: Sequence[Mention], lexicon: Lexicon) -> bool:
    """Return whether a guess with known names inside is one name, not a known name with words around it."""
    surface = guess.text
    # In a headline in capitals every word looks like a part of a name.
    if _COMMA.search(surface) or guess.label in {"GPE", "NORP"} or surface.isupper():
        return False
    outside = [
        word
        for word in lexicon.spelling.split(surface)
        if not any(one.start <= guess.start + word.start < one.end for one in known)
    ]
    ordinary = lexicon.words.titles | lexicon.words.describers | lexicon.words.no_names
    proper = [word for word in outside if word.key not in _PARTICLES]
    if not all(surface[word.core].isupper() or surface[word.start].isupper() for word in proper):
        return False
    if _are_people(outside, lexicon):
        return False
    if guess.label == "PERSON":
        return len(proper) > 0 and not any(word.key in ordinary for word in proper)
    return any(word.key not in ordinary or word.key in lexicon.words.bodies_of for word in proper)
