"""Whether the article names the persons who speak."""

from spacy.tokens import Doc

from extract.model import Quote, TextSpan
from extract.quotes.context.people import span_at
from extract.quotes.context.words import AnonymityWords
from extract.quotes.cues import Descriptions
from extract.quotes.phrases import head_word, singular

_BODIES = frozenset({"organisation", "document"})
_NOUN_TAGS = frozenset({"NN", "NNS"})
_REACH = 60  # characters after a speaker in which some of those meant are named


def is_anonymous(
    quote: Quote, doc: Doc, text: str, known: Descriptions, words: AnonymityWords
) -> bool | None:
    """Return whether the speaker is one or more persons whom the article does not name; None without one."""
    speaker = quote.speaker
    if speaker is None:
        return None if quote.speaker_name is None else False
    if quote.speaker_entity_id or quote.speaker_name_id or quote.speaker_kind in _BODIES:
        return False
    if quote.speaker_kind == "named":
        return _is_noun(doc, speaker)
    if quote.speaker_kind == "pronoun":
        return known.phrases.pronouns.get(speaker.text.lower()) != "n" and not _is_office(
            quote.speaker_name or "", known, words
        )
    if words.naming.match(text, speaker.end, speaker.end + _REACH):
        return False
    return not _is_office(speaker.text, known, words)


def _is_noun(doc: Doc, speaker: TextSpan) -> bool:
    """Return whether a phrase is a noun that only its place writes with a capital: `Villagers said ...`."""
    phrase = span_at(doc, speaker.start, speaker.end)
    return phrase is not None and phrase.root.tag_ in _NOUN_TAGS


def _is_office(phrase: str, known: Descriptions, words: AnonymityWords) -> bool:
    """Return whether a phrase names an office with one holder: `the Iraqi foreign minister`."""
    head = head_word(phrase, known.phrases).lower()
    noun = singular(head, known.people)
    return bool(known.phrases.definite.match(phrase)) and head == noun and noun in words.offices
