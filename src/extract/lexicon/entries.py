"""What the lexicon holds: entities, the names that may stand for them, and the conditions for that."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from extract.lexicon.keys import Spelling, Word, split_words
from extract.model import Label

# Actors have a table of their own. What is only named (outlets, institutes) has no published id.
Role = Literal["actor", "place", "named"]
# How freely a name's word may be written: any, first letter a capital, that and with its Arabic article, in
# capitals as it stands (acronyms).
Shape = Literal["any", "capital", "article", "exact"]

ALWAYS = ""
INTRODUCED = "introduced"
SHORT_ACRONYM = 3
_WORD_BEFORE = re.compile(r"([^\W\d_]\S*) $")
_LONGEST_GIVEN_NAME = 20


@dataclass(frozen=True, slots=True)
class Membership:
    """That an actor belongs to another, from year or month to year or month (None: not known or open)."""

    entity_id: str
    valid_from: str | None
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """One known actor, place, outlet or organisation.

    Attributes:
        role: Whether it is an actor, a place, or only named.
        aliases: Every other name that may stand for it, under a condition or not.
        links_to: Id of the entity that its mentions are published under; its own id for most.
        unsure: The entry wants a check.
    """

    id: str
    name: str
    kind: str
    label: Label
    role: Role
    links_to: str
    country: str | None = None
    arabic: str | None = None
    wikidata: str | None = None
    description: str | None = None
    aliases: tuple[str, ...] = ()
    part_of: tuple[Membership, ...] = ()
    leaders: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    sources: tuple[str, ...] = ()
    unsure: bool = False

    @property
    def published_id(self) -> str | None:
        """The id in the published tables; None for what is only named."""
        return None if self.role == "named" else self.links_to


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entity.

    Attributes:
        when: `ALWAYS`, `INTRODUCED` (after a full name in the article), or the name of a context.
        method: How a mention by it is found: alias, short_name, acronym, place, group, demonym, outlet.
        shapes: How each of its words must be written.
    """

    surface: str
    entity_id: str
    label: Label
    method: str
    when: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """Words that must be near a name; where both are given, both are wanted. All are match keys.

    Attributes:
        sentence: One of these must stand in the sentence of the name.
        article: One of these must stand in the article.
        not_after: None of these may stand directly before the name.
    """

    sentence: frozenset[str]
    article: frozenset[str]
    not_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words about names, as match keys (see models/lexicon/names.toml).

    Attributes:
        titles: Every word that may be part of a title.
        organisations: Words that make a name one of an organisation; `facilities` one of a building.
        bodies: Organisation nouns strong enough to end a name that the model has not seen.
        institutions: Key of an institution's noun -> its label and shapes.
    """

    titles: frozenset[str]
    heads: frozenset[str]
    describers: frozenset[str]
    given_names: frozenset[str]
    faction_words: frozenset[str]
    epithets: frozenset[str]
    no_names: frozenset[str]
    organisations: frozenset[str]
    bodies: frozenset[str]
    facilities: frozenset[str]
    institutions: Mapping[str, tuple[Label, tuple[Shape, ...]]]


@dataclass(frozen=True)
class Lexicon:
    """Everything known about names, ready for matching.

    Attributes:
        entities: By id.
        names: By match key.
        longest: First word of a key -> the most words that a key beginning with it has.
        spelling: Makes the keys; all keys in the lexicon are its.
        fingerprint: Hash of all files of the lexicon; when it changes, tables must be made anew.
    """

    entities: Mapping[str, Entity]
    names: Mapping[str, tuple[Name, ...]]
    longest: Mapping[str, int]
    contexts: Mapping[str, Context]
    words: NameWords
    spelling: Spelling
    fingerprint: str = field(default="")

    def actors(self) -> tuple[Entity, ...]:
        """Return the known actors (factions, parties, bodies, persons) in order of their id."""
        return tuple(entity for _, entity in sorted(self.entities.items()) if entity.role == "actor")

    def named(self, text: str) -> tuple[Name, ...]:
        """Return the names with the match key of `text`, whatever their conditions."""
        return self.names.get(self.spelling.key(text), ())

    def is_anothers_surname(self, text: str, start: int) -> bool:
        """Tell whether the surname at `start` follows a given name or epithet of its own: Imam Hussein."""
        before = _WORD_BEFORE.search(text[max(0, start - _LONGEST_GIVEN_NAME) : start])
        if before is None or not before[1][0].isupper():
            return False
        key = self.spelling.key(before[1])
        return key in self.words.given_names or key in self.words.epithets

    @cached_property
    def demonyms(self) -> frozenset[str]:
        """Match keys of words for the people of a country."""
        return frozenset(
            key for key, names in self.names.items() if any(name.method == "demonym" for name in names)
        )


def shapes_of(surface: str, *, free_last: bool = False, with_article: bool = False) -> tuple[Shape, ...]:
    """Return how each word of a name must be written in a text.

    Acronyms of up to three letters must stand as they are (US is not us), longer ones may also be written
    with one capital (Isis, Nato). Other words need a capital where the name has one.

    Args:
        surface: The name.
        free_last: Let the last word be written without its capital (Sadrist movement).
        with_article: A name of one word with an Arabic article counts only with it (Al-Monitor, no monitor).
    """
    words = split_words(surface)
    shapes = [_shape(word, surface) for word in words]
    if free_last and len(words) > 1:
        shapes[-1] = "any"
    if with_article and len(words) == 1 and words[0].start < words[0].core:
        shapes = ["article"]
    return tuple(shapes)


def _shape(word: Word, surface: str) -> Shape:
    letters = surface[word.core : word.end].replace(".", "")
    if letters.isupper() and 1 < len(letters) <= SHORT_ACRONYM:
        return "exact"
    return "capital" if letters[:1].isupper() or surface[word.start].isupper() else "any"
