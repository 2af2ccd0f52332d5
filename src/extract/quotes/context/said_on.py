"""The day of the utterance: the date that the cue or the noun of the utterance bears, outside the quote."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from extract.model import Quote, Timex
from extract.quotes.context.beside import Beside
from extract.quotes.context.people import span_at
from extract.quotes.context.words import MediaWords

_DAYS = frozenset({"DATE", "TIME"})
_MAX_CLIMB = 8  # words from a date up to the verb that it dates
_VERBS = frozenset({"VERB", "AUX"})


def find_said_on(
    doc: Doc, quote: Quote, beside: Beside, timexes: Sequence[Timex], media: MediaWords
) -> int | None:
    """Return the index of the date of the speech event, None if the text does not tell it.

    Args:
        doc: The Doc.
        quote: The quote.
        beside: Its cue and the unquoted words of the cue's sentence.
        timexes: The article's temporal expressions.
        media: For the nouns of utterances (`a statement of 28 July`).
    """
    if quote.type == "tweet":
        return next(_after_signature(doc, quote, timexes), None)
    if beside.cue is None or not beside.tokens:
        return None
    return date_of(doc, beside.cue.token, beside.tokens, timexes, media)


def date_of(
    doc: Doc, verb: Token, tokens: Sequence[Token], timexes: Sequence[Timex], media: MediaWords
) -> int | None:
    """Return the index of the date among some tokens, in text order, that dates a verb."""
    outside = {token.i for token in tokens}
    for index, timex in enumerate(timexes):
        if tokens[0].idx <= timex.start <= tokens[-1].idx and _is_day(timex):
            span = span_at(doc, timex.start, timex.end)
            if span is not None and span.root.i in outside and _dates(span.root, verb, media):
                return index
    return None


def _is_day(timex: Timex) -> bool:
    return timex.type in _DAYS and timex.earliest is not None and timex.latest is not None


def _after_signature(doc: Doc, quote: Quote, timexes: Sequence[Timex]) -> Iterator[int]:
    """Yield the dates in the line of a signature: `— Name (@handle) May 9, 2023`."""
    if quote.speaker is None:
        return
    text = doc.text
    end = text.find("\n", quote.speaker.end)
    end = len(text) if end < 0 else end
    for index, timex in enumerate(timexes):
        if quote.speaker.end <= timex.start < end and _is_day(timex):
            yield index


def _dates(token: Token, cue: Token, media: MediaWords) -> bool:
    """Return whether a date belongs to the cue: through no other verb, nor a noun but an utterance."""
    day = token
    for _ in range(_MAX_CLIMB):
        head = token.head
        if head.i == cue.i or any(head.i == verb.i and day.i < verb.i for verb in _verbs_before(cue)):
            return True
        is_hearer = head.dep_ in ("dobj", "dative") and head.head.i == cue.i and cue.i < head.i < day.i
        is_utterance = head.lemma_.lower() in media.nouns or head.dep_ == "pobj" or is_hearer
        if head.i == token.i or head.pos_ in _VERBS or (head.pos_ == "NOUN" and not is_utterance):
            return False
        token = head
    return False


def _verbs_before(cue: Token) -> Iterator[Token]:
    """Yield the verbs with which a cue shares its subject and the date at the head of the sentence.

    `On Tuesday Brandt condemned the raid, warned the council and |said`, `condemned what he |called`.
    """
    verb = cue
    for _ in range(_MAX_CLIMB):
        is_what = verb.dep_ in ("ccomp", "dobj", "pcomp") and verb.left_edge.lower_ == "what"
        if not (verb.dep_ in ("xcomp", "conj") or is_what):
            return
        verb = verb.head
        yield verb
