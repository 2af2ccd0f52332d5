"""The actors of whom a quote speaks: named, described or meant by a pronoun in it, or beside it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span, Token

from extract.model import Mention, Quote
from extract.quotes.context.beside import Beside
from extract.quotes.context.people import (
    ACTORS,
    STATES,
    id_of,
    is_in_place,
    name_at,
    names_in,
    span_at,
    text_span,
)
from extract.quotes.context.pronouns import Pronouns
from extract.quotes.context.states import StateWords
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.speakers.ranking import fits_pronoun
from extract.quotes.syntax import first_with_dep

_PHRASE_END = re.compile(r" (?:for|of|in) ")
_SUBJECTS = ("nsubj", "nsubjpass")
_VERBS = frozenset({"VERB", "AUX"})
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
        self._text = around.text
        self._mentions = around.mentions
        self._cues = around.cues
        self._words = around.words.about
        self._kinds = around.cues.descriptions.phrases.pronouns
        self._resolver = around.resolver
        self._states = StateWords(around)
        self._pronouns = Pronouns(around, self._meant_by_phrase)

    def of(self, quote: Quote, beside: Beside) -> tuple[str, ...]:
        """Return the ids of the actors, each once, in the order in which they are spoken of."""
        words = span_at(self._doc, quote.start, quote.end)
        if words is None or quote.type == "scare":
            return ()
        found = [
            *self._target(quote, beside),
            *self._named(quote),
            *self._described(quote, words),
            *self._pronouns.meant_in(quote, words),
        ]
        return tuple(dict.fromkeys(one for one in found if one))

    def _named(self, quote: Quote) -> Iterator[str | None]:
        """Yield the ids of the actors named inside a quote."""
        for name in names_in(self._mentions, quote.start, quote.end):
            if self._is_named_actor(name):
                yield id_of(name)

    def _is_named_actor(self, name: Mention) -> bool:
        """Return whether a name is that of an actor, or of a state that acts or is meant as a whole."""
        is_state = name.entity_kind in STATES and self._acts(name)
        return self._is_actor(name) or is_state or self._is_capital(name)

    def _is_actor(self, name: Mention) -> bool:
        """Return whether a name is that of a person or body: a known one, or one that hardly is a thing."""
        is_sure = name.entity_id is not None or name.confidence >= self._words.least_confidence
        words = _PHRASE_END.split(name.text.lower())[0].split()
        is_facility = not self._words.facilities.isdisjoint(words[-1:])
        return name.label in ACTORS and is_sure and not is_facility

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
        nouns = known.people | known.organisations | self._words.states.all
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
        is_aim = preposition.lower_ in ("from", "to") and preposition.head.lemma_ in self._words.motion
        return not is_aim and not is_in_place(head, self._words.places)

    def _target(self, quote: Quote, beside: Beside) -> Iterator[str | None]:
        """Yield the ids of the object of a cue of judgement or demand, and of a fragment's subject."""
        cue = beside.cue
        if cue is None:
            return
        if quote.context.act == "demand":
            yield quote.context.addressee_id
        if cue.kind == "verb" and cue.lemma in self._words.targets:
            yield self._meant(first_with_dep(cue.token.rights, "dobj", "dative"), quote)
            for child in cue.token.rights:
                if child.dep_ == "prep" and child.lower_ in self._words.target_prepositions:
                    yield self._meant(first_with_dep(child.rights, "pobj"), quote)
        if quote.type == "mixed":
            subject = self._subject_of_fragment(quote, beside)
            meant = self._meant(subject, quote)
            yield from [meant] if meant else self._named_beside(subject)
            yield from self._joined_before(subject, quote)

    def _subject_of_fragment(self, quote: Quote, beside: Beside) -> Token | None:
        """Return the subject, outside the marks, of a fragment: `said |Iraq “needs no fighters”`.

        A second fragment has that of the first: `said |Iraq “has peace” and “needs no fighters”`.
        """
        span = span_at(self._doc, quote.start, quote.end)
        if span is None:
            return None
        verb = span.root if span.root.pos_ in _VERBS else span.root.head
        while verb.dep_ == "conj" and first_with_dep(verb.lefts, *_SUBJECTS) is None:
            verb = verb.head
        subject = first_with_dep(verb.lefts, *_SUBJECTS)
        is_outside = subject is not None and subject.i < span.start and subject.i not in beside.speaker
        return subject if is_outside else None

    def _named_beside(self, subject: Token | None) -> Iterator[str | None]:
        """Yield the actors named after `of` in the phrase of a subject: `the presence of |UK troops`."""
        of = (
            next((one for one in subject.rights if one.lower_ == "of"), None) if subject is not None else None
        )
        if of is None:
            return
        last = of.right_edge
        for name in names_in(self._mentions, of.idx, last.idx + len(last)):
            if self._is_named_actor(name) and name.entity_kind != "outlet":
                yield id_of(name)

    def _joined_before(self, subject: Token | None, quote: Quote) -> Iterator[str | None]:
        """Yield those whom `they` means, the only ones that its sentence joins: `|Jordan and Syria`."""
        if subject is None or self._kinds.get(subject.lower_) != "p":
            return
        own = {quote.speaker_entity_id, quote.speaker_name_id}
        names = names_in(self._mentions, subject.sent.start_char, subject.idx)
        others = [one for one in names if id_of(one) not in own and self._is_named_actor(one)]
        between = [self._text[one.end : two.start].strip(", ") for one, two in pairwise(others)]
        if between and between[-1] == "and" and all(words in ("", "and") for words in between):
            yield from map(id_of, others)

    def _meant(self, token: Token | None, quote: Quote) -> str | None:
        """Return whom a word beside the quote means; nobody if it is inside the quote, and so found there."""
        if token is None or quote.start <= token.idx < quote.end:
            return None
        name = name_at(self._mentions, token)
        if name is not None:
            return id_of(name) if name.label in ACTORS or name.entity_kind in STATES else None
        kind = self._kinds.get(token.lower_, "")
        if token.pos_ == "NOUN":
            return self._meant_by_phrase(token, token.left_edge.i, quote)
        if kind not in ("m", "f"):
            return None
        meant = self._resolver.meaning(text_span(self._doc[token.i : token.i + 1]))
        return (meant.entity_id or meant.name_id) if fits_pronoun(meant, kind) else None
