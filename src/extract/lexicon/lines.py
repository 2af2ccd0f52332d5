"""Reads the entries of the lexicon: actors, places, outlets, organisations and offices."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.knowledge import Finding, FindingSeverity, check_toml, line_at
from extract.lexicon.entries import ALWAYS, Role
from extract.lexicon.offices import Term
from extract.model import Label

OFFICES_FILE = "offices.toml"
OFFICES_TABLE = "office"
AS_OF = "as_of"
# All of these must exist, because entries refer to each other; actors/ may contain more files.
_ACTOR_FILES = frozenset(
    f"actors/{name}.toml" for name in ("armed_factions", "foreign", "government", "parties", "persons")
)
_OTHER_FILES: Mapping[str, Role] = {
    "places.toml": "place",
    "outlets.toml": "named",
    "organisations.toml": "named",
}
_TERM = re.compile(r"(?P<id>\S+)(?:\s+(?P<first>[\d-]*)\.\.(?P<last>[\d-]*))?")
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)
# A default factory, because deep copies of a plain default would take a fifth of the loading time.
_Names = Annotated[list[str], Field(default_factory=list)]


class EntryFields(BaseModel):
    """The fields of one entry; actors/armed_factions.toml explains them."""

    model_config = _STRICT

    name: str
    name_when: str = ALWAYS
    label: Label | None = None
    also_kinds: _Names
    country: str | None = None
    arabic: str | None = None
    wikidata: str | None = None
    role: str | None = None
    aliases: _Names
    introduced: _Names
    context: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    demonyms: _Names
    never: _Names
    common: _Names
    part_of: _Names
    leaders: _Names
    entity: str | None = None
    lat: float | None = None
    lon: float | None = None
    iso: str | None = None
    geonames: int | None = None
    sources: _Names
    unsure: bool = False


class OfficeFields(BaseModel):
    """The fields of one office; offices.toml explains them."""

    model_config = _STRICT

    name: str
    titles: list[str]
    country: str | None = None
    body: str | None = None
    holders: _Names
    shared: bool = False
    sources: _Names
    unsure: bool = False


_Fields = TypeVar("_Fields", EntryFields, OfficeFields)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry's file and its place there.

    Attributes:
        keys: The table that it is in, then its own key.
    """

    path: Path
    keys: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its key in its table."""
        return self.keys[-1]

    @property
    def number(self) -> int:
        """The number of the line."""
        return line_at(self.path, self.keys)

    def finding(
        self, message: str, advice: str, *, at: str = "", severity: FindingSeverity = "error"
    ) -> Finding:
        """Return a finding at the line of the entry, or of the string `at` in it."""
        return Finding(self.path, line_at(self.path, self.keys, at), severity, message, advice)


@dataclass(frozen=True, slots=True)
class Entry(Line):
    """One actor, place, outlet or organisation as its file describes it."""

    role: Role
    fields: EntryFields

    @property
    def kind(self) -> str:
        """Its table, which is the kind of entity."""
        return self.keys[0]


@dataclass(frozen=True, slots=True)
class OfficeLine(Line):
    """One office as its file describes it."""

    fields: OfficeFields


_Kept = TypeVar("_Kept", Entry, OfficeLine)


@dataclass(slots=True)
class Entries(Generic[_Kept]):
    """The entries of one or more files, and what keeps the others from being read.

    Attributes:
        readable: The valid entries, in the order of the files.
        findings: One per file or entry that cannot be read.
        unreadable: Entries that cannot be read, as they are in TOML, by id.
        has_all_files: Whether every file exists and is valid TOML.
    """

    readable: list[_Kept] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unreadable: dict[str, Any] = field(default_factory=dict)
    has_all_files: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether all entries could be read."""
        return not self.findings

    def checked(self) -> list[_Kept]:
        """Return the entries.

        Raises:
            LexiconError: One cannot be read.
        """
        if self.findings:
            raise self.findings[0].as_error()
        return self.readable

    def may_contain(self, word: str) -> bool:
        """Return whether an entry that cannot be read may contain a word, such as the name of a context."""
        return not self.has_all_files or any(word in str(raw) for raw in self.unreadable.values())

    def reject(self, finding: Finding, entries: Mapping[str, Any] | None = None) -> None:
        """Add a finding and the entries that cannot be read because of it."""
        self.findings.append(finding)
        self.unreadable.update(entries or {})


def read_entries(folder: Path, kinds: Collection[str] | None) -> Entries[Entry]:
    """Read the actors, places, outlets and organisations.

    Args:
        folder: The folder of the lexicon.
        kinds: The kinds of entities; None to accept all.
    """
    entries: Entries[Entry] = Entries()
    for path, role in _entry_files(folder):
        for kind, table in _tables(path, entries):
            if kinds is not None and kind not in kinds:
                advice = "Correct it, or add it to kinds.toml."
                finding = Line(path, (kind,)).finding(f"the kind {kind!r} has no label.", advice)
                entries.reject(finding, {kind: table, **table})
                continue
            for entry_id, raw in table.items():
                keys = (kind, entry_id)
                fields = _read_fields(EntryFields, raw, Line(path, keys))
                if isinstance(fields, Finding):
                    entries.reject(fields, {entry_id: raw})
                else:
                    entries.readable.append(Entry(path, keys, role, fields))
    return entries


def read_offices(folder: Path) -> Entries[OfficeLine]:
    """Read the offices.

    Args:
        folder: The folder of the lexicon.
    """
    offices: Entries[OfficeLine] = Entries()
    path = folder / OFFICES_FILE
    for name, table in _tables(path, offices, settings=(AS_OF,)):
        if name != OFFICES_TABLE:
            advice = f"Move its offices to [{OFFICES_TABLE}]."
            offices.reject(Line(path, (name,)).finding(f"the table {name!r} is unknown.", advice))
            continue
        for office_id, raw in table.items():
            keys = (name, office_id)
            fields = _read_fields(OfficeFields, raw, Line(path, keys))
            if isinstance(fields, Finding):
                offices.reject(fields, {office_id: raw})
            else:
                offices.readable.append(OfficeLine(path, keys, fields))
    return offices


def read_as_of(folder: Path) -> str | Finding:
    """Read the day up to which the terms of office are known, as ISO text.

    Args:
        folder: The folder of the lexicon.
    """
    path = folder / OFFICES_FILE
    tables = check_toml(path)
    if isinstance(tables, Finding):
        return tables
    as_of = tables.get(AS_OF)
    if type(as_of) is date:
        return as_of.isoformat()
    advice = "Write the day on which the terms were last checked, like as_of = 2026-06-30, above the tables."
    return Finding(path, line_at(path, (AS_OF,)), "error", f"{AS_OF} is not a date: {as_of!r}.", advice)


def _entry_files(folder: Path) -> Iterator[tuple[Path, Role]]:
    found = {path.relative_to(folder).as_posix() for path in folder.glob("actors/*.toml")}
    for name in sorted(found | _ACTOR_FILES):
        yield folder / name, "actor"
    for name, role in _OTHER_FILES.items():
        yield folder / name, role


def _tables(
    path: Path, entries: Entries[Any], settings: Collection[str] = ()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tables of a file by name, without its settings; add a finding for what cannot be read."""
    tables = check_toml(path)
    if isinstance(tables, Finding):
        entries.reject(tables)
        entries.has_all_files = False
        return
    for name, table in tables.items():
        if isinstance(table, dict):
            yield name, table
        elif name not in settings:
            advice = "Move it into the entry that it belongs to."
            entries.reject(Line(path, (name,)).finding(f"{name!r} is not a table of entries.", advice))


def term_of(value: str) -> Term:
    """Return the term written as `id FROM..TO`; the dates may be missing.

    >>> term_of("haider-al-abadi 2014-09-08..2018-10")
    Term(entity_id='haider-al-abadi', first='2014-09-08', last='2018-10')
    """
    match = _TERM.fullmatch(value)
    if match is None:
        return Term(value, None, None)
    return Term(match["id"], match["first"] or None, match["last"] or None)


def _read_fields(model: type[_Fields], raw: Any, line: Line) -> _Fields | Finding:  # noqa: ANN401 - unchecked TOML
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or line.id
        head = OFFICES_FILE if model is OfficeFields else "actors/armed_factions.toml"
        return line.finding(f"{name}: {first['msg']}.", f"The fields are explained at the head of {head}.")
