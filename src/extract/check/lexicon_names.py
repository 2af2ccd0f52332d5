"""Checks of names: those of two entities, and those that match too easily."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.knowledge import Finding
from extract.lexicon.entries import ALWAYS, Name, as_written
from extract.lexicon.keys import Spelling, match_key, split_words
from extract.lexicon.lines import Entry
from extract.lexicon.name_index import surfaces_of, without_the

_TOO_FREE = "Put it under `introduced` or a context, or also in `common` if that is intended."


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of a lexicon and what they are compared with.

    Attributes:
        entries: By id.
        index: The names by match key.
        spelling: Makes the keys.
        english: Common English words in lower case.
        given_names: As match keys.
    """

    entries: Mapping[str, Entry]
    index: Mapping[str, Sequence[Name]]
    spelling: Spelling
    english: Collection[str]
    given_names: Collection[str]


def name_findings(known: KnownNames) -> Iterator[Finding]:
    """Yield names that collide, names that are ordinary words, and names that cannot match."""
    yield from _collisions(known)
    for entry in known.entries.values():
        yield from _ordinary_words(entry, known)
        yield from _never(entry, known)
        yield from _unused_common(entry)


def _collisions(known: KnownNames) -> Iterator[Finding]:
    """Yield a finding for each name that means two entities without a condition.

    A name and its other written forms (Hizballah, Hizb Allah) have one finding.
    """
    for (entry_id, first_id), names in _shared_names(known).items():
        entry, first = known.entries[entry_id], known.entries[first_id]
        surfaces = {without_the(surface) for surface in (entry.fields.name, *surfaces_of(entry.fields))}
        both_actors = entry.role == first.role == "actor"
        for name in [name for name in names if name in surfaces] or names[:1]:
            yield entry.finding(
                f"{name!r} always means {entry.id!r} and also {first.id!r}.",
                "Put one of the two under `introduced` or a context.",
                at=name,
                severity="error" if both_actors else "warning",
            )


def _shared_names(known: KnownNames) -> dict[tuple[str, str], list[str]]:
    """Return the names of two entries, by the id of the later and that of the earlier one."""
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for names in known.index.values():
        always = [name for name in names if name.when == ALWAYS]
        for position, name in enumerate(always):
            for earlier in always[:position]:
                if _collide(name, earlier, known):
                    shared[name.entity_id, earlier.entity_id].append(name.surface)
    return shared


def _collide(one: Name, other: Name, known: KnownNames) -> bool:
    """Return whether two names with one key are one name of two entities, which `common` does not allow."""
    entry, first = known.entries[one.entity_id], known.entries[other.entity_id]
    if _published(entry) == _published(first) or not known.spelling.is_same(one.surface, other.surface):
        return False
    both_actors = entry.role == first.role == "actor"
    return both_actors or not _is_intended(one.surface, entry, first)


def _published(entry: Entry) -> str:
    return entry.fields.entity or entry.id


def _is_intended(surface: str, *entries: Entry) -> bool:
    """Return whether one of the entries lists a name under `common`."""
    key = match_key(surface)
    return any(key == match_key(common) for entry in entries for common in entry.fields.common)


def _ordinary_words(entry: Entry, known: KnownNames) -> Iterator[Finding]:
    """Yield a warning for each unconditional name of one word that is also an English word or given name.

    A word with an Arabic article is not ordinary.
    """
    for surface in _always(entry):
        words = split_words(surface)
        if len(words) != 1 or words[0].start < words[0].core or _is_intended(surface, entry):
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
    """Yield an error for each name that could not match, because it is under `never` in another spelling."""
    surfaces = [entry.fields.name, *surfaces_of(entry.fields)]
    names = {_written(surface, known.spelling): surface for surface in surfaces}
    for surface in entry.fields.never:
        name = names.get(_written(surface, known.spelling))
        if name is not None and surface not in (entry.fields.name, *entry.fields.aliases):
            message = f"{surface!r} is under `never`, but it is the name {name!r}."
            yield entry.finding(message, "Remove one of the two.", at=surface)


def _written(surface: str, spelling: Spelling) -> str:
    return as_written(spelling.split(surface), surface)


def _unused_common(entry: Entry) -> Iterator[Finding]:
    names = {match_key(surface) for surface in (entry.fields.name, *surfaces_of(entry.fields))}
    for surface in entry.fields.common:
        if match_key(surface) not in names:
            advice = "Correct it, or remove it from `common`."
            yield entry.finding(f"{surface!r} is not a name of {entry.id!r}.", advice, at=surface)
