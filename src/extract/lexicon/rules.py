"""The rules for a lexicon that can be loaded: ids, references, contexts, dates, names with letters."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from extract.knowledge import Finding
from extract.lexicon.entries import ALWAYS
from extract.lexicon.lines import Entries, Entry, Line, OfficeLine, term_of
from extract.lexicon.name_index import surfaces_of
from extract.lexicon.offices import Term

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_FIRST_DAY = "0001-01-01"


@dataclass(frozen=True, slots=True)
class _References:
    """What entries and offices may refer to.

    Attributes:
        entries: By id.
        ids: Ids of all entries; None if some are unknown, because a file of entries cannot be read.
        contexts: None if contexts.toml cannot be read.
    """

    entries: Mapping[str, Entry]
    ids: Collection[str] | None
    contexts: Collection[str] | None


def broken_rules(
    entries: Entries[Entry], offices: Sequence[OfficeLine], contexts: Collection[str] | None
) -> Iterator[Finding]:
    """Yield an error for every entry or office that breaks a rule.

    What can only be judged with an entry or file that cannot be read is skipped.

    Args:
        entries: All entries, with those that cannot be read.
        offices: The offices that can be read.
        contexts: Names of the contexts; None if contexts.toml cannot be read.
    """
    by_id = {entry.id: entry for entry in reversed(entries.readable)}
    ids = by_id.keys() | entries.unreadable.keys() if entries.has_all_files else None
    known = _References(by_id, ids, contexts)
    yield from _ids(entries.readable)
    yield from _ids(offices)
    for entry in entries.readable:
        yield from _references(entry, known)
        yield from _terms(entry, [*entry.fields.part_of, *entry.fields.leaders])
        yield from _names(entry)
    for office in offices:
        yield from _office(office, known)


def _ids(lines: Sequence[Line]) -> Iterator[Finding]:
    seen: dict[str, Line] = {}
    for line in lines:
        if not _ID.fullmatch(line.id):
            advice = "Use lower-case letters, digits and single hyphens."
            yield line.finding(f"the id {line.id!r} is not a slug.", advice)
        if line.id in seen:
            first = seen[line.id]
            advice = "Change one of the two ids."
            yield line.finding(f"the id {line.id!r} is taken at {first.path}:{first.number}.", advice)
        seen.setdefault(line.id, line)


def _references(entry: Entry, known: _References) -> Iterator[Finding]:
    fields = entry.fields
    references = [term_of(value).entity_id for value in (*fields.part_of, *fields.leaders)]
    yield from _unknown(entry, [*references, *([fields.entity] if fields.entity else [])], known)
    for value in fields.leaders:
        leader = known.entries.get(term_of(value).entity_id)
        if leader is not None and leader.kind != "person":
            yield entry.finding(f"the leader {leader.id!r} is not a person.", "Correct the id.", at=leader.id)
    for context in (fields.name_when, *fields.context):
        if known.contexts is not None and context != ALWAYS and context not in known.contexts:
            advice = "Correct it, or add it to contexts.toml."
            yield entry.finding(f"there is no context {context!r}.", advice)


def _unknown(line: Line, references: Sequence[str], known: _References) -> Iterator[Finding]:
    for reference in references:
        if known.ids is not None and reference not in known.ids:
            advice = "Correct the id, or add an entry."
            yield line.finding(f"there is no entry {reference!r}.", advice, at=reference)


def _terms(line: Line, values: Sequence[str]) -> Iterator[Finding]:
    for value in values:
        term = term_of(value)
        broken = [day for day in (term.first, term.last) if day and not is_date(day)]
        for day in broken:
            advice = "Write YYYY, YYYY-MM or YYYY-MM-DD."
            yield line.finding(f"{day!r} is not a date.", advice, at=value)
        if not broken and is_after(term.first, term.last):
            yield line.finding(f"{value!r} ends before it begins.", "Correct the dates.", at=value)


def _names(entry: Entry) -> Iterator[Finding]:
    for surface in (entry.fields.name, *surfaces_of(entry.fields)):
        if not any(char.isalnum() for char in surface):
            advice = "Give a name with letters or digits."
            yield entry.finding(f"{surface!r} has no letters.", advice, at=surface)
    for surface in entry.fields.never:
        if surface in (entry.fields.name, *entry.fields.aliases):
            advice = "Remove one of the two."
            yield entry.finding(f"{surface!r} is a name and also under `never`.", advice, at=surface)


def _office(office: OfficeLine, known: _References) -> Iterator[Finding]:
    holders = office.fields.holders
    terms = [term_of(value) for value in holders]
    yield from _unknown(office, [term.entity_id for term in terms], known)
    yield from _unknown(office, [office.fields.body] if office.fields.body else [], known)
    yield from _terms(office, holders)
    if not office.fields.titles:
        yield office.finding("the office has no title.", "Give its titles in lower case.")
    if office.fields.shared:
        return
    for (earlier, value), (later, _) in pairwise(zip(terms, holders, strict=True)):
        if _overlap(earlier, later):
            yield office.finding(
                f"{earlier.entity_id!r} and {later.entity_id!r} hold it at the same time.",
                "Correct the dates or the order of the holders, or set `shared = true`.",
                at=value,
            )


def is_date(text: str) -> bool:
    """Return whether a text is a year, month or day in ISO format.

    >>> [is_date(text) for text in ("2014", "2014-09", "2014-13", "14-09")]
    [True, True, False, False]
    """
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + _FIRST_DAY[len(text) :])
    except ValueError:
        return False
    return True


def _overlap(earlier: Term, later: Term) -> bool:
    """Return whether a term certainly ends after the start of the one listed after it."""
    if later.first is None:
        return False
    return earlier.last is None or is_after(earlier.last, later.first)


def is_after(one: str | None, other: str | None) -> bool:
    """Return whether a date is certainly after another: 2014-09 is not after 2014."""
    if one is None or other is None:
        return False
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]
