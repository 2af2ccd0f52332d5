"""What a search asks of the view `statements`, as SQL."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from extract.errors import QueryError
from extract.query.names import Names

_SPEAKER = "list_contains(speaker_ids, ?)"
_ABOUT = "list_contains(about, ?)"
_FACTION = "list_contains(list_concat(behalf, member_of), ?)"
_OUTLET = "contains(folded(outlet), trim(folded(?)))"
_WORD = "contains(folded(words), folded(?))"
_SINCE = "day >= ?"
_UNTIL = "day <= ?"


class Filter(NamedTuple):
    """A condition on a statement, with the value for its question mark."""

    condition: str
    value: str | date


class Search(NamedTuple):
    """What a statement must meet: all of these that are given; `Tables.search` explains them."""

    words: str | Sequence[str] = ""
    speaker: str | None = None
    about: str | None = None
    faction: str | None = None
    outlet: str | None = None
    since: date | str | None = None
    until: date | str | None = None

    @property
    def whenever(self) -> "Search":
        """The same, whatever the day."""
        return self._replace(since=None, until=None)

    def filters(self, names: Names) -> list[Filter]:
        """Return the conditions.

        Raises:
            QueryError: A name or a day is not understood.
        """
        return [*self._words(), *self._actors(names), *self._places_and_days()]

    def _words(self) -> Iterator[Filter]:
        words = self.words.split() if isinstance(self.words, str) else self.words
        yield from (Filter(_WORD, word) for word in words if word.strip())

    def _actors(self, names: Names) -> Iterator[Filter]:
        for condition, wanted in ((_SPEAKER, self.speaker), (_ABOUT, self.about), (_FACTION, self.faction)):
            if wanted is not None:
                yield Filter(condition, names.id_of(wanted))

    def _places_and_days(self) -> Iterator[Filter]:
        if self.outlet is not None:
            yield Filter(_OUTLET, self.outlet)
        if self.since is not None:
            yield Filter(_SINCE, day(self.since))
        if self.until is not None:
            yield Filter(_UNTIL, day(self.until, last=True))


def day(given: date | str, *, last: bool = False) -> date:
    """Return the first or the last day of a day, month or year.

    >>> day("2021-07"), day("2021-07", last=True), day("2021-07-28")
    (datetime.date(2021, 7, 1), datetime.date(2021, 7, 31), datetime.date(2021, 7, 28))

    Raises:
        QueryError: It is none.
    """
    if isinstance(given, date):
        return given
    try:
        numbers = [int(part) for part in given.split("-")]
        return (_last if last else _first)(*numbers)
    except (TypeError, ValueError) as error:
        raise QueryError(
            f"{given!r} is no day.", advice="Write it as 2021-07-28; 2021-07 is a month, 2021 a year."
        ) from error


def _first(year: int, month: int = 1, day_: int = 1) -> date:
    return date(year, month, day_)


def _last(year: int, month: int = 12, day_: int | None = None) -> date:
    if day_ is not None:
        return date(year, month, day_)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
