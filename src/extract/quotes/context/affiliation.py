"""On whose behalf somebody speaks: the body in the office, the title or the description of the speaker."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extract.model import Mention, Quote, TextSpan
from extract.quotes.context.people import id_of, names_in, span_at, text_span
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.noun_phrases import noun_phrase

_BODIES = frozenset({"ORG", "FACTION"})
_STATES = frozenset({"country", "nationality"})
_OWNER = re.compile(
    r"(?P<owner>(?:the|this|that) [\w -]{2,40}?)['’]s? |(?P<pronoun>its|their|his|her) ", re.IGNORECASE
)
_OF_BODY = re.compile(r"\b(?:of|for|from) (?P<body>the [\w-]+(?: [\w-]+)?)$")
_MENTIONS = 10  # nearest mentions of a speaker's name whose descriptions are read
_LONGEST = 25  # tokens of a description on either side of its head


class Affiliations:
    """Finds on whose behalf the speakers of one article speak.

    Args:
        around: The article and what is known of it.
    """

    def __init__(self, around: Surroundings) -> None:
        self._doc = around.doc
        self._text = around.text
        self._mentions = around.mentions
        self._cues = around.cues
        self._words = around.words.affiliations
        self._resolver = around.resolver
        self._holders = around.holders
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, quote: Quote) -> tuple[str, ...]:
        """Return the ids of the bodies, persons or states for which the speaker of a quote speaks."""
        if quote.speaker is None or quote.speaker_name is None or quote.speaker_kind == "organisation":
            return ()
        own = quote.speaker_entity_id or quote.speaker_name_id
        if quote.speaker_kind == "document":
            return (own,) if own else self._states_in(quote.speaker)
        key = own or quote.speaker_name
        if key not in self._known or not self._known[key]:
            self._known[key] = self._find(quote, own)
        return self._known[key]

    def _states_in(self, phrase: TextSpan) -> tuple[str, ...]:
        names = names_in(self._mentions, phrase.start, phrase.end)
        return tuple(dict.fromkeys(found for one in names if (found := id_of(one))))

    def _find(self, quote: Quote, own: str | None) -> tuple[str, ...]:
        """Return what the nearest description tells, the speaker's own phrase first."""
        for description in self._descriptions(quote, own):
            found = self._told_by(description, own)
            if found:
                return found
        return ()

    def _descriptions(self, quote: Quote, own: str | None) -> Iterator[Span]:
        """Yield the speaker's phrase with its appositions, then those of the other mentions of the name."""
        speaker = quote.speaker
        if speaker is not None and quote.speaker_kind != "pronoun":
            yield from self._around(speaker.start, speaker.end)
        if own is not None and own not in self._known:
            same = [
                one for one in self._mentions if own in (one.entity_id, one.name_id) and one.label == "PERSON"
            ]
            for one in sorted(same, key=lambda one: abs(one.start - quote.start))[:_MENTIONS]:
                yield from self._around(one.start, one.end)

    def _around(self, start: int, end: int) -> Iterator[Span]:
        """Yield the phrase around some words, and what stands in apposition to it."""
        span = span_at(self._doc, start, end)
        if span is None:
            return
        head = span.root
        yield span
        for noun in (head, *(child for child in head.children if child.dep_ == "appos")):
            yield self._phrase(noun)
        if head.dep_ == "appos":
            yield self._doc[self._phrase(head.head).start : max(head.left_edge.i, head.head.i + 1)]

    def _phrase(self, noun: Token) -> Span:
        lowest, highest = max(noun.i - _LONGEST, 0), min(noun.i + _LONGEST, len(self._doc))
        start, end = noun_phrase(noun, lowest, highest, self._cues) or (noun.i, noun.i + 1)
        return self._doc[start:end]

    def _told_by(self, phrase: Span, own: str | None) -> tuple[str, ...]:
        """Return those for whom the person described by a phrase speaks."""
        span = text_span(phrase)
        names = [
            one for one in names_in(self._mentions, span.start, span.end) if own is None or id_of(one) != own
        ]
        names = [
            one for one in names if id_of(one) and (one.label == "PERSON" or not self._is_elsewhere(one))
        ]
        nouns = {token.lemma_.lower() for token in phrase if token.pos_ in ("NOUN", "PROPN")}
        bodies = [one for one in names if one.label in _BODIES]
        if bodies:
            return self._joined(bodies)
        office = self._office(span, own)
        if office is not None:
            return (office,)
        owner = self._owner(span)
        if owner is not None:
            return (owner,)
        persons = [one for one in names if one.label == "PERSON"]
        if persons and nouns & self._words.aides:
            return self._joined(persons)
        states = [one for one in names if one.entity_kind in _STATES]
        return self._joined(states) if nouns & self._words.officials else ()

    def _is_elsewhere(self, name: Mention) -> bool:
        """Return whether a preposition makes a name tell no side: `the ambassador to |Iraq`."""
        before = self._text[max(name.start - 12, 0) : name.start].lower().split()
        before = [word for word in before if word != "the"]
        return bool(before) and before[-1] in self._words.elsewhere

    def _joined(self, names: Sequence[Mention]) -> tuple[str, ...]:
        """Return the ids of names that `and` joins, else that of the first one."""
        kept = list(names[:1])
        for one in names[1:]:
            between = self._text[kept[-1].end : one.start].strip(" ,").removeprefix("the ")
            if between not in ("and", "", "and the"):
                break
            kept.append(one)
        return tuple(dict.fromkeys(found for one in kept if (found := id_of(one))))

    def _office(self, phrase: TextSpan, own: str | None) -> str | None:
        """Return the body of the office in a phrase, or beside the name in it."""
        role = self._holders.role_of(phrase)
        if role is not None:
            return self._holders.body_of(role)
        roles = (
            role
            for one, role in self._holders.roles_beside(own or "")
            if phrase.start <= one.start < phrase.end
        )
        return next((body for role in roles if (body := self._holders.body_of(role))), None)

    def _owner(self, phrase: TextSpan) -> str | None:
        """Return the body meant in `the group's spokesman`, `its leader`, `a spokesman for the group`."""
        owner, body = _OWNER.match(phrase.text), _OF_BODY.search(phrase.text)
        if owner is not None:
            start, end = owner.span("owner" if owner["owner"] else "pronoun")
        elif body is not None:
            start, end = body.span("body")
        else:
            return None
        meant = self._resolver.meaning(
            TextSpan(phrase.start + start, phrase.start + end, phrase.text[start:end])
        )
        return (meant.entity_id or meant.name_id) if meant.kind != "place" else None
