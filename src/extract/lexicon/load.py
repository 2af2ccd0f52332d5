"""Loading of the lexicon: TOML files under models/lexicon -> Lexicon, with every reference checked."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from extract.ids import digest
from extract.knowledge import Finding
from extract.lexicon.entries import Entity
from extract.lexicon.lexicon import Lexicon
from extract.lexicon.lines import Entry, OfficeLine, read_entries, read_offices, term_of
from extract.lexicon.name_index import (
    index_of,
    label_of,
    longest_by_first_word,
    names_of,
    spelling_for,
    surfaces_of,
)
from extract.lexicon.offices import Office
from extract.lexicon.rules import broken_rules
from extract.lexicon.word_lists import read_contexts, read_labels, read_words
from extract.model import Label

FOLDER = "lexicon"
_Line = TypeVar("_Line", Entry, OfficeLine)


def load_lexicon(models_dir: Path) -> Lexicon:
    """Load and check the lexicon; while its files stay the same, it is loaded once.

    Args:
        models_dir: The project's models/ folder.

    Raises:
        LexiconError: A file is missing, or an entry breaks a rule; the message names file and line.
    """
    folder = models_dir / FOLDER
    return _load(folder, fingerprint(folder))


# Half a second each. Two, because a run compares the lexicon with the one that its tables were made with.
@lru_cache(maxsize=2)
def _load(folder: Path, state: str) -> Lexicon:
    labels = read_labels(folder / "kinds.toml")
    entries = list(_sound(read_entries(folder, labels)))
    spelling = spelling_for(entries, folder)
    contexts = read_contexts(folder / "contexts.toml", spelling)
    words = read_words(folder / "names.toml", spelling)
    offices = list(_sound(read_offices(folder)))
    for finding in broken_rules(entries, offices, contexts):
        raise finding.as_error()
    names = index_of((name for entry in entries for name in names_of(entry, labels, words)), spelling)
    return Lexicon(
        entities={entry.id: _entity_of(entry, label_of(entry, labels)) for entry in entries},
        names=names,
        longest=longest_by_first_word(names),
        contexts=contexts,
        words=words,
        spelling=spelling,
        offices={office.id: _office_of(office) for office in offices},
        fingerprint=state,
    )


def fingerprint(folder: Path) -> str:
    """Return a hash over the names and contents of all knowledge files in `folder` and its subfolders."""
    files = sorted(folder.rglob("*.toml"))
    listing = "".join(
        f"{file.relative_to(folder).as_posix()} {digest(file.read_bytes())}\n" for file in files
    )
    return digest(listing.encode())


def _sound(lines: Iterable[_Line | Finding]) -> Iterable[_Line]:
    for line in lines:
        if isinstance(line, Finding):
            raise line.as_error()
        yield line


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
