"""Cue words and speaker words, loaded from models/quotes/*.toml into frozen dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.knowledge import read_shaped
from extract.model import SpeakerKind
from extract.quotes.cue_shapes import CueFile, Genders, SpeakerFile
from extract.quotes.phrases import PRONOUNS, head_word, singular

CUES_FILE = Path("quotes", "cues.toml")
SPEAKERS_FILE = Path("quotes", "speakers.toml")
Frames = Mapping[str, float]  # frame: what may follow a cue -> its reliability as reported speech


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Words that show what kind of speaker a phrase names; all in lower case.

    Attributes:
        documents: Nouns for things that speak for their author (`statement`).
        authored: Subset of `documents` that the previous speaker may have issued (`the statement`).
        organisations: Nouns for groups and institutions (`committee`).
        factions: Subset of `organisations` that may mean an armed group (`group`).
        persons: Nouns for one person (`cleric`).
        people: `persons` and further nouns for one person (`tailor`).
        anonymous: Subset of `people` for those whose names are withheld (`source`).
        titles: Titles and nouns for people of one gender -> `m` or `f`.
        genders: `titles` and first names -> `m` or `f`.
        labels: Roles and titles in the speaker labels of a conversation (`interviewer`, `gen`).
        ordinals: Words that distinguish unnamed speakers (`second`).
        voices: Other nouns that can speak: numbers of people (`percent`), evidence (`figures`).
        indefinite: Speakers who are nobody in particular (`someone`).
        equivalents: Word -> a word with the same meaning (`sen.`: `senator`).
    """

    documents: frozenset[str]
    authored: frozenset[str]
    organisations: frozenset[str]
    factions: frozenset[str]
    persons: frozenset[str]
    people: frozenset[str]
    anonymous: frozenset[str]
    titles: Mapping[str, str]
    genders: Mapping[str, str]
    labels: frozenset[str]
    ordinals: frozenset[str]
    voices: frozenset[str]
    indefinite: frozenset[str]
    equivalents: Mapping[str, str]

    def kind(self, surface: str) -> SpeakerKind:
        """Classify a speaker phrase by its words; an entity link is more reliable.

        >>> from extract.settings import default_models_dir
        >>> load_cues(default_models_dir()).descriptions.kind("the second official")
        'described'
        """
        head = head_word(surface)
        if head.lower() in PRONOUNS:
            return "pronoun"
        noun = singular(head.lower(), self.documents | self.organisations | self.persons)
        if noun in self.documents and head.islower():
            return "document"
        if noun in self.organisations:
            return "organisation"
        # A single letter is not a name but a label: `Q:`, `A:`.
        named = head[:1].isupper() and len(head) > 1 and noun not in self.persons
        return "named" if named else "described"


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that introduce speech: verbs as lemmas, each with its reliability from 0 to 1.

    Attributes:
        speech: Verbs that introduce a whole quotation, a reported clause or a quoted fragment.
        thought: Verbs that introduce only a reported clause or a quoted fragment.
        stance: Verbs that introduce only words in quotation marks.
        phrasal: Verbs that are verbs of speech only with one of their particles.
        particles: Verb -> words that belong to the cue when they follow the verb.
        frames: Verb, or verb and particle -> its complements, other than clauses, that are reported speech
            (`object`, `infinitive`, `object as`, `passive of`...), each with its reliability.
        nouns: Noun -> what may follow it (`that`, `infinitive`, a preposition), each with its reliability.
        adjectives: The same for adjectives and participles (`confident that ...`).
        evidence: Verbs whose subject may be a piece of evidence (`the figures show that ...`).
        occasions: Nouns for occasions of speech, which are not part of what is said (`in a speech`).
        light: Light verbs: their subject is the source of a cue noun (`made the claim`).
        negatable: Verbs that report even when negated (`did not accept that ...`).
        addressing: Verbs whose object is the addressee of a following participle
            (`emailed supporters saying ...`).
        prepositions: Phrases that name a source (`according to`).
        descriptions: Words that tell documents, groups and people apart.
    """

    speech: Mapping[str, float]
    thought: Mapping[str, float]
    stance: Mapping[str, float]
    phrasal: Mapping[str, float]
    particles: Mapping[str, frozenset[str]]
    frames: Mapping[str, Frames]
    nouns: Mapping[str, Frames]
    adjectives: Mapping[str, Frames]
    evidence: Mapping[str, float]
    occasions: frozenset[str]
    light: frozenset[str]
    negatable: frozenset[str]
    addressing: frozenset[str]
    prepositions: Mapping[str, float]
    descriptions: Descriptions

    def reliability(self, lemma: str) -> float:
        """Return how likely a use of the verb is an attribution; 0 for verbs that are not cues."""
        for verbs in (self.speech, self.thought, self.stance, self.phrasal):
            if lemma in verbs:
                return verbs[lemma]
        return 0.0


def load_cues(models_dir: Path) -> Cues:
    """Read models/quotes/cues.toml and speakers.toml.

    Args:
        models_dir: The project's models/ folder.

    Raises:
        LexiconError: A file is missing, is not TOML, or holds what its shape does not allow.
    """
    file = read_shaped(models_dir / CUES_FILE, CueFile)
    return Cues(
        speech=file.verbs.speech,
        thought=file.verbs.thought,
        stance=file.verbs.stance,
        phrasal=file.verbs.phrasal,
        particles={verb: frozenset(words) for verb, words in file.particles.items()},
        frames=file.frames,
        nouns=file.nouns,
        adjectives=file.adjectives,
        evidence=file.evidence,
        occasions=frozenset(file.occasions.nouns),
        light=frozenset(file.light.verbs),
        negatable=frozenset(file.negatable.verbs),
        addressing=frozenset(file.addressing.verbs),
        prepositions=file.prepositions,
        descriptions=_load_descriptions(models_dir / SPEAKERS_FILE, frozenset(file.voices.nouns)),
    )


def _load_descriptions(path: Path, voices: frozenset[str]) -> Descriptions:
    file = read_shaped(path, SpeakerFile)
    titles = _genders(file.gender)
    return Descriptions(
        documents=frozenset(file.documents.nouns),
        authored=frozenset(file.documents.authored),
        organisations=frozenset(file.organisations.nouns),
        factions=frozenset(file.organisations.factions),
        persons=frozenset(file.persons.nouns),
        people=frozenset((*file.persons.nouns, *file.persons.others)),
        anonymous=frozenset(file.persons.anonymous),
        titles=titles,
        genders=_genders(file.first_names) | titles,
        labels=frozenset((*file.labels.roles, *file.labels.titles)),
        ordinals=frozenset(file.ordinals.words),
        voices=voices,
        indefinite=frozenset(file.indefinite.words),
        equivalents=file.equivalents,
    )


def _genders(lists: Genders) -> dict[str, str]:
    return dict.fromkeys(lists.male, "m") | dict.fromkeys(lists.female, "f")
