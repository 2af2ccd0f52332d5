"""The index of names: every name of every entry with its condition, by match key."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from extract.lexicon.entries import ALWAYS, INTRODUCED, Name, NameWords, shapes_of
from extract.lexicon.keys import Spelling, match_key
from extract.lexicon.lines import Entry, EntryFields
from extract.lexicon.surnames import surname_of
from extract.lexicon.transliteration import written_forms
from extract.lexicon.word_lists import read_given_names, read_spelling
from extract.model import Label

_LEADING_THE = re.compile(r"^[Tt]he\s+")
# Each name is wanted twice, for the spellings and for the index.
_REMEMBERED = 50_000


def index_of(names: Iterable[Name], spelling: Spelling) -> dict[str, tuple[Name, ...]]:
    """Return the names by their match key."""
    by_key: dict[str, dict[Name, None]] = defaultdict(dict)
    for name in names:
        known = by_key[spelling.key(name.surface)]
        if _identity(name) not in {_identity(other) for other in known}:
            known[name] = None
    return {key: tuple(_told_apart(list(known))) for key, known in by_key.items()}


def spelling_for(entries: Iterable[Entry], folder: Path) -> Spelling:
    """Return the spellings that count as one word in the names of `entries` (see `keys.Spelling`)."""
    spelling = read_spelling(folder / "spellings.toml")
    names: list[str] = []
    others = read_given_names(folder / "names.toml")
    for entry in entries:
        surfaces = [entry.fields.name, *surfaces_of(entry.fields)]
        if entry.fields.country is None or entry.fields.country in spelling.countries:
            names += [form for surface in surfaces for form in _forms(surface)]
        else:
            others += surfaces
    return spelling.knowing(names, others)


def longest_by_first_word(names: Iterable[str]) -> dict[str, int]:
    """Return for each first word of a key the most words that a key beginning with it has."""
    longest: dict[str, int] = defaultdict(int)
    for key in names:
        first, count = key.split(" ", 1)[0], key.count(" ") + 1
        longest[first] = max(longest[first], count)
    return dict(longest)


def names_of(entry: Entry, labels: Mapping[str, Label], words: NameWords) -> Iterator[Name]:
    """Yield every name of an entry with the condition under which it counts.

    Args:
        entry: One line of the files.
        labels: The label of each kind.
        words: For those that may end a faction's name in small letters.
    """
    label = label_of(entry, labels)
    whens = list(_conditions(entry))
    keys = {match_key(surface) for surface, _ in whens} if label == "FACTION" else set()
    for surface, when in whens:
        free_last = label == "FACTION" and _is_head_free(match_key(surface), keys, words)
        method = _method(surface, entry, when)
        for form in _forms(surface):
            yield _name(form, entry, label, method, when, free_last=free_last)
    for surface in entry.fields.demonyms:
        yield _name(surface, entry, "NORP", "demonym", ALWAYS, free_last=False)


@lru_cache(maxsize=_REMEMBERED)
def _forms(surface: str) -> tuple[str, ...]:
    return written_forms(surface)


def label_of(entry: Entry, labels: Mapping[str, Label]) -> Label:
    """Return the label under which the names of an entry are published."""
    return entry.fields.label or labels[entry.kind]


def surfaces_of(fields: EntryFields) -> list[str]:
    """Return every name of an entry but its main one."""
    conditional = [surface for surfaces in fields.context.values() for surface in surfaces]
    return [*fields.aliases, *fields.introduced, *conditional, *fields.demonyms]


def _conditions(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the names of an entry, but for demonyms, each with its condition."""
    fields = entry.fields
    yield fields.name, fields.name_when
    for surface in fields.aliases:
        yield surface, ALWAYS
    for surface in fields.introduced:
        yield surface, INTRODUCED
    for when, surfaces in fields.context.items():
        for surface in surfaces:
            yield surface, when
    if entry.kind == "person":
        for surface in (fields.name, *fields.aliases):
            for short in surname_of(surface):
                yield short, INTRODUCED


def _identity(name: Name) -> tuple[object, ...]:
    """Return what tells names of one key apart: of a name of one word also its letters."""
    letters = match_key(name.surface) if len(name.shapes) == 1 else ""
    return name.entity_id, name.when, name.shapes, letters


def _is_head_free(key: str, keys: set[str], words: NameWords) -> bool:
    """Return whether a name's last word may be in lower case (Mahdi army).

    Most not where the words before it are a name of the same entity: there they only describe (Azm alliance).
    """
    before, _, last = key.rpartition(" ")
    return last in words.own_heads or (last in words.heads and before not in keys)


def _name(surface: str, entry: Entry, label: Label, method: str, when: str, *, free_last: bool) -> Name:
    bare = _LEADING_THE.sub("", surface)
    shapes = shapes_of(bare, free_last=free_last, with_article=entry.role != "actor")
    return Name(bare, entry.id, label, method, when, shapes)


def _method(surface: str, entry: Entry, when: str) -> str:
    if entry.role == "place":
        return "group" if entry.kind.endswith("_group") else "place"
    if entry.kind == "outlet":
        return "outlet"
    if surface.isupper() and " " not in surface:
        return "acronym"
    short = when == INTRODUCED or (entry.kind == "person" and " " not in match_key(surface))
    return "short_name" if short else "alias"


def _told_apart(names: list[Name]) -> Iterator[Name]:
    """Let a surname that is also a word for a people or group count only with its article: al-Houthi."""
    others = {name.entity_id for name in names if name.when == ALWAYS and name.label != "PERSON"}
    for name in names:
        is_derived = name.label == "PERSON" and name.when == INTRODUCED
        yield replace(name, shapes=("article",)) if is_derived and others else name
