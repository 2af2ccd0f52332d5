"""The actors of whom a quote speaks: named, described or meant by a pronoun in it, or beside it."""

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from extract.model import Mention, Quote
from extract.quotes.context.beside import Beside
from extract.quotes.context.people import id_of, may_be, name_at, names_in, span_at, text_span
from extract.quotes.context.states import StateWords
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.speakers.discourse import VERBATIM
from extract.quotes.speakers.ranking import fits_pronoun
from extract.quotes.syntax import first_with_dep

_ACTORS = frozenset({"PERSON", "ORG", "FACTION"})
_GROUPS = frozenset({"ORG", "FACTION"})
_STATES = frozenset({"country", "nationality"})
_NEAR = 300  # characters before a quotation in which a pronoun in it has its antecedent
_MARK_AND_WORD = 2  # tokens from the first one of a quotation back to the sentence before it
_PHRASE_END = re.compile(r" (?:for|of|in) ")
_OPENING = frozenset({"my", "our", "the", "this"})
_AFTER_SHORT = frozenset({"case", "cc", "conj"})  # what may depend on the noun of a short phrase
_PEOPLES = frozenset({"NNPS", "NNS"})


class About:
    """Finds the actors of whom the quotes of one article speak.

    Args:
        around: The article and what is known of it.
    """

    def __init__(self, around: Surroundings) -> None:
        self._doc = around.doc
        self._mentions = around.mentions
        self._cues = around.cues
        self._words = around.words.about
        self._pronouns = around.cues.descriptions.phrases.pronouns
        self._resolver = around.resolver
        self._states = StateWords(around)

    def of(self, quote: Quote, beside: Beside) -> tuple[str, ...]:
        """Return the ids of the actors, each once, in the order in which they are spoken of."""
        words = span_at(self._doc, quote.start, quote.end)
        if words is None or quote.type == "scare":
            return ()
        found = [
            *self._target(quote, beside),
            *self._named(quote),
            *self._described(quote, words),
            *self._pronominal(quote, words),
        ]
        return tuple(dict.fromkeys(one for one in found if one))

    def _named(self, quote: Quote) -> Iterator[str | None]:
        """Yield the ids of the actors named inside a quote."""
        for name in names_in(self._mentions, quote.start, quote.end):
            is_state = name.entity_kind in _STATES and self._acts(name)
            if self._is_actor(name) or is_state or self._is_capital(name):
                yield id_of(name)

    def _is_actor(self, name: Mention) -> bool:
        """Return whether a name is that of a person or body: a known one, or one that hardly is a thing."""
        is_sure = name.entity_id is not None or name.confidence >= self._words.least_confidence
        words = _PHRASE_END.split(name.text.lower())[0].split()
        is_facility = not self._words.facilities.isdisjoint(words[-1:])
        return name.label in _ACTORS and is_sure and not is_facility

    def _is_capital(self, name: Mention) -> bool:
        """Return whether a city acts as a government does: `|Baghdad seeks a new approach`."""
        span = span_at(self._doc, name.start, name.end) if name.entity_kind == "city" else None
        if span is None:
            return False
        head = span.root
        is_agent = head.dep_ == "pobj" and head.head.lower_ == "by"
        return is_agent or (head.dep_ == "nsubj" and head.head.pos_ == "VERB")

    def _described(self, quote: Quote, words: Span) -> Iterator[str | None]:
        """Yield the ids of those whom short definite phrases inside a quote mean: `the |prime minister`."""
        known = self._cues.descriptions
        nouns = known.people | known.organisations
        for token in words:
            if token.i > words.start and token.lemma_.lower() in nouns and token.pos_ in ("NOUN", "PROPN"):
                yield self._meant_by_phrase(token, words.start, quote)

    def _meant_by_phrase(self, noun: Token, first: int, quote: Quote) -> str | None:
        """Return whom a short definite phrase means that begins not before a token: `the |minister's`."""
        start = noun.left_edge
        opens = start.lower_ in _OPENING and start.i >= first
        is_short = all(child.dep_ in _AFTER_SHORT for child in noun.rights)
        if not (opens and is_short) or noun.dep_ == "compound" or name_at(self._mentions, noun) is not None:
            return None
        return self._states.meant_by(self._doc[start.i : noun.i + 1], quote)

    def _acts(self, name: Mention) -> bool:
        """Return whether the name of a state stands for the state, not for a place or a people."""
        span = span_at(self._doc, name.start, name.end)
        if span is None:
            return False
        head = span.root
        if name.label == "NORP":
            is_members = (
                head.dep_ in ("amod", "compound", "nmod") and head.head.lemma_.lower() in self._words.members
            )
            return head.tag_ not in _PEOPLES and not is_members
        if head.dep_ != "pobj":
            return not (head.dep_ == "dobj" and head.head.lemma_ in self._words.reaching)
        preposition = head.head
        if preposition.lower_ == "of" and preposition.head.lower_ in self._words.places:
            return False  # `inside of |Iraq`
        is_aim = preposition.lower_ in ("from", "to") and preposition.head.lemma_ in self._words.motion
        return preposition.lower_ not in self._words.places and not is_aim

    def _pronominal(self, quote: Quote, words: Span) -> Iterator[str | None]:
        """Yield the ids of those whom the pronouns inside a quote mean."""
        for token in words:
            generic = self._is_everybody(token)
            kind = self._pronouns.get(token.lower_)
            if kind is None or token.dep_ == "expl" or token.tag_ not in ("PRP", "PRP$"):
                continue
            if kind == "1" and quote.type in VERBATIM:
                yield self._first_person(quote, token, is_generic=generic)
            elif kind == "2" and not generic:
                yield quote.context.addressee_id if quote.type in VERBATIM else None
            elif kind in ("m", "f"):
                yield self._person(quote, token, kind)
            elif kind in ("n", "p"):
                yield self._group(quote, token)

    def _is_everybody(self, pronoun: Token) -> bool:
        """Return whether a word beside a pronoun makes it everybody: `we all`, `all of us`."""
        beside = pronoun.doc[max(pronoun.i - 2, 0) : pronoun.i + 2]
        return any(token.lower_ in self._words.generic for token in beside if token.i != pronoun.i)

    def _first_person(self, quote: Quote, token: Token, *, is_generic: bool) -> str | None:
        """Return the speaker for `I`, the speaker's side for `we`."""
        own = quote.speaker_entity_id or quote.speaker_name_id
        if token.lower_ in ("we", "us", "our"):
            is_everybody = is_generic and token.lower_ != "our"
            return None if is_everybody else next(iter(quote.context.affiliation), own)
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

    def _persons_in(
        self, quote: Quote, stretch: tuple[int, int], kind: str
    ) -> list[tuple[str | None, bool]]:
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

    def _group(self, quote: Quote, token: Token) -> str | None:
        """Return whom `it` or `they` means if no group is named before in the quote.

        In a report that is the speaker, if a group; in words in marks the subject of the sentence before.
        """
        before = [one for one in names_in(self._mentions, quote.start, token.idx) if one.label in _ACTORS]
        if before:
            return None
        if quote.type == "indirect":
            is_group = quote.speaker_kind == "organisation"
            return (quote.speaker_entity_id or quote.speaker_name_id) if is_group else None
        return self._subject_before(quote)

    def _subject_before(self, quote: Quote) -> str | None:
        """Return the group that is the subject of the sentence before a quotation, and the only one in it."""
        first = span_at(self._doc, quote.start, quote.start + 1)
        if first is None or first.start < _MARK_AND_WORD:
            return None
        sentence = self._doc[first.start - _MARK_AND_WORD].sent
        names = names_in(self._mentions, sentence.start_char, min(sentence.end_char, quote.start))
        groups = {id_of(one): one for one in names if one.label in _GROUPS and one.entity_kind != "outlet"}
        only = next(iter(groups.values())) if len(groups) == 1 else None
        span = None if only is None else span_at(self._doc, only.start, only.end)
        is_subject = span is not None and span.root.dep_ in ("nsubj", "nsubjpass")
        own = quote.speaker_entity_id or quote.speaker_name_id
        return next(iter(groups)) if is_subject and own not in groups else None

    def _target(self, quote: Quote, beside: Beside) -> Iterator[str | None]:
        """Yield the ids of the object of a cue of judgement or demand, and of a fragment's subject."""
        cue = beside.cue
        if cue is None or cue.kind != "verb":
            return
        if quote.context.act == "demand":
            yield quote.context.addressee_id
        if cue.lemma in self._words.targets:
            yield self._meant(first_with_dep(cue.token.rights, "dobj", "dative"), quote)
            for child in cue.token.rights:
                if child.dep_ == "prep" and child.lower_ in self._words.target_prepositions:
                    yield self._meant(first_with_dep(child.rights, "pobj"), quote)
        if quote.type == "mixed":
            yield self._meant(self._subject_of_fragment(quote, beside), quote)

    def _subject_of_fragment(self, quote: Quote, beside: Beside) -> Token | None:
        """Return the subject, outside the marks, of a fragment: `said |Iraq “needs no fighters”`."""
        span = span_at(self._doc, quote.start, quote.end)
        cue = beside.cue
        if span is None or cue is None:
            return None
        verb = span.root if span.root.pos_ in ("VERB", "AUX") else span.root.head
        subject = first_with_dep(verb.lefts, "nsubj", "nsubjpass")
        is_outside = subject is not None and subject.i < span.start and subject.i not in beside.speaker
        return subject if is_outside else None

    def _meant(self, token: Token | None, quote: Quote) -> str | None:
        """Return whom a word beside the quote means; nobody if it is inside the quote, and so found there."""
        if token is None or quote.start <= token.idx < quote.end:
            return None
        name = name_at(self._mentions, token)
        if name is not None:
            return id_of(name) if name.label in _ACTORS or name.entity_kind in _STATES else None
        kind = self._pronouns.get(token.lower_, "")
        if token.pos_ == "NOUN":
            return self._meant_by_phrase(token, token.left_edge.i, quote)
        if kind not in ("m", "f"):
            return None
        meant = self._resolver.meaning(text_span(self._doc[token.i : token.i + 1]))
        return (meant.entity_id or meant.name_id) if fits_pronoun(meant, kind) else None
