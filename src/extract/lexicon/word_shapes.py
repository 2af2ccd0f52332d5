"""The contents of the files in models/lexicon/ that hold words and numbers instead of entries."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, RootModel, ValidationInfo, model_validator

from extract.knowledge import KnowledgeFile, Share, SomeWords, Word, Words
from extract.lexicon.transliteration import without_cases
from extract.model import Label


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
    return pattern


def _replaces(written: str, info: ValidationInfo) -> str:
    """Check that a replacement names only groups that the `pattern` above it has, unless that is broken."""
    if "pattern" in info.data:
        try:
            re.sub(info.data["pattern"], written, "")  # fails whether or not the pattern matches
        except (re.error, IndexError) as error:
            raise ValueError(f"{written!r} does not fit the pattern: {error}") from error
    return written


def _replaces_with_cases(written: str, info: ValidationInfo) -> str:
    _replaces(without_cases(written), info)
    return written


Letter = Annotated[str, Field(pattern=r"^[a-z]$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Pattern = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]


class KindsFile(KnowledgeFile):
    """models/lexicon/kinds.toml."""

    national: Words
    abroad: Words
    labels: dict[Word, Label]


class SpellingsFile(KnowledgeFile):
    """models/lexicon/spellings.toml."""

    transliterated_countries: list[Country]
    fixed: Words
    words: dict[Word, Words]
    apart: dict[Word, Words]


class EnglishFile(KnowledgeFile):
    """models/lexicon/english.toml."""

    words: Words


class SoundRule(KnowledgeFile):
    """A pattern, the sound that it has, and spellings that have one sound because of it."""

    pattern: Pattern
    sound: Annotated[str, AfterValidator(_replaces)]
    same: Annotated[Words, Field(min_length=2)]


class Reading(KnowledgeFile):
    """Letters that have more than one sound."""

    letters: Word
    sounds: SomeWords
    not_last: bool = False
    not_before: Word | None = None


class WrittenForm(KnowledgeFile):
    """A pattern in a name and how else it is written."""

    pattern: Pattern
    written: Annotated[str, AfterValidator(_replaces_with_cases)]


class TransliterationFile(KnowledgeFile):
    """models/lexicon/transliteration.toml."""

    consonant: Pattern
    english: Pattern
    free: Word
    alike: dict[Letter, Letter]
    rules: list[SoundRule]
    readings: Annotated[list[Reading], Field(min_length=1)]
    rare_readings: Annotated[list[Reading], Field(min_length=1)]
    joined: list[WrittenForm]
    parted: list[WrittenForm]


class ContextLists(KnowledgeFile):
    """The lists of one context; the head of contexts.toml explains them."""

    sentence: Words = Field(default_factory=list)
    article: Words = Field(default_factory=list)
    countries: list[Country] = Field(default_factory=list)
    not_after: Words = Field(default_factory=list)
    before: Words = Field(default_factory=list)
    not_before: Words = Field(default_factory=list)

    @model_validator(mode="after")
    def _has_a_list(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("it has no list")
        return self


class ContextsFile(RootModel[dict[str, ContextLists]]):
    """models/lexicon/contexts.toml."""


class Surnames(KnowledgeFile):
    """Words at the end of a person's name."""

    bound: Words
    abbreviations: Words
    numbers: Words
    monarchs: Words
    honours: Words


class Roles(KnowledgeFile):
    """Words in and around the titles of offices."""

    leaders: Words
    heads: Words
    current: Words
    past: Words
    others: Words
    ranks: Words
    commands: Words
    abbreviations: Words
    countries: Words
    owner_prepositions: Words
    prepositions: Words
    bound: Words
    home: Country
    without: dict[Word, list[Country]]


class NamesFile(KnowledgeFile):
    """models/lexicon/names.toml; the comments in it explain each list."""

    titles: Words
    person_titles: Words
    branches: Words
    articles: Words
    particles: Words
    heads: Words
    own_heads: Words
    describers: Words
    people: Words
    trades: Words
    professions: Words
    given_names: Words
    western_names: Words
    faction_words: Words
    numbered_units: Words
    epithets: Words
    organisations: Words
    bodies: Words
    bodies_of: Words
    short_bodies: Words
    facilities: Words
    parties: Words
    worldwide: Words
    landforms: Words
    towns: Words
    town_starts: Words
    matters: Words
    matter_starts: Words
    alone: Words
    no_names: Words
    group_heads: Words
    militant_words: Words
    plural_bodies: Words
    facility_starts: Words
    landform_starts: Words
    headline_verbs: Words
    headline_prepositions: Words
    question_verbs: Words
    furniture: Words
    institutions: dict[Label, Words]
    surnames: Surnames
    roles: Roles


class Places(KnowledgeFile):
    """Words around the names of places and peoples."""

    prepositions: Words
    pair_prepositions: Words
    pair_conjunctions: Words
    list_nouns: Words
    list_openers: Words
    list_conjunctions: Words
    nouns_before: Words
    nouns_after: Words
    parts: Words
    owned: Words
    kinds: Words
    areas: Words
    area_adjectives: Words
    line_starts: Words
    peoples: Words


class Persons(KnowledgeFile):
    """Words around the names of persons."""

    pronouns: Words
    bylines: Words
    conjunctions: Words
    place_prepositions: Words
    credits: Words
    greetings: Words


class Bodies(KnowledgeFile):
    """Words in and around the names of organisations."""

    field_prepositions: Words
    field_words: Words
    of_two_fields: Words
    field_conjunctions: Words
    outlets: Words
    units: Words
    offices: Words


class Groups(KnowledgeFile):
    """Words around the names of parties and armed groups."""

    nouns: Words
    naming: Words
    lists: Words
    several_lists: Words
    judging: Words


class Buildings(KnowledgeFile):
    """Nouns that make a building of a name."""

    nouns: Words
    own_nouns: Words
    after_persons: Words


class Definitions(KnowledgeFile):
    """Words by which an article defines a short name."""

    acronym_of: Words
    adverbs: Words
    verbs: Words
    later_adverbs: Words
    possessives: Words
    nouns: Words
    abbreviations: Words
    conjunctions: Words
    prepositions: Words
    kunyas: Words


class AcronymWords(KnowledgeFile):
    """Acronyms that are also words, and words after which they are no names."""

    acronyms: Words
    after: Words
    counts: bool


class PhrasesFile(KnowledgeFile):
    """models/lexicon/phrases.toml; the comments in it explain each list."""

    places: Places
    persons: Persons
    bodies: Bodies
    groups: Groups
    buildings: Buildings
    acronym_words: list[AcronymWords]
    definitions: Definitions


class Found(KnowledgeFile):
    """Confidence by what finds a mention."""

    always: Share
    introduced: Share
    context: Share
    institution: Share
    pattern: Share
    model: Share
    unknown_surname: Share
    short_name: Share


class Linked(KnowledgeFile):
    """Confidence by the rule that links a mention."""

    named_before: Share
    named_later: Share
    office: Share
    other_form: Share
    misspelling: Share


class ConfidenceFile(KnowledgeFile):
    """models/lexicon/confidence.toml."""

    found: Found
    linked: Linked
