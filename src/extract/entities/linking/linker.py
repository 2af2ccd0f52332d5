"""Links mentions to entities, from the mentions, the lexicon and the article's text."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from extract.entities.headlines import defined_as
from extract.entities.linking.misspellings import link_misspelled
from extract.entities.linking.name_ids import name_id_of
from extract.entities.linking.persons import Person, Persons
from extract.entities.linking.places import NamedPlaces
from extract.entities.linking.strangers import Strangers
from extract.entities.offices.reader import Role, RoleReader
from extract.lexicon import ALWAYS, Entity, Lexicon
from extract.lexicon.offices import successors
from extract.model import Mention
from extract.text.broken_letters import find_broken_names
from extract.text.paragraphs import find_paragraphs
from extract.text.spans import overlaps

NATIONALITY = "nationality"
_BODIES = frozenset({"ORG", "FACTION", "FAC"})


def link_mentions(
    mentions: Sequence[Mention], lexicon: Lexicon, text: str, published: date | None = None
) -> tuple[Mention, ...]:
    r"""Link each mention to an entity, where exactly one is possible.

    A mention with one candidate means that candidate, unless the words beside a person's name say that it is
    another person (see `strangers`). A bare surname means, in this order:

    - the only person with that surname whom the article has named before; of several, the only one whom this
      paragraph or the one before it names,
    - the holder of the office before the surname,
    - the lexicon's only candidate,
    - the person whom the article names in full later.

    A place with several candidates is the one whose governorate, district or country the paragraph, else the
    article, names (see `places`).

    With more than one candidate left, the mention stays unlinked and keeps its candidates. A name found only
    by the model means the entity with that name and label in the lexicon, if the name has no condition, else
    the entity that the article names with one letter of difference.

    A name that may have broken letters stays unlinked: `Kata\ufffdib Hezbollah` is not Lebanon's Hezbollah.

    Args:
        mentions: From `entities.mentions.find_mentions`, in order.
        lexicon: The known entities.
        text: The article's text.
        published: The article's publication date, for who held an office; None if unknown.

    Returns:
        The same mentions in the same order, with entity fields where known. Persons who are not in the
        lexicon get their full name as `entity_name`; outlets have a name and a kind but no id. All except
        ambiguous and broken mentions have a `name_id`.
    """
    broken = find_broken_names(text)
    whole = [mention for mention in mentions if not overlaps(broken, mention.start, mention.end)]
    linker = _Linker(whole, lexicon, text, published)
    linked = link_misspelled([linker.link(mention) for mention in whole], lexicon)
    return linked if not broken else _with_broken(mentions, linked)


def _with_broken(mentions: Sequence[Mention], linked: Sequence[Mention]) -> tuple[Mention, ...]:
    """Put the mentions with broken letters back among the linked ones: nobody knows what they name."""
    by_start = {mention.start: mention for mention in linked}
    return tuple(by_start.get(mention.start) or replace(mention, candidates=()) for mention in mentions)


class _Linker:
    """Links the mentions of one article, in text order."""

    def __init__(
        self, mentions: Sequence[Mention], lexicon: Lexicon, text: str, published: date | None
    ) -> None:
        self.mentions = mentions
        self.lexicon = lexicon
        self.confidence = lexicon.confidence
        self.text = text
        self.day = published.isoformat() if published else None
        self.strangers = Strangers(mentions, text, lexicon).starts()
        self.persons = Persons(mentions, lexicon, self.strangers)
        self.bodies = _bodies_by_noun(mentions, lexicon)
        self.reader = RoleReader(mentions, lexicon, text)
        self.named: set[str] = set()
        self.last_named: dict[str, int] = {}  # name id of a person -> offset
        self.by_office = self._resolve_by_office(mentions)

    def link(self, mention: Mention) -> Mention:
        """Return the mention with its entity fields."""
        full_name = defined_as(mention)
        if full_name is not None:
            one = self._link_defined(mention, full_name)
        else:
            one = self._link_short(mention) if self._is_short(mention) else self._link_full(mention)
        if one.entity_id:
            self.named.update(one.candidates)
        if one.label == "PERSON" and one.name_id:
            self.last_named[one.name_id] = one.start
        return one

    def _is_short(self, mention: Mention) -> bool:
        """Return whether a mention is a surname, first name or kunya alone."""
        is_short = mention.label == "PERSON" and not self.lexicon.surname_of(mention.text)
        return is_short and not self.lexicon.is_anothers_surname(self.text, mention.start)

    def _link_defined(self, mention: Mention, full_name: str) -> Mention:
        """Link an acronym or alias like its full name."""
        one = self._link_full(replace(mention, text=full_name))
        return replace(one, text=mention.text, method=mention.method, rule=mention.rule)

    def _link_full(self, mention: Mention) -> Mention:
        if mention.start in self.strangers:
            return replace(mention, entity_kind="person")
        candidates = mention.candidates
        if len(candidates) > 1:
            before = tuple(entity_id for entity_id in candidates if entity_id in self.named)
            candidates = before or self.places.choose(mention)
        if len(candidates) == 1:
            return self._as_entity(mention, candidates[0], mention.confidence)
        if mention.candidates:
            return mention
        return self._link_guess(mention)

    def _link_guess(self, mention: Mention) -> Mention:
        """Link a name without candidates: by the lexicon, a body's last word, or another form of the name."""
        confirmed = {
            name.entity_id
            for name in self.lexicon.named(mention.text)
            if name.when == ALWAYS and name.label == mention.label
        }
        if len(confirmed) == 1:
            return self._as_entity(mention, confirmed.pop(), mention.confidence)
        body = self._body_ending_with(mention)
        if body is not None:
            return self._link_defined(replace(mention, method="short_name", rule=f"noun of {body}"), body)
        person = self.persons.named_like(mention.text) if mention.label == "PERSON" else None
        if person is None:
            return self._as_unknown(mention, mention.text)
        form = replace(mention, method="short_name", rule=f"form of {person.name}")
        return self._as_person(
            mention if person.entity_id is None else form, person, self.confidence.other_form
        )

    def _body_ending_with(self, mention: Mention) -> str | None:
        """Return the full name of the article's only body whose last word is this mention."""
        if mention.label not in _BODIES:
            return None
        names = tuple(self.bodies.get(self.lexicon.spelling.key(mention.text), {}).values())
        return names[0] if len(names) == 1 else None

    def _link_short(self, mention: Mention) -> Mention:
        named = self.persons.bearing(self.lexicon.spelling.key(mention.text))
        before = [person for person in named if person.seen_at < mention.start]
        if mention.start in self.strangers and not before:
            return replace(mention, entity_kind="person")
        options = self._within_reach(self._possible(before, named, mention), mention) if before else named
        office = self._office_beside(mention, options if before else ())
        if office:
            return self._as_holder(mention, *office)
        if not before and _is_known_surname(mention, named):
            successors = self._successors(mention)
            if successors and not named:
                candidates = (*mention.candidates, *successors)
                return replace(mention, candidates=candidates, entity_kind="person")
            return self._as_entity(mention, mention.candidates[0], mention.confidence)
        if not options:
            return self._link_unintroduced(mention)
        confidence = self.confidence.named_before if before else self.confidence.named_later
        return self._as_one_of(options, mention, confidence)

    def _successors(self, mention: Mention) -> tuple[str, ...]:
        """Return the namesakes who on the article's day hold an office that the known bearer held before.

        `Khamenei` was the father for decades; since his son leads Iran it may be either.
        """
        [known] = mention.candidates
        namesakes = self._known_persons(mention) - {known}
        offices = self.lexicon.offices.values() if namesakes else ()
        return tuple(sorted(successors(known, offices, self.day or "") & namesakes))

    def _possible(self, before: list[Person], named: Sequence[Person], mention: Mention) -> list[Person]:
        """Return the persons whom a surname may mean after `before` were named in full.

        The person of whom it is a name in the lexicon is one of them wherever the article names that person.
        Outside the countries where tribes share a surname, relatives who are not in the lexicon are not:
        Obama is Barack Obama, even after Michelle Obama.
        """
        owners = [one for one in named if one.entity_id in mention.candidates]
        possible = [*before, *(one for one in owners if one not in before)]
        countries = {self.lexicon.entities[one].country for one in mention.candidates}
        if not owners or not countries.isdisjoint({*self.lexicon.spelling.countries, None}):
            return possible
        return [one for one in possible if one.entity_id]

    def _within_reach(self, bearers: list[Person], mention: Mention) -> list[Person]:
        """Return the bearers of a surname whom this paragraph or the one before names, else all."""
        if len(bearers) < 2:  # noqa: PLR2004 - nothing to choose
            return bearers
        number = bisect_right(self.paragraphs, mention.start)
        reach = self.paragraphs[max(0, number - 2)]
        named = [one for one in bearers if self.last_named.get(self._name_id(one) or "", -1) >= reach]
        return named or bearers

    @cached_property
    def places(self) -> NamedPlaces:
        """The places that the article names without doubt."""
        return NamedPlaces(self.mentions, self.lexicon, self.paragraphs)

    @cached_property
    def paragraphs(self) -> list[int]:
        """Where the paragraphs start; most articles have no two bearers of a surname and never need it."""
        return [start for start, _ in find_paragraphs(self.text)]

    def _office_beside(self, mention: Mention, before: Sequence[Person]) -> tuple[str, Role] | None:
        """Return the holder and office beside a surname, unless the only person named before may hold it."""
        office = self.by_office.get(mention.start)
        if office and len(before) == 1 and _may_hold(before[0], *office):
            return None
        return office

    def _as_one_of(self, persons: Sequence[Person], mention: Mention, confidence: float) -> Mention:
        """Link a surname to its only bearer; with several bearers, make their name ids the candidates."""
        if len(persons) > 1:
            return replace(mention, candidates=tuple(self._name_ids(persons)), entity_kind="person")
        short = replace(mention, method="short_name", rule=f"surname of {persons[0].name}")
        return self._as_person(short, persons[0], confidence)

    def _link_unintroduced(self, mention: Mention) -> Mention:
        """Link a short name that is not the surname of a person in the article."""
        possible = self._known_persons(mention)
        if possible or mention.candidates:
            return replace(
                mention, candidates=mention.candidates or tuple(sorted(possible)), entity_kind="person"
            )
        person = self.persons.beginning_with(mention.text)
        if person is None or self._has_other_title(mention, person):
            return self._as_unknown(mention, mention.text)
        short = replace(mention, method="short_name", rule=f"first name of {person.name}")
        return self._as_person(short, person, self.confidence.named_later)

    def _has_other_title(self, mention: Mention, person: Person) -> bool:
        """Return whether the office before a first name is one that the person never held: `King George`."""
        role = self.reader.of_name(mention)
        if role is None or person.entity_id is None:
            return False
        return bool(role.offices) and not role.held_by(person.entity_id)

    def _resolve_by_office(self, mentions: Sequence[Mention]) -> dict[int, tuple[str, Role]]:
        """Return, by offset, the holder and the office of each surname with an office beside it.

        The holders count as introduced: `Sudani` after `Prime Minister Sudani` means the same person.
        """
        resolved = {}
        for mention in filter(self._is_short, mentions):
            key = self.lexicon.spelling.key(mention.text)
            bearers = self.persons.bearing(key)
            ids = self._known_persons(mention)
            ids.update(person.entity_id for person in bearers if person.entity_id)
            role = self.reader.of_name(mention) if ids else None
            holder = self._holder(self.reader.with_longer_titles(role), ids) if role else None
            if role and holder and not self._is_held_by_stranger(role, bearers, mentions):
                resolved[mention.start] = holder, role
                self.persons.add(key, Person(holder, self.lexicon.entities[holder].name, (), mention.start))
        return resolved

    def _known_persons(self, mention: Mention) -> set[str]:
        """Return the ids of the lexicon's persons with the name of a mention."""
        return {name.entity_id for name in self.lexicon.named(mention.text) if name.label == "PERSON"}

    def _is_held_by_stranger(
        self, role: Role, bearers: Iterable[Person], mentions: Sequence[Mention]
    ) -> bool:
        """Return whether the article names a person outside the lexicon in full with the same office."""
        starts = {person.seen_at for person in bearers if person.entity_id is None}
        named = (self.reader.of_name(mention) for mention in mentions if mention.start in starts)
        return any(other and self.reader.is_same_title(role.title, other.title) for other in named)

    def _holder(self, role: Role, ids: set[str]) -> str | None:
        """Return which of the persons held the office on the article's day, else the only earlier holder."""
        if self.day and self.day <= self.lexicon.as_of and not role.is_past:
            current = ids.intersection(role.holders_on(self.day))
            if len(current) == 1:
                return current.pop()
        earlier = ids.intersection(role.holders_until(self.day))
        return earlier.pop() if len(earlier) == 1 else None

    def _name_ids(self, persons: Iterable[Person]) -> Iterable[str]:
        for person in persons:
            name_id = self._name_id(person)
            if name_id:
                yield name_id

    def _name_id(self, person: Person) -> str | None:
        return person.entity_id or name_id_of("PERSON", person.name, self.lexicon)

    def _as_holder(self, mention: Mention, entity_id: str, role: Role) -> Mention:
        holder = replace(mention, method="office", rule=f"{role.title} + surname")
        return self._as_entity(holder, entity_id, self.confidence.office)

    def _as_person(self, mention: Mention, person: Person, confidence: float) -> Mention:
        if person.entity_id is not None:
            return self._as_entity(mention, person.entity_id, confidence)
        unknown = self._as_unknown(mention, person.name)
        return replace(unknown, candidates=(), confidence=min(confidence, mention.confidence))

    def _as_entity(self, mention: Mention, entity_id: str, confidence: float) -> Mention:
        return as_entity(mention, self.lexicon.entities[entity_id], confidence)

    def _as_unknown(self, mention: Mention, name: str) -> Mention:
        return replace(
            mention,
            entity_name=name,
            entity_kind=_unknown_kind(mention),
            name_id=name_id_of(mention.label, name, self.lexicon),
        )


def as_entity(mention: Mention, entity: Entity, confidence: float) -> Mention:
    """Return a mention linked to an entity of the lexicon."""
    return replace(
        mention,
        entity_id=entity.published_id,
        entity_name=entity.name,
        entity_kind=NATIONALITY if mention.method == "demonym" else entity.kind,
        confidence=confidence,
        candidates=(entity.id,),
        name_id=entity.links_to,
    )


def _may_hold(person: Person, holder: str, role: Role) -> bool:
    """Return whether a person named before is the holder of an office or has ever held it."""
    return person.entity_id is not None and (person.entity_id == holder or role.held_by(person.entity_id))


def _is_known_surname(mention: Mention, named: Sequence[Person]) -> bool:
    """Return whether a surname has one candidate in the lexicon and the article names nobody else with it."""
    if len(mention.candidates) != 1 or mention.engine != "lexicon":
        return False
    return not named or any(person.entity_id == mention.candidates[0] for person in named)


def _bodies_by_noun(mentions: Sequence[Mention], lexicon: Lexicon) -> dict[str, dict[str, str]]:
    """Return the full names of the article's bodies, by their last word: the Observatory."""
    nouns = lexicon.words.organisations | lexicon.words.bodies
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for mention in mentions:
        words = lexicon.spelling.key(mention.text).split() if mention.label in _BODIES else []
        if len(words) > 1 and words[-1] in nouns:
            found[words[-1]].setdefault(" ".join(words), mention.text)
    return found


def _unknown_kind(mention: Mention) -> str | None:
    if mention.label == "PERSON":
        return "person"
    if mention.method == "institution":
        return "facility" if mention.label == "FAC" else "government_body"
    return None
