"""Labels of guessed names, corrected by the words of the name and the words beside it."""

import re
from collections.abc import Sequence

from extract.entities.conditions import NameContext
from extract.lexicon import Lexicon
from extract.lexicon.keys import Word, fold
from extract.model import Label

LONGEST_PERSON = 6
# The word right before a name: a title, a preposition.
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?[^\S\n]$")
_THE_BEFORE = re.compile(r"\b[Tt]he[^\S\n]$")
_OF_BEFORE = re.compile(r"([^\W\d_]+)[^\S\n]of[^\S\n]\Z")
_WORD_AFTER = re.compile(r"[^\S\n]([^\W\d_]+)")
_REACH = 24
_STATE_CODE = 2
_LIST_REACH = 120
# Weapons, aircraft and vehicles: F-16, AK-47, UH-60M. Names such as G-8 are excluded.
_MODEL_NUMBER = re.compile(r"(?!G-?\d+$)[A-Z]{1,4}-?\d{1,4}[A-Za-z]{0,2}s?")
# A number joined to a word: UPDATE 2-Drone.
_NUMBERED = re.compile(r"\d+- ?[A-Z]")


def cannot_be_name(surface: str, words: Sequence[Word], label: Label, lexicon: Lexicon) -> bool:
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
    """Return the label indicated by a name's own words, else by the words beside it, else the model's."""
    keys = [word.key for word in words]
    return (
        _label_by_nouns(keys, label, context.lexicon)
        or _label_by_neighbours(words, label, context)
        or _label_by_first_word(keys, label, context.lexicon)
    )


def _label_by_nouns(keys: Sequence[str], label: Label, lexicon: Lexicon) -> Label | None:
    """Return the label required by the nouns of a name."""
    if len(keys) < 2:  # noqa: PLR2004 - one word says too little
        return None
    known, last = lexicon.words, keys[-1]
    if last in known.facilities:
        return "FAC" if label != "GPE" else label
    if last in known.parties and keys[0] not in known.worldwide:
        return "FACTION"
    if last in known.landforms and label != "PERSON":
        return "LOC"
    if last in known.towns and label in {"LOC", "FAC", "PERSON"}:
        return "GPE"
    return "ORG" if last in known.bodies or _is_organisation(keys, label, lexicon) else None


def _is_organisation(keys: Sequence[str], label: Label, lexicon: Lexicon) -> bool:
    return label in {"PERSON", "FAC", "ORG"} and not lexicon.words.organisations.isdisjoint(keys)


def _label_by_neighbours(words: Sequence[Word], label: Label, context: NameContext) -> Label | None:
    """Return the label required by the words right before or after a name: `town of X`, `Gen. X`."""
    text, end = context.text, words[-1].end
    before = _label_by_word_before(words[0].start, context)
    if before is not None:
        return before
    after = _WORD_AFTER.match(text, end)
    if after and after[1] in context.lexicon.phrases.places.peoples:
        return "NORP"
    if label == "PERSON" and _is_family(words, text):
        return "NORP"
    if label not in {"PERSON", "ORG"} or words[0].key in context.lexicon.words.alone:
        return None
    if _is_used_as_place(words, label, context):
        return "GPE"
    return "PERSON" if context.lexicon.phrases.persons.after.match(text, end) else None


def _is_family(words: Sequence[Word], text: str) -> bool:
    """Return whether a name is the plural of a family or people: `the Reeds`."""
    is_plural = len(words) == 1 and text[words[0].end - 1] == "s" and text[words[0].core].isupper()
    return is_plural and _THE_BEFORE.search(text, max(0, words[0].start - _REACH), words[0].start) is not None


def _label_by_word_before(start: int, context: NameContext) -> Label | None:
    """Return GPE after `town of`, PERSON after a title, ORG after a noun for an outlet (`news agency X`)."""
    before = context.text[max(0, start - _REACH) : start]
    of = _OF_BEFORE.search(before)
    if of and of[1].lower() in context.lexicon.words.towns:
        return "GPE"
    title = _WORD_BEFORE.search(before)
    if title and title[1] in context.lexicon.phrases.bodies.outlets:
        return "ORG"
    return "PERSON" if title and fold(title[1]) in context.lexicon.words.person_titles else None


def _is_used_as_place(words: Sequence[Word], label: Label, context: NameContext) -> bool:
    """Return whether a name labelled as a person or body is used as a place: `in X`, `X town`."""
    text, start, end = context.text, words[0].start, words[-1].end
    surface, before = text[start:end], text[max(0, start - _LIST_REACH) : start]
    if surface.isupper():
        return len(surface) == _STATE_CODE and before.endswith(", ")
    after, phrases = _WORD_AFTER.match(text, end), context.lexicon.phrases.places
    if (after and after[1] in context.lexicon.words.towns) or phrases.list_before.search(before):
        return True
    if label == "ORG" and len(words) > 1:
        return False
    return _is_place_beside(start, end, context) and words[0].key not in context.lexicon.words.given_names


def _is_place_beside(start: int, end: int, context: NameContext) -> bool:
    """Return whether the words around a span say that it is a place: `in X`, `residents of X`."""
    phrases = context.lexicon.phrases.places
    before = context.text[max(0, start - _LIST_REACH) : start]
    word = _WORD_BEFORE.search(before)
    is_cue = word is not None and word[1].lower() in phrases.prepositions
    return is_cue or phrases.pair_before.search(before) is not None or is_certain_place(start, end, context)


def is_certain_place(start: int, end: int, context: NameContext) -> bool:
    """Return whether the words around a span are said of places alone: `residents of X`, `X, a town`."""
    phrases = context.lexicon.phrases.places
    of = _OF_BEFORE.search(context.text, max(0, start - _REACH), start)
    noun = "" if of is None else of[1].lower()
    is_part = noun in phrases.parts or noun in context.lexicon.words.towns
    return is_part or phrases.after.match(context.text, end) is not None


def _label_by_first_word(keys: Sequence[str], label: Label, lexicon: Lexicon) -> Label:
    """Return PERSON after a first word that is a given name, GPE after one that begins towns: `Tal X`.

    FAC after one that begins buildings, LOC after one that begins parts of nature: `Fort X`, `Lake X`.
    """
    if len(keys) > 1 and label in {"PERSON", "ORG"}:
        started = _started_label(keys[0], lexicon)
        if started is not None:
            return started
    if label == "FAC" and len(keys) > 1:
        return label
    is_person = keys[0] in lexicon.words.given_names and len(keys) <= LONGEST_PERSON
    return "PERSON" if is_person and "of" not in keys else label


def _started_label(key: str, lexicon: Lexicon) -> Label | None:
    """Return the label of the names that a word begins."""
    if key in lexicon.words.town_starts:
        return "GPE"
    if key in lexicon.words.facility_starts:
        return "FAC"
    return "LOC" if key in lexicon.words.landform_starts else None
