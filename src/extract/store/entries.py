"""The entries of a manifest, which say what was read from each source and by which pipeline."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

Status = Literal["done", "failed", "noted", "unmatched"]

# No article has an id with a control character: a failed source and an article never share a key.
_SOURCE_MARK = "\x1f"
_SHOWN = 3  # keys in a message


class Entry(NamedTuple):
    """One article, or one source that failed.

    Attributes:
        content_hash: Hash of the processed content.
        fingerprint: Fingerprint of the pipeline that processed it.
        status: `done`: it has a row in `articles`; `failed`: it only has rows in `issues`;
            `noted`: so has a file that was read, with articles of its own;
            `unmatched`: so has a file of corrections, some of which are for articles that are not there.
        source: The file, or `file:line`.
    """

    content_hash: str
    fingerprint: str
    status: Status
    source: str


def source_key(source: str) -> str:
    """Return the manifest key of a source that yielded no article."""
    return f"{_SOURCE_MARK}{source}"


def some_of(keys: Iterable[str]) -> str:
    """Return the first manifest keys for a message, as the ids and sources that they stand for."""
    names = sorted(key.removeprefix(_SOURCE_MARK) for key in keys)
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(map(repr, names[:_SHOWN])) + more


class Entries(Mapping[str, Entry]):
    """Entries by key, sorted by it, in columns: there may be a million.

    To look one up makes objects of all of them, once; `rows` and `replaced` do without.

    Args:
        rows: `SCHEMA`, sorted by key.
    """

    SCHEMA = pa.schema({"key": pa.string(), **dict.fromkeys(Entry._fields, pa.string())})

    def __init__(self, rows: pa.Table) -> None:
        self.rows = rows

    @classmethod
    def of(cls, entries: Mapping[str, Entry]) -> "Entries":
        """Return these entries in columns."""
        if isinstance(entries, cls):
            return entries
        keys = sorted(entries)
        values = [entries[key] for key in keys]
        columns = [pa.array(map(attrgetter(name), values), pa.string()) for name in Entry._fields]
        return cls(pa.table([pa.array(keys, pa.string()), *columns], schema=cls.SCHEMA))

    def column(self, name: str) -> pa.Array:
        """Return a column of `SCHEMA` as one array."""
        return pa.concat_arrays([pa.array([], pa.string()), *self.rows[name].chunks])

    def present(self, keys: Collection[str]) -> frozenset[str]:
        """Return those of the keys that have an entry."""
        is_wanted = pc.is_in(self.rows["key"], pa.array(list(keys), pa.string()))
        return frozenset(self.rows["key"].filter(is_wanted).to_pylist())

    def replaced(self, new: Mapping[str, Entry], gone: Collection[str] = ()) -> "Entries":
        """Return the entries without some, and with new ones in place of those with the same key."""
        if not new and not gone:
            return self
        left = pa.array({*new, *gone}, pa.string())
        kept = self.rows.filter(pc.invert(pc.is_in(self.rows["key"], left)))
        return Entries(pa.concat_tables([kept, Entries.of(new).rows]).sort_by("key"))

    def __getitem__(self, key: str) -> Entry:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Entries):
            return bool(self.rows.equals(other.rows))
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]  # as of every mapping with __eq__

    @cached_property
    def _by_key(self) -> dict[str, Entry]:
        keys, *columns = (column.to_pylist() for column in self.rows.columns)
        with gc_disabled():
            # As `Entry._make` does, which takes three times as long.
            made: Iterator[Entry] = map(tuple.__new__, repeat(Entry), zip(*columns, strict=True))
            return dict(zip(keys, made, strict=True))


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Pause garbage collection, which would repeatedly scan the many long-lived objects created here."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
