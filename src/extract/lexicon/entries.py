"""What the lexicon holds: entities, the names that may stand for them, and the conditions for that."""

import re
from collections.abc import Iterator, Mapping, Sequence
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
# Contexts that hold for all names of factions, and for all surnames that stand alone.
EVERY_FACTION = "every_faction"
EVERY_SURNAME = "every_surname"
_PREPOSITIONS = frozenset({"of", "to", "in", "for"})
_STAND_INS = frozenset({"deputy", "vice", "first", "second", "assistant", "former"})
_WORD_BEFORE = re.compile(r"([^\W\d_][^\s.,;:!?)]*) $")
_WORD_AFTER = re.compile(r"(?:[AaEe]l )?[^\W\d_][\w'’-]* ([^\W\d_][\w-]*)")
_LONGEST_GIVEN_NAME = 20


@dataclass(frozen=True, slots=True)
class Term:
    """That an actor holds an office, leads another or belongs to it, for a time.

    Attributes:
        entity_id: Who holds or leads; what is belonged to.
        first: First year, month or day as ISO text; None where it is not known.
        last: Last year, month or day, itself included; None where it is open or not known.
    """

    entity_id: str
    first: str | None
    last: str | None

    def covers(self, day: str) -> bool:
        """Tell whether the term may hold on a day; a border given as a year holds all through that year.

        >>> term = Term("haider-al-abadi", "2014-09-08", "2018")
        >>> [term.covers(day) for day in ("2014-09-07", "2014-09-08", "2018-12-31", "2019-01-01")]
        [False, True, True, False]
        """
        after_first = self.first is None or day[: len(self.first)] >= self.first
        return after_first and (self.last is None or day[: len(self.last)] <= self.last)


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a state or body with those who held it.

    Attributes:
        country: ISO code of its state; None for an international body's.
        titles: How one writes it, in small letters (`prime minister`, `premier`).
        body: Id of the body that it belongs to.
        terms: Who held it when, in order of time.
        shared: Several persons hold it at once (deputy prime ministers).
    """

    id: str
    name: str
    country: str | None
    titles: tuple[str, ...]
    body: str | None
    terms: tuple[Term, ...]
    shared: bool = False

    def holders_on(self, day: str) -> tuple[str, ...]:
        """Return the ids of those who may have held the office on an ISO day."""
        return tuple(dict.fromkeys(term.entity_id for term in self.terms if term.covers(day)))


@dataclass(frozen=True, slots=True)
class Entity:
    """One known actor, place, outlet or organisation.

    Attributes:
        role: Whether it is an actor, a place, or only named.
        never: Words that are not it though one of its names stands in them.
        aliases: Every other name that may stand for it, under a condition or not.
        links_to: Id of the entity that its mentions are published under; its own id for most.
        leaders: Who led it when; the dates are None where they are not known.
        iso: ISO 3166-2 code of a governorate.
        geonames: Number in GeoNames.
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
    part_of: tuple[Term, ...] = ()
    leaders: tuple[Term, ...] = ()
    lat: float | None = None
    lon: float | None = None
    iso: str | None = None
    geonames: int | None = None
    sources: tuple[str, ...] = ()
    unsure: bool = False
    never: tuple[str, ...] = ()

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
    """Words that must or must not be near a name (see models/lexicon/contexts.toml), as match keys.

    Attributes:
        sentence: One of these must stand in the sentence of the name.
        article: One of these must stand in the article.
        countries: Or the article must name an actor or place of one of these (ISO codes) beyond doubt.
        not_after: None of these may stand directly before the name.
        before: One of these must stand directly after it; written as `as_written` does.
        not_before: None of these may stand directly after it; written so too.
    """

    sentence: frozenset[str]
    article: frozenset[str]
    not_after: frozenset[str]
    countries: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NeverNames:
    """Words that are never the name of an entity though one of its names stands in them.

    Attributes:
        entities: The words as `as_written` writes them -> ids of those entities.
        lengths: Match key of the first of the words -> how many words there may be.
    """

    entities: Mapping[str, frozenset[str]]
    lengths: Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words about names, as match keys (see models/lexicon/names.toml).

    Attributes:
        titles: Every word that may be part of a title.
        person_titles: Those that only a person's name follows; `branches` may stand before them.
        organisations: Words that make a name one of an organisation; `facilities` one of a building.
        bodies: Organisation nouns that surely end a name, seen by the model or not; `bodies_of` begin one.
        short_bodies: Those by which an article calls a body that it has named, as they are written.
        parties: Nouns that end the name of a party or armed group; `landforms` that of a river or mountain.
        towns: Nouns that say that the name beside them is one of a place: town of, district; `town_starts`
            begin the Arabic name of one.
        matters: Nouns that end what is no name here: laws, treaties, wars, events; `matter_starts` begin it.
        nouns: All nouns that end names: one alone is none, but for those that may stand `alone` (the Times).
        institutions: Key of an institution's noun -> its label and shapes.
    """

    titles: frozenset[str]
    person_titles: frozenset[str]
    branches: frozenset[str]
    heads: frozenset[str]
    describers: frozenset[str]
    given_names: frozenset[str]
    faction_words: frozenset[str]
    epithets: frozenset[str]
    no_names: frozenset[str]
    organisations: frozenset[str]
    bodies: frozenset[str]
    bodies_of: frozenset[str]
    short_bodies: frozenset[str]
    facilities: frozenset[str]
    parties: frozenset[str]
    landforms: frozenset[str]
    towns: frozenset[str]
    town_starts: frozenset[str]
    matters: frozenset[str]
    matter_starts: frozenset[str]
    nouns: frozenset[str]
    alone: frozenset[str]
    institutions: Mapping[str, tuple[Label, tuple[Shape, ...]]]


@dataclass(frozen=True)
class Lexicon:
    """Everything known about names, ready for matching.

    Attributes:
        entities: By id.
        names: By match key.
        longest: First word of a key -> the most words that a key beginning with it has.
        spelling: Makes the keys; all keys in the lexicon are its.
        offices: By id.
        fingerprint: Hash of all files of the lexicon; when it changes, tables must be made anew.
    """

    entities: Mapping[str, Entity]
    names: Mapping[str, tuple[Name, ...]]
    longest: Mapping[str, int]
    contexts: Mapping[str, Context]
    words: NameWords
    spelling: Spelling
    offices: Mapping[str, Office] = field(default_factory=dict)
    fingerprint: str = field(default="")

    def actors(self) -> tuple[Entity, ...]:
        """Return the known actors (factions, parties, bodies, persons) in order of their id."""
        return tuple(entity for _, entity in sorted(self.entities.items()) if entity.role == "actor")

    def named(self, text: str) -> tuple[Name, ...]:
        """Return the names with the match key of `text`, whatever their conditions."""
        names = self.names.get(self.spelling.key(text), ())
        return tuple(name for name in names if self.is_spelled(name, text))

    def is_spelled(self, name: Name, text: str) -> bool:
        """Tell whether `text`, which has the key of `name`, is a spelling of it.

        The surname of a person whom the article has named in full may be spelled in any way, a place's name of
        one word only as listed (Oromia is not Urmia).
        """
        if len(name.shapes) > 1 or (name.label == "PERSON" and name.when == INTRODUCED):
            return True
        if name.method == "place":
            return self.spelling.is_listed(name.surface, text)
        return self.spelling.is_same(name.surface, text)

    def is_anothers_surname(self, text: str, start: int) -> bool:
        """Tell whether the surname at `start` is not a named person's: Imam Hussein, Jabouri tribe."""
        every = self.contexts.get(EVERY_SURNAME)
        after = _WORD_AFTER.match(text, start)
        if every and after and as_written(self.spelling.split(after[1]), after[1]) in every.not_before:
            return True
        return self.follows_given_name(text, start)

    def follows_given_name(self, text: str, start: int) -> bool:
        """Tell whether the name at `start` follows a given name or epithet."""
        before = _WORD_BEFORE.search(text[max(0, start - _LONGEST_GIVEN_NAME) : start])
        if before is None or not before[1][0].isupper():
            return False
        key = self.spelling.key(before[1])
        return key in self.words.given_names or key in self.words.epithets

    @cached_property
    def never(self) -> NeverNames:
        """What the fields `never` of all entities say."""
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
        """Match keys of words for the people of a country."""
        return frozenset(
            key for key, names in self.names.items() if any(name.method == "demonym" for name in names)
        )

    @cached_property
    def office_titles(self) -> Mapping[str, tuple[Office, ...]]:
        """Match key of a title -> the offices that are called so."""
        by_title: dict[str, list[Office]] = {}
        for office in self.offices.values():
            for key in dict.fromkeys(self.spelling.key(title) for title in office.titles):
                by_title.setdefault(key, []).append(office)
        return {key: tuple(offices) for key, offices in by_title.items()}

    @cached_property
    def office_kinds(self) -> Mapping[str, tuple[Office, ...]]:
        """Shorter title -> the offices that it may be short for (ambassador: ambassador to Iraq)."""
        by_kind: dict[str, dict[str, Office]] = {}
        for title, offices in self.office_titles.items():
            for kind in _kinds_of(title.split()):
                by_kind.setdefault(kind, {}).update((office.id, office) for office in offices)
        return {kind: tuple(offices.values()) for kind, offices in by_kind.items()}


def _kinds_of(title: Sequence[str]) -> Iterator[str]:
    """Yield the shorter forms of a title: before its preposition, and without its first words.

    A deputy is no minister: after such a word nothing is left out.
    """
    end = next((index for index, word in enumerate(title) if word in _PREPOSITIONS), len(title))
    for start in range(end):
        if start or end < len(title):
            yield " ".join(title[start:end])
        if title[start] in _STAND_INS:
            return


def as_written(words: Sequence[Word], text: str) -> str:
    """Return words of a text as their keys, with a capital where they have one.

    >>> [as_written(split_words(text), text) for text in ("Islamic state", "the Al-Sadr Hospital")]
    ['Islamic state', 'the Sadr Hospital']
    """
    return " ".join(word.key.capitalize() if text[word.core].isupper() else word.key for word in words)


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
