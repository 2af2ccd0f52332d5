"""Resolves an office without a name to its holder: `the prime minister said`."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from extract.entities.offices.bodies import StateBodies
from extract.entities.offices.countries import Countries
from extract.entities.offices.reader import Role, RoleReader
from extract.lexicon import Entity, Lexicon, Office, Term
from extract.lexicon.offices import successors
from extract.model import Mention, SpeakerMethod, TextSpan

_END = re.compile(r"[,.;\n]")  # of an apposition


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
        self._text = text
        self._several: dict[str, bool] = {}
        self._reader = RoleReader(mentions, lexicon, text)
        self._read: dict[tuple[int, int], Role | None] = {}
        self._beside: dict[tuple[int, int], Role | None] = {}
        self._home = lexicon.words.roles.home
        self.not_holding = lexicon.words.roles.not_holding

    def role_of(self, phrase: TextSpan) -> Role | None:
        """Return the office that a phrase such as `the Iraqi prime minister` names."""
        place = (phrase.start, phrase.end)
        if place not in self._read:  # many quotes ask for the same phrase
            self._read[place] = self._reader.of_phrase(*place)
        return self._read[place]

    def holder(self, role: Role) -> Holder | None:
        """Return the holder: the person whom the article names with the office, else the one of that day.

        None for a former holder. Without a named person also None for an unknown day or several holders.
        """
        if role.is_past:
            return None
        return self._named_holder(role) or self._holder_that_day(role)

    def candidates(self, role: Role) -> tuple[str, ...]:
        """Return the name ids of those who may hold an office without a certain holder.

        Where the country is not clear, these are the holders in all countries that the article mentions;
        after the day up to which terms are known, the last known holders.
        """
        if role.is_past or self._day is None:
            return ()
        offices = role.offices if role.is_owned else self._offices_in(role, self._countries.named)
        terms = _terms_on(self._day, offices or self._possible_offices(role))
        return tuple(dict.fromkeys(self._lexicon.entities[term.entity_id].links_to for term in terms))

    def country_at(self, role: Role) -> str | None:
        """Return the code of the country whose office a phrase without a country names; None if not clear."""
        without = self._lexicon.words.roles.without.get(role.title, frozenset())
        return self._countries.at(role.start, without)

    def country_of(self, entity_id: str | None, name_id: str | None) -> str | None:
        """Return the code of a person's country: the lexicon's, else that of the office in the article."""
        if entity_id is not None and entity_id in self.countries:
            return self.countries[entity_id]
        owners = (role.owner for _, role in self._roles_of.get(name_id or "", ()))
        return next((owner.country for owner in owners if owner and owner.country), None)

    def country_of_actor(self, entity_id: str | None) -> str | None:
        """Return the code of the country of a known actor or state, whether or not the article names it."""
        known = self._lexicon.entities.get(entity_id or "")
        return None if known is None else known.country

    def holder_in(self, role: Role, country: str) -> str | None:
        """Return the id of the only holder of an office in a country on the article's day."""
        if not self._knows_terms:
            return None
        terms = _terms_on(self._day or "", self._offices_in(role, (country,)))
        holders = {self._lexicon.entities[term.entity_id].links_to for term in terms}
        return holders.pop() if len(holders) == 1 else None

    def has_other_holder(self, role: Role, country: str) -> bool:
        """Return whether a country has a known holder of the office on the article's day."""
        terms = _terms_on(self._day or "", self._offices_in(role, (country,)))
        return self._knows_terms and len(terms) > 0

    def may_hold(self, role: Role, entity_id: str | None, name_id: str | None) -> bool:
        """Return whether a person held the office on the article's day, or has its title in the article.

        Args:
            role: The office in a phrase; of a former holder, who must have held it before.
            entity_id: The person, if known.
            name_id: As `Mention.name_id`.
        """
        if role.is_past:
            return bool(self._day and entity_id and role.held_before(entity_id, self._day))
        if self.held_before(role, entity_id):
            return False
        longer = role if role.is_owned else self._reader.with_longer_titles(role)
        if self._day is not None and self._knows_terms and entity_id in longer.holders_on(self._day):
            return True
        return any(self._has_title(*named, role) for named in self._roles_of.get(name_id or "", ()))

    def held_before(self, role: Role, entity_id: str | None) -> bool:
        """Return whether a person held an office at another time, and somebody else holds it on the day."""
        if self._day is None or entity_id is None:
            return False
        return len(successors(entity_id, role.offices, self._day)) > 0

    def held_by_others(self, role: Role, entity_id: str | None, year: str) -> bool:
        """Return whether a person who held an office did so in other years than this one."""
        if entity_id is None or not role.held_by(entity_id):
            return False
        ends = (f"{year}-01-01", f"{year}-12-31")
        return not any(entity_id in role.holders_on(day) for day in ends)

    def may_hold_then(self, role: Role, entity_id: str | None) -> bool:
        """Return whether a person held an office some day, of an article whose day is not known."""
        return self._day is None and entity_id is not None and role.held_by(entity_id)

    def body_of(self, role: Role, entity_id: str | None = None) -> str | None:
        """Return the id of the body to which an office belongs, else of its state; None if it may be several.

        Args:
            role: The office in a phrase.
            entity_id: Who holds it; the country of `Prime Minister X` is the person's, else the passage's.
        """
        offices = role.offices if role.is_owned else self._offices_of(role, entity_id)
        bodies = {office.body for office in offices}
        body = self._lexicon.entities.get(next(iter(bodies)) or "") if len(bodies) == 1 else None
        if body is not None:
            return body.links_to
        countries = {office.country for office in offices}
        return self.state_of(countries.pop()) if len(countries) == 1 else None

    def state_of(self, country: str | None) -> str | None:
        """Return the id of the state with a country code."""
        return self._lexicon.states.get(country or "")

    def state_led_by(self, entity_id: str | None) -> str | None:
        """Return the id of the state whose president or prime minister a person is on the article's day."""
        return self.state_of(self._led.get(entity_id or ""))

    @cached_property
    def _led(self) -> Mapping[str, str | None]:
        """Entity id -> country code, of those who hold the highest offices of states on the article's day."""
        heads, day = self._lexicon.words.roles.heads, self._day
        led = (one for one in self._lexicon.offices.values() if not heads.isdisjoint(one.titles))
        return {holder: one.country for one in led if day is not None for holder in one.holders_on(day)}

    def office_beside(self, mention: Mention) -> Role | None:
        """Return the office, perhaps a former one, with which a person is named."""
        place = (mention.start, mention.end)
        if place not in self._beside:
            self._beside[place] = self._reader.of_name(mention)
        return self._beside[place]

    @property
    def main_country(self) -> str | None:
        """The code of the country that the article mentions most often."""
        return next(iter(self._countries.named), None)

    @cached_property
    def bodies(self) -> StateBodies:
        """The bodies of states that phrases in the article mean."""
        return StateBodies(self._mentions, self._lexicon, self._text, self._countries)

    @property
    def _knows_terms(self) -> bool:
        """Whether terms without an end are known to go on that day."""
        return self._day is not None and self._day <= self._lexicon.as_of

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
    def _countries(self) -> Countries:
        """The countries mentioned, without those that only say whose president somebody is."""
        starts = [mention.start for mention in self._mentions]
        in_titles: set[int] = set()
        for mention, role in self._named:
            start, end = self._title_span(mention, role)
            in_titles.update(range(bisect_left(starts, start), bisect_left(starts, end)))
        others = [mention for number, mention in enumerate(self._mentions) if number not in in_titles]
        return Countries(others, self._lexicon, self._text)

    def _title_span(self, mention: Mention, role: Role) -> tuple[int, int]:
        """Return the span of the office beside a name: before it, or up to the end of the apposition."""
        if role.start < mention.start:
            return role.start, mention.start
        end = _END.search(self._text, role.start)
        return role.start, end.start() if end else len(self._text)

    @cached_property
    def _named(self) -> list[tuple[Mention, Role]]:
        """The mentions of persons together with their current office."""
        persons = (mention for mention in self._mentions if mention.label == "PERSON")
        named = ((mention, self.office_beside(mention)) for mention in persons)
        return [(mention, role) for mention, role in named if role is not None and not role.is_past]

    @cached_property
    def _roles_of(self) -> Mapping[str, Sequence[tuple[Mention, Role]]]:
        """The mentions of each person, by name id, together with an office."""
        found: dict[str, list[tuple[Mention, Role]]] = defaultdict(list)
        for mention, role in self._named:
            found[mention.name_id or ""].append((mention, role))
        found.pop("", None)
        return found

    def _named_holder(self, role: Role) -> Holder | None:
        fitting = [
            mention
            for mention, other in self._named
            if mention.name_id
            and self._has_title(mention, other, role)
            and not self.held_before(role, mention.entity_id)
        ]
        before = [mention for mention in fitting if mention.end <= role.start]
        if before:
            return _as_holder(before[-1])
        return _as_holder(fitting[0]) if len({mention.name_id for mention in fitting}) == 1 else None

    def _has_title(self, mention: Mention, named: Role, role: Role) -> bool:
        """Return whether the office with which a person is named may be the one in a phrase."""
        if role.is_owned and not named.is_owned and mention.entity_id is None and self._is_known(role):
            return False  # `President Roosevelt` is not the president of Turkey, who is known
        return self._reader.is_same_title(role.title, named.title) and _fits(role, named, mention)

    def _is_known(self, role: Role) -> bool:
        """Return whether it is known who holds an office on the article's day."""
        return self._day is not None and self._knows_terms and len(role.holders_on(self._day)) > 0

    def _holder_that_day(self, role: Role) -> Holder | None:
        """Return the only holder on the article's day; known terms win over terms without dates."""
        if self._day is None or not self._knows_terms:
            return None
        terms = _terms_on(self._day, self._possible_offices(role))
        dated = [term for term in terms if term.first or term.last]
        holders = {term.entity_id for term in dated or terms}
        if len(holders) != 1:
            return None
        entity = self._lexicon.entities[holders.pop()]
        return Holder(entity.name, entity.published_id, entity.links_to, "role")

    def _possible_offices(self, role: Role) -> Sequence[Office]:
        """Return the offices that a phrase may mean: without a country those of the country it is about."""
        if role.is_owned:
            return role.offices or self._posted_here(role)
        if self._names_several(role):
            return ()
        international = [office for office in role.offices if office.country is None]
        if len(international) == len(role.offices):
            return international
        country = self.country_at(role)
        if country is None or self._names_other_seat(role, country):
            return ()
        if country == self._home and self._names_other_government(role, country):
            return ()
        return [*international, *self._offices_in(role, (country,))]

    def _names_other_seat(self, role: Role, country: str) -> bool:
        """Return whether the article names where such an office of another country has its seat.

        The president of a notice from the White House need not be Iraq's, however often it names Iraq.
        """
        named = {mention.entity_id for mention in self._mentions}
        seats = {office.country for office in role.offices if office.body and office.body in named}
        return bool(seats) and country not in seats

    def _names_other_government(self, role: Role, country: str) -> bool:
        """Return whether the article names who governs another country, whose holder may be meant as well.

        `The Australian trade minister, X, was asked about Iraq. The prime minister ...` may be either one.
        """
        without = self._lexicon.words.roles.without.get(role.title, frozenset())
        owners = (named.owner for _, named in self._named if named.owner is not None)
        return any(owner.country not in (None, country, *without) for owner in owners)

    def _names_several(self, role: Role) -> bool:
        """Return whether the article names several holders together: `the foreign ministers of ...`."""
        if role.title not in self._several:
            plural = re.compile(rf"\b{re.escape(role.title)}s\b", re.IGNORECASE)
            self._several[role.title] = plural.search(self._text) is not None
        return self._several[role.title]

    def _offices_in(self, role: Role, countries: Collection[str]) -> Sequence[Office]:
        return [office for office in role.offices if office.country in countries]

    def _offices_of(self, role: Role, entity_id: str | None) -> Sequence[Office]:
        """Return the offices of a title that a person ever held, else those of the person's country."""
        held = [one for one in role.offices if any(term.entity_id == entity_id for term in one.terms)]
        country = self.countries.get(entity_id or "") or (self.country_at(role) if entity_id else None)
        return held or (self._offices_in(role, (country,)) if country else role.offices)

    def _posted_here(self, role: Role) -> Sequence[Office]:
        """Return another state's posts in the home country: the US ambassador, in an article about Iraq."""
        if self._home not in self._countries.named[:1]:
            return ()
        posts = self._reader.with_longer_titles(role).offices
        return [o for o in posts if any(title.startswith(f"{role.title} to ") for title in o.titles)]


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
