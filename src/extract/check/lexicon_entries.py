"""The check of the whole lexicon: all findings with file and line, where loading stops at the first error.

One fault has one finding: what can only be judged with an entry or file that cannot be read is not checked.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from extract.check.lexicon_names import KnownNames, name_findings
from extract.check.lexicon_words import WordFiles, read_word_files, word_findings
from extract.knowledge import Finding, check_toml, line_at
from extract.lexicon.english import english_words
from extract.lexicon.entries import EVERY_FACTION, EVERY_SURNAME
from extract.lexicon.keys import Spelling, match_key
from extract.lexicon.lines import (
    Entries,
    Entry,
    Line,
    OfficeLine,
    read_as_of,
    read_entries,
    read_offices,
    term_of,
)
from extract.lexicon.load import FOLDER
from extract.lexicon.name_index import index_of, names_of, spelling_with_names
from extract.lexicon.rules import broken_rules, is_after
from extract.lexicon.word_lists import CONTEXTS, KINDS, spelling_of, words_of

_COUNTRY = re.compile(r"[A-Z]{2}")
_ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_HIGHEST_LATITUDE, _HIGHEST_LONGITUDE = 90, 180


def check_lexicon(models_dir: Path) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful in the lexicon, sorted by file and line.

    Args:
        models_dir: The project's models/ folder.
    """
    return tuple(sorted(set(_check(models_dir / FOLDER))))


def _check(folder: Path) -> Iterator[Finding]:
    files, findings = read_word_files(folder)
    yield from findings
    yield from word_findings(files, folder)
    entries = read_entries(folder, _kinds(folder / KINDS))
    offices = read_offices(folder)
    yield from (*entries.findings, *offices.findings)
    yield from _facts(entries.readable, offices.readable)
    yield from _terms_beyond(read_as_of(folder), offices.readable)
    contexts = files.contexts.root if files.contexts is not None else None
    yield from broken_rules(entries, offices.readable, contexts)
    if contexts is not None:
        yield from _unused_contexts(entries, contexts, folder / CONTEXTS)
    yield from _names(entries, files)


def _kinds(path: Path) -> Collection[str] | None:
    """Return the kinds of entities, None if kinds.toml cannot be read; a wrong label does not matter here."""
    tables = check_toml(path)
    labels = None if isinstance(tables, Finding) else tables.get("labels")
    return list(labels) if isinstance(labels, dict) else None


def _names(entries: Entries[Entry], files: WordFiles) -> Iterator[Finding]:
    spelling = _spelling(entries, files)
    if spelling is None or files.names is None or files.kinds is None:
        return
    words = words_of(files.names, spelling)
    by_id = {entry.id: entry for entry in entries.readable if match_key(entry.fields.name)}
    labels = files.kinds.labels
    names = (name for entry in by_id.values() for name in names_of(entry, labels, words, spelling))
    index = index_of(names, spelling)
    yield from name_findings(KnownNames(by_id, index, spelling, english_words(), words.given_names))


def _spelling(entries: Entries[Entry], files: WordFiles) -> Spelling | None:
    """Return the spellings of names, None if a file that decides about them cannot be read.

    Which spellings a rule makes one depends on the names of all entries. If one cannot be read, only listed
    spellings count.
    """
    if (
        files.spellings is None
        or files.english is None
        or files.transliteration is None
        or files.names is None
    ):
        return None
    listed = spelling_of(files.spellings, files.english, files.transliteration)
    if not entries.is_complete:
        return listed
    return spelling_with_names(listed, entries.readable, files.names.given_names)


def _facts(entries: Sequence[Entry], offices: Sequence[OfficeLine]) -> Iterator[Finding]:
    """Yield errors in codes, positions and numbers, missing sources, and titles of two offices."""
    for entry in entries:
        yield from _codes(entry)
        if entry.role == "actor" and not entry.fields.sources:
            yield _without_source(entry)
    for office in offices:
        yield from _country(office, office.fields.country)
        if not office.fields.sources:
            yield _without_source(office)
    yield from _numbers_twice(entries)
    yield from _titles_twice(offices)


def _terms_beyond(as_of: str | Finding, offices: Sequence[OfficeLine]) -> Iterator[Finding]:
    """Yield the finding that there is no `as_of`, else a warning for each term that goes on after it."""
    if isinstance(as_of, Finding):
        yield as_of
        return
    for office in offices:
        for value in office.fields.holders:
            term = term_of(value)
            if is_after(term.first, as_of) or is_after(term.last, as_of):
                advice = "Check all terms up to that day, then move `as_of`."
                message = f"the term {value!r} goes beyond `as_of`, {as_of}."
                yield office.finding(message, advice, at=value, severity="warning")


def _without_source(line: Line) -> Finding:
    advice = "Name the source of its facts, `mk` for general knowledge."
    return line.finding("there are no `sources`.", advice, severity="warning")


def _codes(entry: Entry) -> Iterator[Finding]:
    fields = entry.fields
    yield from _country(entry, fields.country)
    if fields.iso is not None and not _ISO.fullmatch(fields.iso):
        yield entry.finding(
            f"{fields.iso!r} is not an ISO 3166-2 code.", "Write it like IQ-BG.", at=fields.iso
        )
    if fields.wikidata is not None and not _WIKIDATA.fullmatch(fields.wikidata):
        yield entry.finding(
            f"{fields.wikidata!r} is not a Wikidata id.", "Write it like Q796.", at=fields.wikidata
        )
    if (fields.lat is None) != (fields.lon is None):
        yield entry.finding("it has only one of `lat` and `lon`.", "Give both or none.")
    if abs(fields.lat or 0) > _HIGHEST_LATITUDE or abs(fields.lon or 0) > _HIGHEST_LONGITUDE:
        yield entry.finding("the position is not on Earth.", "Give degrees, `lat` up to 90, `lon` up to 180.")


def _country(line: Line, country: str | None) -> Iterator[Finding]:
    if country is not None and not _COUNTRY.fullmatch(country):
        yield line.finding(f"{country!r} is not an ISO 3166-1 alpha-2 code.", "Write it like IQ.", at=country)


def _numbers_twice(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield an error for each Wikidata id, GeoNames id or ISO code that an earlier entry has too."""
    seen: dict[tuple[str, object], str] = {}
    for entry in entries:
        for field in ("wikidata", "geonames", "iso"):
            number = getattr(entry.fields, field)
            if number is not None and seen.setdefault((field, number), entry.id) != entry.id:
                other = seen[field, number]
                yield entry.finding(
                    f"{field} {number!r} is also that of {other!r}.", "Correct one of the two."
                )


def _titles_twice(offices: Sequence[OfficeLine]) -> Iterator[Finding]:
    """Yield a warning for each title that two offices of one country have."""
    by_title: dict[tuple[str | None, str], list[OfficeLine]] = defaultdict(list)
    for office in offices:
        for title in dict.fromkeys(office.fields.titles):
            by_title[office.fields.country, title].append(office)
    for (_, title), known in by_title.items():
        for office in known[1:]:
            message = f"the title {title!r} is also that of {known[0].id!r}."
            advice = "Give each office its own titles."
            yield office.finding(message, advice, at=title, severity="warning")


def _unused_contexts(entries: Entries[Entry], contexts: Collection[str], path: Path) -> Iterator[Finding]:
    used = {EVERY_FACTION, EVERY_SURNAME}
    used |= {when for entry in entries.readable for when in (entry.fields.name_when, *entry.fields.context)}
    for context in contexts:
        if context not in used and not entries.may_contain(context):
            message = f"no entry uses the context {context!r}."
            yield Finding(path, line_at(path, (context,)), "warning", message, "Use it, or remove it.")
