"""Carries on what was told before: the context of an utterance whose pieces are several quotes."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from extract.model import Context, Quote
from extract.quotes.context.beside import Beside
from extract.quotes.context.cue_reading import CueReading
from extract.quotes.context.medium import introduced_in, medium_at
from extract.quotes.context.people import id_at, span_at
from extract.quotes.context.said_on import SpeechEvent
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.speakers.discourse import VERBATIM
from extract.quotes.syntax import first_with_dep, subject_of

_MARKS = " \n\"'“‘"  # before a quotation
_ENDS = (".", "!", "?")
_REACH = 12  # quotes before one, of which it may be a further piece
_BREAKS_OF_ADDED = 2  # paragraphs that end between an utterance and what its speaker `added`


def with_earlier(
    own: Context, quote: Quote, beside: Beside, found: Sequence[Quote], around: Surroundings
) -> Context:
    """Return a context with what holds on from before the quote.

    Args:
        own: What the sentence of the cue tells.
        quote: The quote.
        beside: Its cue and the unquoted words of the cue's sentence.
        found: The quotes before it, with their context.
        around: The article and what is known of it.
    """
    earlier = _earlier_piece(quote, beside.cue, found, around)
    if _is_apart(quote, beside.cue, around) and (earlier is None or earlier.type not in VERBATIM):
        own = replace(own, act="statement", polarity="affirmed")
    if earlier is not None:
        return _carried(own, earlier, beside)
    if beside.cue is not None and (own.medium is None or own.said_on is None):
        own = _introduced(own, quote, beside.cue, found, around)
    if own.said_on is None and _goes_on(beside.cue, around):
        own = replace(own, said_on=_day_of_run(quote, found, around))
    return own


def _is_apart(quote: Quote, cue: CueReading | None, around: Surroundings) -> bool:
    """Return whether a quote stands in a sentence of its own, after that of the cue.

    `He offered a truce. “We will stop.”`: nothing says that the words themselves are an offer.
    """
    between = "" if cue is None else around.text[cue.token.idx : quote.start]
    return between.rstrip(_MARKS).endswith(_ENDS)


def _goes_on(cue: CueReading | None, around: Surroundings) -> bool:
    """Return whether nothing beside a cue tells of another day: no `later`, no `had said`."""
    if cue is None or cue.kind == "preposition":
        return False
    beside = [child.lower_ for child in cue.token.children]
    is_perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in cue.token.children)
    return not is_perfect and around.words.days.breaking.isdisjoint(beside)


def _day_of_run(quote: Quote, found: Sequence[Quote], around: Surroundings) -> int | None:
    """Return the day of the quote before in an uninterrupted run of a speaker's quotes.

    It may go on in the next paragraph.
    """
    before = next((one for one in reversed(found) if one.speaker is not None and one.type != "scare"), None)
    if before is None or not _is_same_speaker(before, quote):
        return None
    return before.context.said_on if _breaks(before, quote, around) <= 1 else None


def _is_same_speaker(one: Quote, other: Quote) -> bool:
    ids = {one.speaker_entity_id, one.speaker_name_id} & {other.speaker_entity_id, other.speaker_name_id}
    has_id = bool(ids - {None})
    return has_id or (one.speaker_name is not None and one.speaker_name == other.speaker_name)


def _earlier_piece(
    quote: Quote, cue: CueReading | None, found: Sequence[Quote], around: Surroundings
) -> Quote | None:
    """Return the earlier quote of the same utterance: of its group, or one that it goes on with."""
    if 0 <= quote.group < len(found):
        return found[quote.group]
    spoken = [one for one in found[-_REACH:] if one.end <= quote.start and one.type != "scare"]
    if cue is not None and cue.name in around.words.media.continuing:
        own = (one for one in reversed(spoken) if _is_same_speaker(one, quote))
        return next((one for one in own if _breaks(one, quote, around) <= _BREAKS_OF_ADDED), None)
    before = spoken[-1] if spoken else None
    if before is None or not _is_same_speaker(before, quote) or _breaks(before, quote, around) > 1:
        return None
    is_written = "document" in (quote.speaker_kind, before.speaker_kind) and _is_thing(quote)
    return before if cue is None or is_written else None


def _breaks(before: Quote, quote: Quote, around: Surroundings) -> int:
    """Return how many paragraphs end between two quotes."""
    return around.text.count("\n\n", before.end, quote.start)


def _is_thing(quote: Quote) -> bool:
    """Return whether a document speaks: by a noun, or as `it`."""
    is_it = quote.speaker is not None and quote.speaker.text.lower() == "it"
    return quote.speaker_kind == "document" or is_it


def _introduced(
    own: Context, quote: Quote, cue: CueReading, found: Sequence[Quote], around: Surroundings
) -> Context:
    """Return a context with the utterance of which the sentence before tells.

    `The council issued a statement on Monday. It said ...`, `Brandt spoke at a rally. He said ...`.
    """
    media, start = around.words.media, cue.token.sent.start - 1
    before = around.doc[start].sent if start >= 0 else None
    if before is None or around.text.count("\n\n", around.doc[start].idx, cue.token.sent.start_char) > 1:
        return own
    noun = introduced_in(before, media)
    verb = _verb_of(noun) if noun is not None else None
    if noun is None or verb is None or not _is_by(noun, verb, quote, found, around):
        spoken = _speech_in(before, quote, around) if _goes_on(cue, around) else None
        return own if spoken is None else replace(own, said_on=_own_day(own, spoken, before, around))
    return replace(
        own, medium=own.medium or medium_at(noun, media), said_on=_own_day(own, verb, before, around)
    )


def _own_day(own: Context, verb: Token, sentence: Span, around: Surroundings) -> int | None:
    """Return the day of a quote, else that of a verb of speech in the sentence before."""
    words = around.words
    event = SpeechEvent(verb, tuple(sentence), words.media, words.days)
    return event.date(around.doc, around.timexes) if own.said_on is None else own.said_on


def _verb_of(noun: Token) -> Token:
    """Return the verb of which an utterance is the subject, the object or the occasion."""
    return noun.head.head if noun.dep_ == "pobj" else noun.head


def _speech_in(sentence: Span, quote: Quote, around: Surroundings) -> Token | None:
    """Return the verb of speech in a sentence whose subject speaks in the quote too."""
    meant = {quote.speaker_entity_id, quote.speaker_name_id} - {None}
    for token in sentence:
        subject = subject_of(token) if token.lemma_ in around.cues.speech else None
        if subject is not None and id_at(subject, around.mentions) in meant:
            return token
    return None


def _is_by(noun: Token, verb: Token, quote: Quote, found: Sequence[Quote], around: Surroundings) -> bool:
    """Return whether the speaker does what a verb says; `it` and a document follow what was issued."""
    if noun.dep_ == "nsubj":
        return _is_issuer(noun, quote, around)
    agent = first_with_dep(verb.rights, "agent")
    doer = subject_of(verb) if agent is None else first_with_dep(agent.rights, "pobj")
    if doer is None:
        return False
    meant = {quote.speaker_entity_id, quote.speaker_name_id} - {None}
    is_same = any(
        one.speaker is not None and one.speaker.start <= doer.idx < one.speaker.end
        for one in found[-_REACH:]
        if _is_same_speaker(one, quote)
    )
    is_issued = noun.dep_ == "dobj" and quote.speaker_kind in ("pronoun", "document")
    return is_same or is_issued or id_at(doer, around.mentions) in meant


def _is_issuer(document: Token, quote: Quote, around: Surroundings) -> bool:
    """Return whether the speaker is told of as whose document it is: `a |military statement said`."""
    phrase = tuple(document.subtree)
    meant = {quote.speaker_entity_id, quote.speaker_name_id} - {None}
    if any(id_at(token, around.mentions) in meant for token in phrase):
        return True
    speaker = quote.speaker and span_at(around.doc, quote.speaker.start, quote.speaker.end)
    if not speaker or quote.speaker_kind != "organisation":
        return False
    return speaker.root.lower_ in {token.lower_ for token in phrase}


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
