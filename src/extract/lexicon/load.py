"""Loads the lexicon from the TOML files in models/lexicon and checks all references."""

from functools import lru_cache
from pathlib import Path

from extract.ids import digest
from extract.knowledge import Finding, read_shaped
from extract.lexicon.entries import Entity
from extract.lexicon.keys import Spelling
from extract.lexicon.lexicon import Lexicon
from extract.lexicon.lines import Entry, OfficeLine, read_as_of, read_entries, read_offices, term_of
from extract.lexicon.name_index import (
    index_of,
    label_of,
    longest_by_first_word,
    names_of,
    spelling_with_names,
    surfaces_of,
)
from extract.lexicon.offices import Office
from extract.lexicon.phrases import phrases_of
from extract.lexicon.rules import broken_rules
from extract.lexicon.word_lists import (
    CONFIDENCE,
    CONTEXTS,
    ENGLISH,
    KINDS,
    NAMES,
    PHRASES,
    SPELLINGS,
    TRANSLITERATION,
    confidence_of,
    contexts_of,
    spelling_faults,
    spelling_of,
    words_of,
)
from extract.lexicon.word_shapes import (
    ConfidenceFile,
    ContextsFile,
    EnglishFile,
    KindsFile,
    NamesFile,
    PhrasesFile,
    SpellingsFile,
    TransliterationFile,
)
from extract.model import Label
from extract.probability import Probability

FOLDER = "lexicon"
PROBABILITY = "probability.toml"


def load_lexicon(models_dir: Path) -> Lexicon:
    """Load and validate the lexicon; it is loaded only once while its files do not change.

    Args:
        models_dir: The project's models/ folder.

    Raises:
        LexiconError: A file is missing or invalid; the message names file and line.
    """
    folder = models_dir / FOLDER
    return _load(folder, fingerprint(folder))


# Half a second each. Two, because a run compares the lexicon with the one its tables were derived from.
@lru_cache(maxsize=2)
def _load(folder: Path, state: str) -> Lexicon:
    kinds = read_shaped(folder / KINDS, KindsFile)
    entries = read_entries(folder, kinds.labels)
    names = read_shaped(folder / NAMES, NamesFile)
    spelling = spelling_with_names(_listed_spelling(folder), entries.checked(), names.given_names)
    contexts = contexts_of(read_shaped(folder / CONTEXTS, ContextsFile), spelling)
    words = words_of(names, spelling)
    offices = read_offices(folder).checked()
    as_of = read_as_of(folder)
    if isinstance(as_of, Finding):
        raise as_of.as_error()
    for finding in broken_rules(entries, offices, contexts):
        raise finding.as_error()
    all_names = (
        name for entry in entries.readable for name in names_of(entry, kinds.labels, words, spelling)
    )
    index = index_of(all_names, spelling)
    return Lexicon(
        entities={entry.id: _entity_of(entry, label_of(entry, kinds.labels)) for entry in entries.readable},
        names=index,
        longest=longest_by_first_word(index),
        contexts=contexts,
        words=words,
        phrases=phrases_of(read_shaped(folder / PHRASES, PhrasesFile), spelling),
        confidence=confidence_of(read_shaped(folder / CONFIDENCE, ConfidenceFile)),
        national_kinds=frozenset(kinds.national),
        abroad_kinds=frozenset(kinds.abroad),
        spelling=spelling,
        offices={office.id: _office_of(office) for office in offices},
        as_of=as_of,
        probability=read_shaped(folder / PROBABILITY, Probability),
        fingerprint=state,
    )


def _listed_spelling(folder: Path) -> Spelling:
    """Return the spellings without the sounds of names."""
    path = folder / SPELLINGS
    spellings = read_shaped(path, SpellingsFile)
    for finding in spelling_faults(path, spellings):
        raise finding.as_error()
    english = read_shaped(folder / ENGLISH, EnglishFile)
    return spelling_of(spellings, english, read_shaped(folder / TRANSLITERATION, TransliterationFile))


def fingerprint(folder: Path) -> str:
    """Return a hash of the names and contents of all knowledge files in `folder` and its subfolders."""
    files = sorted(folder.rglob("*.toml"))
    listing = "".join(
        f"{file.relative_to(folder).as_posix()} {digest(file.read_bytes())}\n" for file in files
    )
    return digest(listing.encode())


def _entity_of(entry: Entry, label: Label) -> Entity:
    fields = entry.fields
    return Entity(
        id=entry.id,
        name=fields.name,
        kind=entry.kind,
        label=label,
        role=entry.role,
        links_to=fields.entity or entry.id,
        country=fields.country,
        arabic=fields.arabic,
        wikidata=fields.wikidata,
        description=fields.role,
        aliases=tuple(dict.fromkeys(surfaces_of(fields))),
        part_of=tuple(term_of(value) for value in fields.part_of),
        leaders=tuple(term_of(value) for value in fields.leaders),
        lat=fields.lat,
        lon=fields.lon,
        iso=fields.iso,
        geonames=fields.geonames,
        sources=tuple(fields.sources),
        unsure=fields.unsure,
        never=tuple(fields.never),
    )


def _office_of(office: OfficeLine) -> Office:
    fields = office.fields
    return Office(
        id=office.id,
        name=fields.name,
        country=fields.country,
        titles=tuple(fields.titles),
        body=fields.body,
        terms=tuple(term_of(value) for value in fields.holders),
        shared=fields.shared,
    )
