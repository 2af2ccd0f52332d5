"""Reading of the lexicon's entry lines: actors, places, outlets, organisations and offices."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import LexiconError
from extract.knowledge import Finding, FindingSeverity, finding_from, line_of, read_toml
from extract.lexicon.entries import ALWAYS, Role
from extract.lexicon.offices import Term
from extract.model import Label

OFFICES_FILE = "offices.toml"
_NAMED_FILES = ("outlets.toml", "organisations.toml")
_TERM = re.compile(r"(?P<id>\S+)(?:\s+(?P<first>[\d-]*)\.\.(?P<last>[\d-]*))?")
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)
# A factory: pydantic copies a plain default deeply, which takes a fifth of the loading time.
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
    """Where something stands: its file and its id there."""

    path: Path
    id: str

    def finding(
        self, message: str, advice: str, *, at: str = "", severity: FindingSeverity = "error"
    ) -> Finding:
        """Return a finding on this line, or on that of the string `at` in it."""
        return Finding(self.path, line_of(self.path, self.id, at), severity, message, advice)


@dataclass(frozen=True, slots=True)
class Entry(Line):
    """One actor, place, outlet or organisation as the file has it."""

    kind: str
    role: Role
    fields: EntryFields


@dataclass(frozen=True, slots=True)
class OfficeLine(Line):
    """One office as the file has it."""

    fields: OfficeFields


def read_entries(folder: Path, labels: Mapping[str, Label]) -> Iterator[Entry | Finding]:
    """Yield the entries of all files, and in its place a finding for each that cannot be read."""
    files: list[tuple[Path, Role]] = [(path, "actor") for path in sorted(folder.glob("actors/*.toml"))]
    files += [(folder / "places.toml", "place")]
    files += [(folder / name, "named") for name in _NAMED_FILES]
    for path, role in files:
        tables = toml_or_finding(path)
        if isinstance(tables, Finding):
            yield tables
            continue
        for kind, table in tables.items():
            if kind not in labels:
                advice = "Mend its name, or add it to kinds.toml."
                yield Line(path, kind).finding(f"the kind {kind!r} has no label.", advice)
                continue
            for entry_id, raw in table.items():
                fields = _read_fields(EntryFields, raw, Line(path, entry_id))
                yield fields if isinstance(fields, Finding) else Entry(path, entry_id, kind, role, fields)


def read_offices(folder: Path) -> Iterator[OfficeLine | Finding]:
    """Yield the offices, and in its place a finding for each that cannot be read."""
    path = folder / OFFICES_FILE
    tables = toml_or_finding(path)
    if isinstance(tables, Finding):
        yield tables
        return
    for office_id, raw in tables.get("office", {}).items():
        fields = _read_fields(OfficeFields, raw, Line(path, office_id))
        yield fields if isinstance(fields, Finding) else OfficeLine(path, office_id, fields)


def toml_or_finding(path: Path) -> dict[str, Any] | Finding:
    """Return the tables of a file, or what keeps it from being read."""
    try:
        return read_toml(path)
    except LexiconError as error:
        return finding_from(error, path)


def term_of(value: str) -> Term:
    """Return `id FROM..TO` as a term; the dates may be missing.

    >>> term_of("haider-al-abadi 2014-09-08..2018-10")
    Term(entity_id='haider-al-abadi', first='2014-09-08', last='2018-10')
    """
    match = _TERM.fullmatch(value)
    if match is None:
        return Term(value, None, None)
    return Term(match["id"], match["first"] or None, match["last"] or None)


def _read_fields(model: type[_Fields], raw: Any, line: Line) -> _Fields | Finding:  # noqa: ANN401 - whatever the file holds
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or line.id
        head = OFFICES_FILE if model is OfficeFields else "actors/armed_factions.toml"
        return line.finding(f"{field}: {first['msg']}.", f"The fields are explained at the head of {head}.")
