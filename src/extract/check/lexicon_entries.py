"""The check of the whole lexicon: all findings with file and line, where loading stops at the first error."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from extract.check.lexicon_names import KnownNames, name_findings
from extract.errors import LexiconError
from extract.knowledge import Finding, finding_from, line_of
from extract.lexicon.english import english_words
from extract.lexicon.entries import EVERY_FACTION, EVERY_SURNAME
from extract.lexicon.keys import match_key
from extract.lexicon.lines import Entry, Line, OfficeLine, read_entries, read_offices
from extract.lexicon.load import FOLDER
from extract.lexicon.name_index import index_of, names_of, spelling_for
from extract.lexicon.rules import broken_rules
from extract.lexicon.word_lists import read_contexts, read_labels, read_words

__all__ = ["Finding", "check_lexicon"]

_COUNTRY = re.compile(r"[A-Z]{2}")
_ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_HIGHEST_LATITUDE, _HIGHEST_LONGITUDE = 90, 180

_Read = TypeVar("_Read")
_Line = TypeVar("_Line", Entry, OfficeLine)


def check_lexicon(models_dir: Path) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful in the lexicon, by file and line.

    Where a file of word lists or labels is broken, only what can be told without it is checked.

    Args:
        models_dir: The project's models/ folder.
    """
    return tuple(sorted(set(_check(models_dir / FOLDER))))


def _check(folder: Path) -> Iterator[Finding]:
    labels = yield from _read(read_labels, folder / "kinds.toml")
    if labels is None:
        return
    entries = yield from _sound(read_entries(folder, labels))
    offices = yield from _sound(read_offices(folder))
    yield from _facts(entries, offices)

    spelling = yield from _read(lambda path: spelling_for(entries, path.parent), folder / "spellings.toml")
    if spelling is None:
        return
    contexts = yield from _read(lambda path: read_contexts(path, spelling), folder / "contexts.toml")
    if contexts is not None:
        yield from broken_rules(entries, offices, contexts)
        yield from _idle_contexts(entries, contexts, folder / "contexts.toml")
    words = yield from _read(lambda path: read_words(path, spelling), folder / "names.toml")
    if words is None:
        return
    by_id = {entry.id: entry for entry in entries if match_key(entry.fields.name)}
    names = (name for entry in by_id.values() for name in names_of(entry, labels, words))
    index = index_of(names, spelling)
    yield from name_findings(KnownNames(by_id, index, spelling, english_words(), words.given_names))


def _read(read: Callable[[Path], _Read], path: Path) -> Generator[Finding, None, _Read | None]:
    """Return what a file holds; where it is broken, yield the finding and return None."""
    try:
        return read(path)
    except LexiconError as error:
        yield finding_from(error, path)
        return None


def _sound(lines: Iterable[_Line | Finding]) -> Generator[Finding, None, list[_Line]]:
    """Return the lines that can be read; yield the findings."""
    sound = []
    for line in lines:
        if isinstance(line, Finding):
            yield line
        else:
            sound.append(line)
    return sound


def _facts(entries: Sequence[Entry], offices: Sequence[OfficeLine]) -> Iterator[Finding]:
    """Yield what is wrong with codes, positions, numbers, sources and titles."""
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


def _without_source(line: Line) -> Finding:
    advice = "Add where its facts come from, `mk` for general knowledge."
    return line.finding("there are no `sources`.", advice, severity="warning")


def _codes(entry: Entry) -> Iterator[Finding]:
    fields = entry.fields
    yield from _country(entry, fields.country)
    if fields.iso is not None and not _ISO.fullmatch(fields.iso):
        yield entry.finding(f"{fields.iso!r} is no ISO 3166-2 code.", "Write it like IQ-BG.", at=fields.iso)
    if fields.wikidata is not None and not _WIKIDATA.fullmatch(fields.wikidata):
        yield entry.finding(
            f"{fields.wikidata!r} is no Wikidata id.", "Write it like Q796.", at=fields.wikidata
        )
    if (fields.lat is None) != (fields.lon is None):
        yield entry.finding("only one of `lat` and `lon` is there.", "Give both or none.")
    if abs(fields.lat or 0) > _HIGHEST_LATITUDE or abs(fields.lon or 0) > _HIGHEST_LONGITUDE:
        yield entry.finding("the position is not on Earth.", "Give degrees, `lat` up to 90, `lon` up to 180.")


def _country(line: Line, country: str | None) -> Iterator[Finding]:
    if country is not None and not _COUNTRY.fullmatch(country):
        yield line.finding(f"{country!r} is no ISO 3166-1 alpha-2 code.", "Write it like IQ.", at=country)


def _numbers_twice(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield an error for each Wikidata id, GeoNames number or ISO code that an earlier entry has."""
    seen: dict[tuple[str, object], str] = {}
    for entry in entries:
        for field in ("wikidata", "geonames", "iso"):
            number = getattr(entry.fields, field)
            if number is not None and seen.setdefault((field, number), entry.id) != entry.id:
                other = seen[field, number]
                yield entry.finding(f"{field} {number!r} is that of {other!r} too.", "Mend one of the two.")


def _titles_twice(offices: Sequence[OfficeLine]) -> Iterator[Finding]:
    """Yield a warning for each title that two offices of one country have."""
    by_title: dict[tuple[str | None, str], list[OfficeLine]] = defaultdict(list)
    for office in offices:
        for title in dict.fromkeys(office.fields.titles):
            by_title[office.fields.country, title].append(office)
    for (_, title), known in by_title.items():
        for office in known[1:]:
            message = f"the title {title!r} is that of {known[0].id!r} too."
            advice = "Give each office titles of its own."
            yield office.finding(message, advice, at=title, severity="warning")


def _idle_contexts(entries: Sequence[Entry], contexts: Collection[str], path: Path) -> Iterator[Finding]:
    used = {EVERY_FACTION, EVERY_SURNAME}
    used |= {when for entry in entries for when in (entry.fields.name_when, *entry.fields.context)}
    for context in contexts:
        if context not in used:
            message = f"no entry uses the context {context!r}."
            yield Finding(path, line_of(path, context), "warning", message, "Remove it, or use it.")
