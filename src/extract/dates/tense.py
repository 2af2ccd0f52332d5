"""Whether the clause around an expression is about the future or the past.

A bare `Monday` or `July` can lie before or after publication; the verbs around it decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from extract.dates.cues import TenseCues

if TYPE_CHECKING:  # `extract.dates` works without spaCy, which takes a second to import
    from spacy.tokens import Doc, Token

Tense = Callable[[int], str | None]

FUTURE = "FUT"
PAST = "PAST"

_AHEAD_WINDOW = 24
_SPEECH_WINDOW = 40
_POSSESSIVE = re.compile(r"\w{1,20}['’]s\b")
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’']?\s|\n")
_LEFT_WINDOW = 240
_RIGHT_WINDOW = 40


def lexical_tense(text: str, cues: TenseCues) -> Tense:
    """Return a tense function that looks only at the surrounding words; the last cue before decides."""
    return partial(_lexical_tense, text, cues)


def _lexical_tense(text: str, cues: TenseCues, offset: int) -> str | None:
    if cues.ahead.search(text, max(0, offset - _AHEAD_WINDOW), offset) or cues.coming.match(text, offset):
        return FUTURE
    if _is_day_of_speech(text, offset, cues):
        return PAST
    if _POSSESSIVE.match(text, offset):  # Monday's attack: no verb dates it
        return None
    before = _SENTENCE_BREAK.split(text[max(0, offset - _LEFT_WINDOW) : offset])[-1]
    found = list(cues.cue.finditer(before))
    if found:
        return _tense_of_cue(found[-1])
    after = _SENTENCE_BREAK.split(text[offset : offset + _RIGHT_WINDOW])[0]
    cue = cues.cue.search(after)
    if cue is not None and cue["decided"]:  # on Monday they agreed to buy it
        return PAST
    return None if cue is None else _tense_of_cue(cue)


def _is_day_of_speech(text: str, offset: int, cues: TenseCues) -> bool:
    """Return whether a day dates the verb of speech before it: `said Monday the ministry will build it`."""
    if not cues.said.search(text, max(0, offset - _SPEECH_WINDOW), offset):
        return False
    return cues.subject.match(text, offset) is None


def _tense_of_cue(cue: re.Match[str]) -> str:
    return PAST if cue["past"] else FUTURE


def tense_of(doc: Doc, cues: TenseCues) -> Tense:
    """Return a tense function for the Doc: its parse decides or, without a parse, the surrounding words.

    Args:
        doc: A Doc, parsed or not.
        cues: From the date rules (`rules.cues.tense`).

    Returns:
        A function from an offset in the text to `FUT`, `PAST` or None (cannot tell).
    """
    if not doc.has_annotation("DEP"):
        return lexical_tense(doc.text, cues)
    text = doc.text

    def judge(offset: int) -> str | None:
        before = text[max(0, offset - _AHEAD_WINDOW) : offset]
        if cues.ahead.search(before) or cues.coming.match(text, offset):
            return FUTURE
        if _is_day_of_speech(text, offset, cues):
            return PAST
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        tense = _parsed_tense(span[0], cues) if span is not None and len(span) else None
        return FUTURE if tense is None and cues.by.search(before) else tense

    return judge


def _parsed_tense(token: Token, cues: TenseCues) -> str | None:
    """Return the tense of the closest ancestor of an expression that shows one."""
    below, in_noun_phrase = token, False
    for head in token.ancestors:
        if _is_planned(head, below, cues):
            return PAST if _dates_the_plan(head, below, cues) else FUTURE
        if head.pos_ in ("VERB", "AUX"):
            if token.dep_ == "poss":  # Monday's attack: no verb dates it
                return None
            # `spoke of the prospect of a truce and a visit on Monday`
            if in_noun_phrase and _has_prospect(token.doc[head.i + 1 : token.i], cues):
                return FUTURE
            if (tense := _clause_tense(head, token, cues)) is not None:
                return tense
        in_noun_phrase = in_noun_phrase or _is_noun_before(head, token)
        below = head
    return None


def _is_noun_before(word: Token, date: Token) -> bool:
    return word.i < date.i and word.pos_ in ("NOUN", "PROPN")


def _is_planned(word: Token, below: Token, cues: TenseCues) -> bool:
    """Return whether something is planned for the day, or postponed to it."""
    if _is_new_day(word, below, cues):
        return True
    return _is_prospect(word, cues) and not _is_beside_noun(word, below)


def _is_new_day(verb: Token, below: Token, cues: TenseCues) -> bool:
    """Return whether something is postponed to the day: `postponed until Tuesday`."""
    is_postponed = verb.lemma_.lower() in cues.postponing
    return is_postponed and below.dep_ == "prep" and below.lower_ in cues.until


def _has_prospect(words: Iterable[Token], cues: TenseCues) -> bool:
    return any(_is_prospect(word, cues) for word in words)


def _is_prospect(token: Token, cues: TenseCues) -> bool:
    return token.lemma_.lower() in cues.prospects and not _is_over(token, cues)


def _is_beside_noun(noun: Token, below: Token) -> bool:
    """Return whether the parse attached a bare day to a noun: `approved the plan late Monday`."""
    return noun.pos_ == "NOUN" and below.dep_ == "npadvmod"


def _dates_the_plan(verb: Token, below: Token, cues: TenseCues) -> bool:
    """Return whether the plan was made that day: `promised on Monday to go`, not `set a vote for Monday`."""
    if verb.lemma_.lower() in cues.planning and _follows_object(verb, below):
        return False  # planned a march on Monday
    is_act = below.dep_ == "prep" and below.lower_ not in cues.event_prepositions
    return verb.tag_ == "VBD" and (is_act or below.dep_ == "npadvmod")


def _follows_object(verb: Token, below: Token) -> bool:
    return any(child.dep_ == "dobj" and child.i < below.i for child in verb.rights)


def _is_over(word: Token, cues: TenseCues) -> bool:
    """Return whether the plan is over: `had been scheduled`, `had been due`."""
    verb = word.head if word.dep_ == "acomp" else word
    return any(child.lower_ in cues.past_perfect for child in verb.children)


def _clause_tense(verb: Token, date: Token, cues: TenseCues) -> str | None:
    """Return the tense that the verb shows; the future for what is intended or scheduled."""
    tense = _verb_tense(verb, cues)
    if tense is not None:
        return tense
    is_scheduled = verb.i < date.i and _is_on_calendar(verb, cues)
    return FUTURE if is_scheduled or _is_intended(verb, cues) else None


def _verb_tense(verb: Token, cues: TenseCues) -> str | None:
    """Return the tense that a verb form and its auxiliaries show; None for an infinitive or a participle."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if auxiliaries & cues.future:
        return FUTURE
    if verb.tag_ == "VBD" or auxiliaries & cues.past:
        return PAST
    if verb.tag_ == "VBN" and _describes(verb):  # the decision announced on Monday
        return PAST
    if verb.tag_ == "VBG" and auxiliaries & cues.present:
        return FUTURE
    return None


def _describes(participle: Token) -> bool:
    """Return whether a participle reports an act: `the decision, announced Monday`, not `if approved`."""
    is_condition = any(child.dep_ == "mark" for child in participle.children)
    return participle.dep_ == "acl" or (participle.dep_ == "advcl" and not is_condition)


def _is_on_calendar(verb: Token, cues: TenseCues) -> bool:
    """Return whether the verb describes a scheduled event: `the fair opens on Monday`."""
    return verb.tag_ in ("VBZ", "VBP") and verb.lemma_.lower() in cues.calendar


def _is_intended(verb: Token, cues: TenseCues) -> bool:
    """Return whether the verb is something that someone `is to` do, or has agreed or decided to do."""
    is_infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    head = verb.head
    decided = verb.dep_ in ("xcomp", "acl") and head.lemma_.lower() in cues.deciding
    return is_infinitive and (head.lower_ in cues.present or decided)
