"""Reads the context of quotes from the words around them: whether, how, when and to whom they were said."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from extract.model import Context, Mention, Quote, TextSpan
from extract.quotes.context.about import About
from extract.quotes.context.act import act_of
from extract.quotes.context.addressee import find_addressee
from extract.quotes.context.affiliation import Affiliations
from extract.quotes.context.anonymity import is_anonymous
from extract.quotes.context.beside import Beside, read_beside
from extract.quotes.context.cue_reading import CueReading, read_cue
from extract.quotes.context.medium import issued, medium_at, medium_of
from extract.quotes.context.people import id_of, name_at, span_at, text_span
from extract.quotes.context.polarity import polarity_of
from extract.quotes.context.said_on import date_of, find_said_on
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.cues import Cues
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.syntax import subject_of

_NOUNS = frozenset({"NOUN", "PROPN"})
_LONGEST_PHRASE = 12  # tokens of a hearer on either side of the head


def read_context(quotes: Sequence[Quote], around: Surroundings) -> tuple[Quote, ...]:
    """Return quotes, which have their speakers and are in text order, with their context."""
    quoted = [(quote.start, quote.end) for quote in quotes]
    affiliations, about = Affiliations(around), About(around)
    found: list[Quote] = []
    for quote in quotes:
        cue = read_cue(around.doc, quote, around.cues)
        beside = read_beside(around.doc, quote, cue, quoted)
        own = _own_context(quote, beside, around)
        earlier = _earlier_piece(quote, cue, found, around)
        if earlier is None and own.medium is None and cue is not None:
            own = _introduced(own, quote, cue, around)
        own = own if earlier is None else _carried(own, earlier, beside)
        told = replace(quote, context=replace(own, affiliation=affiliations.of(quote)))
        found.append(replace(told, context=replace(told.context, about=about.of(told, beside))))
    return tuple(found)


def _own_context(quote: Quote, beside: Beside, around: Surroundings) -> Context:
    """Return what the cue and its sentence tell."""
    cue, words, doc = beside.cue, around.words, around.doc
    negations = around.cues.grammar.unreal.negations
    addressee = find_addressee(beside, words.addressees)
    phrase = None if addressee is None else _phrase(doc, addressee, around.cues)
    return Context(
        act=act_of(cue, _head_noun(doc, quote), words.acts) if cue else "statement",
        polarity=polarity_of(cue, quote.type, negations, words.polarity) if cue else "affirmed",
        medium="tweet" if quote.type == "tweet" else medium_of(beside, words.media),
        anonymous=is_anonymous(quote, doc, around.text, around.cues.descriptions, words.anonymity),
        addressee=phrase,
        addressee_id=None if addressee is None else _id_at(addressee, around.mentions),
        said_on=find_said_on(doc, quote, beside, around.timexes, words.media),
    )


def _earlier_piece(
    quote: Quote, cue: CueReading | None, found: Sequence[Quote], around: Surroundings
) -> Quote | None:
    """Return the earlier quote of the same utterance: of its group, or one that it goes on with."""
    if 0 <= quote.group < len(found):
        return found[quote.group]
    before = next((one for one in reversed(found) if one.end <= quote.start and one.type != "scare"), None)
    if before is None or before.speaker_name is None or before.speaker_name != quote.speaker_name:
        return None
    if around.text.count("\n\n", before.end, quote.start) > 1:
        return None
    goes_on = cue is not None and cue.name in around.words.media.continuing
    return before if cue is None or goes_on or quote.speaker_kind == "document" else None


def _introduced(own: Context, quote: Quote, cue: CueReading, around: Surroundings) -> Context:
    """Return a context with the document that the sentence before says the speaker put out.

    `The council issued a statement on Monday. The council said ...`; in the same paragraph.
    """
    media, sentence = around.words.media, cue.token.sent
    start = sentence.start - 1
    if start < 0 or "\n" in around.text[around.doc[start].idx : sentence.start_char]:
        return own
    before = around.doc[start].sent
    document = issued(before, media)
    subject = None if document is None else subject_of(document.head)
    if document is None or subject is None or quote.speaker_name is None:
        return own
    meant = {quote.speaker_entity_id, quote.speaker_name_id} - {None}
    if _id_at(subject, around.mentions) not in meant and quote.speaker_kind not in ("pronoun", "document"):
        return own
    day = date_of(around.doc, document.head, tuple(before), around.timexes, media)
    day = day if own.said_on is None else own.said_on
    return replace(own, medium=medium_at(document, media), said_on=day)


def _carried(own: Context, earlier: Quote, beside: Beside) -> Context:
    """Return a context with what an earlier piece of the utterance tells."""
    told = earlier.context
    own = own if beside.cue else replace(own, act=told.act, polarity=told.polarity)
    has_addressee = own.addressee is not None
    return replace(
        own,
        medium=own.medium or told.medium,
        addressee=own.addressee or told.addressee,
        addressee_id=own.addressee_id if has_addressee else told.addressee_id,
        said_on=told.said_on if own.said_on is None else own.said_on,
    )


def _head_noun(doc: Doc, quote: Quote) -> str:
    """Return the noun at the head of a quote that is a noun phrase; empty for clauses."""
    span = span_at(doc, quote.start, quote.end)
    return span.root.lemma_.lower() if span is not None and span.root.pos_ in _NOUNS else ""


def _phrase(doc: Doc, head: Token, cues: Cues) -> TextSpan | None:
    """Return the phrase of a hearer without its article."""
    lowest, highest = max(head.i - _LONGEST_PHRASE, 0), min(head.i + _LONGEST_PHRASE, len(doc))
    tokens = noun_phrase(head, lowest, highest, cues)
    if tokens is None:
        return None
    start, end = tokens
    return text_span(doc[start + (doc[start].tag_ == "DT" and doc[start].lower_ in ("the", "a", "an")) : end])


def _id_at(token: Token, mentions: Sequence[Mention]) -> str | None:
    """Return the id of the name at a word."""
    name = name_at(mentions, token)
    return None if name is None else id_of(name)
