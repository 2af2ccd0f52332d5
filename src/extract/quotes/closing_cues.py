"""Cues that close their sentence or clause, with the speaker beside them: `..., two officials said`."""

from spacy.tokens import Doc, Span, Token

from extract.quotes.cues import Cues
from extract.quotes.layout import Layout, TokenRange
from extract.quotes.speaker_heads import can_speak
from extract.quotes.syntax import FINITE_TAGS, has_finite_verb, has_object, subject_of, words_among

_PHRASE_POS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "CCONJ", "ADP", "PART", "ADV"})
_CLOSING_WORDS = 4  # words after a closing cue: `told the agency on Monday`
_MAX_PHRASE = 12  # tokens of the speaker's phrase, and from a closing cue to the end of its sentence


def find_closing_speaker(layout: Layout, cue: Token, cues: Cues) -> TokenRange | None:
    """Return the range of the speaker of a closing cue, None if the cue closes nothing."""
    return _speaker_before(layout, cue, cues) or _speaker_after(layout, cue, cues)


def _speaker_before(layout: Layout, cue: Token, cues: Cues) -> TokenRange | None:
    """Return the phrase between a comma and the cue that closes its sentence (`..., two officials said.`)."""
    doc = layout.doc
    first, last = layout.sentence(cue.i)
    if not _ends_sentence(cue, last) or (has_object(cue) and cue.lemma_ not in cues.closing_telling):
        return None
    phrase = _start_after_comma(layout, cue.i, first), cue.i
    if phrase[0] == cue.i:
        phrase = _apposed_before(layout, cue.i - 1, first)
    start = phrase[0]
    if start is None or not has_finite_verb(doc[first:start]):
        return None
    end = _without_adverbs(doc, start, phrase[1])
    return (start, end) if end > start and doc[end - 1].pos_ in ("NOUN", "PROPN", "PRON") else None


def _ends_sentence(cue: Token, last: int) -> bool:
    """Return whether at most a few words, none of them a verb, follow the cue in its sentence."""
    if last - cue.i > _MAX_PHRASE:
        return False
    rest = words_among(cue.doc[cue.i + 1 : last])
    return len(rest) <= _CLOSING_WORDS and not any(token.pos_ in ("VERB", "AUX", "SCONJ") for token in rest)


def _apposed_before(layout: Layout, comma: int, first: int) -> tuple[int | None, int]:
    """Return the range of a description and a name before a comma: `..., the lawyer, Lena Brandt, said.`."""
    name = _start_after_comma(layout, comma, first)
    if name is None or not first < name < comma:
        return None, comma
    noun = _start_after_comma(layout, name - 1, first)
    pair = layout.doc[name - 2].pos_, layout.doc[comma - 1].pos_
    apposed = noun is not None and first < noun < name - 1 and sorted(pair) == ["NOUN", "PROPN"]
    return (noun if apposed else None), comma


def _start_after_comma(layout: Layout, end: int, first: int) -> int | None:
    """Return the token after the last comma before a token, None if more than a phrase lies between."""
    start = end
    while start > first and layout.is_unquoted(start - 1) and layout.doc[start - 1].text != ",":
        start -= 1
        if not _is_in_phrase(layout.doc[start]) or end - start > _MAX_PHRASE:
            return None
    return start


def _is_in_phrase(token: Token) -> bool:
    """Return whether a word may be in a noun phrase: `the state-run agency`."""
    return token.pos_ in _PHRASE_POS or token.text == "-" or (token.pos_ == "VERB" and token.dep_ == "amod")


def _without_adverbs(doc: Doc, start: int, end: int) -> int:
    while end > start and doc[end - 1].pos_ == "ADV":
        end -= 1
    return end


def _speaker_after(layout: Layout, cue: Token, cues: Cues) -> TokenRange | None:
    """Return the phrase after an inverted cue that closes its clause (`..., reckoned Brandt.`).

    A parse may take that phrase for the object of a second verb in the clause before.
    """
    doc = layout.doc
    first, last = layout.sentence(cue.i)
    if cue.i <= first or not _is_inverted(cue):
        return None
    end = next((i for i in range(cue.i + 1, last) if doc[i].text in ".;"), last)
    phrase = doc[cue.i + 1 : end]
    if not _is_noun_phrase(phrase) or not can_speak(phrase.root, cues.descriptions):
        return None
    if not all(layout.is_unquoted(i) for i in range(first, end)):
        return None
    return (phrase.start, phrase.end) if has_finite_verb(doc[first : cue.i]) else None


def _is_inverted(cue: Token) -> bool:
    """Return whether a finite verb directly follows a comma and has no subject."""
    return cue.tag_ in FINITE_TAGS and cue.doc[cue.i - 1].text == "," and subject_of(cue) is None


def _is_noun_phrase(phrase: Span) -> bool:
    if not 0 < len(phrase) <= _MAX_PHRASE or phrase[0].pos_ in ("ADP", "ADV", "PART", "CCONJ"):
        return False
    return all(token.pos_ in _PHRASE_POS for token in phrase)
