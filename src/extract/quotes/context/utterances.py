"""Carries on what was told before: the context of an utterance whose pieces are several quotes."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract.model import Context, Quote
from extract.quotes.context.beside import Beside
from extract.quotes.context.cue_reading import CueReading
from extract.quotes.context.medium import introduced_in, medium_at
from extract.quotes.context.people import id_at
from extract.quotes.context.said_on import SpeechEvent
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.syntax import first_with_dep, subject_of


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
    if earlier is not None:
        return _carried(own, earlier, beside)
    if beside.cue is not None and (own.medium is None or own.said_on is None):
        own = _introduced(own, quote, beside.cue, around)
    if own.said_on is None and _goes_on(beside.cue, around):
        own = replace(own, said_on=_day_of_run(quote, found, around))
    return own


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
    is_near = around.text.count("\n\n", before.end, quote.start) <= 1
    return before.context.said_on if is_near else None


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
    before = next((one for one in reversed(found) if one.end <= quote.start and one.type != "scare"), None)
    if before is None or before.speaker_name is None or before.speaker_name != quote.speaker_name:
        return None
    if around.text.count("\n\n", before.end, quote.start) > 1:
        return None
    goes_on = cue is not None and cue.name in around.words.media.continuing
    return before if cue is None or goes_on or quote.speaker_kind == "document" else None


def _introduced(own: Context, quote: Quote, cue: CueReading, around: Surroundings) -> Context:
    """Return a context with the utterance of which the sentence before tells, in the same paragraph.

    `The council issued a statement on Monday. It said ...`, `Brandt spoke at a rally. He said ...`.
    """
    media, sentence = around.words.media, cue.token.sent
    start = sentence.start - 1
    if start < 0 or "\n" in around.text[around.doc[start].idx : sentence.start_char]:
        return own
    before = around.doc[start].sent
    noun = introduced_in(before, media)
    if noun is None or quote.speaker_name is None:
        return own
    verb = noun.head if noun.dep_ == "dobj" else noun.head.head
    if not _is_by(verb, quote, around, is_issued=noun.dep_ == "dobj"):
        return own
    day = SpeechEvent(verb, tuple(before), media, around.words.days).date(around.doc, around.timexes)
    return replace(
        own, medium=own.medium or medium_at(noun, media), said_on=day if own.said_on is None else own.said_on
    )


def _is_by(verb: Token, quote: Quote, around: Surroundings, *, is_issued: bool) -> bool:
    """Return whether the speaker does what a verb says; `it` and a document follow what was issued."""
    agent = first_with_dep(verb.rights, "agent")
    doer = subject_of(verb) if agent is None else first_with_dep(agent.rights, "pobj")
    if doer is None:
        return False
    meant = {quote.speaker_entity_id, quote.speaker_name_id} - {None}
    return id_at(doer, around.mentions) in meant or (
        is_issued and quote.speaker_kind in ("pronoun", "document")
    )


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
