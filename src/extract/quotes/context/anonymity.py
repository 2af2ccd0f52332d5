"""Whether the article names the persons who speak."""

import re
from collections.abc import Sequence

from spacy.tokens import Span

from extract.model import Quote, TextSpan
from extract.quotes.context.people import id_of, may_be, name_at, names_in, span_at
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.context.titles import is_governed, title_of, titles_of
from extract.quotes.phrases import head_word, singular
from extract.quotes.speakers.discourse import VERBATIM

_BODIES = frozenset({"organisation", "document"})
_NOUN_TAGS = frozenset({"NN", "NNS"})
_SHORTEST_NAME = 2  # words
_WORD = re.compile(r"\w+")
_NEAR = 1500  # characters before a pronoun in which the person whom it means is named
_REACH = 60  # characters after a speaker in which some of those meant are named


def is_anonymous(quote: Quote, quotes: Sequence[Quote], around: Surroundings) -> bool | None:
    """Return whether the speaker is one or more persons whom the article does not name; None without one.

    True needs evidence: a noun for persons, or a pronoun for one. What is unclear is not anonymous.

    Args:
        quote: The quote.
        quotes: All quotes of the article: a headline may describe one whom the text below names.
        around: The article and what is known of it.
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
    is_headline = speaker.end <= around.text.find("\n")
    is_named_below = is_headline and (
        _is_named_below(speaker, around) or _speaks_below(speaker, quotes, around)
    )
    return _is_unnamed(speaker, around) and not (is_named_below or _goes_on(quote, quotes, around))


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
    if not around.words.anonymity.unnamed.isdisjoint(speaker.text.lower().split()):
        return True
    if _has_unknown_name(speaker, around):
        return False
    return _are_persons(speaker.text, around) or _is_root_of_persons(speaker, around)


def _has_unknown_name(speaker: TextSpan, around: Surroundings) -> bool:
    """Return whether two words that are no known name look like one, at the end of a title or after it.

    `Turkish defence minister, |Tekin |Aksu`, `Director of Water |Tekin |Aksu`.
    """
    phrase = span_at(around.doc, speaker.start, speaker.end)
    if phrase is None or phrase.root.tag_ in ("NNS", "NNPS"):
        return False
    after = (
        phrase.end + 1 if phrase.end < len(around.doc) and around.doc[phrase.end].text == "," else phrase.end
    )
    ends = [after + _SHORTEST_NAME] if after > phrase.end else []
    if phrase[0].pos_ in ("NOUN", "PROPN", "ADJ"):
        ends.append(phrase.end)
    return any(_is_name(around.doc[end - _SHORTEST_NAME : end], around) for end in ends)


def _is_name(words: Span, around: Surroundings) -> bool:
    """Return whether words are capitalised as names are, and are no name of something else than a person."""
    names = [name_at(around.mentions, one) for one in words]
    are_free = all(one is None or one.label == "PERSON" or id_of(one) != one.entity_id for one in names)
    return (
        are_free
        and len(words) == _SHORTEST_NAME
        and all(one.tag_ == "NNP" and one.text.istitle() for one in words)
    )


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
    phrase = span_at(around.doc, speaker.start, speaker.end)
    if phrase is None or phrase.root.tag_ == "NNS":
        return False
    return any(
        title_of(token) == title_of(phrase.root)
        for name in around.mentions
        if name.label == "PERSON" and (span := span_at(around.doc, name.start, name.end)) is not None
        for title in titles_of(span, around.mentions, around.words.affiliations)
        for token in title
    )


def _speaks_below(speaker: TextSpan, quotes: Sequence[Quote], around: Surroundings) -> bool:
    """Return whether a named person says below what a headline has one say whom it only describes.

    `Sunni leader calls vote “a farce”` is by whoever calls it so in the text: in the same words, or in the
    first quote with the same cue.
    """
    phrase = span_at(around.doc, speaker.start, speaker.end)
    if phrase is None or phrase.root.tag_ in ("NNS", "NNPS"):
        return False
    own = [one for one in quotes if one.speaker == speaker]
    below = [one for one in quotes if one.start > around.text.find("\n") and one.type != "scare"]
    first = next((one for one in below if one.speaker is not None), None)
    if first is not None and _is_person(first) and _cue(first, around) in {_cue(one, around) for one in own}:
        return True
    marked = [_words_of(one, around) for one in own if one.type in VERBATIM]
    said = [_words_of(one, around) for one in below if _is_person(one)]
    return any(words and words <= other for words in marked for other in said)


def _goes_on(quote: Quote, quotes: Sequence[Quote], around: Surroundings) -> bool:
    """Return whether a definite noun takes up the person of whose words a quotation goes on with others.

    `“It is dry,” said Karl Brandt. “It will stay so,” said the |professor from Wasit.`
    """
    if quote.speaker is None or quote.speaker_method is not None or quote.type != "direct":
        return False
    phrase = span_at(around.doc, quote.speaker.start, quote.speaker.end)
    if phrase is None or phrase[0].lower_ != "the" or phrase.root.tag_ != "NN":
        return False
    before = [one for one in quotes if one.end <= quote.start and one.speaker is not None][-1:]
    return any(
        one.type == "direct" and _is_person(one) and "\n" not in around.text[one.end : quote.start]
        for one in before
    )


def _is_person(quote: Quote) -> bool:
    return quote.speaker_kind == "named" and quote.speaker_name_id is not None


def _cue(quote: Quote, around: Surroundings) -> str | None:
    span = quote.cue and span_at(around.doc, quote.cue.start, quote.cue.end)
    return span.root.lemma_ if span else None


def _words_of(quote: Quote, around: Surroundings) -> set[str]:
    return set(_WORD.findall(around.text[quote.start : quote.end].lower()))


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
    noun = singular(head.lower(), known.people, known.organisations, words, things)
    if noun in known.organisations or noun in things:
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
