"""The contents of the lexicon: entities, their names, and the conditions under which these count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.lexicon.keys import Word, split_words
from extract.lexicon.offices import RoleWords, Term
from extract.lexicon.surnames import SurnameWords
from extract.model import Label

# Actors have a table of their own. What is only recognised (outlets, institutes) has no published id.
Role = Literal["actor", "place", "named"]
# How a word of a name must be written: in any way, with a capital, with a capital and its Arabic article, or
# all in capitals (acronyms).
Shape = Literal["any", "capital", "article", "exact"]

ALWAYS = ""
INTRODUCED = "introduced"
SHORT_ACRONYM = 3
# Contexts that apply to all names of factions, and to all surnames without a given name.
EVERY_FACTION = "every_faction"
EVERY_SURNAME = "every_surname"


@dataclass(frozen=True, slots=True)
class Entity:
    """One known actor, place, outlet or organisation.

    Attributes:
        role: Whether it is an actor, a place, or only recognised.
        links_to: Id of the entity under which its mentions are published; for most its own id.
        aliases: Its other names, with and without conditions.
        leaders: Who led it and when; unknown dates are None.
        iso: ISO 3166-2 code of a governorate.
        geonames: Its id in GeoNames.
        unsure: Whether the entry should be verified.
        never: Phrases that contain one of its names but mean something else.
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
        """The id in the published tables; None for an entity that is only recognised."""
        return None if self.role == "named" else self.links_to


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entity.

    Attributes:
        when: `ALWAYS`, `INTRODUCED` (after a full name in the article), or the name of a context.
        method: The `method` of its mentions: alias, short_name, acronym, place, group, demonym, outlet.
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
    """Words that must or must not be near a name, as match keys (see models/lexicon/contexts.toml).

    Attributes:
        sentence: One of these must be in the sentence of the name.
        article: One of these must be in the article.
        not_after: None of these may be directly before the name.
        countries: Alternative to `article`: ISO codes of countries; the article must name an actor or place
            of one of them unambiguously.
        before: One of these must be directly after the name; with capitals, see `as_written`.
        not_before: None of these may be directly after the name; with capitals, see `as_written`.
    """

    sentence: frozenset[str]
    article: frozenset[str]
    not_after: frozenset[str]
    countries: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words in and around names, as match keys (see models/lexicon/names.toml).

    Attributes:
        titles: All words of titles.
        person_titles: Titles that are followed only by a person's name.
        branches: Branches of an army, which may precede a rank.
        articles: English articles.
        particles: Words inside names that need no capital.
        heads: Last words of faction names that may be in lower case, unless the words before are a name.
        own_heads: Last words of faction names that may be in lower case.
        describers: Words after a name that describe it.
        people: Nouns for people; a phrase with one before "of" is not the name of an organisation.
        trades: Nouns for what no actor of the news is called: a person called so is none.
        professions: Nouns for what a person does; with another country than an actor's, it is another person.
        given_names: Given names of persons.
        faction_words: Arabic words that begin the name of an armed group.
        numbered_units: Units named by number, as written: 13th Brigade, Brigade 13.
        epithets: A surname after one does not mean a person named before.
        no_names: Words that the language model mistakes for names.
        group_heads: Nouns that end the names of armed groups and of units of armies.
        militant_words: Words before such a noun that make it the name of an armed group.
        plural_bodies: Nouns that end the names of several bodies: Kut and Amarah Operations Commands.
        facility_starts: Words that begin the name of a building.
        landform_starts: Words that begin the name of a lake, mountain or the like.
        headline_verbs: Verbs that no name contains, as headlines have them; a name ends before one.
        headline_prepositions: Prepositions that are no part of a name even with a capital.
        question_verbs: Verbs that begin a question in a headline.
        furniture: Words of the page before a name, such as the label of a picture.
        ordinary: The titles, describers and `no_names`: none of these is a name.
        organisations: Words that make a name the name of an organisation.
        bodies: Nouns that end the name of an organisation, found by the model or not.
        bodies_of: Nouns that a field or place may follow.
        short_bodies: Nouns by which an article refers back to an organisation, as written.
        facilities: Nouns that end the name of a building.
        parties: Nouns that end the name of a party or armed group.
        worldwide: First words of names that are not those of a party or armed group.
        landforms: Nouns that end the name of a river, mountain or the like.
        towns: Nouns beside the name of a place.
        town_starts: Words that begin the Arabic name of a town.
        matters: Nouns that end phrases that are not names: laws, treaties, wars.
        matter_starts: Words that begin such phrases.
        nouns: All nouns that end names; one alone is not a name.
        alone: Nouns that are names even alone (the Times).
        institutions: Key of an institution's noun -> its label and shapes.
        surnames: Words that decide what a surname is.
        roles: Words in and around the titles of offices.
    """

    titles: frozenset[str]
    person_titles: frozenset[str]
    branches: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]
    heads: frozenset[str]
    own_heads: frozenset[str]
    describers: frozenset[str]
    people: frozenset[str]
    trades: frozenset[str]
    professions: frozenset[str]
    given_names: frozenset[str]
    faction_words: frozenset[str]
    numbered_units: frozenset[str]
    epithets: frozenset[str]
    no_names: frozenset[str]
    group_heads: frozenset[str]
    militant_words: frozenset[str]
    plural_bodies: frozenset[str]
    facility_starts: frozenset[str]
    landform_starts: frozenset[str]
    headline_verbs: frozenset[str]
    headline_prepositions: frozenset[str]
    question_verbs: frozenset[str]
    furniture: frozenset[str]
    ordinary: frozenset[str]
    organisations: frozenset[str]
    bodies: frozenset[str]
    bodies_of: frozenset[str]
    short_bodies: frozenset[str]
    facilities: frozenset[str]
    parties: frozenset[str]
    worldwide: frozenset[str]
    landforms: frozenset[str]
    towns: frozenset[str]
    town_starts: frozenset[str]
    matters: frozenset[str]
    matter_starts: frozenset[str]
    nouns: frozenset[str]
    alone: frozenset[str]
    institutions: Mapping[str, tuple[Label, tuple[Shape, ...]]]
    surnames: SurnameWords
    roles: RoleWords


def as_written(words: Sequence[Word], text: str) -> str:
    """Return the keys of words, capitalised where the text has a capital.

    >>> [as_written(split_words(text), text) for text in ("Islamic state", "the Al-Sadr Hospital")]
    ['Islamic state', 'the Sadr Hospital']
    """
    return " ".join(word.key.capitalize() if text[word.core].isupper() else word.key for word in words)


def shapes_of(surface: str, *, free_last: bool = False, with_article: bool = False) -> tuple[Shape, ...]:
    """Return how each word of a name must be written in a text.

    Acronyms of up to three letters must be in capitals (US is not us), longer ones may also have one
    capital (Isis, Nato). Other words need a capital if the name has one.

    Args:
        surface: The name.
        free_last: Whether the last word may be in lower case (Sadrist movement).
        with_article: Whether a name of one word needs its Arabic article (Al-Monitor is not a monitor).
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
