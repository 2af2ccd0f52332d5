"""What kinds.toml, spellings.toml, english.toml, contexts.toml and names.toml of models/lexicon/ may hold."""

from typing import Annotated

from pydantic import Field, RootModel

from extract.knowledge import KnowledgeFile
from extract.model import Label

Word = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
Words = list[Word]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class KindsFile(KnowledgeFile):
    """models/lexicon/kinds.toml."""

    labels: dict[str, Label]


class SpellingsFile(KnowledgeFile):
    """models/lexicon/spellings.toml."""

    transliterated_countries: list[Country]
    fixed: Words
    words: dict[Word, Words]


class EnglishFile(KnowledgeFile):
    """models/lexicon/english.toml."""

    words: Words


class ContextLists(KnowledgeFile):
    """The lists of one context; the head of contexts.toml explains them."""

    sentence: Words = Field(default_factory=list)
    article: Words = Field(default_factory=list)
    countries: list[Country] = Field(default_factory=list)
    not_after: Words = Field(default_factory=list)
    before: Words = Field(default_factory=list)
    not_before: Words = Field(default_factory=list)


class ContextsFile(RootModel[dict[str, ContextLists]]):
    """models/lexicon/contexts.toml."""


class Roles(KnowledgeFile):
    """Words in and around the titles of offices."""

    leaders: Words
    current: Words
    past: Words
    others: Words
    ranks: Words
    commands: Words


class NamesFile(KnowledgeFile):
    """models/lexicon/names.toml; the comments in it explain each list."""

    titles: Words
    person_titles: Words
    branches: Words
    heads: Words
    own_heads: Words
    describers: Words
    people: Words
    given_names: Words
    western_names: Words
    faction_words: Words
    epithets: Words
    organisations: Words
    bodies: Words
    bodies_of: Words
    short_bodies: Words
    facilities: Words
    parties: Words
    landforms: Words
    towns: Words
    town_starts: Words
    matters: Words
    matter_starts: Words
    alone: Words
    no_names: Words
    institutions: dict[Label, Words]
    roles: Roles
