"""Resolves an office without a name to its holder: `the prime minister said`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from extract.entities.offices.reader import Role, RoleReader
from extract.lexicon import Entity, Lexicon, Office, Term
from extract.model import Mention, SpeakerMethod, TextSpan


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of an office, known from the article (`coreference`) or from terms of office (`role`)."""

    name: str
    entity_id: str | None
    name_id: str | None
    method: SpeakerMethod


class OfficeHolders:
    """The holders of offices in one article.

    Args:
        mentions: The article's linked mentions, in order.
        lexicon: For offices and their terms.
        text: The article's text.
        published: The article's publication date; if None, only the article's own words identify holders.
    """

    def __init__(
        self, mentions: Sequence[Mention], lexicon: Lexicon, text: str, published: date | None
    ) -> None:
        self._mentions = mentions
        self._lexicon = lexicon
        self._day = published.isoformat() if published else None
        self._reader = RoleReader(mentions, lexicon, text)
        self._home = lexicon.words.roles.home
        self.not_holding = lexicon.words.roles.not_holding

    def role_of(self, phrase: TextSpan) -> Role | None:
        """Return the office that a phrase such as `the Iraqi prime minister` names."""
        return self._reader.of_phrase(phrase.start, phrase.end)

    def holder(self, role: Role) -> Holder | None:
        """Return the holder: the person whom the article names with the office, else the one of that day.

        None for a former holder. Without a named person also None for an unknown day or several holders.
        """
        if role.is_past:
            return None
        return self._named_holder(role) or self._holder_that_day(role)

    def may_hold(self, role: Role, entity_id: str | None, name_id: str | None) -> bool:
        """Return whether a person held the office on the article's day, or has its title in the article.

        Args:
            role: The office in a phrase; of a former holder, who must have held it before.
            entity_id: The person, if known.
            name_id: As `Mention.name_id`.
        """
        if role.is_past:
            return bool(self._day and entity_id and role.held_before(entity_id, self._day))
        if self._day is not None and entity_id in role.holders_on(self._day):
            return True
        return name_id is not None and any(
            mention.name_id == name_id and self._has_title(mention, other, role)
            for mention, other in self._named
        )

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """Entity id -> country code, of the article's actors, states and peoples."""
        return {name: entity.country for name, entity in self._entities.items() if entity.country}

    @cached_property
    def bodies_of(self) -> Mapping[str, frozenset[str]]:
        """Entity id -> ids of the bodies to which the article's actors belong."""
        return {
            name: frozenset(membership.entity_id for membership in entity.part_of)
            for name, entity in self._entities.items()
        }

    @cached_property
    def _entities(self) -> Mapping[str, Entity]:
        """The article's known actors, states and peoples, by id."""
        ids = {mention.entity_id for mention in self._mentions if mention.entity_id}
        return {name: self._lexicon.entities[name] for name in ids if name in self._lexicon.entities}

    @cached_property
    def _named(self) -> list[tuple[Mention, Role]]:
        """The mentions of persons together with their current office."""
        persons = (mention for mention in self._mentions if mention.label == "PERSON")
        named = ((mention, self._reader.of_name(mention)) for mention in persons)
        return [(mention, role) for mention, role in named if role is not None and not role.is_past]

    def _named_holder(self, role: Role) -> Holder | None:
        fitting = [
            mention
            for mention, other in self._named
            if mention.name_id and self._has_title(mention, other, role)
        ]
        before = [mention for mention in fitting if mention.end <= role.start]
        if before:
            return _as_holder(before[-1])
        return _as_holder(fitting[0]) if len({mention.name_id for mention in fitting}) == 1 else None

    def _has_title(self, mention: Mention, named: Role, role: Role) -> bool:
        """Return whether the office with which a person is named may be the one in a phrase."""
        return self._reader.is_same_title(role.title, named.title) and _fits(role, named, mention)

    def _holder_that_day(self, role: Role) -> Holder | None:
        """Return the only holder on the article's day; known terms win over terms without dates."""
        if self._day is None:
            return None
        terms = _terms_on(self._day, self._possible_offices(role))
        dated = [term for term in terms if term.first or term.last]
        holders = {term.entity_id for term in dated or terms}
        if len(holders) != 1:
            return None
        entity = self._lexicon.entities[holders.pop()]
        return Holder(entity.name, entity.published_id, entity.links_to, "role")

    def _possible_offices(self, role: Role) -> Iterable[Office]:
        if not role.is_owned:
            return self._offices_at_home(role)
        return role.offices or self._posted_here(role)

    def _offices_at_home(self, role: Role) -> Iterable[Office]:
        homes = (None, self._home)
        return [office for office in role.offices if self._is_about_home and office.country in homes]

    def _posted_here(self, role: Role) -> Iterable[Office]:
        """Return another state's posts in the home country: the US ambassador, in an article about Iraq."""
        posts = self._reader.with_longer_titles(role).offices if self._is_about_home else ()
        return [o for o in posts if any(title.startswith(f"{role.title} to ") for title in o.titles)]

    @cached_property
    def _is_about_home(self) -> bool:
        """Whether no country is mentioned more often, by name or by its people, places and bodies."""
        counts = Counter(self._countries())
        return counts[self._home] > 0 and counts[self._home] == max(counts.values())

    def _countries(self) -> Iterable[str]:
        for mention in self._mentions:
            entity = self._lexicon.entities.get(mention.candidates[0]) if mention.candidates else None
            if entity is not None and entity.country and mention.label != "PERSON":
                yield entity.country


def _terms_on(day: str, offices: Iterable[Office]) -> list[Term]:
    """Return the terms that may cover an ISO day, of offices with one holder at a time."""
    return [term for office in offices if not office.shared for term in office.terms if term.covers(day)]


def _fits(role: Role, named: Role, mention: Mention) -> bool:
    """Return whether a person named with one office may hold another office of the same title."""
    if not role.is_owned:
        return True
    if named.is_owned:
        is_same_owner = role.owner is not None and named.owner == role.owner
        return is_same_owner or not set(named.offices).isdisjoint(role.offices)
    return (mention.entity_id is None and bool(role.offices)) or role.held_by(mention.entity_id or "")


def _as_holder(mention: Mention) -> Holder:
    return Holder(mention.entity_name or mention.text, mention.entity_id, mention.name_id, "coreference")
