"""Which entity a mention means: pure functions over mentions, the lexicon and the article's text."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.lexicon import ALWAYS, Entity, Lexicon, match_key
from extract.lexicon.load import surname_of
from extract.model import Mention

NATIONALITY = "nationality"
_BEFORE_CONFIDENCE = 0.9
_LATER_CONFIDENCE = 0.7


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the article names in full.

    Attributes:
        entity_id: None for a person who is not in the lexicon.
        given: Match key of the first word of the name.
        seen_at: Where the article first names the person in full.
    """

    entity_id: str | None
    name: str
    given: str
    seen_at: int


def link_mentions(mentions: Sequence[Mention], lexicon: Lexicon, text: str) -> tuple[Mention, ...]:
    """Say which entity each mention means, where exactly one is left.

    A mention with one candidate means it. A bare surname means the one person with that surname whom the
    article has named in full before, else the lexicon's only candidate, else the one whom the article names
    in full later. With more than one left the mention stays unlinked and keeps its candidates. A name that
    only the model saw means what the lexicon calls so without condition, under the same label.

    Args:
        mentions: From `annotate.entities.find_mentions`, in order.
        lexicon: The known entities.
        text: The article's text.

    Returns:
        The same mentions in the same order, with entity fields where they are known. Persons who are not in
        the lexicon get their full name as `entity_name`; outlets have a name and a kind but no id.
    """
    persons = _persons(mentions, lexicon)
    seen: set[str] = set()
    linked = []
    for mention in mentions:
        if _is_surname(mention) and not lexicon.is_anothers_surname(text, mention.start):
            one = _link_surname(mention, lexicon, persons)
        else:
            one = _link(mention, lexicon, persons, seen)
        if one.entity_id:
            seen.update(one.candidates)
        linked.append(one)
    return tuple(linked)


def _link(mention: Mention, lexicon: Lexicon, persons: dict[str, list[Person]], seen: set[str]) -> Mention:
    candidates = mention.candidates
    if len(candidates) > 1:
        candidates = tuple(entity_id for entity_id in candidates if entity_id in seen)
    if len(candidates) == 1:
        return _as_entity(mention, lexicon.entities[candidates[0]], mention.confidence)
    if mention.candidates:
        return mention
    confirmed = {
        name.entity_id
        for name in lexicon.named(mention.text)
        if name.when == ALWAYS and name.label == mention.label
    }
    if len(confirmed) == 1:
        return _as_entity(mention, lexicon.entities[confirmed.pop()], mention.confidence)
    return _as_unknown(mention, _full_name(mention, lexicon, persons))


def _is_surname(mention: Mention) -> bool:
    return mention.label == "PERSON" and " " not in match_key(mention.text)


def _link_surname(mention: Mention, lexicon: Lexicon, persons: dict[str, list[Person]]) -> Mention:
    named = persons.get(lexicon.spelling.key(mention.text), [])
    before = [person for person in named if person.seen_at < mention.start]
    options = _yielding(before, named, mention.candidates) if before else named
    if not before and _has_own(mention, named):
        return _as_entity(mention, lexicon.entities[mention.candidates[0]], mention.confidence)
    if len(options) == 1:
        confidence = _BEFORE_CONFIDENCE if before else _LATER_CONFIDENCE
        named_as = replace(mention, method="short_name", rule=f"surname of {options[0].name}")
        if options[0].entity_id is None:
            return replace(_as_unknown(named_as, options[0].name), candidates=(), confidence=confidence)
        return _as_entity(named_as, lexicon.entities[options[0].entity_id], confidence)
    if options:
        ids = tuple(person.entity_id for person in options if person.entity_id)
        return replace(mention, candidates=ids)
    possible = dict.fromkeys(name.entity_id for name in lexicon.named(mention.text) if name.label == "PERSON")
    return replace(mention, candidates=tuple(possible), entity_kind="person")


def _has_own(mention: Mention, named: Sequence[Person]) -> bool:
    """Tell whether the lexicon knows whose surname this is, and the article names no stranger instead."""
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


def _persons(mentions: Sequence[Mention], lexicon: Lexicon) -> dict[str, list[Person]]:
    """Return the persons whom the article names in full, by the match key of their surname."""
    by_surname: dict[str, list[Person]] = defaultdict(list)
    for mention in mentions:
        surnames = surname_of(mention.text) if mention.label == "PERSON" else []
        for surname in surnames:
            known = by_surname[lexicon.spelling.key(surname)]
            person = _person(mention, lexicon)
            if not any(_same(person, other) for other in known):
                known.append(person)
    return {surname: _merge_unknown(persons) for surname, persons in by_surname.items()}


def _person(mention: Mention, lexicon: Lexicon) -> Person:
    given = lexicon.spelling.split(mention.text)[0].key
    if len(mention.candidates) == 1:
        entity = lexicon.entities[mention.candidates[0]]
        return Person(entity.id, entity.name, given, mention.start)
    return Person(None, mention.text, given, mention.start)


def _same(one: Person, other: Person) -> bool:
    if one.entity_id and other.entity_id:
        return one.entity_id == other.entity_id
    return one.given == other.given


def _merge_unknown(persons: list[Person]) -> list[Person]:
    """Drop unknown persons whose given name and surname are those of a known person in the same article."""
    known = {person.given for person in persons if person.entity_id}
    return [person for person in persons if person.entity_id or person.given not in known]


def _full_name(mention: Mention, lexicon: Lexicon, persons: dict[str, list[Person]]) -> str:
    """Return the form of an unknown name under which the article first gave it."""
    if mention.label != "PERSON":
        return mention.rule.removeprefix("acronym of ") if mention.method == "acronym" else mention.text
    given = lexicon.spelling.split(mention.text)[0].key
    for surname in surname_of(mention.text):
        for person in persons.get(lexicon.spelling.key(surname), []):
            if person.given == given:
                return person.name
    return mention.text


def _as_entity(mention: Mention, entity: Entity, confidence: float) -> Mention:
    return replace(
        mention,
        entity_id=entity.published_id,
        entity_name=entity.name,
        entity_kind=NATIONALITY if mention.method == "demonym" else entity.kind,
        confidence=confidence,
        candidates=(entity.id,),
    )


def _as_unknown(mention: Mention, name: str) -> Mention:
    return replace(mention, entity_name=name, entity_kind=_unknown_kind(mention))


def _unknown_kind(mention: Mention) -> str | None:
    if mention.label == "PERSON":
        return "person"
    if mention.method == "institution":
        return "facility" if mention.label == "FAC" else "government_body"
    return None
