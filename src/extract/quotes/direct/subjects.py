"""Sentences in marks without a cue: `Brandt left the hall. "It is late." He did not look back.`."""

from spacy.tokens import Token

from extract.quotes.direct.placed_cues import Attribution, PlacedCues
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.syntax import first_with_dep

_ENDS = (".", "?", "!", "…")
_ONE_PERSON = frozenset("mf")  # kinds of pronouns


def find_subject_before(cues: PlacedCues, number: int) -> Attribution | None:
    """Attribute a sentence in marks to the subject of the narrator's sentence before it.

    The subject must be one person who has turned to somebody, or about whom the narrator goes on, if at all.

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
    if subject is None or not (_addresses(subject.head, cues) or _goes_on(cues, end, cues.paragraph(number))):
        return None
    speaker = layout.words(noun_phrase(subject, layout.sentence(start - 1)[0], start, cues.known))
    return None if speaker is None else Attribution("subject", cues.known.confidences.subject, speaker)


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


def _addresses(verb: Token, cues: PlacedCues) -> bool:
    """Return whether a verb names an audience: `turned to the crowd`."""
    audience = any(child.dep_ in ("dobj", "dative") or child.lower_ == "to" for child in verb.rights)
    return audience and verb.lemma_ in cues.known.addressing


def _goes_on(cues: PlacedCues, following: int, paragraph: int) -> bool:
    """Return whether the paragraph ends at a token, or goes on with a person's pronoun."""
    if following >= len(cues.doc) or cues.layout.paragraph_of[following] != paragraph:
        return True
    return _is_pronoun(cues, cues.doc[following])
