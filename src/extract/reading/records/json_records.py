"""The records in JSON: a list of objects wherever it stands, one object, or objects one after the other."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from extract.errors import TooLargeError
from extract.reading.records.columns import Columns
from extract.reading.records.json_values import JsonReader

_DEEPEST = 6  # `{"response": {"docs": [...]}}` is 2
_LOOKED_AT = 3  # items of a list that say what it holds


@dataclass(frozen=True, slots=True)
class Found:
    """A value that may be a record.

    Attributes:
        above: The members of the object whose list holds it, as far as they stand before the list.
    """

    value: object
    above: Mapping[str, object]


def find_records(reader: JsonReader, columns: Columns) -> Iterator[Found]:
    """Yield the records of a file.

    An object that is no article but holds a list of articles, at whatever depth, stands for the list.

    Raises:
        ReadError: The file is not whole JSON.
        TooLargeError: A value is too long to be a record.
    """
    while sign := reader.next_sign():
        if sign == "[":
            for _ in reader.items():
                yield from _inside(reader.value(), columns)
            continue
        try:
            value = reader.value()
        except TooLargeError:  # nothing is taken: it can be gone through member by member
            if sign != "{":
                raise
            yield from _Walk(reader, columns).members({}, 0)
        else:
            yield from _inside(value, columns)


def _inside(value: object, columns: Columns) -> Iterator[Found]:
    """Yield the articles in the lists of an object; the value itself if it is one, or if there is none."""
    if not isinstance(value, dict) or "text" in columns.values_of(value):
        yield Found(value, {})
        return
    found = _listed(value, columns, 0)
    first = next(found, None)
    if first is None:
        yield Found(value, {})
    else:
        yield first
        yield from found


def _listed(value: dict[str, object], columns: Columns, depth: int) -> Iterator[Found]:
    for member in value.values() if depth < _DEEPEST else ():
        if isinstance(member, dict):
            yield from _listed(member, columns, depth + 1)
        elif isinstance(member, list) and _are_articles(member, columns):
            yield from (Found(item, value) for item in member)
        elif isinstance(member, list):
            for item in member:
                if isinstance(item, dict):
                    yield from _listed(item, columns, depth + 1)


def _are_articles(items: list[object], columns: Columns) -> bool:
    return any(columns.is_article(item) for item in islice(items, _LOOKED_AT))


class _Walk:
    """Goes through an object that is too long to be held, for the lists of articles in it."""

    def __init__(self, reader: JsonReader, columns: Columns) -> None:
        self._reader = reader
        self._columns = columns

    def members(self, above: Mapping[str, object], depth: int) -> Generator[Found, None, object]:
        """Yield the articles in the lists of an object, and return what else it holds."""
        members: dict[str, object] = {}
        for key in self._reader.members():
            members[key] = yield from self._value(members, depth + 1)
        return {**above, **members}

    def _value(self, above: Mapping[str, object], depth: int) -> Generator[Found, None, object]:
        sign = self._reader.next_sign()
        if depth < _DEEPEST and sign == "{":
            return (yield from self.members({}, depth))
        if sign == "[":
            return (yield from self._list(above))
        return self._reader.value()

    def _list(self, above: Mapping[str, object]) -> Generator[Found, None, object]:
        for _ in self._reader.items():
            item = self._reader.value()
            if self._columns.is_article(item):
                yield Found(item, above)
            elif isinstance(item, dict):
                yield from _listed(item, self._columns, 0)
        return None
