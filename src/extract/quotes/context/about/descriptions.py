"""Whom the definite phrases in a quote mean: `the prime minister`, `her organisation`, `this country`."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extract.model import Mention, Quote
from extract.quotes.context.about.states import StateWords
from extract.quotes.context.people import BODIES, STATES, id_of, name_at, names_in, text_span
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.phrases import singular
from extract.quotes.speakers.discourse import VERBATIM

_OWN = frozenset({"my", "our"})
_THIRD = frozenset({"her", "his", "its", "their"})
_THE = frozenset({"that", "the", "this"})
_AFTER_SHORT = frozenset({"case", "cc", "conj"})  # what may depend on the noun of a short phrase
_NEAR = 500  # characters before a phrase in which its name stands
_BARE = 2  # words of a phrase that is only an article and a noun


class Described:
    """Finds whom the definite phrases in the quotes of one article mean.

    Args:
        around: The article and what is known of it.
    """

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._known = around.cues.descriptions
        self._bodies = around.words.about.bodies
        self._states = StateWords(around)
        self._nouns = self._known.people | self._known.organisations | around.words.about.states.all

    def in_quote(self, quote: Quote, words: Span) -> Iterator[str | None]:
        """Yield the ids of those whom short definite phrases inside a quote mean: `the |prime minister`."""
        for token in words:
            is_listed = (
                token.lemma_.lower() in self._nouns or singular(token.lower_, self._nouns) in self._nouns
            )
            if is_listed and token.pos_ in ("NOUN", "PROPN"):
                yield self.meant_by(token, words.start, quote)

    def meant_by(self, noun: Token, first: int, quote: Quote) -> str | None:
        """Return whom a short definite phrase means that begins not before a token: `the |minister's`."""
        start = noun.left_edge
        if start.i < first or noun.dep_ == "compound" or name_at(self._around.mentions, noun) is not None:
            return None
        end = self._end(noun)
        opening = start.lower_
        if end is None:
            return None
        phrase = self._around.doc[start.i : end]
        if opening in self._around.words.about.vocatives:
            return self._addressed(phrase[1:], quote)
        if not (opening in _THE | _OWN | _THIRD or self._is_state(start)):
            return None
        if opening in _THIRD and not self._is_of_speaker(phrase, quote):
            return None
        is_own = opening in _OWN | _THIRD or self._is_group(phrase, quote)
        own = self._own_body(phrase, quote) if is_own else None
        return own or self._states.meant_by(phrase, quote) or self._named_so(phrase)

    def _addressed(self, title: Span, quote: Quote) -> str | None:
        """Return whom a speaker addresses by an office: `Mr. |President`."""
        role = self._around.holders.role_of(text_span(title)) if title else None
        holder = None if role is None else self._around.holders.holder(role)
        found = None if holder is None else holder.entity_id or holder.name_id
        return found if found not in (quote.speaker_entity_id, quote.speaker_name_id) else None

    def _is_group(self, phrase: Span, quote: Quote) -> bool:
        """Return whether a report takes up the speaker's body by any noun: `said |the group would win`."""
        is_any = (
            phrase[0].lower_ == "the" and len(phrase) == _BARE and phrase.root.lemma_.lower() in self._bodies
        )
        names = names_in(self._around.mentions, quote.start, phrase.start_char) if is_any else ()
        return is_any and quote.type not in VERBATIM and not any(one.label in BODIES for one in names)

    def _end(self, noun: Token) -> int | None:
        """Return the end of a short phrase: of a noun alone, or with its state: `the minister of |Iraq`."""
        after = [child for child in noun.rights if child.dep_ not in _AFTER_SHORT]
        if not after:
            return noun.i + 1
        is_of_state = len(after) == 1 and after[0].lower_ == "of" and self._is_state(after[0].right_edge)
        return after[0].right_edge.i + 1 if is_of_state else None

    def _is_state(self, token: Token) -> bool:
        name = name_at(self._around.mentions, token)
        return name is not None and name.entity_kind in STATES

    def _is_of_speaker(self, phrase: Span, quote: Quote) -> bool:
        """Return whether `his` in a report is the speaker's: nobody else is named in it before."""
        others = names_in(self._around.mentions, quote.start, phrase.start_char)
        return quote.type not in VERBATIM and not others

    def _own_body(self, phrase: Span, quote: Quote) -> str | None:
        """Return the body for which a speaker speaks, if a noun may be for it: `her |organisation`."""
        noun = phrase.root.lemma_.lower()
        sides = quote.context.affiliation
        if noun not in self._known.organisations or len(sides) != 1:
            return None
        names = [one for one in self._around.mentions if id_of(one) == sides[0] and one.label in BODIES]
        fits = noun in self._bodies or any(noun in _words(one) for one in names)
        return sides[0] if names and fits else None

    def _named_so(self, phrase: Span) -> str | None:
        """Return the only body that the article names by a noun: `the |tribunal`."""
        noun = phrase.root.lemma_.lower()
        if len(phrase) != _BARE or noun not in self._known.organisations - self._bodies:
            return None
        named = [one for one in self._around.mentions if one.label in BODIES and noun in _words(one)]
        is_near = any(0 < phrase.start_char - one.end < _NEAR for one in named)
        ids = {id_of(one) for one in named}
        return ids.pop() if len(ids) == 1 and is_near else None


def _words(name: Mention) -> list[str]:
    return f"{name.text} {name.entity_name or ''}".lower().split()
