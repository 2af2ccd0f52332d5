"""Reads the context of quotes from the words around them: how they were said, and whether they were."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from extract.model import Context, Quote
from extract.quotes.context.act import act_of
from extract.quotes.context.beside import Beside, read_beside
from extract.quotes.context.cue_reading import read_cue
from extract.quotes.context.medium import medium_of
from extract.quotes.context.polarity import polarity_of
from extract.quotes.cues import Cues

_NOUNS = frozenset({"NOUN", "PROPN"})


def read_context(doc: Doc, quotes: Sequence[Quote], cues: Cues) -> tuple[Quote, ...]:
    """Return quotes with their context.

    Args:
        doc: With sentences, tags and parse.
        quotes: With their speakers, in text order.
        cues: The words that introduce speech and tell its context.
    """
    quoted = [(quote.start, quote.end) for quote in quotes]
    found: list[Quote] = []
    for quote in quotes:
        cue = read_cue(doc, quote, cues)
        beside = read_beside(doc, quote, cue, quoted)
        before = found[quote.group] if 0 <= quote.group < len(found) else None
        context = _of_cue(doc, quote, beside, cues) if cue or before is None else before.context
        medium = medium_of(beside, cues.context.media) or (before.context.medium if before else None)
        if quote.type == "tweet":
            medium = "tweet"
        found.append(replace(quote, context=replace(context, medium=medium)))
    return tuple(found)


def _of_cue(doc: Doc, quote: Quote, beside: Beside, cues: Cues) -> Context:
    """Return act and polarity of a quote by its cue."""
    if beside.cue is None:
        return Context()
    words = cues.context
    return Context(
        act=act_of(beside.cue, _head_noun(doc, quote), words.acts),
        polarity=polarity_of(beside.cue, quote.type, cues.grammar.unreal.negations, words.polarity),
    )


def _head_noun(doc: Doc, quote: Quote) -> str:
    """Return the noun at the head of a quote that is a noun phrase; empty for clauses."""
    span = doc.char_span(quote.start, quote.end, alignment_mode="expand")
    return span.root.lemma_.lower() if span is not None and span.root.pos_ in _NOUNS else ""
