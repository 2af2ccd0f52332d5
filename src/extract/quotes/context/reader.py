"""Reads the context of quotes from the words around them: whether, how, when and to whom they were said."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from extract.model import Context, Medium, Quote, TextSpan
from extract.quotes.context.about.actors import About
from extract.quotes.context.act import act_of
from extract.quotes.context.addressee import find_addressee
from extract.quotes.context.affiliation import Affiliations
from extract.quotes.context.anonymity import is_anonymous
from extract.quotes.context.beside import Beside, read_beside
from extract.quotes.context.cue_reading import read_cue
from extract.quotes.context.medium import medium_of, occasion
from extract.quotes.context.people import id_at, span_at, text_span
from extract.quotes.context.polarity import polarity_of
from extract.quotes.context.said_on import find_said_on
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.context.utterances import with_earlier
from extract.quotes.context.words import MediaWords
from extract.quotes.cues import Cues
from extract.quotes.noun_phrases import noun_phrase

_NOUNS = frozenset({"NOUN", "PROPN"})
_TURN = "turn"  # the rule of quotes in transcripts
_LONGEST_PHRASE = 12  # tokens of a hearer on either side of the head


def read_context(quotes: Sequence[Quote], around: Surroundings) -> tuple[Quote, ...]:
    """Return quotes, which have their speakers and are in text order, with their context."""
    quoted = [(quote.start, quote.end) for quote in quotes]
    affiliations, about = Affiliations(around).of_all(quotes), About(around)
    spoken_at = _occasion(quotes, around)
    found: list[Quote] = []
    for quote, affiliation in zip(quotes, affiliations, strict=True):
        cue = read_cue(around.doc, _with_outer_cue(quote, found), around.cues)
        beside = read_beside(around.doc, quote, cue, quoted)
        own = _own_context(quote, quotes, beside, spoken_at, around)
        own = with_earlier(own, quote, beside, found, around)
        told = replace(quote, context=replace(own, affiliation=affiliation))
        found.append(replace(told, context=replace(told.context, about=about.of(told, beside))))
    return tuple(found)


def _with_outer_cue(quote: Quote, before: Sequence[Quote]) -> Quote:
    """Return a quote with the cue of the report in which it and its own cue stand.

    `said | the council would offer food for “the poor”`: whoever speaks does not offer, but says.
    """
    cue = quote.cue
    outer = (
        one
        for one in reversed(before)
        if cue is not None
        and quote.type == "mixed"
        and one.start <= cue.start < quote.start < quote.end <= one.end + 1
        and one.speaker == quote.speaker
    )
    found = next(outer, None)
    return quote if found is None else replace(quote, cue=found.cue, rule=found.rule)


def _own_context(
    quote: Quote, quotes: Sequence[Quote], beside: Beside, spoken_at: Medium | None, around: Surroundings
) -> Context:
    """Return what the cue and its sentence tell, and the occasion of a transcript."""
    cue, words, doc = beside.cue, around.words, around.doc
    negations = around.cues.grammar.unreal.negations
    addressee = find_addressee(beside, words.addressees)
    phrase = None if addressee is None else _phrase(doc, addressee, around.cues)
    return Context(
        act=act_of(cue, _head_noun(doc, quote), words.acts) if cue else "statement",
        polarity=polarity_of(cue, quote.type, negations, words.polarity) if cue else "affirmed",
        medium=_medium(quote, beside, spoken_at, words.media),
        anonymous=is_anonymous(quote, quotes, around),
        addressee=phrase,
        addressee_id=None if addressee is None else id_at(addressee, around.mentions),
        said_on=find_said_on(doc, quote, beside, around.timexes, words),
    )


def _medium(quote: Quote, beside: Beside, spoken_at: Medium | None, words: MediaWords) -> Medium | None:
    if quote.rule == _TURN:
        return spoken_at
    return "tweet" if quote.type == "tweet" else medium_of(beside, words)


def _occasion(quotes: Sequence[Quote], around: Surroundings) -> Medium | None:
    """Return the medium that the words above a transcript name."""
    first = next((quote.start for quote in quotes if quote.rule == _TURN), 0)
    heading = span_at(around.doc, 0, first) if first else None
    return None if heading is None else occasion(heading, around.words.media)


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
