"""The sides of those who speak beside others: `one |official` after `US officials said`."""

from collections.abc import Sequence

from spacy.tokens import Span

from extract.model import Quote
from extract.quotes.context.people import span_at
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.context.titles import title_of

_NEAR = 1  # paragraphs that end between one who speaks and a companion
_NEAR_DOCUMENT = 3  # paragraphs that end between two nouns for a document
_OF_GROUP = ("one of them", "one of the two", "some of them")
_PLAIN = frozenset({"advmod", "amod", "det", "nummod"})  # words that make a description no other one's


def with_companions(
    quotes: Sequence[Quote], sides: Sequence[tuple[str, ...]], around: Surroundings
) -> list[tuple[str, ...]]:
    """Return for whom speakers speak, with those who have the side of one who spoke just before.

    Args:
        quotes: The quotes, in text order.
        sides: For whom each speaker speaks by what is said of that speaker.
        around: The article and what is known of it.
    """
    found: list[tuple[str, ...]] = []
    for number, quote in enumerate(quotes):
        before = [
            (one, side)
            for one, side in zip(quotes[:number], found, strict=True)
            if one.speaker is not None and one.type != "scare"
        ]
        found.append(sides[number] or _side_of_companion(quote, before[-1:], around))
        if not found[-1] and quote.speaker_kind == "document":
            found[-1] = _side_of_document(quote, before, around)
    return found


def _side_of_companion(
    quote: Quote, before: Sequence[tuple[Quote, tuple[str, ...]]], around: Surroundings
) -> tuple[str, ...]:
    """Return the side of the group to which the speaker belongs: `one |official`, `another |official`."""
    for one, side in before:
        phrase, group = _phrase(quote, around), _phrase(one, around)
        if phrase is None or group is None or around.text.count("\n\n", one.end, quote.start) > _NEAR:
            continue
        is_plural = group.root.tag_ in ("NNS", "NNPS")
        if phrase.text.lower() in _OF_GROUP:
            return side if is_plural else ()
        is_same = title_of(phrase.root) == title_of(group.root) and quote.speaker_method is None
        if is_same and is_plain(phrase, around) and (is_plural or phrase[0].lower_ != "an"):
            return side
    return ()


def is_plain(phrase: Span, around: Surroundings) -> bool:
    """Return whether a description of one person tells nothing but the title: `a second |official`."""
    is_title = title_of(phrase.root) in around.words.affiliations.titles and phrase.root.tag_ == "NN"
    return is_title and all(child.dep_ in _PLAIN for child in phrase.root.children if child in phrase)


def _side_of_document(
    quote: Quote, before: Sequence[tuple[Quote, tuple[str, ...]]], around: Surroundings
) -> tuple[str, ...]:
    """Return the issuers of the document that a new noun takes up: `a report by UNESCO ... The |study`."""
    phrase, nouns = _phrase(quote, around), around.words.media.nouns
    if phrase is None or phrase[0].lower_ not in ("the", "this"):
        return ()
    for one, side in reversed(before):
        if around.text.count("\n\n", one.end, quote.start) > _NEAR_DOCUMENT:
            return ()
        other = _phrase(one, around) if one.speaker_kind == "document" else None
        if other is not None and nouns.get(other.root.lemma_) == nouns.get(phrase.root.lemma_, ""):
            return side
    return ()


def _phrase(quote: Quote, around: Surroundings) -> Span | None:
    return None if quote.speaker is None else span_at(around.doc, quote.speaker.start, quote.speaker.end)
