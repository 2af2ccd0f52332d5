"""Whether the clause around an expression is about the future or the past.

A bare `Monday` or `July` can lie before or after publication; the verbs around it decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `extract.dates` works without spaCy, which takes a second to import
    from spacy.tokens import Doc, Token

Tense = Callable[[int], str | None]

FUTURE = "FUT"
PAST = "PAST"

# English grammar, not domain knowledge: auxiliaries, and words that announce a future event.
_MODALS = {"will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "should"}
_PAST_AUXILIARIES = {"had", "was", "were", "did", "has", "have"}
_PRESENT_AUXILIARIES = {"is", "are", "am", "'s", "’s", "'re", "’re"}
_PLANNING_VERBS = {"schedule", "plan", "expect", "aim", "intend", "hope", "prepare", "set", "slate", "await"}
_PROMISING_VERBS = {"promise", "pledge", "vow"}
_PROSPECT_WORDS = {"due", "ahead", "upcoming", "forthcoming", "possibility", "prospect", "proposal"}
# These move an event to a new, future day: `postponed until Tuesday`, `delayed to Sunday`.
_POSTPONING_VERBS = {
    "adjourn", "allow", "defer", "delay", "extend", "give", "grant", "postpone", "push", "remand",
    "reschedule", "suspend",
}  # fmt: skip
_UNTIL = {"until", "till", "to"}
# What follows these is still to be done: `agreed to buy the line in February`.
_DECIDING_WORDS = {
    "agree", "agreement", "bid", "choose", "commit", "commitment", "deal", "decide", "decision", "elect",
    "invite", "offer", "opt", "order", "propose", "seek", "threaten", "urge", "want", "wish",
}  # fmt: skip
# Right before a date these put it in the future, whatever the verb: `a new office, effective Feb. 1`.
_AHEAD = re.compile(
    r"\b(?:effective|payable|no later than|as (?:soon|early|late) as|ahead of)(?: on| from)?\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_AHEAD_WINDOW = 24
_POSSESSIVE = re.compile(r"\w{1,20}['’]s\b")
# These do so only where no verb shows a tense.
_BY = re.compile(r"\b(?:by|until|till)\s+\Z", re.IGNORECASE)
_PROSPECTS = _PLANNING_VERBS | _PROMISING_VERBS | _PROSPECT_WORDS
# In the present tense these describe a scheduled event: `the fair opens on Monday`.
_CALENDAR_VERBS = {
    "begin", "start", "open", "resume", "reopen", "end", "close", "finish", "expire", "convene", "meet",
    "vote", "arrive", "depart", "leave", "return", "travel", "fly", "go", "head", "kick", "take",
}  # fmt: skip
_IRREGULAR_PASTS = (
    "was|were|had|did|said|told|met|came|left|fell|went|held|took|began|gave|made|won|rose|spoke|sent|struck"
    "|broke|fled|led|shot|saw|became|ate|slept|kept|stood|ran|lost|paid"
)
_AUXILIARY = r"will|would|shall|should|might|(?:(?:is|are)\s)?to"
_PUT_OFF = "postponed|delayed|extended|adjourned|deferred|suspended|remanded"
_FUTURE_CUES = (
    # with its participle, which alone would look like a past tense: should be completed, to remain closed
    rf"(?:{_AUXILIARY})\s(?:not\s|also\s|now\s)?(?:be|remain|stay)\s(?:\w{{1,15}}ly\s)?\w{{1,20}}",
    r"will|would|shall|should|might|to be|is to|are to",
    r"scheduled|expected|(?<!the )(?<!a )plans?|planned|planning|set (?:to|for)|due|hopes?",
    r"by(?=\s{1,8}\Z)|ahead of|upcoming|possibility|prospect",
    # `put off until Tuesday`: a new day
    rf"(?:{_PUT_OFF})\b.{{0,60}}\b(?:until|till|to)(?=\s{{1,8}}\Z)",
    # scheduled events, in the present tense
    r"(?:begin|start|open|resume|end|close|expire|convene|meet|vote)s",
    r"(?:go|goes|head|heads) to the polls|takes? (?:place|effect|office)|comes? into (?:force|effect)",
    r"goes? on (?:trial|sale|strike)|kicks? off|gets? under way",
)
# `Talks resume on Monday`: only at the start of a sentence; elsewhere the word may be an adjective.
_OPENING_CUE = (
    r"\A\s{0,3}(?:the\s)?(?:\w{1,20}\s){0,2}\w{1,20}s\s(?:open|close|begin|start|end|resume|reopen|vote|meet)"
)
_PAST_CUE = rf"had (?:previously )?(?:to be|been) \w{{1,20}}|{_IRREGULAR_PASTS}|\w{{3,20}}ed"
_WORD = r"\b(?=[^\W\d])"  # start of a word; no cue starts inside a word or at a number
_CUE = re.compile(
    rf"{_WORD}(?:{'|'.join(_FUTURE_CUES)})\b|['’]ll\b|{_OPENING_CUE}\b|{_WORD}(?P<past>{_PAST_CUE})\b",
    re.IGNORECASE,
)
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’']?\s|\n")
_LEFT_WINDOW = 240
_RIGHT_WINDOW = 40


def lexical_tense(text: str) -> Tense:
    """Return a tense function that looks only at the surrounding words; the last cue before decides."""
    return partial(_lexical_tense, text)


def _lexical_tense(text: str, offset: int) -> str | None:
    if _AHEAD.search(text, max(0, offset - _AHEAD_WINDOW), offset):
        return FUTURE
    if _POSSESSIVE.match(text, offset):  # Monday's attack: no verb dates it
        return None
    before = _SENTENCE_BREAK.split(text[max(0, offset - _LEFT_WINDOW) : offset])[-1]
    cues = list(_CUE.finditer(before))
    if cues:
        return _tense_of_cue(cues[-1])
    after = _SENTENCE_BREAK.split(text[offset : offset + _RIGHT_WINDOW])[0]
    cue = _CUE.search(after)
    return None if cue is None else _tense_of_cue(cue)


def _tense_of_cue(cue: re.Match[str]) -> str:
    return PAST if cue["past"] else FUTURE


def tense_of(doc: Doc) -> Tense:
    """Return a tense function for the Doc: its parse decides or, without a parse, the surrounding words.

    Args:
        doc: A Doc, parsed or not.

    Returns:
        A function from an offset in the text to `FUT`, `PAST` or None (cannot tell).
    """
    if not doc.has_annotation("DEP"):
        return lexical_tense(doc.text)
    text = doc.text

    def judge(offset: int) -> str | None:
        before = text[max(0, offset - _AHEAD_WINDOW) : offset]
        if _AHEAD.search(before):
            return FUTURE
        span = doc.char_span(offset, offset + 1, alignment_mode="expand")
        tense = _parsed_tense(span[0]) if span is not None and len(span) else None
        return FUTURE if tense is None and _BY.search(before) else tense

    return judge


def _parsed_tense(token: Token) -> str | None:
    """Return the tense of the closest ancestor of an expression that shows one."""
    below, in_noun_phrase = token, False
    for head in token.ancestors:
        if _is_new_day(head, below) or (_is_prospect(head) and not _is_beside_noun(head, below)):
            return PAST if _dates_the_plan(head, below) else FUTURE
        if head.pos_ in ("VERB", "AUX"):
            if token.dep_ == "poss":  # Monday's attack: no verb dates it
                return None
            # `spoke of the prospect of a truce and a visit on Monday`
            if in_noun_phrase and any(map(_is_prospect, token.doc[head.i + 1 : token.i])):
                return FUTURE
            if (tense := _verb_tense(head)) is not None:
                return tense
            if _is_intended(head) or (head.i < token.i and _is_on_calendar(head)):
                return FUTURE
        is_noun_before = head.i < token.i and head.pos_ in ("NOUN", "PROPN")
        in_noun_phrase = in_noun_phrase or is_noun_before
        below = head
    return None


def _is_new_day(verb: Token, below: Token) -> bool:
    """Return whether something is postponed to the day: `postponed until Tuesday`."""
    return verb.lemma_.lower() in _POSTPONING_VERBS and below.dep_ == "prep" and below.lower_ in _UNTIL


def _is_prospect(token: Token) -> bool:
    return token.lemma_.lower() in _PROSPECTS and not _is_over(token)


def _is_beside_noun(noun: Token, below: Token) -> bool:
    """Return whether the parse attached a bare day to a noun: `approved the plan late Monday`."""
    return noun.pos_ == "NOUN" and below.dep_ == "npadvmod"


def _dates_the_plan(verb: Token, below: Token) -> bool:
    """Return whether the plan was made that day: `promised on Monday to go`, not `set a vote for Monday`."""
    if verb.lemma_.lower() in _PLANNING_VERBS - {"set"} and _follows_object(verb, below):
        return False  # planned a march on Monday
    of_plan = below.dep_ == "npadvmod" or (below.dep_ == "prep" and below.lower_ not in {"for", *_UNTIL})
    return verb.tag_ == "VBD" and of_plan


def _follows_object(verb: Token, below: Token) -> bool:
    return any(child.dep_ == "dobj" and child.i < below.i for child in verb.rights)


def _is_over(word: Token) -> bool:
    """Return whether the plan is over: `had been scheduled`, `had been due`."""
    verb = word.head if word.dep_ == "acomp" else word
    return any(child.lower_ == "had" for child in verb.children)


def _verb_tense(verb: Token) -> str | None:
    """Return the tense that a verb form and its auxiliaries show; None for an infinitive or a participle."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if auxiliaries & _MODALS:
        return FUTURE
    if verb.tag_ == "VBD" or auxiliaries & _PAST_AUXILIARIES:
        return PAST
    if verb.tag_ == "VBN" and _describes(verb):  # the decision announced on Monday
        return PAST
    if verb.tag_ == "VBG" and auxiliaries & _PRESENT_AUXILIARIES:
        return FUTURE
    return None


def _describes(participle: Token) -> bool:
    """Return whether a participle reports an act: `the decision, announced Monday`, not `if approved`."""
    is_condition = any(child.dep_ == "mark" for child in participle.children)
    return participle.dep_ == "acl" or (participle.dep_ == "advcl" and not is_condition)


def _is_on_calendar(verb: Token) -> bool:
    """Return whether the verb describes a scheduled event: `the fair opens on Monday`."""
    return verb.tag_ in ("VBZ", "VBP") and verb.lemma_.lower() in _CALENDAR_VERBS


def _is_intended(verb: Token) -> bool:
    """Return whether the verb is something that someone `is to` do, or has agreed or decided to do."""
    is_infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    head = verb.head
    decided = verb.dep_ in ("xcomp", "acl") and head.lemma_.lower() in _DECIDING_WORDS
    return is_infinitive and (head.lower_ in _PRESENT_AUXILIARIES or decided)
