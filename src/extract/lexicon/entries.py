"""What the lexicon holds: entities, the names that may stand for them, and the conditions for that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.lexicon.keys import Word, split_words
from extract.lexicon.offices import RoleWords, Term
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
class NameWords:
    """Words about names, as match keys (see models/lexicon/names.toml).

    Attributes:
        titles: Every word that may be part of a title.
        person_titles: Those that only a person's name follows; `branches` may stand before them.
        heads: Words that may end a faction's name in small letters where the words before are no name;
            `own_heads` end it anywhere.
        people: Nouns for people; one before "of" heads no name of a body.
        organisations: Words that make a name one of an organisation; `facilities` one of a building.
        bodies: Organisation nouns that surely end a name, seen by the model or not; `bodies_of` begin one.
        short_bodies: Those by which an article calls a body that it has named, as they are written.
        parties: Nouns that end the name of a party or armed group; `landforms` that of a river or mountain.
        towns: Nouns that say that the name beside them is one of a place: town of, district; `town_starts`
            begin the Arabic name of one.
        matters: Nouns that end what is no name here: laws, treaties, wars, events; `matter_starts` begin it.
        nouns: All nouns that end names: one alone is none, but for those that may stand `alone` (the Times).
        institutions: Key of an institution's noun -> its label and shapes.
        roles: Words in and around the titles of offices.
    """

    titles: frozenset[str]
    person_titles: frozenset[str]
    branches: frozenset[str]
    heads: frozenset[str]
    own_heads: frozenset[str]
    describers: frozenset[str]
    people: frozenset[str]
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
    roles: RoleWords


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
