"""What models/quotes/cues.toml and speakers.toml may hold; the other files there are in grammar_shapes.py."""

from typing import Annotated

from pydantic import Field

from extract.knowledge import KnowledgeFile, Share, SomeWords, Word, Words

Reliabilities = dict[Word, Share]

_PREPOSITIONS = "about|against|as|at|by|for|from|in|into|of|on|over|to|towards|upon|with"
_COMPLEMENTS = f"that|wh|gerund|infinitive|complement|object|{_PREPOSITIONS}"
# What may follow a cue: `object`, `infinitive`, `for`, `object as`, `passive of`, `on infinitive`...
Frame = Annotated[
    str,
    Field(pattern=rf"^(?:passive |object )?(?:{_COMPLEMENTS}|passive)$|^(?:{_PREPOSITIONS}) infinitive$"),
]
Frames = dict[Word, dict[Frame, Share]]


class Verbs(KnowledgeFile):
    """Cue verbs by what they introduce."""

    speech: Reliabilities
    thought: Reliabilities
    stance: Reliabilities
    phrasal: Reliabilities


class NounList(KnowledgeFile):
    """A section that lists nouns."""

    nouns: Words


class VerbList(KnowledgeFile):
    """A section that lists verbs."""

    verbs: Words


class WordList(KnowledgeFile):
    """A section that lists words."""

    words: Words


class Presenting(WordList):
    """Words before names in marks."""

    aliasing: Words


class Telling(KnowledgeFile):
    """Verbs whose object is their audience."""

    verbs: Words
    closing: Words


class FrameList(KnowledgeFile):
    """A section that lists frames."""

    frames: list[Frame]


class Evidence(KnowledgeFile):
    """Verbs that also tell what things let one conclude."""

    verbs: Reliabilities
    mute: Words
    shown: Words


class Topical(KnowledgeFile):
    """Verbs that speak only of a topic."""

    verbs: Words
    nouns: Words


class CueFile(KnowledgeFile):
    """models/quotes/cues.toml; the comments in it explain each section."""

    verbs: Verbs
    particles: dict[Word, Words]
    frames: Frames
    nouns: Frames
    attitudes: NounList
    adjectives: Frames
    evidence: Evidence
    perceiving: VerbList
    voices: NounList
    light: VerbList
    deeds: VerbList
    topical: Topical
    conversing: VerbList
    occasions: NounList
    negatable: VerbList
    addressing: VerbList
    telling: Telling
    quoting: VerbList
    personal: FrameList
    naming: VerbList
    presenting: Presenting
    works: NounList
    prepositions: Reliabilities
    examples: dict[Word, list[str]] = Field(default_factory=dict)


class Documents(KnowledgeFile):
    """Nouns for documents."""

    nouns: Words
    authored: Words
    depicting: Words
    examining: Words
    issuing: SomeWords


class Organisations(KnowledgeFile):
    """Nouns for groups and institutions."""

    nouns: Words
    after_names: Words
    before_states: Words
    carriers: Words


class Group(KnowledgeFile):
    """What descriptions may mean an actor of some kinds."""

    kinds: SomeWords
    nouns: SomeWords
    words: Words


class People(KnowledgeFile):
    """Nouns for one person."""

    nouns: Words
    others: Words
    endings: Words
    anonymous: Words
    posts: Words
    sides: Words


class Genders(KnowledgeFile):
    """Words that show a person's gender."""

    male: Words
    female: Words


class SpeakerFile(KnowledgeFile):
    """models/quotes/speakers.toml; the comments in it explain each section."""

    documents: Documents
    organisations: Organisations
    groups: dict[Word, Group]
    name_nouns: dict[Word, Word]
    callings: dict[Word, Word]
    persons: People
    gender: Genders
    first_names: Genders
    ordinals: WordList
    indefinite: WordList
    equivalents: dict[Word, Word]
