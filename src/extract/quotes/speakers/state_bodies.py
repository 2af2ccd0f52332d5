"""Speakers that are bodies of states in words: `the Iraqi army`, `Iraq's parliament`, `the army`."""

from dataclasses import replace

from extract.entities.offices.holders import OfficeHolders
from extract.lexicon import Entity
from extract.model import SpeakerMethod, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.speakers.identity import Identity
from extract.quotes.speakers.named_heads import NamedHeads
from extract.quotes.speakers.referents import describe


def with_state_body(
    known: Identity, phrase: TextSpan, holders: OfficeHolders, heads: NamedHeads, descriptions: Descriptions
) -> Identity:
    """Return a body that the article does not name with the only entity that its words leave.

    Args:
        known: Who the phrase is as far as the article tells; one with a name stays as it is.
        phrase: The phrase in the text.
        holders: Knows the bodies of states.
        heads: Knows the names in the phrase.
        descriptions: The words about speakers.
    """
    if known.kind != "organisation" or known.referent.name_id is not None:
        return known
    inside = heads.inside(phrase)
    body = holders.bodies.named_in(phrase, inside) if inside else holders.bodies.meant_by(phrase)
    return (
        known
        if body is None
        else _as_identity(body, phrase, descriptions, "mention" if inside else "coreference")
    )


def _as_identity(
    body: Entity, phrase: TextSpan, descriptions: Descriptions, method: SpeakerMethod
) -> Identity:
    words = describe(phrase, descriptions)
    referent = replace(
        words,
        name=body.name,
        entity_id=body.published_id,
        name_id=body.links_to,
        words=words.words | set(body.name.lower().split()),
        noun="",
        proper=frozenset(),
        actor_kind=body.kind,
        introduced=None,
    )
    return Identity(referent, "organisation", method)
