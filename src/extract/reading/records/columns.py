"""Which column of a table, or key of a record, holds which field of an article."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator

from extract.errors import SettingsError
from extract.knowledge import KnowledgeFile, SmallWords, SomeWords, read_shaped
from extract.printable import printable
from extract.settings import default_models_dir

COLUMNS = "columns.toml"

Field = Literal["text", "title", "published", "outlet", "author", "url", "language", "id", "summary"]
FIELDS: tuple[Field, ...] = get_args(Field)

_IGNORED = re.compile(r"[\s_\-\ufeff]+")
_DEEPEST = 5  # of values inside values
_LONGEST_EMPTY = 10
_MOST_COLUMNS_SHOWN = 12
_MOST_LAYOUTS = 1000

ColumnPath = tuple[str, str]
"""A column as written, and the path of keys inside its value; empty for the value itself."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"it is no regular expression: {error}") from None
    return pattern


class Names(KnowledgeFile):
    """The usual names of the columns of each field."""

    text: SomeWords
    title: SomeWords
    published: SomeWords
    outlet: SomeWords
    author: SomeWords
    url: SomeWords
    language: SomeWords
    id: SomeWords
    summary: SomeWords


class Nested(KnowledgeFile):
    """Keys of records that stand where a value is expected."""

    values: SomeWords
    envelopes: SomeWords


class Values(KnowledgeFile):
    """Values with a meaning of their own."""

    empty: SmallWords
    cut: Annotated[str, AfterValidator(_compiles)]


class ColumnsFile(KnowledgeFile):
    """models/reading/columns.toml."""

    names: Names
    nested: Nested
    values: Values


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of columns, compiled for look-up.

    Attributes:
        names: Field -> the keys of its columns, those that win first.
        inner: Keys of the value proper in a value that is itself a record.
        envelopes: Keys of the article in a record that is only its envelope.
        empty: What programs write for an empty value.
        cut: Matches the end of a text that was cut.
        mapping: Field -> the column that the user names for it, as written.
    """

    names: Mapping[Field, tuple[str, ...]]
    inner: tuple[str, ...]
    envelopes: frozenset[str]
    empty: frozenset[str]
    cut: re.Pattern[str]
    mapping: Mapping[Field, str] = field(default_factory=dict)
    _known: dict[tuple[str, ...], Mapping[Field, tuple[ColumnPath, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def values_of(self, record: Mapping[str, object]) -> dict[Field, object]:
        """Return the fields that a record has, each from the first of its columns that is not empty."""
        record = self.unwrapped(record)
        found = {name: self._first(record, paths) for name, paths in self._paths(tuple(record)).items()}
        return {name: value for name, value in found.items() if value is not None}

    def _paths(self, columns: tuple[str, ...]) -> Mapping[Field, tuple[ColumnPath, ...]]:
        """Return where the fields may stand in records with these columns, which most of a file share."""
        if columns not in self._known:
            if len(self._known) >= _MOST_LAYOUTS:
                self._known.clear()
            spellings: dict[str, list[str]] = {}
            for column in columns:
                spellings.setdefault(column_key(column), []).append(column)
            self._known[columns] = {
                name: tuple(path for key in keys for path in self._paths_of(key, spellings))
                for name, keys in self.names.items()
            }
        return self._known[columns]

    def _paths_of(self, key: str, spellings: Mapping[str, list[str]]) -> Iterator[ColumnPath]:
        """Yield where the value under a key may stand: in its column, inside it, in a column `KEY.name`."""
        yield from ((column, "") for column in spellings.get(key, ()))
        head, _, rest = key.partition(".")
        yield from ((column, rest) for column in spellings.get(head, ()) if rest)
        for part in self.inner:
            yield from ((column, "") for column in spellings.get(f"{key}.{part}", ()))

    def fields_in(self, names: Iterable[str]) -> frozenset[Field]:
        """Return the fields for which there is a column among these names."""
        keys = {part for name in names for part in _starts(column_key(name))}
        return frozenset(
            name for name, known in self.names.items() if any(one.partition(".")[0] in keys for one in known)
        )

    def is_used(self, name: str) -> bool:
        """Return whether a column with this name may hold a field."""
        return bool(self.fields_in((name,))) or name in self.envelopes

    def is_article(self, value: object) -> bool:
        """Return whether a value is a record with a column for the text, be it empty."""
        return isinstance(value, dict) and "text" in self.fields_in(self.unwrapped(value))

    def unwrapped(self, record: Mapping[str, object]) -> Mapping[str, object]:
        """Return the article in an envelope, with what the envelope says beside it."""
        for key, value in record.items():
            if key in self.envelopes and isinstance(value, dict):
                return {**{name: other for name, other in record.items() if name != key}, **value}
        return record

    def is_empty(self, value: object) -> bool:
        """Return whether a value stands for no value: null, NaN, blanks, `None` in a table."""
        if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN
            return True
        if isinstance(value, str):
            return not value.strip() or (len(value) <= _LONGEST_EMPTY and value.strip().lower() in self.empty)
        return isinstance(value, list | dict) and not value

    def proper(self, value: object) -> object:
        """Return the value proper of a value that is itself a record; other values unchanged."""
        for _ in range(_DEEPEST):
            if not isinstance(value, dict):
                return value
            keyed = keyed_values(value)
            value = next((keyed[key] for key in self.inner if not self.is_empty(keyed.get(key))), None)
        return None

    def _first(self, record: Mapping[str, object], paths: Iterable[ColumnPath]) -> object:
        for column, rest in paths:
            value = _look_up(record[column], rest)
            if not self.is_empty(value) and not self.is_empty(self.proper(value)):
                return value
        return None


@lru_cache(maxsize=4096)
def column_key(name: str) -> str:
    """Return the key under which spellings of a column's name are equal.

    >>> column_key("Pub Date"), column_key("pub_date"), column_key("source.Name")
    ('pubdate', 'pubdate', 'source.name')
    """
    return _IGNORED.sub("", name[:200]).casefold() or name


def by_column(names: Iterable[str], cells: Iterable[object]) -> dict[str, object]:
    """Return the cells of a row by column; of two columns with one name the first counts."""
    values: dict[str, object] = {}
    for name, cell in zip(names, cells, strict=False):
        if name:
            values.setdefault(name, cell)
    return values


def keyed_values(record: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a record by the keys of their names; of equal names the first that has a value."""
    keyed: dict[str, object] = {}
    for name, value in record.items():
        key = column_key(str(name))
        if keyed.get(key) in (None, ""):
            keyed[key] = value
    return keyed


def _look_up(value: object, path: str) -> object:
    """Return the value at the end of a path of keys into nested records."""
    for key in path.split(".") if path else ():
        value = keyed_values(value).get(key) if isinstance(value, dict) else None
    return value


def _starts(key: str) -> tuple[str, ...]:
    """Return a key and the record that it leads into: a table may have the column `source.name`."""
    return key, key.partition(".")[0]


def shown_columns(columns: tuple[str, ...]) -> str:
    """Return a sentence that lists columns, the first of them if there are many."""
    if not columns:
        return "There are no columns."
    shown = ", ".join(printable(column[:40]) for column in columns[:_MOST_COLUMNS_SHOWN])
    more = len(columns) - _MOST_COLUMNS_SHOWN
    return f"The columns are: {shown}{f' and {more:,} more' if more > 0 else ''}."


@cache
def _load(folder: Path) -> Columns:
    file = read_shaped(folder / "reading" / COLUMNS, ColumnsFile)
    return Columns(
        names={name: tuple(map(column_key, getattr(file.names, name))) for name in FIELDS},
        inner=tuple(map(column_key, file.nested.values)),
        envelopes=frozenset(file.nested.envelopes),
        empty=frozenset(file.values.empty),
        cut=re.compile(file.values.cut),
    )


def load_columns(models_dir: Path | None = None, mapping: Mapping[str, str] | None = None) -> Columns:
    """Load models/reading/columns.toml.

    Args:
        models_dir: The models folder; the project's own if None.
        mapping: Field -> the name of the column that holds it, which wins over the usual names.

    Raises:
        LexiconError: The file is missing or invalid; the message names the line.
        SettingsError: The mapping names a field that articles do not have.
    """
    usual = _load(models_dir or default_models_dir())
    if not mapping:
        return usual
    chosen = {_field(name): column for name, column in mapping.items()}
    names = {name: _with_first(chosen.get(name), keys) for name, keys in usual.names.items()}
    return Columns(names, usual.inner, usual.envelopes, usual.empty, usual.cut, chosen)


def _field(name: str) -> Field:
    found = next((known for known in FIELDS if known == name.strip().lower()), None)
    if found is None:
        raise SettingsError(
            f"`{printable(name)}` is not a field of an article, so no column can be mapped to it.",
            advice=f"Write --map FIELD=COLUMN with one of the fields {', '.join(FIELDS)}.",
        )
    return found


def _with_first(column: str | None, keys: tuple[str, ...]) -> tuple[str, ...]:
    first = column_key(column) if column else None
    return keys if first is None else (first, *(key for key in keys if key != first))
