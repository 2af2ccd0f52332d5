"""What a guessed name is: the words of the name and the words beside it say more than the model does."""

import re
from collections.abc import Sequence

from extract.entities.conditions import NameContext
from extract.lexicon import Lexicon
from extract.lexicon.keys import Word, fold
from extract.model import Label

LONGEST_PERSON = 6
# The word right before a name: a title, a preposition.
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?[^\S\n]$")
_OF_BEFORE = re.compile(r"([^\W\d_]+)[^\S\n]of[^\S\n]$")
_WORD_AFTER = re.compile(r"[^\S\n]([^\W\d_]+)")
_REACH = 24
# Where something happens: the name after one of these is a place.
_PLACE_CUES = frozenset({"in", "near", "outside", "inside", "around", "throughout"})
# A list of towns: areas such as X, Y and Z.
_TOWN_LIST = re.compile(
    r"\b(?:areas|cities|districts|governorates|neighbou?rhoods|provinces|suburbs|towns|villages)"
    r" (?:such as|like|including|of|in) (?:[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?(?:, (?:and |or )?| and | or ))*$"
)
_IN_LIST = re.compile(r"\b[Ii]n [A-Z][\w'’-]+,? and $")
# A name's age or a clause about a person: X, 45, or X, who.
_PERSON_AFTER = re.compile(r",? who\b|, \d\d,")
_STATE_CODE = 2
_LIST_REACH = 120
# The international coalition is no party.
WORLDWIDE = frozenset({"international", "global", "world"})
_PEOPLES = frozenset({"tribe", "tribes", "clan"})
# Weapons, aircraft and vehicles: F-16, AK-47, UH-60M. G-8 and its like are names.
_MODEL_NUMBER = re.compile(r"(?!G-?\d+$)[A-Z]{1,4}-?\d{1,4}[A-Za-z]{0,2}s?")
# What a count left of a word: UPDATE 2-Drone.
_NUMBERED = re.compile(r"\d+- ?[A-Z]")


def is_no_name(surface: str, words: Sequence[Word], label: Label, lexicon: Lexicon) -> bool:
    """Return whether the words themselves rule out a name: a law, an event, a weapon, a bare noun."""
    known = lexicon.words
    if words[0].key in known.matter_starts or _MODEL_NUMBER.fullmatch(surface) or _NUMBERED.match(surface):
        return True
    if len(words) == 1:
        return words[0].key in known.nouns and words[0].key not in known.alone
    is_office = label != "PERSON" and words[-1].key in known.titles
    if is_office and known.organisations.isdisjoint(word.key for word in words):
        return True
    return words[-1].key in known.matters


def corrected_label(words: Sequence[Word], label: Label, context: NameContext) -> Label:
    """Return the label that a name's own words, else the words beside it speak for, else the model's."""
    keys = [word.key for word in words]
    inside = _label_inside(keys, label, context.lexicon)
    if inside is not None:
        return inside
    return _label_beside(words, label, context) or _label_of_begin(keys, label, context.lexicon)


def _label_inside(keys: Sequence[str], label: Label, lexicon: Lexicon) -> Label | None:
    """Return the label that the nouns of a name demand."""
    if len(keys) < 2:  # noqa: PLR2004 - one word says too little
        return None
    known, last = lexicon.words, keys[-1]
    if last in known.facilities:
        return "FAC" if label != "GPE" else label
    if last in known.parties and keys[0] not in WORLDWIDE:
        return "FACTION"
    if last in known.landforms and label != "PERSON":
        return "LOC"
    is_organisation = label in {"PERSON", "FAC", "ORG"} and not known.organisations.isdisjoint(keys)
    return "ORG" if is_organisation or last in known.bodies else None


def _label_beside(words: Sequence[Word], label: Label, context: NameContext) -> Label | None:
    """Return the label that the words right before and after a name demand: `town of X`, `Gen. X`."""
    text, start, end, known = context.text, words[0].start, words[-1].end, context.lexicon.words
    before = text[max(0, start - _REACH) : start]
    of = _OF_BEFORE.search(before)
    if of and of[1].lower() in known.towns:
        return "GPE"
    title = _WORD_BEFORE.search(before)
    if title and fold(title[1]) in known.person_titles:
        return "PERSON"
    after = _WORD_AFTER.match(text, end)
    if after and after[1] in _PEOPLES:
        return "NORP"
    if label not in {"PERSON", "ORG"} or words[0].key in known.alone:
        return None
    if _stands_as_place(words, label, context):
        return "GPE"
    return "PERSON" if _PERSON_AFTER.match(text, end) else None


def _stands_as_place(words: Sequence[Word], label: Label, context: NameContext) -> bool:
    """Return whether what the model took for a person or body stands where a place does: `in X`, `X town`."""
    text, start, end = context.text, words[0].start, words[-1].end
    surface, before = text[start:end], text[max(0, start - _LIST_REACH) : start]
    if surface.isupper():
        return len(surface) == _STATE_CODE and before.endswith(", ")
    after = _WORD_AFTER.match(text, end)
    if (after and after[1] in context.lexicon.words.towns) or _TOWN_LIST.search(before):
        return True
    if label == "ORG" and len(words) > 1:
        return False
    word = _WORD_BEFORE.search(before)
    is_where = (word and word[1].lower() in _PLACE_CUES) or _IN_LIST.search(before)
    return bool(is_where) and words[0].key not in context.lexicon.words.given_names


def _label_of_begin(keys: Sequence[str], label: Label, lexicon: Lexicon) -> Label:
    """Return PERSON for what begins with a given name, GPE for what begins as towns do: `Tal X`."""
    if len(keys) > 1 and keys[0] in lexicon.words.town_starts:
        return "GPE" if label in {"PERSON", "ORG"} else label
    is_person = keys[0] in lexicon.words.given_names and len(keys) <= LONGEST_PERSON
    return "PERSON" if is_person and "of" not in keys else label
