"""Reads the words that tell the context of quotes from models/quotes/."""

import re
from collections.abc import Iterator
from pathlib import Path

from extract.knowledge import read_shaped
from extract.model import Act
from extract.quotes.context.shapes import (
    AboutFile,
    ActFile,
    AddresseeFile,
    AffiliationFile,
    AnonymityFile,
    CuesByAct,
    DayFile,
    MediumFile,
    PolarityFile,
)
from extract.quotes.context.words import (
    AboutWords,
    ActWords,
    AddresseeWords,
    AffiliationWords,
    AnonymityWords,
    ContextWords,
    DayWords,
    MediaWords,
    PolarityWords,
    StateNouns,
)
from extract.text.alternations import any_of

ACTS_FILE = Path("quotes", "acts.toml")
POLARITY_FILE = Path("quotes", "polarity.toml")
MEDIA_FILE = Path("quotes", "media.toml")
ADDRESSEES_FILE = Path("quotes", "addressees.toml")
ANONYMITY_FILE = Path("quotes", "anonymity.toml")
AFFILIATIONS_FILE = Path("quotes", "affiliations.toml")
DAYS_FILE = Path("quotes", "days.toml")
ABOUT_FILE = Path("quotes", "about.toml")


def load_context_words(models_dir: Path) -> ContextWords:
    """Read the files about context.

    Raises:
        LexiconError: A file is missing, is not TOML, or holds what its shape does not allow.
    """
    return ContextWords(
        _load_acts(models_dir / ACTS_FILE),
        _load_polarity(models_dir / POLARITY_FILE),
        _load_media(models_dir / MEDIA_FILE),
        _load_addressees(models_dir / ADDRESSEES_FILE),
        _load_anonymity(models_dir / ANONYMITY_FILE),
        _load_affiliations(models_dir / AFFILIATIONS_FILE),
        _load_about(models_dir / ABOUT_FILE),
        _load_days(models_dir / DAYS_FILE),
    )


def _load_acts(path: Path) -> ActWords:
    file = read_shaped(path, ActFile)
    kinds = {
        "verb": file.verbs,
        "noun": file.nouns,
        "adjective": file.adjectives,
        "preposition": file.prepositions,
    }
    by_cue = {key: act for kind, cues in kinds.items() for key, act in _acts_of(kind, cues)}
    return ActWords(by_cue, frozenset(file.voicing.verbs), frozenset(file.propositions.nouns))


def _acts_of(kind: str, cues: CuesByAct) -> Iterator[tuple[tuple[str, str, str], Act]]:
    for act, frames in cues.items():
        for frame, words in frames.items():
            yield from (((kind, word, frame), act) for word in words)


def _load_polarity(path: Path) -> PolarityWords:
    file = read_shaped(path, PolarityFile)
    kinds = {
        "verb": [*file.denying.verbs, *file.denying.claims],
        "noun": file.denying.nouns,
        "adjective": file.denying.adjectives,
    }
    return PolarityWords(
        frozenset((kind, word) for kind, words in kinds.items() for word in words),
        frozenset(file.denying.claims),
        frozenset(file.refusing.verbs),
        frozenset(file.judging.words),
    )


def _load_media(path: Path) -> MediaWords:
    file = read_shaped(path, MediumFile)
    words = file.media
    nouns = {noun: medium for medium, of in words.items() for noun in of.nouns}
    names = {name: medium for medium, of in words.items() for name in of.names}
    return MediaWords(
        ranked=tuple(words),
        cues={cue: medium for medium, of in words.items() for cue in of.cues},
        nouns=nouns,
        names=names,
        endings=frozenset(word[start:].lower() for word in (*nouns, *names) for start in range(len(word))),
        carried=frozenset(file.nouns.carried),
        parts=frozenset(file.nouns.parts),
        occasions=frozenset(file.nouns.occasions),
        prepositions=frozenset(file.prepositions.any),
        narrow={word: frozenset(media) for word, media in file.prepositions.narrow.items()},
        verbs=frozenset(file.beside.verbs),
        showing=frozenset(file.beside.showing),
        speaking=frozenset(file.beside.speaking),
        writing=frozenset(file.beside.writing),
        channels=frozenset(file.beside.channels),
        vague=frozenset(file.nouns.vague),
        heard=frozenset(file.nouns.heard),
        issuing=frozenset(file.beside.issuing),
        continuing=frozenset(file.beside.continuing),
    )


def _load_addressees(path: Path) -> AddresseeWords:
    file = read_shaped(path, AddresseeFile)
    return AddresseeWords(
        frozenset(file.telling.verbs),
        frozenset(file.telling.asking),
        frozenset(file.telling.addressing),
        frozenset(file.telling.questioning),
        frozenset(file.telling.topics),
        frozenset(file.telling.within),
        frozenset((verb, word) for word, verbs in file.prepositions.items() for verb in verbs),
        frozenset((noun, word) for word, nouns in file.nouns.items() for noun in nouns),
    )


def _load_anonymity(path: Path) -> AnonymityWords:
    file = read_shaped(path, AnonymityFile)
    naming = re.compile(rf",? ?{any_of(file.naming.words)} (?:[A-Z]|the |an? )")
    return AnonymityWords(
        frozenset(file.offices.nouns),
        naming,
        frozenset(file.persons.words),
        frozenset(file.things.nouns),
        frozenset(file.unnamed.words),
    )


def _load_affiliations(path: Path) -> AffiliationWords:
    file = read_shaped(path, AffiliationFile)
    officials = file.officials
    offices = frozenset((*officials.offices, *officials.short))
    return AffiliationWords(
        officials=offices.union(officials.nouns),
        offices=offices,
        short=frozenset(officials.short),
        members=frozenset(file.members.nouns),
        aides=frozenset(file.aides.nouns),
        chambers=frozenset(file.members.chambers),
        leading=frozenset(file.members.leading),
        serving=frozenset(file.members.serving),
        partial=frozenset(officials.partial),
        elsewhere=frozenset(file.elsewhere.prepositions),
        places=frozenset(file.elsewhere.places),
        posted=frozenset(officials.posted),
    )


def _load_days(path: Path) -> DayWords:
    file = read_shaped(path, DayFile)
    return DayWords(*map(frozenset, (file.breaking.words, file.uttering.verbs, file.events.prepositions)))


def _load_about(path: Path) -> AboutWords:
    file = read_shaped(path, AboutFile)
    states = file.states
    return AboutWords(
        frozenset(file.targets.verbs),
        frozenset(file.targets.prepositions),
        frozenset(file.targets.saying),
        frozenset(file.places.prepositions),
        frozenset(file.places.motion),
        frozenset(file.places.reaching),
        frozenset(file.places.members),
        frozenset(file.places.facilities),
        frozenset(file.places.documents),
        frozenset(file.places.operations),
        frozenset(file.bodies.nouns),
        frozenset(file.vocatives.words),
        frozenset(file.generic.words),
        frozenset(file.spokesmen.nouns),
        frozenset(file.impersonal.verbs),
        file.names.least_confidence,
        file.names.least_mentions,
        StateNouns(
            frozenset(states.governments),
            frozenset(states.wholes),
            frozenset(states.administrations),
            frozenset(states.modifiers),
            frozenset(states.forces),
        ),
    )
