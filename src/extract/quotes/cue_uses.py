"""Cues in a Doc: each word that introduces speech, with the speaker that the parse gives it."""

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from extract.quotes.closing_cues import find_closing_speaker
from extract.quotes.cues import Cues
from extract.quotes.layout import NO_REGION, Layout, TokenRange, is_within
from extract.quotes.speaker_heads import (
    find_quoted,
    find_speaker_head,
    is_verb_tagged_as_noun,
    speaker_phrase,
)
from extract.quotes.syntax import first_with_dep, is_attributive, verb_range

CueKind = Literal["speech", "thought", "stance", "preposition", "complement"]
_Phrases = list[tuple[list[str], float]]  # words and reliability of each prepositional cue

_LONGEST_NOUN_RUN = 6  # tokens after a preposition that may be its object


@dataclass(frozen=True, slots=True)
class CueUse:
    """One use of a cue word.

    Attributes:
        token: The cue verb or the first word of the preposition.
        tokens: Range of the whole cue (`called on`).
        speaker: Range of the speaker's phrase, None if the parse shows none.
        head: Head word of that phrase.
        closing: Whether cue and speaker close the sentence; the report then precedes them.
    """

    token: Token
    lemma: str
    kind: CueKind
    tokens: TokenRange
    reliability: float
    speaker: TokenRange | None
    head: Token | None
    closing: bool = False


def find_cue_uses(layout: Layout, cues: Cues) -> list[CueUse]:
    """Find every cue outside quotation marks, in order."""
    uses: list[CueUse] = []
    prepositions = _prepositions_by_first_word(cues)
    for token, lower in zip(layout.doc, layout.lowers, strict=True):
        if not layout.is_unquoted(token.i):
            continue
        use = _verb_use(layout, token, cues) if _is_verb(layout, token) else None
        if use is None and lower in prepositions:
            use = _preposition_use(layout, token, prepositions[lower], cues)
        if use is not None:
            uses.append(use)
    return uses


def is_quoting(use: CueUse, cues: Cues) -> bool:
    """Return whether the speaker of a cue is its object: `the agency quoted the mayor as saying ...`."""
    return use.kind == "speech" and use.lemma in cues.quoting


def _prepositions_by_first_word(cues: Cues) -> dict[str, _Phrases]:
    by_first_word: dict[str, _Phrases] = {}
    for phrase, reliability in cues.prepositions.items():
        words = phrase.split()
        by_first_word.setdefault(words[0], []).append((words, reliability))
    return by_first_word


def _is_verb(layout: Layout, token: Token) -> bool:
    if token.pos_ == "VERB" or _follows_quotation(layout, token):
        return True
    return layout.follows(token.i, "that") and is_verb_tagged_as_noun(token)


def _follows_quotation(layout: Layout, token: Token) -> bool:
    """Return whether a plural noun is really a verb: `"...," jokes Brandt`, `"...," Brandt fumes`."""
    doc, before = layout.doc, token.i - 1
    if token.tag_ != "NNS" or before < 0:
        return False
    if doc[before].pos_ != "PROPN" and not _precedes_speaker(token):
        return False
    while before > 0 and layout.is_unquoted(before) and doc[before].pos_ == "PROPN":
        before -= 1
    number = layout.region_of[before]
    if number == NO_REGION or not layout.regions[number].closed:
        return False
    return layout.text[layout.regions[number].end - 1] in ",?!"


def _precedes_speaker(token: Token) -> bool:
    following = token.i + 1
    return following < len(token.doc) and token.doc[following].pos_ in ("PROPN", "DET", "PRON")


def _verb_use(layout: Layout, token: Token, cues: Cues) -> CueUse | None:
    lemma = token.lemma_.lower()
    if not cues.reliability(lemma):
        return None
    tokens = verb_range(token, cues.particles.get(lemma, frozenset()))
    kind = _kind(lemma, cues, layout.doc, tokens)
    if kind is None or is_attributive(token):
        return None
    quoted = find_quoted(token, cues)
    kind = kind if quoted is None else "speech"
    head = quoted or find_speaker_head(token, cues)
    speaker = speaker_phrase(layout, head, token, cues)
    closing = find_closing_speaker(layout, token, cues) if kind == "speech" else None
    if closing is not None and not _contains(head, closing):
        speaker, head = closing, layout.doc[closing[0] : closing[1]].root
    elif closing is not None and speaker is not None:
        speaker = min(closing[0], speaker[0]), max(closing[1], speaker[1])
    return CueUse(
        token=token,
        lemma=lemma,
        kind=kind,
        tokens=tokens,
        reliability=cues.reliability(lemma) if quoted is None else cues.confidences.sure,
        speaker=speaker,
        head=head,
        closing=closing is not None,
    )


def _contains(head: Token | None, closing: TokenRange) -> bool:
    """Tell whether a subject is in a closing phrase or ends with it: `officials in Iran, Iraq and Syria`."""
    if head is None or is_within(head, closing):
        return head is not None
    last = head.doc[closing[0] : closing[1]].root
    return last.dep_ == "conj" and last.head.i < closing[0] and head.is_ancestor(last)


def _speaks_with_particle(doc: Doc, tokens: TokenRange) -> bool:
    """Return whether a verb has its particle, and no other act follows it: `they went on firing`."""
    start, end = tokens
    following = doc[end].tag_ if end < len(doc) else ""
    return end - start > 1 and following not in ("VBG", "TO")


def _kind(lemma: str, cues: Cues, doc: Doc, tokens: TokenRange) -> CueKind | None:
    """Return the kind of a verb, None for verbs that are not cues."""
    if lemma in cues.speech or (lemma in cues.phrasal and _speaks_with_particle(doc, tokens)):
        return "speech"
    if lemma in cues.thought:
        return "thought"
    return "stance" if lemma in cues.stance else None


def _preposition_use(layout: Layout, token: Token, phrases: _Phrases, cues: Cues) -> CueUse | None:
    for words, reliability in phrases:
        end = token.i + len(words)
        if end >= len(layout.doc) or [word.lower_ for word in layout.doc[token.i : end]] != words:
            continue
        last = layout.doc[end - 1]
        head = first_with_dep(last.rights, "pobj")
        if head is None:
            head = _noun_after(layout, end)
        speaker = speaker_phrase(layout, head, last, cues)
        if head is not None and speaker is not None:
            return CueUse(token, " ".join(words), "preposition", (token.i, end), reliability, speaker, head)
    return _possessive_use(layout, token, phrases, cues)


def _possessive_use(layout: Layout, token: Token, phrases: _Phrases, cues: Cues) -> CueUse | None:
    """Return the use in `in X's view`, a variant of `in the view of X`."""
    noun = first_with_dep(token.rights, "pobj")
    owner = None if noun is None else first_with_dep(noun.lefts, "poss")
    if noun is None or owner is None:
        return None
    for words, reliability in phrases:
        speaker = speaker_phrase(layout, owner, noun, cues) if noun.lower_ in words[1:] else None
        if speaker is not None:
            cue = noun.i, noun.i + 1
            return CueUse(token, " ".join(words), "preposition", cue, reliability, speaker, owner)
    return None


def _noun_after(layout: Layout, start: int) -> Token | None:
    """Return the last noun of the noun run at a token, used where the parse gives a preposition no object."""
    found = None
    for token in layout.doc[start : start + _LONGEST_NOUN_RUN]:
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            found = token
        elif found is not None or token.pos_ not in ("DET", "ADJ", "NUM"):
            break
    return found
