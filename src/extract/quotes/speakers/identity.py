"""Who a speaker is, as far as the article tells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.entities.offices.holders import OfficeHolders
from extract.entities.offices.reader import Role
from extract.model import SpeakerKind, SpeakerMethod
from extract.quotes.speakers.referents import Referent


@dataclass(frozen=True, slots=True)
class Identity:
    """The referent of a speaker, the kind of its phrase, and the method that resolved it."""

    referent: Referent
    kind: SpeakerKind
    method: SpeakerMethod | None


def with_candidates(known: Identity, role: Role | None, holders: OfficeHolders | None) -> Identity:
    """Return an unnamed speaker with those who may hold the office that its phrase names, if it names one."""
    if role is None or holders is None or known.referent.entity_id or known.referent.name_id:
        return known
    return replace(known, referent=replace(known.referent, candidates=holders.candidates(role)))


def joined(identities: Sequence[Identity]) -> Identity | None:
    """Return several speakers as one, the first of those who are linked, else named; None if nobody is.

    Those who are neither stay out of it: `Brandt and some lawmakers`.
    """
    named = [one for one in identities if one.method is not None and one.referent.name_id is not None]
    linked = [one for one in named if one.referent.entity_id is not None]
    if not named:
        return None
    first = (linked or named)[0]
    ids = (entity_id for one in linked for entity_id in one.referent.entity_ids)
    return replace(first, referent=replace(first.referent, joint=tuple(dict.fromkeys(ids)), plural=True))
