"""Whom words mean that are clear only beside a state: `the president`, `the administration`, `our government`."""

from spacy.tokens import Span

from extract.entities.offices.holders import OfficeHolders
from extract.model import Quote, TextSpan
from extract.quotes.context.people import text_span
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.speakers.discourse import VERBATIM

_THE = "the"
_OWN = frozenset({"my", "our"})


class StateWords:
    """Finds whom the words for states and offices in the quotes of one article mean.

    Args:
        around: The article and what is known of it.
    """

    def __init__(self, around: Surroundings) -> None:
        self._holders: OfficeHolders = around.holders
        self._resolver = around.resolver
        self._words = around.words.about.states

    def meant_by(self, phrase: Span, quote: Quote) -> str | None:
        """Return the id of whom a definite phrase in a quote means.

        Words in marks look from the speaker's state: `the president` is that of the senator who says it. A
        report looks from where the article does.
        """
        span = text_span(phrase)
        meant = self._resolver.meaning(span)
        found = meant.entity_id or meant.name_id
        if found is not None and quote.type not in VERBATIM:
            return found
        own = self._country_of_speaker(quote)
        role = self._holders.role_of(span) if own is not None else None
        if own is not None and role is not None and not (role.is_owned or role.is_past):
            return self._holders.holder_in(role, own) or found
        return found or self._state(phrase, own)

    def _state(self, phrase: Span, own: str | None) -> str | None:
        """Return the state for which a noun stands, or its government."""
        opening, noun = phrase[0].lower_, phrase.root.lemma_.lower()
        if noun not in self._words.governments | self._words.administrations:
            return None
        if opening in _OWN or noun in self._words.administrations:
            return self._holders.state_of(own)
        modifiers = {token.lower_ for token in phrase[1:-1]}
        if opening != _THE or not modifiers <= self._words.modifiers:
            return None
        plain = TextSpan(phrase.start_char, phrase.end_char, f"{_THE} {noun}")
        body = self._holders.bodies.meant_by(plain)
        return None if body is None else body.links_to

    def _country_of_speaker(self, quote: Quote) -> str | None:
        """Return the code of the one country for which a speaker speaks."""
        ids = quote.context.affiliation or (quote.speaker_entity_id,)
        countries = {self._holders.country_of_actor(one) for one in ids}
        return countries.pop() if len(countries) == 1 else None
