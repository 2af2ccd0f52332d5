"""Whom the pronouns inside a quote mean: `he`, `they`, `we`."""

from collections.abc import Callable, Iterator
from functools import cached_property

from spacy.tokens import Span, Token

from extract.model import Mention, Quote
from extract.quotes.context.about.names import ActorNames
from extract.quotes.context.people import ACTORS, BODIES, STATES, id_of, may_be, names_in, span_at, text_span
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.context.titles import title_of, titles_of
from extract.quotes.speakers.discourse import VERBATIM
from extract.quotes.syntax import first_with_dep, is_subject

_NEAR = 300  # characters before a quotation in which a pronoun in it has its antecedent
_TURN = "turn"  # the rule of quotes in transcripts
_LABEL = 60  # characters between two turns
_REFLEXIVES = frozenset({"herself", "himself", "itself", "themselves"})
_MARK_AND_WORD = 2  # tokens from the first one of a quotation back to the sentence before it


class Pronouns:
    """Finds whom the pronouns in the quotes of one article mean.

    Args:
        around: The article and what is known of it.
        names: Tells which names are those of actors.
        meant_by_phrase: Returns the id of whom the short definite phrase around a noun means, in a quote and
            not before a token.
    """

    def __init__(
        self,
        around: Surroundings,
        names: ActorNames,
        meant_by_phrase: Callable[[Token, int, Quote], str | None],
    ) -> None:
        self._around = around
        self._words = around.words.about
        self._kinds = around.cues.descriptions.phrases.pronouns
        self._names = names
        self._meant_by_phrase = meant_by_phrase
        self._last: dict[str, tuple[str, int]] = {}  # kind -> whom it meant last, and the end of that quote
        self._before: Quote | None = None  # the last quote of a speaker

    def meant_in(self, quote: Quote, words: Span) -> Iterator[str | None]:
        """Yield the ids of those whom the pronouns inside a quote mean."""
        for token in words:
            kind = self._kinds.get(token.lower_)
            if kind is not None and token.tag_ in ("PRP", "PRP$") and not self._is_nobody(token, quote):
                yield from self._meant_by(token, kind, quote)
        self._before = quote if quote.speaker is not None else self._before

    def _meant_by(self, token: Token, kind: str, quote: Quote) -> Iterator[str | None]:
        """Yield whom a pronoun of a kind means."""
        generic = self._is_everybody(token)
        if kind == "1" and quote.type in VERBATIM:
            yield self._first_person(quote, token, is_generic=generic)
        elif kind == "2" and not generic:
            yield quote.context.addressee_id if quote.type in VERBATIM else None
        elif kind in ("m", "f"):
            yield self._remembered(quote, kind, self._person(quote, token, kind))
        elif kind in ("n", "p"):
            for one in self._groups(quote, token):
                yield self._remembered(quote, kind, one)

    def _is_nobody(self, token: Token, quote: Quote) -> bool:
        """Return whether a pronoun means nobody, or somebody who stands beside what is said.

        That is `it` before a clause (`it is time to go`), and the object of the cue (`declared |himself
        content`, `called on |his followers to vote`).
        """
        if token.dep_ == "expl" or self._announces_clause(token):
            return True
        hearer = quote.context.addressee
        is_in_hearer = hearer is not None and hearer.start <= token.idx < hearer.end
        is_object = token.idx == quote.start and token.lower_ in _REFLEXIVES
        if token.lower_ == "our" and token.head.lemma_.lower() in self._words.states.all:
            return True  # `our country` is the country
        return is_object or (is_in_hearer and quote.type not in VERBATIM and token.tag_ == "PRP$")

    @staticmethod
    def _announces_clause(token: Token) -> bool:
        """Return whether `it` only announces a clause: `|it was important to deny them a victory`."""
        verb = token.head
        if token.lower_ != "it" or token.dep_ != "nsubj" or verb.lemma_ != "be":
            return False
        is_judged = first_with_dep(verb.rights, "acomp", "attr") is not None
        clause = first_with_dep(verb.rights, "xcomp", "ccomp", "csubj", "advcl")
        clause = clause or first_with_dep(
            (below for one in verb.rights if one.dep_ in ("acomp", "attr") for below in one.rights),
            "xcomp",
            "ccomp",
        )
        return is_judged and clause is not None and clause.left_edge.lower_ in ("for", "that", "to")

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
        """Return the speaker for `I`, for `we` the speaker's side: of a president the state."""
        own = _speaker_id(quote)
        if token.lower_ not in ("we", "us", "our"):
            return own
        if is_generic:
            return None
        side = next(iter(quote.context.affiliation), own)
        if side is None and quote.speaker_kind == "organisation":
            return self._state_in_speaker(quote)
        return self._around.holders.state_led_by(own) or side

    def _person(self, quote: Quote, token: Token, kind: str) -> str | None:
        """Return whom `he` or `she` means: somebody told of before in the quote, else before the quote."""
        before = [one for one, fits in self._persons_in(quote, (quote.start, token.idx), kind) if fits]
        if before:
            return before[-1]
        if quote.type == "indirect" and self._opens_clause(quote, token):
            spoken_for = self._person_spoken_for(quote)
            if spoken_for is not None:
                return spoken_for
        own = _speaker_id(quote)
        if quote.type in VERBATIM:
            return self._person_before(quote, own, kind)
        meant = self._around.resolver.meaning(text_span(self._around.doc[token.i : token.i + 1]))
        return meant.entity_id or meant.name_id

    def _person_before(self, quote: Quote, own: str | None, kind: str) -> str | None:
        """Return the only other person told of shortly before a quotation whom `he` or `she` fits."""
        told = self._persons_in(quote, (max(quote.start - _NEAR, 0), quote.start), kind)
        persons = {one for one, fits in told if fits} - {own, None}
        return persons.pop() if len(persons) == 1 else None

    def _persons_in(self, quote: Quote, stretch: tuple[int, int], kind: str) -> list[tuple[str | None, bool]]:
        """Return the ids of persons named or described in a stretch, in order, and whether a pronoun fits."""
        names = [
            (name.start, id_of(name), may_be(name, kind, self._around.cues.descriptions))
            for name in names_in(self._around.mentions, *stretch)
            if name.label == "PERSON"
        ]
        words = span_at(self._around.doc, *stretch) or ()
        offices = [token for token in words if token.lemma_.lower() in self._around.cues.descriptions.persons]
        told = [(noun.idx, self._meant_by_phrase(noun, noun.left_edge.i, quote), True) for noun in offices]
        return [(one, fits) for _, one, fits in sorted([*names, *(one for one in told if one[1])])]

    def _person_spoken_for(self, quote: Quote) -> str | None:
        """Return the person for whom a spokesman speaks: `the |governor's spokesman said he would stay`."""
        sides = quote.context.affiliation
        is_person = any(one.label == "PERSON" and id_of(one) in sides for one in self._around.mentions)
        return sides[0] if is_person and len(sides) == 1 and self._is_spokesman(quote) else None

    def _groups(self, quote: Quote, token: Token) -> Iterator[str | None]:
        """Yield whom `it` or `they` means: the bound, in a report the speaker's side, else a group."""
        hearer = quote.context.addressee
        names = names_in(self._around.mentions, quote.start, token.idx)
        before = [one for one in names if one.label in ACTORS or self._names.is_actor(one)]
        if quote.context.act == "demand" and hearer is not None and quote.type not in VERBATIM:
            yield None if before else quote.context.addressee_id
        elif quote.type == "indirect":
            is_open = before or self._may_be_others(quote, token)
            yield from () if is_open else self._side_of_speaker(quote, token)
        elif before:
            groups = {id_of(one) for one in before if one.label in BODIES and one.entity_kind != "outlet"}
            yield groups.pop() if len(groups) == 1 == len(before) else None
        else:
            yield self._subject_of_last(quote, token) or self._subject_before(quote)

    def _may_be_others(self, quote: Quote, token: Token) -> bool:
        """Return whether `they` may be persons told of in a report: `said |guards had lost their keys`."""
        words = span_at(self._around.doc, quote.start, token.idx)
        if words is None or self._kinds.get(token.lower_) != "p":
            return False
        return any(one.tag_ == "NNS" and is_subject(one) for one in words)

    def _subject_of_last(self, quote: Quote, token: Token) -> str | None:
        """Return the group of which a speaker told before, where the quotation goes on: `“|It has ...”`."""
        last = self._before
        opens = is_subject(token) and not names_in(self._around.mentions, quote.start, token.idx)
        if last is None or not opens or _speaker_id(last) is None or _speaker_id(last) != _speaker_id(quote):
            return None
        if last.end > quote.start or quote.start - last.end > _NEAR:
            return None
        told = [
            one
            for one in names_in(self._around.mentions, last.start, last.end)
            if self._is_group_subject(one)
        ]
        return id_of(told[-1]) if told else None

    def _is_group(self, name: Mention) -> bool:
        """Return whether a name is that of a body or state."""
        return name.label != "PERSON" and name.entity_kind != "outlet" and self._names.is_actor(name)

    def _is_group_subject(self, name: Mention) -> bool:
        """Return whether a name is that of a body or state, and the subject of a verb."""
        span = span_at(self._around.doc, name.start, name.end)
        return span is not None and is_subject(span.root) and self._is_group(name)

    def _side_of_speaker(self, quote: Quote, token: Token) -> Iterator[str | None]:
        """Yield the group that speaks in a report, or for which a document, a spokesman or officials do."""
        own = _speaker_id(quote)
        joint = list(self._joint_speakers(quote)) if self._kinds.get(token.lower_) == "p" else []
        if joint:
            yield from joint
        elif quote.speaker_kind == "organisation":
            yield own or self._state_in_speaker(quote)
        elif quote.speaker_kind == "document":
            yield next(iter(quote.context.affiliation), None)
        elif self._is_spoken_for(quote, token):
            yield from quote.context.affiliation

    def _joint_speakers(self, quote: Quote) -> Iterator[str | None]:
        """Yield those who speak together: `|Odeh and |Qattan denied any fault of theirs`."""
        speaker = quote.speaker
        names = () if speaker is None else names_in(self._around.mentions, speaker.start, speaker.end)
        persons = [one for one in names if one.label in ACTORS]
        if speaker is not None and len(persons) > 1 and " and " in speaker.text:
            yield from map(id_of, persons)

    def _state_in_speaker(self, quote: Quote) -> str | None:
        """Return the state whose body speaks: `the |US government`."""
        speaker = quote.speaker
        names = () if speaker is None else names_in(self._around.mentions, speaker.start, speaker.end)
        states = {id_of(one) for one in names if one.entity_kind in STATES}
        return states.pop() if len(states) == 1 else None

    def _opens_clause(self, quote: Quote, token: Token) -> bool:
        """Return whether a pronoun is the first word of a report, and does something: `said |it had left`."""
        is_first = token.idx == quote.start and is_subject(token)
        return is_first and token.head.pos_ == "VERB" and token.head.lemma_ not in self._words.impersonal

    def _is_spoken_for(self, quote: Quote, token: Token) -> bool:
        """Return whether a speaker says a pronoun of the own side: a spokesman, or officials (`they`)."""
        phrase = quote.speaker and span_at(self._around.doc, quote.speaker.start, quote.speaker.end)
        is_owner = token.idx == quote.start and token.dep_ == "poss"
        if not phrase or not (is_owner or self._opens_clause(quote, token)):
            return False
        return self._is_spokesman(quote) or (token.lower_ in ("their", "they") and phrase.root.tag_ == "NNS")

    def _is_spokesman(self, quote: Quote) -> bool:
        """Return whether a speaker is called a spokesman, here or elsewhere in the article."""
        if _speaker_id(quote) in self._spokesmen:
            return True
        phrase = quote.speaker and span_at(self._around.doc, quote.speaker.start, quote.speaker.end)
        return any(title_of(one) in self._words.spokesmen for one in phrase or ())

    @cached_property
    def _spokesmen(self) -> frozenset[str | None]:
        """The ids of the persons whom the article calls spokesmen."""
        persons = [one for one in self._around.mentions if one.label == "PERSON" and id_of(one) is not None]
        spans = ((one, span_at(self._around.doc, one.start, one.end)) for one in persons)
        titles = (
            (one, title)
            for one, span in spans
            if span
            for title in titles_of(span, self._around.mentions, self._around.words.affiliations)
        )
        return frozenset(
            id_of(one)
            for one, title in titles
            if any(title_of(word) in self._words.spokesmen for word in title)
        )

    def _subject_before(self, quote: Quote) -> str | None:
        """Return the group that is the subject of the sentence before a quotation, and the only one in it."""
        first = span_at(self._around.doc, quote.start, quote.start + 1)
        if first is None or first.start < _MARK_AND_WORD:
            return None
        sentence = self._around.doc[first.start - _MARK_AND_WORD].sent
        names = names_in(self._around.mentions, sentence.start_char, min(sentence.end_char, quote.start))
        groups = {id_of(one): one for one in names if self._is_group(one)}
        only = next(iter(groups.values())) if len(groups) == 1 else None
        is_subject = only is not None and self._is_group_subject(only)
        return next(iter(groups)) if is_subject and _speaker_id(quote) not in groups else None


def _speaker_id(quote: Quote) -> str | None:
    return quote.speaker_entity_id or quote.speaker_name_id
