"""Whom words mean that are clear only beside a state: `the president`, `our government`, `the country`."""

from spacy.tokens import Span, Token

from extract.model import Quote, TextSpan
from extract.quotes.context.people import STATES, is_in_place, names_in, span_at, text_span
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.phrases import singular
from extract.quotes.speakers.discourse import VERBATIM

_THE = frozenset({"the", "this"})
_POSSESSIVES = frozenset({"her", "his", "its", "my", "our", "their"})  # of a speaker


class StateWords:
    """Finds whom the words for states and offices in the quotes of one article mean.

    Args:
        around: The article and what is known of it.
    """

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._holders = around.holders
        self._words = around.words.about.states
        self._places = around.words.about.places

    def meant_by(self, phrase: Span, quote: Quote) -> str | None:
        """Return the id of whom a definite phrase in a quote means; a possessive in it is the speaker's.

        Words in marks look from the speaker's state: `the president` is that of the senator who says it. A
        report looks from where the article does.
        """
        span = text_span(phrase)
        meant = self._around.resolver.meaning(span)
        found = meant.entity_id or meant.name_id
        if found is not None and quote.type not in VERBATIM:
            return found
        own = self._country_of_speaker(quote)
        role = self._holders.role_of(span) if own is not None else None
        if own is not None and role is not None and not (role.is_owned or role.is_past):
            return self._holders.holder_in(role, own) or found
        return found or self._state(phrase, quote, own)

    def _state(self, phrase: Span, quote: Quote, own: str | None) -> str | None:
        """Return the state for which a noun stands, or its government."""
        words = self._words
        opening, noun = phrase[0].lower_, singular(phrase.root.lower_, words.all)
        if noun not in words.all:
            return None
        named = self._state_in(phrase)
        if named is not None:
            return named
        if opening in _POSSESSIVES or noun in words.administrations:
            return self._holders.state_of(own)
        if opening not in _THE or not {token.lower_ for token in phrase[1:-1]} <= words.modifiers:
            return None
        if noun in words.forces | words.wholes:
            return (
                self._whole(phrase, quote, own) if noun in words.wholes else self._owner_of_force(phrase.root)
            )
        return self._government(phrase, quote, own)

    def _owner_of_force(self, noun: Token) -> str | None:
        """Return the only state before whose force the article has its name: `the |U.S. marines`."""
        doc, states = self._around.doc, set()
        for one in self._around.mentions:
            name = span_at(doc, one.start, one.end) if one.entity_kind in STATES else None
            after = doc[name.end].lower_ if name is not None and name.end < len(doc) else ""
            if singular(after, self._words.forces) == singular(noun.lower_, self._words.forces):
                states.add(one.entity_id)
        return states.pop() if len(states) == 1 else None

    def _state_in(self, phrase: Span) -> str | None:
        """Return the state that a phrase names: `the |U.S. administration`."""
        names = names_in(self._around.mentions, phrase.start_char, phrase.end_char)
        return next((one.entity_id for one in names if one.entity_kind in STATES), None)

    def _whole(self, phrase: Span, quote: Quote, own: str | None) -> str | None:
        """Return the state that `the country` means, unless it is a place or one that the quote names."""
        if is_in_place(phrase.root, self._places) or self._names_state(quote.start, phrase.start_char):
            return None
        is_own = phrase[0].lower_ == "this" and quote.type in VERBATIM
        return self._holders.state_of((own if is_own else None) or self._holders.main_country)

    def _government(self, phrase: Span, quote: Quote, own: str | None) -> str | None:
        """Return the body or state that `the government` means."""
        about, noun = self._holders.main_country, phrase.root.lemma_.lower()
        plain = TextSpan(phrase.start_char, phrase.end_char, f"the {noun}")
        body = self._holders.bodies.meant_by(plain)
        if body is None and own is not None and (quote.type in VERBATIM or own == about):
            body = self._holders.bodies.of_state(noun, own)
            return self._holders.state_of(own) if body is None else body.links_to
        return None if body is None else body.links_to

    def _names_state(self, start: int, end: int) -> bool:
        """Return whether a stretch names a state, which `the country` after it may mean."""
        return any(one.entity_kind == "country" for one in names_in(self._around.mentions, start, end))

    def _country_of_speaker(self, quote: Quote) -> str | None:
        """Return the code of the one country for which a speaker speaks."""
        ids = quote.context.affiliation or (quote.speaker_entity_id,)
        countries = {self._holders.country_of_actor(one) for one in ids}
        return countries.pop() if len(countries) == 1 else None
