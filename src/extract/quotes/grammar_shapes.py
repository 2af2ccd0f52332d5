"""What grammar.toml, conversations.toml, confidences.toml and ranking.toml of models/quotes/ may hold."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from extract.knowledge import KnowledgeFile, Share, SmallWord, SmallWords, SomeWords
from extract.probability import Probability

# A pattern without alternatives would match anywhere, so no list is empty.
SmallWordSet = Annotated[frozenset[SmallWord], Field(min_length=1, strict=False)]  # TOML has only lists
# At the end of an announcement an asterisk may stand for any ending.
Announcements = Annotated[list[Annotated[str, Field(pattern=r"^\w(?:[^*]*\w)?\*?$")]], Field(min_length=1)]
Weight = Annotated[float, Field(allow_inf_nan=False)]


class Pronouns(KnowledgeFile):
    """Pronouns by what they refer to."""

    male: SmallWords
    female: SmallWords
    neuter: SmallWords
    plural: SmallWords
    quantifiers: SmallWords
    first_person: SmallWords
    second_person: SmallWords
    relative: SmallWords


class Determiners(KnowledgeFile):
    """Words at the start of a noun phrase."""

    definite: SmallWords
    indefinite: SmallWords
    demonstratives: SmallWords
    possessives: SmallWords


class Subjects(KnowledgeFile):
    """Subjects that are not speakers."""

    never_quoted: SmallWordSet
    empty: SmallWordSet
    impersonal: SmallWordSet
    personal: SmallWordSet
    controlling: SmallWordSet
    judging: SmallWordSet
    inside_marks: SmallWordSet


class Phrases(KnowledgeFile):
    """Words in the phrases that name speakers."""

    after_head: SmallWords
    bodies: SomeWords
    quantities: SmallWords
    selecting: SmallWordSet
    prepositions: SmallWords
    links: SmallWords
    equals: SmallWords
    joining: SmallWords
    pairing: SmallWords
    others: SmallWordSet
    authors: SmallWords
    sources: SmallWords
    plurals: SmallWords


class Oblique(KnowledgeFile):
    """Prepositions before a name."""

    prepositions: SmallWords
    sources: SmallWords

    @field_validator("sources")
    @classmethod
    def _end_in_a_preposition(cls, sources: list[str], info: ValidationInfo) -> list[str]:
        for source in sources:
            if source.rpartition(" ")[2] not in info.data.get("prepositions", ()):
                raise ValueError(f"{source!r} ends in none of the prepositions")
        return sources


class Names(KnowledgeFile):
    """Small words inside names."""

    in_marks: SmallWordSet
    in_labels: SmallWordSet


class Captions(KnowledgeFile):
    """Words before the captions of pictures."""

    labels: SmallWords


class Apostrophes(KnowledgeFile):
    """Words with an apostrophe that is not a quotation mark."""

    clipped: SmallWords


class Clauses(KnowledgeFile):
    """Words at the borders of a reported clause."""

    conjunctions: SmallWordSet
    circumstances: SmallWordSet
    situations: SmallWordSet
    occasions: SmallWordSet
    deadlines: SmallWordSet
    places: SmallWordSet
    subordinating: SmallWords


class Unreal(KnowledgeFile):
    """Words that make a cue report nothing, or the opposite."""

    conditions: SmallWordSet
    modals: SmallWordSet
    futures: SmallWordSet
    intentions: SmallWordSet
    prepositions: SmallWordSet
    accusations: SmallWordSet
    negations: SmallWordSet
    nobody: SmallWordSet
    auxiliaries: SmallWordSet


class GrammarFile(KnowledgeFile):
    """models/quotes/grammar.toml; the comments in it explain each list."""

    pronouns: Pronouns
    determiners: Determiners
    subjects: Subjects
    phrases: Phrases
    oblique: Oblique
    names: Names
    captions: Captions
    apostrophes: Apostrophes
    clauses: Clauses
    unreal: Unreal


class Labels(KnowledgeFile):
    """Words in the labels of turns."""

    roles: SmallWords
    titles: SmallWords
    questions: SmallWords
    answers: SmallWords


class TalkPronouns(KnowledgeFile):
    """Pronouns of those who talk to each other."""

    first_person: SomeWords
    second_person: SomeWords
    asked: SomeWords


class Transcripts(KnowledgeFile):
    """Words around a conversation."""

    announcing: Announcements
    ending: SomeWords


class Posts(KnowledgeFile):
    """Words in embedded posts and their signatures."""

    first_person: SomeWords
    months: SomeWords


class ConversationsFile(KnowledgeFile):
    """models/quotes/conversations.toml; the comments in it explain each list."""

    labels: Labels
    pronouns: TalkPronouns
    transcripts: Transcripts
    posts: Posts


class Confidences(KnowledgeFile):
    """models/quotes/confidences.toml: how sure each rule is; the comments in it explain the rules."""

    transcript: Share
    signature: Share
    turn: Share
    label: Share
    colon: Share
    trailing_unlisted: Share
    subject: Share
    line: Share
    labelled_turn: Share
    unlabelled_turn: Share
    post: Share
    unattributed: Share
    kept: Share
    sure: Share


class Probabilities(KnowledgeFile):
    """models/quotes/probability.toml: fitted weights for the words of quotes, and for their speakers."""

    words: Probability
    speaker: Probability


class RankingWeights(KnowledgeFile):
    """models/quotes/ranking.toml: what speaks for an antecedent and what against it."""

    speaks: Weight
    subject: Weight
    same_sentence: Weight
    introduced: Weight
    salience: Weight
    earlier_paragraph: Weight
    oblique: Weight
    quoted: Weight
    owner: Weight
    modifier: Weight
    place: Weight
    vague: Weight
    gender: Weight
    topic: Weight
    shared_noun: Weight
    shared_word: Weight
