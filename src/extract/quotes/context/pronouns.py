"""Whom the pronouns inside a quote mean: `he`, `they`, `we`."""

from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from extract.model import Quote
from extract.quotes.context.people import ACTORS, BODIES, STATES, id_of, may_be, names_in, span_at, text_span
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.context.titles import title_of
from extract.quotes.speakers.discourse import VERBATIM

_NEAR = 300  # characters before a quotation in which a pronoun in it has its antecedent
_TURN = "turn"  # the rule of quotes in transcripts
_LABEL = 60  # characters between two turns
_MARK_AND_WORD = 2  # tokens from the first one of a quotation back to the sentence before it


class Pronouns:
    """Finds whom the pronouns in the quotes of one article mean.

    Args:
        around: The article and what is known of it.
        meant_by_phrase: Returns the id of whom the short definite phrase around a noun means, in a quote and
            not before a token.
    """

    def __init__(
        self, around: Surroundings, meant_by_phrase: Callable[[Token, int, Quote], str | None]
    ) -> None:
        self._doc = around.doc
        self._mentions = around.mentions
        self._cues = around.cues
        self._words = around.words.about
        self._kinds = around.cues.descriptions.phrases.pronouns
        self._resolver = around.resolver
        self._meant_by_phrase = meant_by_phrase
        self._last: dict[str, tuple[str, int]] = {}  # kind -> whom it meant last, and the end of that quote

    def meant_in(self, quote: Quote, words: Span) -> Iterator[str | None]:
        """Yield the ids of those whom the pronouns inside a quote mean."""
        for token in words:
            generic = self._is_everybody(token)
            kind = self._kinds.get(token.lower_)
            if kind is None or token.dep_ == "expl" or token.tag_ not in ("PRP", "PRP$"):
                continue
            if kind == "1" and quote.type in VERBATIM:
                yield self._first_person(quote, token, is_generic=generic)
            elif kind == "2" and not generic:
                yield quote.context.addressee_id if quote.type in VERBATIM else None
            elif kind in ("m", "f"):
                yield self._remembered(quote, kind, self._person(quote, token, kind))
            elif kind in ("n", "p"):
                for one in self._groups(quote, token):
                    yield self._remembered(quote, kind, one)

    def _remembered(self, quote: Quote, kind: str, meant: str | None) -> str | None:
        """Return whom a pronoun means, in a turn else whom it meant in the turn before."""
        if meant is None and quote.rule == _TURN:
            meant, end = self._last.get(kind, (None, -1))
            meant = meant if 0 <= quote.start - end <= _LABEL else None
        if meant is not None:
            self._last[kind] = (meant, quote.end)
        return meant

    def _is_everybody(self, pronoun: Token) -> bool:
        """Return whether a word beside a pronoun makes it everybody: `we all`, `all of us`."""
        beside = pronoun.doc[max(pronoun.i - 2, 0) : pronoun.i + 2]
        return any(token.lower_ in self._words.generic for token in beside if token.i != pronoun.i)

    def _first_person(self, quote: Quote, token: Token, *, is_generic: bool) -> str | None:
        """Return the speaker for `I`, the speaker's side for `we`."""
        own = quote.speaker_entity_id or quote.speaker_name_id
        if token.lower_ in ("we", "us", "our"):
            return None if is_generic else next(iter(quote.context.affiliation), own)
        return own

    def _person(self, quote: Quote, token: Token, kind: str) -> str | None:
        """Return whom `he` or `she` means: somebody told of before in the quote, else before the quote."""
        before = [one for one, fits in self._persons_in(quote, (quote.start, token.idx), kind) if fits]
        if before:
            return before[-1]
        own = quote.speaker_entity_id or quote.speaker_name_id
        if quote.type in VERBATIM:
            return self._person_before(quote, own, kind)
        meant = self._resolver.meaning(text_span(self._doc[token.i : token.i + 1]))
        return meant.entity_id or meant.name_id

    def _person_before(self, quote: Quote, own: str | None, kind: str) -> str | None:
        """Return the only other person told of shortly before a quotation whom `he` or `she` fits."""
        told = self._persons_in(quote, (max(quote.start - _NEAR, 0), quote.start), kind)
        persons = {one for one, fits in told if fits} - {own, None}
        return persons.pop() if len(persons) == 1 else None

    def _persons_in(self, quote: Quote, stretch: tuple[int, int], kind: str) -> list[tuple[str | None, bool]]:
        """Return the ids of persons named or described in a stretch, in order, and whether a pronoun fits."""
        names = [
            (name.start, id_of(name), may_be(name, kind, self._cues.descriptions))
            for name in names_in(self._mentions, *stretch)
            if name.label == "PERSON"
        ]
        words = span_at(self._doc, *stretch) or ()
        offices = [token for token in words if token.lemma_.lower() in self._cues.descriptions.persons]
        told = [(noun.idx, self._meant_by_phrase(noun, noun.left_edge.i, quote), True) for noun in offices]
        return [(one, fits) for _, one, fits in sorted([*names, *(one for one in told if one[1])])]

    def _groups(self, quote: Quote, token: Token) -> Iterator[str | None]:
        """Yield whom `it` or `they` means: in a report the speaker's side, in marks a group told of."""
        before = [one for one in names_in(self._mentions, quote.start, token.idx) if one.label in ACTORS]
        if quote.type == "indirect":
            yield from () if before else self._side_of_speaker(quote, token)
        elif before:
            groups = {id_of(one) for one in before if one.label in BODIES and one.entity_kind != "outlet"}
            yield groups.pop() if len(groups) == 1 == len(before) else None
        else:
            yield self._subject_before(quote)

    def _side_of_speaker(self, quote: Quote, token: Token) -> Iterator[str | None]:
        """Yield the group that speaks in a report, or for which a document, a spokesman or officials do."""
        own = quote.speaker_entity_id or quote.speaker_name_id
        if quote.speaker_kind == "organisation":
            yield own or self._state_in_speaker(quote)
        elif quote.speaker_kind == "document":
            yield next(iter(quote.context.affiliation), None)
        elif self._opens_clause(quote, token) and self._is_spoken_for(quote, token):
            yield from quote.context.affiliation

    def _state_in_speaker(self, quote: Quote) -> str | None:
        """Return the state whose body speaks: `the |US government`."""
        speaker = quote.speaker
        names = () if speaker is None else names_in(self._mentions, speaker.start, speaker.end)
        states = {id_of(one) for one in names if one.entity_kind in STATES}
        return states.pop() if len(states) == 1 else None

    def _opens_clause(self, quote: Quote, token: Token) -> bool:
        """Return whether a pronoun is the first word of a report, and does something: `said |it had left`."""
        is_first = token.idx == quote.start and token.dep_ in ("nsubj", "nsubjpass")
        return is_first and token.head.pos_ == "VERB" and token.head.lemma_ not in self._words.impersonal

    def _is_spoken_for(self, quote: Quote, token: Token) -> bool:
        """Return whether a speaker says a pronoun of the own side: a spokesman, or officials (`they`)."""
        phrase = quote.speaker and span_at(self._doc, quote.speaker.start, quote.speaker.end)
        if not phrase:
            return False
        is_spokesman = any(title_of(one) in self._words.spokesmen for one in phrase)
        return is_spokesman or (token.lower_ == "they" and phrase.root.tag_ == "NNS")

    def _subject_before(self, quote: Quote) -> str | None:
        """Return the group that is the subject of the sentence before a quotation, and the only one in it."""
        first = span_at(self._doc, quote.start, quote.start + 1)
        if first is None or first.start < _MARK_AND_WORD:
            return None
        sentence = self._doc[first.start - _MARK_AND_WORD].sent
        names = names_in(self._mentions, sentence.start_char, min(sentence.end_char, quote.start))
        groups = {id_of(one): one for one in names if one.label in BODIES and one.entity_kind != "outlet"}
        only = next(iter(groups.values())) if len(groups) == 1 else None
        span = None if only is None else span_at(self._doc, only.start, only.end)
        is_subject = span is not None and span.root.dep_ in ("nsubj", "nsubjpass")
        own = quote.speaker_entity_id or quote.speaker_name_id
        return next(iter(groups)) if is_subject and own not in groups else None
