"""Which entity a mention means: pure functions over mentions, the lexicon and the article's text."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from extract.entities.linking.misspellings import link_misspelled
from extract.entities.linking.name_ids import name_id_of
from extract.entities.linking.persons import Person, Persons
from extract.entities.offices.reader import Role, RoleReader
from extract.entities.short_names import ACRONYM_OF, ALIAS_OF
from extract.lexicon import ALWAYS, Entity, Lexicon, surname_of
from extract.model import Mention

NATIONALITY = "nationality"
_BODIES = frozenset({"ORG", "FACTION", "FAC"})
_BEFORE_CONFIDENCE = 0.9
_OFFICE_CONFIDENCE = 0.85
_FORM_CONFIDENCE = 0.8
_LATER_CONFIDENCE = 0.7


def link_mentions(
    mentions: Sequence[Mention], lexicon: Lexicon, text: str, published: date | None = None
) -> tuple[Mention, ...]:
    """Say which entity each mention means, where exactly one is left.

    A mention with one candidate means it. A bare surname means the one person with that surname whom the
    article has named in full before, else the holder of the office that stands before it, else the
    lexicon's only candidate, else the one whom the article names in full later. With more than one left the
    mention stays unlinked and keeps its candidates. A name that only the model saw means what the lexicon
    calls so without condition, under the same label, or what the article names with one letter more or less.

    Args:
        mentions: From `annotate.entities.find_mentions`, in order.
        lexicon: The known entities.
        text: The article's text.
        published: The article's day, for who held an office; None if it is not known.

    Returns:
        The same mentions in the same order, with entity fields where they are known. Persons who are not in
        the lexicon get their full name as `entity_name`; outlets have a name and a kind but no id. All but
        those that stay open have a `name_id`.
    """
    linker = _Linker(mentions, lexicon, text, published)
    return link_misspelled([linker.link(mention) for mention in mentions], lexicon)


class _Linker:
    """Links the mentions of one article, in text order."""

    def __init__(
        self, mentions: Sequence[Mention], lexicon: Lexicon, text: str, published: date | None
    ) -> None:
        self.lexicon = lexicon
        self.text = text
        self.day = published.isoformat() if published else None
        self.persons = Persons(mentions, lexicon)
        self.bodies = _bodies_by_noun(mentions, lexicon)
        self.reader = RoleReader(mentions, lexicon, text)
        self.named: set[str] = set()
        self.by_office = self._settle_by_office(mentions)

    def link(self, mention: Mention) -> Mention:
        """Return the mention with what it means."""
        full_name = _defined_as(mention)
        if full_name is not None:
            one = self._link_defined(mention, full_name)
        else:
            one = self._link_short(mention) if self._is_short(mention) else self._link_full(mention)
        if one.entity_id:
            self.named.update(one.candidates)
        return one

    def _is_short(self, mention: Mention) -> bool:
        """Return whether a mention is a surname, first name or kunya alone."""
        is_unit = mention.label == "PERSON" and not surname_of(mention.text)
        return is_unit and not self.lexicon.is_anothers_surname(self.text, mention.start)

    def _link_defined(self, mention: Mention, full_name: str) -> Mention:
        """Link an acronym or alias as the full name that it stands for."""
        one = self._link_full(replace(mention, text=full_name))
        return replace(one, text=mention.text, method=mention.method, rule=mention.rule)

    def _link_full(self, mention: Mention) -> Mention:
        candidates = mention.candidates
        if len(candidates) > 1:
            candidates = tuple(entity_id for entity_id in candidates if entity_id in self.named)
        if len(candidates) == 1:
            return self._as_entity(mention, candidates[0], mention.confidence)
        if mention.candidates:
            return mention
        confirmed = {
            name.entity_id
            for name in self.lexicon.named(mention.text)
            if name.when == ALWAYS and name.label == mention.label
        }
        if len(confirmed) == 1:
            return self._as_entity(mention, confirmed.pop(), mention.confidence)
        bodies = (
            self.bodies.get(self.lexicon.spelling.key(mention.text), {}) if mention.label in _BODIES else {}
        )
        if len(bodies) == 1:
            [full_name] = bodies.values()
            return self._link_defined(
                replace(mention, method="short_name", rule=f"noun of {full_name}"), full_name
            )
        person = self.persons.named_like(mention.text) if mention.label == "PERSON" else None
        if person is None:
            return self._as_unknown(mention, mention.text)
        form = replace(mention, method="short_name", rule=f"form of {person.name}")
        return self._as_person(mention if person.entity_id is None else form, person, _FORM_CONFIDENCE)

    def _link_short(self, mention: Mention) -> Mention:
        office = self.by_office.get(mention.start)
        named = self.persons.bearing(self.lexicon.spelling.key(mention.text))
        before = [person for person in named if person.seen_at < mention.start]
        options = _yielding(before, named, mention.candidates) if before else named
        if office and not (before and len(options) == 1 and _may_hold(options[0], *office)):
            return self._as_holder(mention, *office)
        if not before and _has_own(mention, named):
            return self._as_entity(mention, mention.candidates[0], mention.confidence)
        if len(options) == 1:
            short = replace(mention, method="short_name", rule=f"surname of {options[0].name}")
            return self._as_person(short, options[0], _BEFORE_CONFIDENCE if before else _LATER_CONFIDENCE)
        if options:
            return replace(mention, candidates=tuple(self._name_ids(options)), entity_kind="person")
        return self._link_unintroduced(mention)

    def _link_unintroduced(self, mention: Mention) -> Mention:
        """Link a short name that is nobody's surname in the article."""
        possible = {name.entity_id for name in self.lexicon.named(mention.text) if name.label == "PERSON"}
        if possible or mention.candidates:
            return replace(
                mention, candidates=mention.candidates or tuple(sorted(possible)), entity_kind="person"
            )
        person = self.persons.beginning_with(mention.text)
        if person is None:
            return self._as_unknown(mention, mention.text)
        short = replace(mention, method="short_name", rule=f"first name of {person.name}")
        return self._as_person(short, person, _LATER_CONFIDENCE)

    def _settle_by_office(self, mentions: Sequence[Mention]) -> dict[int, tuple[str, Role]]:
        """Return who is meant by the surnames with an office before or behind them, by start.

        They count as introduced: `Sudani` after `Prime Minister Sudani` is the same.
        """
        settled = {}
        for mention in filter(self._is_short, mentions):
            key = self.lexicon.spelling.key(mention.text)
            bearers = self.persons.bearing(key)
            ids = {name.entity_id for name in self.lexicon.named(mention.text) if name.label == "PERSON"}
            ids.update(person.entity_id for person in bearers if person.entity_id)
            role = self.reader.of_name(mention) if ids else None
            holder = self._holder(self.reader.kindred(role), ids) if role else None
            if role and holder and not self._is_strangers(role, bearers, mentions):
                settled[mention.start] = holder, role
                self.persons.add(key, Person(holder, self.lexicon.entities[holder].name, (), mention.start))
        return settled

    def _is_strangers(self, role: Role, bearers: Iterable[Person], mentions: Sequence[Mention]) -> bool:
        """Return whether the article names somebody outside the lexicon in full with the same office."""
        starts = {person.seen_at for person in bearers if person.entity_id is None}
        named = (self.reader.of_name(mention) for mention in mentions if mention.start in starts)
        return any(other and self.reader.same_title(role.title, other.title) for other in named)

    def _holder(self, role: Role, ids: set[str]) -> str | None:
        """Return which of several persons an office means: who held it that day, else who held it before."""
        if self.day and not role.is_past:
            current = ids.intersection(role.holders_on(self.day))
            if len(current) == 1:
                return current.pop()
        earlier = ids.intersection(role.holders_until(self.day))
        return earlier.pop() if len(earlier) == 1 else None

    def _name_ids(self, persons: Iterable[Person]) -> Iterable[str]:
        for person in persons:
            name_id = person.entity_id or name_id_of("PERSON", person.name, self.lexicon)
            if name_id:
                yield name_id

    def _as_holder(self, mention: Mention, entity_id: str, role: Role) -> Mention:
        return self._as_entity(
            replace(mention, method="office", rule=f"{role.title} + surname"), entity_id, _OFFICE_CONFIDENCE
        )

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
    """Return whether a person named before is the one whom an office speaks of, or held it once."""
    return person.entity_id is not None and (person.entity_id == holder or role.held_by(person.entity_id))


def _has_own(mention: Mention, named: Sequence[Person]) -> bool:
    """Return whether the lexicon knows whose surname this is, and the article names no stranger instead."""
    if len(mention.candidates) != 1 or mention.engine != "lexicon":
        return False
    return not named or any(person.entity_id == mention.candidates[0] for person in named)


def _yielding(before: list[Person], named: Sequence[Person], owners: Sequence[str]) -> list[Person]:
    """Return the persons whom a surname may mean after `before` were named in full.

    Persons who are not in the lexicon yield to the one whose bare surname is a name there, when the article
    names that one in full: Trump is Donald Trump, whoever of his family was named before.
    """
    owner = [person for person in named if person.entity_id in owners]
    if not owner:
        return before
    known = [person for person in before if person.entity_id]
    return known if owner[0] in known else [*known, owner[0]]


def _bodies_by_noun(mentions: Sequence[Mention], lexicon: Lexicon) -> dict[str, dict[str, str]]:
    """Return the full names of bodies in the article by the noun that they end with: the Observatory."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for mention in mentions:
        words = lexicon.spelling.key(mention.text).split() if mention.label in _BODIES else []
        if len(words) > 1 and words[-1] in lexicon.words.organisations | lexicon.words.bodies:
            found[words[-1]].setdefault(" ".join(words), mention.text)
    return found


def _defined_as(mention: Mention) -> str | None:
    """Return the full name that the article itself gives for an acronym or alias."""
    for prefix in (ACRONYM_OF, ALIAS_OF):
        if mention.rule.startswith(prefix):
            return mention.rule.removeprefix(prefix)
    return None


def _unknown_kind(mention: Mention) -> str | None:
    if mention.label == "PERSON":
        return "person"
    if mention.method == "institution":
        return "facility" if mention.label == "FAC" else "government_body"
    return None
