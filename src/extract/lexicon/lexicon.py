"""The loaded lexicon: everything known about names, with look-ups."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from extract.lexicon.confidence import Confidence
from extract.lexicon.entries import (
    ALWAYS,
    EVERY_SURNAME,
    INTRODUCED,
    Context,
    Entity,
    Name,
    NameWords,
    as_written,
)
from extract.lexicon.keys import Spelling
from extract.lexicon.offices import Office, offices_by_short_title, offices_by_title
from extract.lexicon.phrases import Phrases
from extract.probability import NO_WEIGHTS, Probability

_WORD_BEFORE = re.compile(r"([^\W\d_][^\s.,;:!?)]*) $")
_WORD_AFTER = re.compile(r"(?:[AaEe]l )?[^\W\d_][\w'’-]* ([^\W\d_][\w-]*)")
_LONGEST_GIVEN_NAME = 20
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class NeverNames:
    """Phrases that contain the name of an entity but mean something else.

    Attributes:
        entities: Phrase in the form of `as_written` -> ids of the entities that it does not mean.
        lengths: Match key of the first word of a phrase -> possible numbers of words.
    """

    entities: Mapping[str, frozenset[str]]
    lengths: Mapping[str, frozenset[int]]


@dataclass(frozen=True, repr=False)
class Lexicon:
    """Everything known about names, ready for matching.

    Attributes:
        entities: By id.
        names: By match key.
        longest: First word of a key -> number of words of the longest key that begins with it.
        contexts: By name.
        words: Words in and around names.
        phrases: Words and phrases around names, as patterns.
        confidence: How sure the rules are of what they find.
        probability: How probable it is that a mention is right.
        national_kinds: Kinds of bodies that every state has.
        abroad_kinds: Kinds of groups that act in other countries than their own.
        spelling: Makes all keys of the lexicon.
        offices: By id.
        as_of: The last day on which terms without an end are known to go on, as ISO text.
        fingerprint: Hash of all files of the lexicon; when it changes, all rows are derived again.
    """

    entities: Mapping[str, Entity]
    names: Mapping[str, tuple[Name, ...]]
    longest: Mapping[str, int]
    contexts: Mapping[str, Context]
    words: NameWords
    phrases: Phrases
    confidence: Confidence
    national_kinds: frozenset[str]
    abroad_kinds: frozenset[str]
    spelling: Spelling
    offices: Mapping[str, Office] = field(default_factory=dict)
    probability: Probability = NO_WEIGHTS
    as_of: str = ""
    fingerprint: str = field(default="")

    def actors(self) -> tuple[Entity, ...]:
        """Return the known actors (factions, parties, bodies, persons), sorted by id."""
        return tuple(entity for _, entity in sorted(self.entities.items()) if entity.role == "actor")

    def places(self) -> tuple[Entity, ...]:
        """Return the known places and peoples that are published under their own id, sorted by id."""
        known = (entity for _, entity in sorted(self.entities.items()) if entity.role == "place")
        return tuple(entity for entity in known if entity.published_id == entity.id)

    def named(self, text: str) -> tuple[Name, ...]:
        """Return the names with the match key of `text`, regardless of their conditions."""
        names = self.names.get(self.spelling.key(text), ())
        return tuple(name for name in names if self.is_spelled(name, text))

    def is_always_name(self, key: str) -> bool:
        """Return whether a match key is that of an unconditional name."""
        return any(name.when == ALWAYS for name in self.names.get(key, ()))

    def is_spelled(self, name: Name, text: str) -> bool:
        """Return whether `text`, which has the same key as `name`, is a spelling of it.

        The surname of a person whom the article names in full may be spelled in any way. The name of a place
        that is one word has other than listed spellings only in countries whose names are transliterated.
        """
        if len(name.shapes) > 1 or (name.label == "PERSON" and name.when == INTRODUCED):
            return True
        if name.method == "place" and self.entities[name.entity_id].country not in self.spelling.countries:
            return self.spelling.is_listed(name.surface, text)
        return self.spelling.is_same(name.surface, text)

    def surname_of(self, full_name: str) -> tuple[str, ...]:
        """Return the surname of a full name in a tuple, which is empty for a name of one word."""
        return self._surname_of(full_name)

    def surname_in(self, name: str, actors: Sequence[str]) -> tuple[str, ...]:
        """Return the surname in a person's name; the given name that ends an actor's alias is none.

        Nobody calls Abu Mahdi al-Muhandis, also Jamal Jaafar Mohammed Ali, by the given name Ali.
        """
        surnames = self.surname_of(name)
        if len(actors) != 1:
            return surnames
        own = self.spelling.keys(self.surname_of(self.entities[actors[0]].name))
        keys = {surname: self.spelling.key(surname) for surname in surnames}
        return tuple(s for s in surnames if keys[s] in own or keys[s] not in self.words.given_names)

    def is_anothers_surname(self, text: str, start: int) -> bool:
        """Return whether the surname at `start` means no person named before: Imam Hussein, Jabouri tribe."""
        every = self.contexts.get(EVERY_SURNAME)
        after = _WORD_AFTER.match(text, start)
        if every and after and as_written(self.spelling.split(after[1]), after[1]) in every.not_before:
            return True
        return self.follows_given_name(text, start)

    def follows_given_name(self, text: str, start: int) -> bool:
        """Return whether the name at `start` follows a given name or epithet."""
        before = _WORD_BEFORE.search(text[max(0, start - _LONGEST_GIVEN_NAME) : start])
        if before is None or not before[1][0].isupper():
            return False
        key = self.spelling.key(before[1])
        return key in self.words.given_names or key in self.words.epithets

    @cached_property
    def _surname_of(self) -> Callable[[str], tuple[str, ...]]:
        """Cached, because several steps ask for the surnames of the same mentions."""
        return lru_cache(maxsize=_REMEMBERED)(self.words.surnames.surname_of)

    @cached_property
    def states(self) -> Mapping[str, str]:
        """Country code -> id of the state."""
        states = (entity for entity in self.entities.values() if entity.kind == "country")
        return {entity.country: entity.id for entity in states if entity.country}

    @cached_property
    def never(self) -> NeverNames:
        """The phrases in the fields `never` of all entities."""
        entities: dict[str, set[str]] = {}
        lengths: dict[str, set[int]] = {}
        for entity in self.entities.values():
            for surface in entity.never:
                words = self.spelling.split(surface)
                entities.setdefault(as_written(words, surface), set()).add(entity.id)
                lengths.setdefault(words[0].key, set()).add(len(words))
        return NeverNames(
            {surface: frozenset(ids) for surface, ids in entities.items()},
            {key: frozenset(counts) for key, counts in lengths.items()},
        )

    @cached_property
    def demonyms(self) -> frozenset[str]:
        """Match keys of the words for the people of a country."""
        return frozenset(
            key for key, names in self.names.items() if any(name.method == "demonym" for name in names)
        )

    @cached_property
    def office_titles(self) -> Mapping[str, tuple[Office, ...]]:
        """Match key of a title -> the offices with this title."""
        return offices_by_title(self.offices.values(), self.spelling)

    @cached_property
    def short_office_titles(self) -> Mapping[str, tuple[Office, ...]]:
        """Shorter title -> the offices that it may be short for."""
        return offices_by_short_title(self.office_titles, self.words.roles)
