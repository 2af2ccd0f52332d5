"""Cue words and words about speakers: models/quotes/*.toml as plain frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import LexiconError
from extract.knowledge import read_toml
from extract.model import SpeakerKind
from extract.quotes.phrases import PRONOUNS, head_word, singular

FOLDER = Path("quotes")
Frames = Mapping[str, float]  # what a cue may be followed by -> how surely that is reported speech


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Words that tell what a speaker is; all in lower case.

    Attributes:
        documents: Nouns of things that speak for their author (`statement`).
        authored: Those of them that the one who has just spoken may have issued (`the statement`).
        organisations: Nouns of groups and institutions (`committee`).
        factions: Those of them that an armed group may be called (`group`).
        persons: Nouns for one person (`cleric`).
        people: Those and further words for one person (`tailor`).
        anonymous: Those of them that stand for people whose names are kept back (`source`).
        titles: Titles and nouns for people of one gender -> `m` or `f`.
        genders: Those and first names -> `m` or `f`.
        labels: Roles and titles in the labels of a conversation (`interviewer`, `gen`).
        ordinals: Words that keep unnamed speakers apart (`second`).
        voices: Nouns that speak besides: of people in numbers (`percent`), of things that tell (`figures`).
        indefinite: Speakers who are nobody in particular (`someone`).
        equivalents: Word -> another that means the same (`sen.`: `senator`).
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
        """Tell from its words what a speaker is; a linked name knows better.

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
        named = head[:1].isupper() and len(head) > 1 and noun not in self.persons  # no name: `Q:` and `A:`
        return "named" if named else "described"


@dataclass(frozen=True, slots=True)
class Cues:
    """The words that introduce what somebody said; verbs by lemma, numbers are reliabilities from 0 to 1.

    Attributes:
        speech: Verbs that stand with a whole quotation, a reported clause or a fragment.
        thought: Verbs that stand with a reported clause or a fragment only.
        stance: Verbs that quote only what stands in marks.
        phrasal: Verbs of speech only together with one of their particles.
        particles: Verb -> words that belong to the cue when they follow it.
        frames: Verb, or verb and particle, -> its complements besides a clause that are reported speech
            (`object`, `infinitive`, `object as`, `passive of`...), with the reliability of each.
        nouns: Noun -> what may follow it (`that`, `infinitive`, a preposition), with reliabilities.
        adjectives: The same for adjectives and participles (`confident that ...`).
        evidence: Verbs whose subject may be a thing that tells (`the figures show that ...`).
        occasions: Nouns of occasions on which people speak; not part of what they say (`in a speech`).
        light: Verbs that lend a cue noun their subject (`made the claim`).
        negatable: Verbs that report even when negated (`did not accept that ...`).
        addressing: Verbs whose object hears what a participle reports (`emailed supporters saying ...`).
        prepositions: Phrases that name a source (`according to`).
        descriptions: What tells a document, a group and a person apart.
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
        """Return how surely a use of the verb is an attribution; 0 for verbs that are no cue."""
        for verbs in (self.speech, self.thought, self.stance, self.phrasal):
            if lemma in verbs:
                return verbs[lemma]
        return 0.0


def load_cues(models_dir: Path) -> Cues:
    """Read models/quotes/cues.toml and speakers.toml.

    Args:
        models_dir: The project's models/ folder.

    Raises:
        LexiconError: A file is missing, is no TOML, lacks a section, or holds a reliability outside 0 to 1.
    """
    path = models_dir / FOLDER / "cues.toml"
    data = read_toml(path)
    try:
        return Cues(
            speech=_reliabilities(data["verbs"]["speech"], path),
            thought=_reliabilities(data["verbs"]["thought"], path),
            stance=_reliabilities(data["verbs"]["stance"], path),
            phrasal=_reliabilities(data["verbs"]["phrasal"], path),
            particles=_word_sets(data["particles"]),
            frames=_frames(data["frames"], path),
            nouns=_frames(data["nouns"], path),
            adjectives=_frames(data["adjectives"], path),
            evidence=_reliabilities(data["evidence"], path),
            occasions=frozenset(data["occasions"]["nouns"]),
            light=frozenset(data["light"]["verbs"]),
            negatable=frozenset(data["negatable"]["verbs"]),
            addressing=frozenset(data["addressing"]["verbs"]),
            prepositions=_reliabilities(data["prepositions"], path),
            descriptions=_load_descriptions(
                models_dir / FOLDER / "speakers.toml", frozenset(data["voices"]["nouns"])
            ),
        )
    except KeyError as error:
        raise _missing(path, error) from error


def _load_descriptions(path: Path, voices: frozenset[str]) -> Descriptions:
    data = read_toml(path)
    try:
        titles, first_names = _genders(data["gender"]), _genders(data["first_names"])
        return Descriptions(
            documents=frozenset(data["documents"]["nouns"]),
            authored=frozenset(data["documents"]["authored"]),
            organisations=frozenset(data["organisations"]["nouns"]),
            factions=frozenset(data["organisations"]["factions"]),
            persons=frozenset(data["persons"]["nouns"]),
            people=frozenset(data["persons"]["nouns"]) | frozenset(data["persons"]["others"]),
            anonymous=frozenset(data["persons"]["anonymous"]),
            titles=titles,
            genders=first_names | titles,
            labels=frozenset(data["labels"]["roles"]) | frozenset(data["labels"]["titles"]),
            ordinals=frozenset(data["ordinals"]["words"]),
            voices=voices,
            indefinite=frozenset(data["indefinite"]["words"]),
            equivalents=dict(data["equivalents"]),
        )
    except KeyError as error:
        raise _missing(path, error) from error


def _genders(section: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: gender for gender, list_ in (("m", "male"), ("f", "female")) for word in section[list_]}


def _reliabilities(section: Mapping[str, Any], path: Path) -> dict[str, float]:
    for word, value in section.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise LexiconError(
                f"{path}: the reliability of {word!r} is {value!r}.", advice="Give a number from 0 to 1."
            )
    return {word: float(value) for word, value in section.items()}


def _frames(section: Mapping[str, Mapping[str, Any]], path: Path) -> dict[str, Frames]:
    return {word: _reliabilities(frames, path) for word, frames in section.items()}


def _word_sets(section: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(words) for word, words in section.items()}


def _missing(path: Path, error: KeyError) -> LexiconError:
    return LexiconError(
        f"{path} lacks the section or list {error}.", advice="Restore it from version control."
    )
