"""Whether the article names the persons who speak."""

from extract.model import Quote, TextSpan
from extract.quotes.context.people import may_be, names_in, span_at
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.context.titles import is_governed, title_of, titles_of
from extract.quotes.phrases import head_word, singular

_BODIES = frozenset({"organisation", "document"})
_NOUN_TAGS = frozenset({"NN", "NNS"})
_NEAR = 1500  # characters before a pronoun in which the person whom it means is named
_REACH = 60  # characters after a speaker in which some of those meant are named


def is_anonymous(quote: Quote, around: Surroundings) -> bool | None:
    """Return whether the speaker is one or more persons whom the article does not name; None without one.

    True needs evidence: a noun for persons, or a pronoun for one. What is unclear is not anonymous.
    """
    speaker = quote.speaker
    if speaker is None:
        return None if quote.speaker_name is None else False
    if quote.speaker_entity_id or quote.speaker_name_id or quote.speaker_kind in _BODIES:
        return False
    if quote.speaker_kind == "named":
        return _is_noun(speaker, around) and _is_unnamed(speaker, around)
    if quote.speaker_kind == "pronoun":
        return _is_pronoun_of_unnamed(speaker, quote.speaker_name or "", around)
    return _is_unnamed(speaker, around) and not _is_named_below(speaker, around)


def _is_pronoun_of_unnamed(pronoun: TextSpan, described: str, around: Surroundings) -> bool:
    """Return whether a pronoun means persons of whom the text has only a description."""
    if pronoun.text.lower() in around.words.anonymity.persons:
        return True  # `Others said ...`
    kind = around.cues.descriptions.phrases.pronouns.get(pronoun.text.lower())
    if described.lower() == pronoun.text.lower():
        return kind in ("m", "f") and not _is_person_near(pronoun, kind, around)
    return kind != "n" and _are_persons(described, around) and not _is_office(described, around)


def _is_person_near(pronoun: TextSpan, kind: str, around: Surroundings) -> bool:
    """Return whether a person is named before a pronoun who may be the one whom nobody could tell."""
    near = names_in(around.mentions, max(pronoun.start - _NEAR, 0), pronoun.start)
    return any(may_be(name, kind, around.cues.descriptions) for name in near)


def _is_unnamed(speaker: TextSpan, around: Surroundings) -> bool:
    """Return whether a phrase is for persons, without a name in it or beside it, and not for an office."""
    is_naming = around.words.anonymity.naming.match(around.text, speaker.end, speaker.end + _REACH)
    if is_naming or _is_office(speaker.text, around) or _is_title(speaker, around):
        return False
    return _are_persons(speaker.text, around) or _is_root_of_persons(speaker, around)


def _is_root_of_persons(speaker: TextSpan, around: Surroundings) -> bool:
    """Return whether the parse has a noun for persons at the head of a phrase: `|fighters loyal to him`."""
    phrase = span_at(around.doc, speaker.start, speaker.end)
    if phrase is None or phrase.root.tag_ not in _NOUN_TAGS:
        return False
    return _are_persons(phrase.root.text, around)


def _is_title(speaker: TextSpan, around: Surroundings) -> bool:
    """Return whether a phrase holds or precedes the name of whom it means: `the head of the fund, Brandt`."""
    phrase = span_at(around.doc, speaker.start, speaker.end)
    if phrase is None or phrase.root.tag_ in ("NNS", "NNPS"):
        return False
    for name in names_in(around.mentions, speaker.start, speaker.end + _REACH):
        span = span_at(around.doc, name.start, name.end) if name.label == "PERSON" else None
        if span is None:
            continue
        titles = titles_of(span, around.mentions, around.words.affiliations)
        is_head = name.end <= speaker.end and not is_governed(around.doc, span.start)
        if is_head or any(
            title.start_char < speaker.end and speaker.start < title.end_char for title in titles
        ):
            return True
    return False


def _is_named_below(speaker: TextSpan, around: Surroundings) -> bool:
    """Return whether a headline describes by a title somebody whom the article names with it."""
    end = around.text.find("\n")
    phrase = span_at(around.doc, speaker.start, speaker.end) if speaker.end <= end else None
    if phrase is None or phrase.root.tag_ == "NNS":
        return False
    return any(
        title_of(token) == title_of(phrase.root)
        for name in around.mentions
        if name.label == "PERSON" and (span := span_at(around.doc, name.start, name.end)) is not None
        for title in titles_of(span, around.mentions, around.words.affiliations)
        for token in title
    )


def _is_noun(speaker: TextSpan, around: Surroundings) -> bool:
    """Return whether a phrase is a noun that only its place writes with a capital: `Villagers said ...`."""
    phrase = span_at(around.doc, speaker.start, speaker.end)
    return phrase is not None and phrase.root.tag_ in _NOUN_TAGS


def _are_persons(phrase: str, around: Surroundings) -> bool:
    """Return whether the head of a phrase is a word for persons: `two farmers`, `many`, `Q`."""
    known, words, things = (
        around.cues.descriptions,
        around.words.anonymity.persons,
        around.words.anonymity.things,
    )
    head = head_word(phrase, known.phrases)
    noun = singular(head.lower(), known.people | known.organisations | words | things)
    if noun in known.organisations | things:
        return False
    is_people = head.endswith("s") and _is_people(phrase, around)
    listed = noun in known.people or noun in words or noun in around.words.affiliations.titles
    return (
        listed
        or noun.endswith(known.endings)
        or is_people
        or head.lower() in around.cues.conversations.unnamed
    )


def _is_people(phrase: str, around: Surroundings) -> bool:
    """Return whether a phrase ends in the name of a people: `young Iraqis`."""
    return any(one.label == "NORP" and phrase.endswith(one.text) for one in around.mentions)


def _is_office(phrase: str, around: Surroundings) -> bool:
    """Return whether a phrase names an office with one holder: `the Iraqi foreign minister`."""
    known = around.cues.descriptions
    head = head_word(phrase, known.phrases).lower()
    noun = singular(head, known.people)
    is_one = bool(known.phrases.definite.match(phrase)) and head == noun
    words = f" {phrase.lower()} "
    return is_one and any(
        office == noun or f" {office} " in words for office in around.words.anonymity.offices
    )
