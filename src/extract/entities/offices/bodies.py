"""The body of a state in a phrase without its name: `the Iraqi army`, `Iraq's parliament`, `the army`.

The state stands in the phrase, or is the one that the article is about. A body is meant only if the lexicon
has exactly one of that state under these words.
"""

import re
from collections.abc import Iterator, Sequence

from extract.entities.offices.countries import Countries
from extract.lexicon import ALWAYS, Entity, Lexicon
from extract.model import Mention, TextSpan

_ARTICLE = re.compile(r"(?:[Tt]he\s+)?")
_OWNER = re.compile(r"['’]s?\s+|\s+")  # after the state: `Iraq|'s |parliament`
_OF = re.compile(r"\s+of\s+(?:the\s+)?$")  # before it: `the parliament| of |Iraq`
_COUNTRY = "country"


class StateBodies:
    """Finds the bodies of states that phrases in one article mean.

    Args:
        mentions: The article's linked mentions, in text order.
        lexicon: Knows the bodies and their states.
        text: The article's text.
        countries: The countries that the article mentions.
    """

    def __init__(
        self, mentions: Sequence[Mention], lexicon: Lexicon, text: str, countries: Countries
    ) -> None:
        self._mentions = mentions
        self._lexicon = lexicon
        self._text = text
        self._countries = countries

    def named_in(self, phrase: TextSpan, inside: Sequence[Mention]) -> Entity | None:
        """Return the body in a phrase that names its state.

        Args:
            phrase: The phrase in the text.
            inside: The mentions in it.
        """
        states = [one for one in inside if self._state_of(one) is not None]
        state = self._state_of(states[0]) if len(states) == len(inside) == 1 else None
        noun = _without(phrase, states[0]) if state else ""
        return self._body(noun, state) if state and noun else None

    def meant_by(self, phrase: TextSpan) -> Entity | None:
        """Return the body that a definite phrase without a name means in the country of the article.

        The article has named the country before. Nobody is meant if it speaks of another such body: by a name
        with the same noun, or in the plural.
        """
        article, noun = phrase.text[: len("the ")], phrase.text[len("the ") :]
        known = self._lexicon.words.roles.without
        without = frozenset(code for word in noun.lower().split() for code in known.get(word, ()))
        code = self._countries.at(phrase.start, without) if article.lower() == "the " else None
        state = self._state(code)
        named = (one.start for one in self._mentions if state and one.entity_id == state.id)
        body = self._body(noun, state) if state and next(named, phrase.start) < phrase.start else None
        return None if state is None or body is None or self._has_rival(noun, body, state) else body

    def of_state(self, noun: str, code: str) -> Entity | None:
        """Return the only body that is called by a noun in the country with a code."""
        state = self._state(code)
        return None if state is None else self._body(noun, state)

    def _state(self, code: str | None) -> Entity | None:
        """Return the country with a code."""
        known = self._lexicon.entities.values() if code else ()
        return next((one for one in known if one.country == code and one.kind == _COUNTRY), None)

    def _state_of(self, mention: Mention) -> Entity | None:
        known = self._lexicon.entities.get(mention.entity_id or "")
        return known if known is not None and known.kind == _COUNTRY else None

    def _body(self, noun: str, state: Entity) -> Entity | None:
        """Return the only body of a state that is called by a noun and a name of the state."""
        names = (name for words in _names(noun, state) for name in self._lexicon.named(words))
        bodies = [
            self._lexicon.entities[one] for one in {one.entity_id for one in names if one.when == ALWAYS}
        ]
        own = [one for one in bodies if one.country == state.country and one.label == "ORG"]
        return own[0] if len(own) == len(bodies) == 1 else None

    def _has_rival(self, noun: str, body: Entity, state: Entity) -> bool:
        """Return whether the article speaks of another such body: `the Turkish army`, `armies`."""
        words = set(noun.lower().split())
        named = (one for one in self._mentions if one.entity_id != body.id and one.label == "ORG")
        if any(words <= set(one.text.lower().split()) or self._is_like(one, noun) for one in named):
            return True
        own = {"the", *(word.lower() for name in (state.name, *state.aliases) for word in name.split())}
        for found in _called(noun).finditer(self._text):
            owners = [word for word in (found["owner"], found["of"]) if word and word[0].isupper()]
            if found["several"] or any(owner.lower() not in own for owner in owners):
                return True
        return False

    def _is_like(self, mention: Mention, noun: str) -> bool:
        """Return whether a name is that of the body of another state that is called by a noun."""
        known = self._lexicon.entities.get(mention.entity_id or "")
        state = None if known is None else self._state(known.country)
        return state is not None and self._body(noun, state) is known


def _called(noun: str) -> re.Pattern[str]:
    """Return a pattern for a noun with its owner, and for its plural."""
    escaped = re.escape(noun)
    return re.compile(
        rf"\b(?P<owner>[\w.-]+)(?:['’]s?)?\s+{escaped}\b(?:\s+of\s+(?:the\s+)?(?P<of>\w+))?"
        rf"|(?P<several>\b(?:{escaped}e?s|{re.escape(noun.removesuffix('y'))}ies)\b)",
        re.IGNORECASE,
    )


def _names(noun: str, state: Entity) -> Iterator[str]:
    """Yield what a body of a state may be called: `Iraqi army`, `parliament of Iraq`."""
    for name in (state.name, *state.aliases):
        yield f"{name} {noun}"
        yield f"{noun} of {name}"


def _without(phrase: TextSpan, state: Mention) -> str:
    """Return the words of a phrase besides its article and its state; empty if they stand on both sides."""
    article = _ARTICLE.match(phrase.text)
    start = phrase.start + (article.end() if article else 0)
    before = phrase.text[start - phrase.start : max(state.start - phrase.start, 0)]
    after = phrase.text[state.end - phrase.start :]
    if not before:
        owner = _OWNER.match(after)
        return after[owner.end() :] if owner else ""
    of = _OF.search(before)
    return before[: of.start()] if of and not after else ""
