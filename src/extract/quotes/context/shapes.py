"""What the files of models/quotes/ about the context of quotes may hold."""

from typing import Annotated, Literal

from pydantic import Field

from extract.knowledge import KnowledgeFile, SomeWords, Word, Words
from extract.model import Act, Medium, Polarity

# What follows a cue.
Frame = Literal[
    "any", "that", "wh", "infinitive", "gerund", "object", "complement",
    "about", "against", "as", "at", "for", "from", "in", "of", "on", "over", "to", "with",
]  # fmt: skip
CuesByFrame = Annotated[dict[Frame, SomeWords], Field(min_length=1)]
CuesByAct = dict[Act, CuesByFrame]


class VerbList(KnowledgeFile):
    """A section that lists verbs."""

    verbs: SomeWords


class NounList(KnowledgeFile):
    """A section that lists nouns."""

    nouns: SomeWords


class WordList(KnowledgeFile):
    """A section that lists words."""

    words: SomeWords


class ActFile(KnowledgeFile):
    """acts.toml; the comments in it explain each section."""

    verbs: CuesByAct
    nouns: CuesByAct
    adjectives: CuesByAct
    prepositions: CuesByAct
    voicing: VerbList
    propositions: NounList
    examples: dict[Act, list[Word]]


class Denying(KnowledgeFile):
    """Cues that deny what follows."""

    verbs: SomeWords
    claims: SomeWords
    nouns: SomeWords
    adjectives: SomeWords


class PolarityFile(KnowledgeFile):
    """polarity.toml; the comments in it explain each section."""

    denying: Denying
    refusing: VerbList
    judging: WordList
    examples: dict[Polarity, list[Word]]


class MediumWords(KnowledgeFile):
    """The words for one medium."""

    cues: Words
    nouns: Words
    names: Words


class MediumNouns(KnowledgeFile):
    """Nouns beside those for media, and media whose nouns behave differently."""

    carried: SomeWords
    parts: SomeWords
    vague: SomeWords
    heard: SomeWords
    occasions: Annotated[list[Medium], Field(min_length=1)]


class MediumPrepositions(KnowledgeFile):
    """Prepositions before any medium, and before some of them."""

    any: SomeWords
    narrow: dict[Word, Annotated[list[Medium], Field(min_length=1)]]


class Beside(KnowledgeFile):
    """The verbs and channels that connect a medium with a cue."""

    verbs: SomeWords
    showing: SomeWords
    speaking: SomeWords
    writing: SomeWords
    channels: SomeWords
    issuing: SomeWords
    continuing: SomeWords


class Telling(KnowledgeFile):
    """Verbs whose object is the hearer."""

    verbs: SomeWords
    asking: SomeWords
    addressing: SomeWords
    questioning: SomeWords
    topics: SomeWords
    within: SomeWords


class AddresseeFile(KnowledgeFile):
    """addressees.toml; the comments in it explain each section."""

    telling: Telling
    prepositions: dict[Word, SomeWords]
    nouns: dict[Word, SomeWords]
    examples: dict[Word, list[Word]]


class AnonymityFile(KnowledgeFile):
    """anonymity.toml; the comments in it explain each section."""

    offices: NounList
    naming: WordList
    persons: WordList
    things: NounList
    unnamed: WordList
    examples: dict[Literal["True", "False"], list[Word]]


class PrepositionList(KnowledgeFile):
    """A section that lists prepositions."""

    prepositions: SomeWords


class Elsewhere(KnowledgeFile):
    """Prepositions after which a name tells no side."""

    prepositions: SomeWords
    places: SomeWords


class Officials(KnowledgeFile):
    """Those who speak for a state."""

    nouns: SomeWords
    offices: SomeWords
    short: SomeWords
    posted: SomeWords
    partial: SomeWords


class Members(KnowledgeFile):
    """Those who speak for a body."""

    nouns: SomeWords
    chambers: SomeWords
    leading: SomeWords
    serving: SomeWords


class AffiliationFile(KnowledgeFile):
    """affiliations.toml; the comments in it explain each section."""

    officials: Officials
    members: Members
    aides: NounList
    elsewhere: Elsewhere
    examples: dict[Word, list[Word]]


class Targets(KnowledgeFile):
    """Cues whose object is spoken of."""

    verbs: SomeWords
    prepositions: SomeWords
    saying: SomeWords


class Places(KnowledgeFile):
    """What makes a name only a place, or only the members of a people."""

    prepositions: SomeWords
    motion: SomeWords
    reaching: SomeWords
    members: SomeWords
    facilities: SomeWords
    documents: SomeWords
    operations: SomeWords


class States(KnowledgeFile):
    """Nouns that stand for a state."""

    governments: SomeWords
    wholes: SomeWords
    administrations: SomeWords
    modifiers: SomeWords
    forces: SomeWords


class SureNames(KnowledgeFile):
    """Which names are believed to be those of actors."""

    least_confidence: Annotated[float, Field(ge=0, le=1)]
    least_mentions: Annotated[int, Field(ge=2)]


class AboutFile(KnowledgeFile):
    """about.toml; the comments in it explain each section."""

    targets: Targets
    places: Places
    names: SureNames
    states: States
    bodies: NounList
    vocatives: WordList
    generic: WordList
    spokesmen: NounList
    impersonal: VerbList
    examples: dict[Word, list[Word]]


class DayFile(KnowledgeFile):
    """days.toml; the comments in it explain each section."""

    breaking: WordList
    uttering: VerbList
    events: PrepositionList
    examples: dict[Word, list[Word]]


class MediumFile(KnowledgeFile):
    """media.toml; the comments in it explain each section."""

    media: Annotated[dict[Medium, MediumWords], Field(min_length=1)]
    nouns: MediumNouns
    prepositions: MediumPrepositions
    beside: Beside
    examples: dict[Medium, list[Word]]
