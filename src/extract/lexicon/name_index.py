"""The index of names: the names of all entries with their conditions, by match key."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from extract.lexicon.entries import ALWAYS, INTRODUCED, Name, NameWords, shapes_of
from extract.lexicon.keys import Spelling, match_key
from extract.lexicon.lines import Entry, EntryFields
from extract.model import Label

_ORDINAL_UNIT = re.compile(r"(?P<number>\d+)(?:st|nd|rd|th) (?P<unit>\w+)")
_LEADING_THE = re.compile(r"^[Tt]he\s+")


def index_of(names: Iterable[Name], spelling: Spelling) -> dict[str, tuple[Name, ...]]:
    """Return the names by their match key."""
    by_key: dict[str, dict[Name, None]] = defaultdict(dict)
    for name in names:
        known = by_key[spelling.key(name.surface)]
        if _identity(name) not in {_identity(other) for other in known}:
            known[name] = None
    return {key: tuple(_with_articles(list(known))) for key, known in by_key.items()}


def spelling_with_names(spelling: Spelling, entries: Iterable[Entry], given_names: Iterable[str]) -> Spelling:
    """Return the spellings with the sounds of the names of `entries` (see `Spelling.knowing`)."""
    written_forms = spelling.transliteration.written_forms
    names: list[str] = []
    others = list(given_names)
    for entry in entries:
        surfaces = [entry.fields.name, *surfaces_of(entry.fields)]
        if entry.fields.country is None or entry.fields.country in spelling.countries:
            names += [form for surface in surfaces for form in written_forms(surface)]
        else:
            others += surfaces
    return spelling.knowing(names, others)


def longest_by_first_word(names: Iterable[str]) -> dict[str, int]:
    """Return first word of a key -> number of words of the longest key that begins with it."""
    longest: dict[str, int] = defaultdict(int)
    for key in names:
        first, count = key.split(" ", 1)[0], key.count(" ") + 1
        longest[first] = max(longest[first], count)
    return dict(longest)


def names_of(
    entry: Entry, labels: Mapping[str, Label], words: NameWords, spelling: Spelling
) -> Iterator[Name]:
    """Yield every name of an entry with the condition under which it counts.

    Args:
        entry: The entry.
        labels: The label of each kind.
        words: For surnames, and for last words of faction names that may be in lower case.
        spelling: For the forms in which a name may be written.
    """
    label = label_of(entry, labels)
    whens = list(_conditions(entry, words, spelling))
    keys = {match_key(surface) for surface, _ in whens} if label == "FACTION" else set()
    for surface, when in whens:
        free_last = label == "FACTION" and _is_head_free(match_key(surface), keys, words)
        method = _method(surface, entry, when)
        forms = spelling.transliteration.written_forms(surface)
        for form in (*forms, *_numbered(surface, words)):
            yield _name(form, entry, label, method, when, free_last=free_last)
    for surface in entry.fields.demonyms:
        yield _name(surface, entry, "NORP", "demonym", ALWAYS, free_last=False)


def _numbered(surface: str, words: NameWords) -> Iterator[str]:
    """Yield the other form of the name of a numbered unit: Brigade 13 for 13th Brigade."""
    match = _ORDINAL_UNIT.fullmatch(surface)
    if match is not None and match["unit"] in words.numbered_units:
        yield f"{match['unit']} {match['number']}"


def label_of(entry: Entry, labels: Mapping[str, Label]) -> Label:
    """Return the label under which the names of an entry are published."""
    return entry.fields.label or labels[entry.kind]


def surfaces_of(fields: EntryFields) -> list[str]:
    """Return all names of an entry except its main one."""
    conditional = [surface for surfaces in fields.context.values() for surface in surfaces]
    return [*fields.aliases, *fields.introduced, *conditional, *fields.demonyms]


def without_the(surface: str) -> str:
    """Return a name without its English article."""
    return _LEADING_THE.sub("", surface)


def _conditions(entry: Entry, words: NameWords, spelling: Spelling) -> Iterator[tuple[str, str]]:
    """Yield the names of an entry with their conditions; demonyms are left out."""
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
        for short in words.surnames.surname_of(fields.name):
            yield short, INTRODUCED
        for surface in fields.aliases:
            for short in words.surnames.surname_of(surface):
                # Nobody calls Jamal Jaafar Mohammed Ali by the given name Ali.
                if spelling.key(short) not in words.given_names:
                    yield short, INTRODUCED


def _identity(name: Name) -> tuple[object, ...]:
    """Return what distinguishes names with the same key; for a name of one word this includes its letters."""
    letters = match_key(name.surface) if len(name.shapes) == 1 else ""
    return name.entity_id, name.when, name.shapes, letters


def _is_head_free(key: str, keys: set[str], words: NameWords) -> bool:
    """Return whether the last word of a name may be in lower case (Mahdi army).

    Most may not if the words before are a name of the entity, because then they only describe it (Azm
    alliance).
    """
    before, _, last = key.rpartition(" ")
    return last in words.own_heads or (last in words.heads and before not in keys)


def _name(surface: str, entry: Entry, label: Label, method: str, when: str, *, free_last: bool) -> Name:
    bare = without_the(surface)
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


def _with_articles(names: list[Name]) -> Iterator[Name]:
    """Make a surname that is also the name of a people or group require its article: al-Houthi."""
    others = {name.entity_id for name in names if name.when == ALWAYS and name.label != "PERSON"}
    for name in names:
        is_derived = name.label == "PERSON" and name.when == INTRODUCED
        yield replace(name, shapes=("article",)) if is_derived and others else name
