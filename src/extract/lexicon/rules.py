"""The rules that a lexicon must keep to be loaded: ids, references, contexts, dates, names with letters."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from extract.knowledge import Finding, line_of
from extract.lexicon.entries import ALWAYS
from extract.lexicon.lines import Entry, Line, OfficeLine, term_of
from extract.lexicon.name_index import surfaces_of
from extract.lexicon.offices import Term

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_FIRST_DAY = "0001-01-01"


def broken_rules(
    entries: Sequence[Entry], offices: Sequence[OfficeLine], contexts: Collection[str]
) -> Iterator[Finding]:
    """Yield an error for every entry or office that keeps the lexicon from making sense."""
    known = {entry.id: entry for entry in reversed(entries)}
    yield from _ids(entries)
    yield from _ids(offices)
    for entry in entries:
        yield from _references(entry, known, contexts)
        yield from _terms(entry, [*entry.fields.part_of, *entry.fields.leaders])
        yield from _names(entry)
    for office in offices:
        yield from _office(office, known)


def _ids(lines: Sequence[Line]) -> Iterator[Finding]:
    seen: dict[str, Line] = {}
    for line in lines:
        if not _ID.fullmatch(line.id):
            advice = "Use small letters, digits and single hyphens."
            yield line.finding(f"the id {line.id!r} is no slug.", advice)
        if line.id in seen:
            first = seen[line.id].path
            advice = "Give one of the two another id."
            yield line.finding(f"the id {line.id!r} is taken at {first}:{line_of(first, line.id)}.", advice)
        seen.setdefault(line.id, line)


def _references(entry: Entry, known: Mapping[str, Entry], contexts: Collection[str]) -> Iterator[Finding]:
    fields = entry.fields
    references = [term_of(value).entity_id for value in (*fields.part_of, *fields.leaders)]
    yield from _unknown(entry, [*references, *([fields.entity] if fields.entity else [])], known)
    for value in fields.leaders:
        leader = known.get(term_of(value).entity_id)
        if leader is not None and leader.kind != "person":
            yield entry.finding(f"the leader {leader.id!r} is no person.", "Mend the id.", at=leader.id)
    for context in (fields.name_when, *fields.context):
        if context != ALWAYS and context not in contexts:
            yield entry.finding(f"there is no context {context!r}.", "Add it to contexts.toml, or mend it.")


def _unknown(line: Line, references: Sequence[str], known: Mapping[str, Entry]) -> Iterator[Finding]:
    for reference in references:
        if reference not in known:
            yield line.finding(f"there is no entry {reference!r}.", "Add it, or mend the id.", at=reference)


def _terms(line: Line, values: Sequence[str]) -> Iterator[Finding]:
    for value in values:
        term = term_of(value)
        broken = [day for day in (term.first, term.last) if day and not is_date(day)]
        for day in broken:
            yield line.finding(f"{day!r} is no date.", "Write a year, YYYY-MM or YYYY-MM-DD.", at=value)
        if not broken and _is_after(term.first, term.last):
            yield line.finding(f"{value!r} ends before it begins.", "Swap or mend the dates.", at=value)


def _names(entry: Entry) -> Iterator[Finding]:
    for surface in (entry.fields.name, *surfaces_of(entry.fields)):
        if not any(char.isalnum() for char in surface):
            advice = "Give a name that a text can have."
            yield entry.finding(f"{surface!r} has no letters.", advice, at=surface)
    for surface in entry.fields.never:
        if surface in (entry.fields.name, *entry.fields.aliases):
            advice = "Remove one."
            yield entry.finding(f"{surface!r} is an alias and also under `never`.", advice, at=surface)


def _office(office: OfficeLine, known: Mapping[str, Entry]) -> Iterator[Finding]:
    holders = office.fields.holders
    terms = [term_of(value) for value in holders]
    yield from _unknown(office, [term.entity_id for term in terms], known)
    yield from _unknown(office, [office.fields.body] if office.fields.body else [], known)
    yield from _terms(office, holders)
    if not office.fields.titles:
        yield office.finding("the office has no title.", "Give its titles as they are written.")
    if office.fields.shared:
        return
    for (earlier, value), (later, _) in pairwise(zip(terms, holders, strict=True)):
        if _overlap(earlier, later):
            yield office.finding(
                f"{earlier.entity_id!r} and {later.entity_id!r} hold it at once.",
                "Mend the dates, put the holders in order, or set `shared = true`.",
                at=value,
            )


def is_date(text: str) -> bool:
    """Return whether a text is a year, a month or a day in ISO form.

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
    """Return whether a term surely reaches past the beginning of the one listed after it."""
    if later.first is None:
        return False
    return earlier.last is None or _is_after(earlier.last, later.first)


def _is_after(one: str | None, other: str | None) -> bool:
    """Return whether a date lies after another as far as both are told: 2014-09 is not after 2014."""
    if one is None or other is None:
        return False
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]
