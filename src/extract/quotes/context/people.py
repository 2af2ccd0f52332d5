"""The names in an article by place, and what else the context of a quote knows of them."""

from bisect import bisect_left
from collections.abc import Container, Sequence

from spacy.tokens import Doc, Span, Token

from extract.model import Mention, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.speakers.referents import gender_of

# Labels of names that act, and those of them that are bodies; kinds of names for a state and its people.
ACTORS = frozenset({"PERSON", "ORG", "FACTION"})
BODIES = frozenset({"ORG", "FACTION"})
STATES = frozenset({"country", "nationality"})


def span_at(doc: Doc, start: int, end: int) -> Span | None:
    """Return the tokens that cover a stretch of the text."""
    return doc.char_span(start, end, alignment_mode="expand")


def text_span(span: Span) -> TextSpan:
    """Return some tokens as a span of the text."""
    return TextSpan(span.start_char, span.end_char, span.text)


def names_in(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Return the mentions between two offsets; mentions are in text order."""
    first = bisect_left(mentions, start, key=lambda one: one.start)
    return [
        one
        for one in mentions[first : bisect_left(mentions, end, key=lambda one: one.start)]
        if one.end <= end
    ]


def name_at(mentions: Sequence[Mention], token: Token) -> Mention | None:
    """Return the name at a word."""
    number = bisect_left(mentions, token.idx + 1, key=lambda one: one.start) - 1
    return mentions[number] if number >= 0 and token.idx < mentions[number].end else None


def id_of(mention: Mention) -> str | None:
    """Return the id under which a named thing is listed."""
    return mention.entity_id or mention.name_id


def id_at(token: Token, mentions: Sequence[Mention]) -> str | None:
    """Return the id of the name at a word."""
    name = name_at(mentions, token)
    return None if name is None else id_of(name)


def may_be(name: Mention, kind: str, known: Descriptions) -> bool:
    """Return whether `he` (kind `m`) or `she` (`f`) fits a name."""
    given = (name.entity_name or name.text).lower().split()[:-1]
    return name.label == "PERSON" and gender_of(given, known) in (None, kind)


def is_in_place(noun: Token, prepositions: Container[str]) -> bool:
    """Return whether a preposition makes a noun only a place: `in |Iraq`, `inside of the |country`."""
    before = noun.head
    if noun.dep_ != "pobj":
        return False
    return before.lower_ in prepositions or (before.lower_ == "of" and before.head.lower_ in prepositions)
