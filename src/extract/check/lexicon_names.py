"""Checks of names: which stand for two entities, and which are too free to stand for one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.knowledge import Finding
from extract.lexicon.entries import ALWAYS, Name, as_written
from extract.lexicon.keys import Spelling, match_key, split_words
from extract.lexicon.lines import Entry
from extract.lexicon.name_index import surfaces_of

_TOO_FREE = "Put it under `introduced` or a context, or list it in `common` if it is meant."


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of a lexicon and what they are compared with.

    Attributes:
        entries: By id.
        index: The names by match key.
        english: Words of common English in small letters; `given_names` as match keys.
    """

    entries: Mapping[str, Entry]
    index: Mapping[str, Sequence[Name]]
    spelling: Spelling
    english: Collection[str]
    given_names: Collection[str]


def name_findings(known: KnownNames) -> Iterator[Finding]:
    """Yield what is wrong with names: collisions, ordinary words, names that cannot be matched."""
    for names in known.index.values():
        always = [name for name in names if name.when == ALWAYS]
        yield from _collisions(always, known)
    for entry in known.entries.values():
        yield from _ordinary_words(entry, known)
        yield from _never(entry, known)
        yield from _idle_common(entry)


def _collisions(names: Sequence[Name], known: KnownNames) -> Iterator[Finding]:
    """Yield a finding for each name that always means one entity and always another one too."""
    for number, name in enumerate(names):
        entry = known.entries[name.entity_id]
        for other in names[:number]:
            first = known.entries[other.entity_id]
            if _published(entry) == _published(first) or not known.spelling.is_same(
                name.surface, other.surface
            ):
                continue
            both_actors = entry.role == first.role == "actor"
            if not both_actors and _is_meant(name.surface, entry, first):
                continue
            yield entry.finding(
                f"{name.surface!r} always means {entry.id!r} and always {first.id!r}.",
                "Put one of the two under `introduced` or a context.",
                at=name.surface,
                severity="error" if both_actors else "warning",
            )


def _published(entry: Entry) -> str:
    return entry.fields.entity or entry.id


def _is_meant(surface: str, *entries: Entry) -> bool:
    key = match_key(surface)
    return any(key == match_key(meant) for entry in entries for meant in entry.fields.common)


def _ordinary_words(entry: Entry, known: KnownNames) -> Iterator[Finding]:
    """Yield a warning for each name of one word that always counts and is also a word or a given name.

    An Arabic article before it makes a name of a word.
    """
    for surface in _always(entry):
        words = split_words(surface)
        if len(words) != 1 or words[0].start < words[0].core or _is_meant(surface, entry):
            continue
        is_acronym = surface.replace(".", "").isupper()
        if entry.role != "place" and not is_acronym and words[0].key in known.english:
            yield entry.finding(
                f"{surface!r} is also an English word.", _TOO_FREE, at=surface, severity="warning"
            )
        elif known.spelling.key(surface) in known.given_names:
            yield entry.finding(
                f"{surface!r} is also a given name.", _TOO_FREE, at=surface, severity="warning"
            )


def _always(entry: Entry) -> list[str]:
    fields = entry.fields
    return [*([fields.name] if fields.name_when == ALWAYS else []), *fields.aliases]


def _never(entry: Entry, known: KnownNames) -> Iterator[Finding]:
    """Yield an error for each name that is also under `never`: it could not be matched at all."""
    surfaces = [entry.fields.name, *surfaces_of(entry.fields)]
    names = {_written(surface, known.spelling): surface for surface in surfaces}
    for surface in entry.fields.never:
        name = names.get(_written(surface, known.spelling))
        if name is not None:
            message = f"{surface!r} is under `never` and is the name {name!r}."
            yield entry.finding(message, "Remove one of the two.", at=surface)


def _written(surface: str, spelling: Spelling) -> str:
    return as_written(spelling.split(surface), surface)


def _idle_common(entry: Entry) -> Iterator[Finding]:
    names = {match_key(surface) for surface in (entry.fields.name, *surfaces_of(entry.fields))}
    for surface in entry.fields.common:
        if match_key(surface) not in names:
            advice = "Remove it from `common`, or mend it."
            yield entry.finding(f"{surface!r} is no name of {entry.id!r}.", advice, at=surface)
