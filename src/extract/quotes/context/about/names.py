"""Which names are those of actors that words speak of, and not of places, peoples or things."""

import re
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Span, Token

from extract.model import Mention
from extract.quotes.context.people import ACTORS, STATES, id_of, is_in_place, names_in, span_at
from extract.quotes.context.surroundings import Surroundings

_PHRASE_END = re.compile(r" (?:for|of|in) ")
_LIKENING = re.compile(r"-(?:like|style|type)\b")
_PEOPLES = frozenset({"NNPS", "NNS"})
_LONGEST_WORD = 20
_MODIFIERS = frozenset({"amod", "compound", "nmod"})
_OF_SOME = frozenset({"acl", "amod", "compound", "nummod", "prep", "relcl"})  # who make it some of them


class ActorNames:
    """Tells which names of one article are those of actors.

    Args:
        around: The article and what is known of it.
    """

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._words = around.words.about
        self._organisations = around.cues.descriptions.organisations
        self._counts = Counter((one.label, id_of(one)) for one in around.mentions)

    def ids_in(self, start: int, end: int) -> Iterator[str | None]:
        """Yield the ids of the actors named between two offsets."""
        return (id_of(name) for name in names_in(self._around.mentions, start, end) if self.is_actor(name))

    def is_actor(self, name: Mention) -> bool:
        """Return whether a name is that of an actor, or of a state that acts or is meant as a whole."""
        if name.entity_kind in STATES:
            return self._acts(name)
        return self._is_person_or_body(name) or self._is_capital(name)

    def _is_person_or_body(self, name: Mention) -> bool:
        """Return whether a name is that of a person or body: a known one, or one that hardly is a thing."""
        words = _PHRASE_END.split(name.text.lower())[0].split()
        after = self._text_after(name)
        is_facility = not self._words.facilities.isdisjoint(words[-1:]) or after in self._words.documents
        if is_facility or _LIKENING.match(self._around.text, name.end):
            return False
        if name.entity_id is None and self._is_called_body(name):
            return True
        return name.label in ACTORS and (name.entity_id is not None or self._is_sure(name, words))

    def _text_after(self, name: Mention) -> str:
        """Return the word after a name."""
        return self._around.text[name.end : name.end + _LONGEST_WORD].strip().partition(" ")[0]

    def _is_sure(self, name: Mention, words: list[str]) -> bool:
        """Return whether a name in no list hardly is a thing: its noun, or that it recurs."""
        is_body = name.label in ACTORS - {"PERSON"} and not self._organisations.isdisjoint(
            (words[0], words[-1])
        )
        least = self._words.least_mentions - name.text.isupper()
        recurs = self._counts[name.label, id_of(name)] >= least
        return name.confidence >= self._words.least_confidence or is_body or recurs

    def _is_called_body(self, name: Mention) -> bool:
        """Return whether a noun before a name says that it is a body: `the Swiss company |Velm`."""
        span = span_at(self._around.doc, name.start, name.end)
        before = self._around.doc[span.start - 1] if span is not None and span.start > 0 else None
        return before is not None and before.tag_ == "NN" and before.lower_ in self._organisations

    def _is_capital(self, name: Mention) -> bool:
        """Return whether a city acts as a government does: `|Baghdad seeks a new approach`."""
        span = span_at(self._around.doc, name.start, name.end) if name.entity_kind == "city" else None
        if span is None:
            return False
        head = span.root
        is_agent = head.dep_ == "pobj" and head.head.lower_ == "by"
        return is_agent or (head.dep_ == "nsubj" and head.head.pos_ == "VERB")

    def _acts(self, name: Mention) -> bool:
        """Return whether the name of a state stands for the state, not for a place or some of a people."""
        span = span_at(self._around.doc, name.start, name.end)
        if span is None:
            return False
        head = span.root
        if head.tag_ in _PEOPLES:
            return self._is_people(head, span)
        if self._is_of_members(head) or self._is_in_name(span):
            return False
        while head.dep_ == "conj":
            head = head.head
        if head.dep_ != "pobj":
            return not (head.dep_ == "dobj" and head.head.lemma_ in self._words.reaching)
        preposition = head.head
        is_aim = preposition.lower_ in ("from", "to") and preposition.head.lemma_ in self._words.motion
        return not is_aim and not is_in_place(head, self._words.places)

    def _is_of_members(self, state: Token) -> bool:
        """Return whether a word for a state says where some persons are from: `|Iraqi women`."""
        is_modifier = state.dep_ in _MODIFIERS or state.dep_ == "poss"
        return is_modifier and state.head.lemma_.lower() in self._words.members

    def _is_in_name(self, people: Span) -> bool:
        """Return whether a word for a people is only part of a name: `Operation |Iraqi Freedom`."""
        return people.start > 0 and self._around.doc[people.start - 1].lower_ in self._words.operations

    @staticmethod
    def _is_people(noun: Token, name: Span) -> bool:
        """Return whether a plural is a people that acts or is known: `the |Iraqis`, not `34 |Iraqis`."""
        if any(child.dep_ in _OF_SOME for child in noun.children if child not in name):
            return False
        is_agent = noun.dep_ == "nsubj" or (noun.dep_ == "pobj" and noun.head.lower_ == "by")
        return any(child.lower_ == "the" for child in noun.lefts) or is_agent
