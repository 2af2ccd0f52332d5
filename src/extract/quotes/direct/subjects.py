"""Sentences in marks without a cue: `Brandt left the hall. "It is late." He did not look back.`."""

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.direct.placed_cues import Attribution, PlacedCues
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.syntax import first_with_dep, is_passive

_ENDS = (".", "?", "!", "…")
_ONE_PERSON = frozenset("mf")  # kinds of pronouns


def find_subject_before(cues: PlacedCues, number: int) -> Attribution | None:
    """Attribute a sentence in marks to the subject of the narrator's sentence before it.

    The subject must be one person who has turned to somebody or voiced something (`called for silence`), or
    about whom the narrator goes on, if at all.

    Args:
        cues: The Doc's cues.
        number: Index of the region.
    """
    layout, region = cues.layout, cues.layout.regions[number]
    start, end = layout.outer[number]
    closed = region.closed and layout.text[region.start : region.end].endswith(_ENDS)
    if start == 0 or not closed or not cues.starts_sentence(number):
        return None
    follows = layout.paragraph_of[start - 1] == cues.paragraph(number) and layout.is_unquoted(start - 1)
    subject = _subject_of_sentence(cues, start - 1) if follows else None
    if subject is None or not _leads_on(subject.head, end, cues, cues.paragraph(number)):
        return None
    speaker = layout.words(noun_phrase(subject, layout.sentence(start - 1)[0], start, cues.known))
    return None if speaker is None else Attribution("subject", cues.known.confidences.subject, speaker)


def is_about_another(cues: PlacedCues, number: int, use: CueUse) -> bool:
    """Return whether the narrator's sentence before a region tells of another person than who spoke before.

    `"It is late," Odeh said. Karim Brandt called for silence. |"I am tired."|`
    """
    start, _ = cues.layout.outer[number]
    layout = cues.layout
    if start == 0 or not layout.is_unquoted(start - 1) or use.head is None:
        return False
    if layout.sentence_of[use.token.i] == layout.sentence_of[start - 1]:
        return False
    subject = _subject_of_sentence(cues, start - 1)
    return subject is not None and _is_named(subject) and subject.text != use.head.text


def _subject_of_sentence(cues: PlacedCues, token: int) -> Token | None:
    """Return the subject of a token's sentence if it is one person, by name or pronoun."""
    start, end = cues.layout.sentence(token)
    subject = first_with_dep(cues.doc[start:end].root.lefts, "nsubj")
    if subject is None or not cues.layout.is_unquoted(subject.i):
        return None
    is_person = subject.tag_ == "NN" and subject.lower_ in cues.known.descriptions.people
    return subject if is_person or _is_pronoun(cues, subject) or _is_named(subject) else None


def _is_pronoun(cues: PlacedCues, token: Token) -> bool:
    return cues.known.descriptions.phrases.pronouns.get(token.lower_) in _ONE_PERSON


def _is_named(subject: Token) -> bool:
    """Return whether a subject is a person's name, or has one in apposition."""
    names = (subject, *(child for child in subject.rights if child.dep_ == "appos"))
    return any(token.ent_type_ == "PERSON" for token in names)


def _leads_on(verb: Token, following: int, cues: PlacedCues, paragraph: int) -> bool:
    """Return whether the verb before a sentence in marks, or what follows it, shows who speaks."""
    is_cue = verb.lemma_ in cues.known.frames and not is_passive(verb)
    return is_cue or _addresses(verb, cues) or _goes_on(cues, following, paragraph)


def _addresses(verb: Token, cues: PlacedCues) -> bool:
    """Return whether a verb names an audience: `turned to the crowd`."""
    audience = any(child.dep_ in ("dobj", "dative") or child.lower_ == "to" for child in verb.rights)
    return audience and verb.lemma_ in cues.known.addressing


def _goes_on(cues: PlacedCues, following: int, paragraph: int) -> bool:
    """Return whether the paragraph ends at a token, or goes on with a person's pronoun."""
    if following >= len(cues.doc) or cues.layout.paragraph_of[following] != paragraph:
        return True
    return _is_pronoun(cues, cues.doc[following])
