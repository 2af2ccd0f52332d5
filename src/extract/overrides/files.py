"""Reads the files with corrections: TOML with `[[override]]` entries, or CSV with the same columns."""

import csv
import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from extract.errors import OverrideError
from extract.knowledge import Finding
from extract.model import Label, QuoteType, SectionKind, TimexRelation
from extract.overrides.entries import NO_OVERRIDES, Dropped, Override, Overrides, Scope, in_order
from extract.overrides.words import same_letters
from extract.reading.names import absolute, address_of, is_stdin
from extract.reading.sources import input_folder

if TYPE_CHECKING:  # a run with nothing to do has none
    from extract.lexicon import Lexicon

FOLDER = "overrides"
# What an entry may say is right: one of these alone, or one of the pairs.
FIELDS = (
    *("entity", "label", "name", "split", "speaker", "quote", "value", "relation", "section"),
    *("published", "drop"),
)
_PAIRS = ({"entity", "label"}, {"name", "label"}, {"quote", "speaker"}, {"value", "relation"})
_OF_AN_ARTICLE = ("start", "speaker", "quote", "section")
_RECORD = ("by", "on", "why")
_SEPARATORS = ",;\t"  # of CSV files: spreadsheets of some countries write semicolons
_NOTE = "#"  # first letter of a column of a CSV file that is only for the reader
_HEADER = re.compile(r"\s*\[\[\s*override\s*\]\]")
_AT_LINE = re.compile(r"at line (\d+)")
# Values that are no days, as the finder writes them: references, durations, sets, days with unknown parts
# or a clock (`XXXX-WXX-1TEV`), and years before Christ.
_COUNT = r"(\d+(\.\d+)?|X)"
_PART = r"-([\dX]{1,2}|W[\dX]{2}|WE|[QH][\dX]|SP|SU|FA|WI)"
_OPEN_VALUE = re.compile(
    rf"(PAST|PRESENT|FUTURE)_REF|P(?=[\dXT])({_COUNT}[YQMWDEC])*(T({_COUNT}[HMS])+)?"
    rf"|(BC)?[\dX]{{2,4}}({_PART}){{0,2}}|(BC)?[\dX]{{4}}({_PART}){{2}}T(\d\d(:\d\d){{0,2}}|[A-Z]{{2}})"
)
_NO_CLOCK = re.compile(r"T(2[5-9]|[3-9]\d)|:[6-9]")
_GUARDED = re.compile(r"^'(?=\s*[=+\-@])")
_ADVICE = "docs/overrides.md explains what an entry may contain."


class _Entry(BaseModel):
    """One entry as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article: str | None = None
    outlet: str | None = None
    after: date | None = None
    before: date | None = None
    text: str = ""
    start: Annotated[int, Field(ge=0)] | None = None
    entity: str | None = None
    label: Label | None = None
    name: Annotated[str, Field(min_length=1)] | None = None
    split: tuple[str, ...] = ()
    speaker: str | tuple[str, ...] | None = None
    quote: QuoteType | None = None
    value: str | None = None
    relation: TimexRelation | Literal[""] | None = None
    section: SectionKind | None = None
    published: date | None = None
    drop: bool | Dropped = False
    why: str = ""
    by: str = ""
    on: date | str = ""

    @field_validator("split", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """Return the names of a CSV cell, which stand between semicolons."""
        if not isinstance(value, str):
            return value
        return tuple(name for one in value.split(";") if (name := one.strip()))

    @field_validator("speaker", mode="after")
    @classmethod
    def _one_or_several(cls, value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
        """Return those who speak together, whom a CSV cell has between semicolons, as a tuple."""
        names = value.split(";") if isinstance(value, str) else value or ()
        told = tuple(name for one in names if (name := " ".join(one.split())))
        if isinstance(value, tuple) and not told:
            raise ValueError('nobody is `""`')
        return told if len(told) > 1 else value if value is None else "".join(told)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        """Check that the entry says what is right, and where."""
        given = {name for name in FIELDS if getattr(self, name) not in (None, False, ())}
        if given not in _PAIRS and len(given) != 1:
            found = ", ".join(sorted(given)) or "none"
            raise ValueError(f"exactly one of {', '.join(FIELDS)} must be given; found {found}")
        if self.published is not None and (self.article is None or self.text):
            raise ValueError("`published` needs `article` and no `text`")
        if self.published is None and not self.text.split():
            raise ValueError("`text`, the words to be corrected, is missing")
        for name in _OF_AN_ARTICLE:
            if getattr(self, name) is not None and self.article is None:
                raise ValueError(f"`{name}` needs `article`")
        if self.after is not None and self.before is not None and self.after >= self.before:
            raise ValueError("no day is both from `after` on and before `before`")
        if self.value is not None and not _is_value(self.value):
            raise ValueError(f"{self.value!r} is no TIMEX3 value, such as 2021-07-28, 2021-07 or PAST_REF")
        if self.split and not _are_parts(self.split, self.text):
            raise ValueError("`split` needs two or more names that stand in `text`, in its order")
        return self


def _are_parts(names: Sequence[str], text: str) -> bool:
    """Return whether two or more names stand in a text one after another."""
    between = r"(?!\w).*(?<!\w)".join(re.escape(" ".join(name.split())) for name in names)
    return len(names) > 1 and re.search(between, " ".join(text.split())) is not None


def _is_value(value: str) -> bool:
    # A run with nothing to do needs no dates.
    from extract.dates.timex.ranges import days_of  # noqa: PLC0415

    if not value.startswith("P") and _NO_CLOCK.search(value):  # a period may have 48 hours: PT48H
        return False
    is_closed = value[:1].isdigit() and "X" not in value  # it names days, which must be in the calendar
    return days_of(value) is not None or (not is_closed and _OPEN_VALUE.fullmatch(value) is not None)


def overrides_beside(inputs: Sequence[Path]) -> Path | None:
    """Return the folder with corrections that belongs to the inputs: overrides/ beside the first of them."""
    folder = place_beside(inputs[0]) if inputs else None
    return folder if folder is not None and folder.is_dir() else None


def place_beside(source: Path) -> Path | None:
    """Return where the corrections of an input are looked for; None if it is no file or folder."""
    if is_stdin(source) or address_of(os.fspath(source)):
        return None
    return Path(absolute(input_folder(source))).parent / FOLDER  # `.` has no parent of its own


def load_overrides(folder: Path | None, lexicon: "Lexicon | None" = None) -> Overrides:
    """Return the corrections in the files of a folder.

    Args:
        folder: A folder with .toml and .csv files; None, or one that does not exist, has none.
        lexicon: Knows the ids of entities; without it they are not checked.

    Raises:
        OverrideError: An entry is invalid; the message names file and line.
    """
    if folder is None or not folder.is_dir():
        return NO_OVERRIDES
    entries = []
    for one in _read_folder(folder, lexicon):
        if isinstance(one, Finding):
            raise OverrideError(f"{one.path}:{one.line}: {one.message}", advice=one.advice)
        entries.append(one)
    return in_order(entries)


def check_entities(overrides: Overrides, folder: Path | None, models_dir: Path) -> None:
    """Check the ids of entities that corrections name.

    Ids alone are read in a tenth of a second; the lexicon, only to say what is wrong.

    Args:
        overrides: The corrections, read without a lexicon.
        folder: Where they were read.
        models_dir: The models/ folder.

    Raises:
        OverrideError: An id is unknown, or its label is another one; the message names file and line.
    """
    named = [one for one in overrides.entries if one.entity]
    if not named:
        return
    from extract.lexicon.lines import read_entries  # noqa: PLC0415 - most runs have nothing to check

    known = {entry.id for entry in read_entries(models_dir / "lexicon", None).readable}
    if any(one.entity not in known or one.label for one in named):
        from extract.lexicon import load_lexicon  # noqa: PLC0415

        load_overrides(folder, load_lexicon(models_dir))


def check_overrides(folder: Path, lexicon: "Lexicon") -> tuple[Finding, ...]:
    """Return everything that is wrong in the files of a folder, one finding per fault."""
    return tuple(sorted(one for one in _read_folder(folder, lexicon) if isinstance(one, Finding)))


def fault_of(fields: Mapping[str, object]) -> str:
    """Return what is wrong with a correction that is to be written; empty if nothing is."""
    try:
        _Entry.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        return " ".join(map(_fault, error.errors()))
    return ""


def _read_folder(folder: Path, lexicon: "Lexicon | None") -> Iterator[Override | Finding]:
    """Yield the entries of all files; a finding instead of each that is invalid."""
    known: dict[object, list[Override]] = defaultdict(list)
    for path in sorted(file for file in folder.rglob("*") if file.suffix in {".toml", ".csv"}):
        for line, entry in _read_file(path):
            if isinstance(entry, str):
                yield Finding(path, line, "error", entry, _ADVICE)
                continue
            one = _override(path, line, entry)
            place = known[one.scope, same_letters(one.text), one.start]
            rival = next(filter(one.is_rival, place), None)
            place.append(one)
            fault = _unknown(one, lexicon) or (
                f"{rival.place} corrects the same words in the same places." if rival else ""
            )
            yield Finding(path, line, "error", fault, "Keep one of them.") if fault else one


def _read_file(path: Path) -> Iterator[tuple[int, _Entry | str]]:
    """Yield the entries of a file with their lines; the fault instead of each that is invalid."""
    try:
        rows = list(_toml_rows(path) if path.suffix == ".toml" else _csv_rows(path))
    except (ValueError, csv.Error) as error:  # TOMLDecodeError, UnicodeDecodeError
        at = _AT_LINE.search(str(error))
        yield int(at[1]) if at else 1, f"The file cannot be read: {error}."
        return
    for line, row in rows:
        try:
            yield line, _Entry.model_validate(row)
        except ValidationError as error:
            yield line, " ".join(map(_fault, error.errors()))


def _fault(error: Mapping[str, Any]) -> str:
    where = f"`{error['loc'][0]}`: " if error["loc"] else ""
    return f"{where}{error['msg'].removeprefix('Value error, ')}."


def _toml_rows(path: Path) -> Iterator[tuple[int, Any]]:
    text = path.read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    unknown = sorted(tables.keys() - {"override"})
    if unknown:
        raise ValueError(f"`{unknown[0]}` is unknown; entries begin with [[override]]")
    entries = tables.get("override", [])
    yield from zip(lines or [1] * len(entries), entries, strict=False)


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file; empty cells say nothing, and `-` stands for nobody or nothing.

    In a worksheet, which has columns for the reader, a row without a decision says nothing either.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        reader = csv.DictReader(file, delimiter=_separator(head))
        is_worksheet = any((name or "").startswith(_NOTE) for name in reader.fieldnames or ())
        for row in reader:
            cells = {name: cell for name, cell in row.items() if name and cell and cell.strip()}
            said = {name: cell for name, cell in cells.items() if not name.startswith(_NOTE)}
            if said and not (is_worksheet and said.keys().isdisjoint(FIELDS)):
                yield reader.line_num, {name: _cell(cell) for name, cell in said.items()}


def _separator(head: str) -> str:
    """Return what stands between the columns of a CSV file: what yields most that are known."""

    def known(separator: str) -> int:
        names = next(csv.reader([head], delimiter=separator), [])
        return len(_Entry.model_fields.keys() & names)

    return max(_SEPARATORS, key=known)


def _cell(cell: str) -> str:
    """Return what a cell says, without the apostrophe before what a spreadsheet takes for a formula."""
    return "" if cell == "-" else _GUARDED.sub("", cell)


def _override(path: Path, line: int, entry: _Entry) -> Override:
    return Override(
        path=path,
        line=line,
        scope=Scope(entry.article, entry.outlet, entry.after, entry.before),
        text=" ".join(entry.text.split()),
        start=entry.start,
        entity=entry.entity,
        label=entry.label,
        name=entry.name,
        split=tuple(" ".join(name.split()) for name in entry.split),
        speaker=(entry.speaker,) if isinstance(entry.speaker, str) else entry.speaker,
        quote=entry.quote,
        value=entry.value,
        relation=entry.relation,
        section=entry.section,
        published=entry.published,
        drop=entry.drop,
        record={name: str(said) for name in _RECORD if (said := getattr(entry, name))},
    )


def _unknown(override: Override, lexicon: "Lexicon | None") -> str:
    """Return what is wrong with the entity of a correction; empty if nothing is."""
    if not override.entity or lexicon is None:
        return ""
    entity = lexicon.entities.get(override.entity)
    if entity is None:
        return f"The lexicon has no entity {override.entity!r}."
    if override.label is not None and override.label != entity.label:
        return f"{override.entity} is a {entity.label}, not a {override.label}."
    return ""
