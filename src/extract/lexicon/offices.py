"""Offices and leaderships: who held which when, and how texts call them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.lexicon.keys import Spelling

_PREPOSITIONS = frozenset({"of", "to", "in", "for"})
_STAND_INS = frozenset({"deputy", "vice", "first", "second", "assistant", "former"})


@dataclass(frozen=True, slots=True)
class Term:
    """That an actor holds an office, leads another or belongs to it, for a time.

    Attributes:
        entity_id: Who holds or leads; what is belonged to.
        first: First year, month or day as ISO text; None where it is not known.
        last: Last year, month or day, itself included; None where it is open or not known.
    """

    entity_id: str
    first: str | None
    last: str | None

    def covers(self, day: str) -> bool:
        """Return whether the term may hold on a day; a border given as a year holds all through that year.

        >>> term = Term("haider-al-abadi", "2014-09-08", "2018")
        >>> [term.covers(day) for day in ("2014-09-07", "2014-09-08", "2018-12-31", "2019-01-01")]
        [False, True, True, False]
        """
        after_first = self.first is None or day[: len(self.first)] >= self.first
        return after_first and (self.last is None or day[: len(self.last)] <= self.last)


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a state or body with those who held it.

    Attributes:
        country: ISO code of its state; None for an international body's.
        titles: How one writes it, in small letters (`prime minister`, `premier`).
        body: Id of the body that it belongs to.
        terms: Who held it when, in order of time.
        shared: Several persons hold it at once (deputy prime ministers).
    """

    id: str
    name: str
    country: str | None
    titles: tuple[str, ...]
    body: str | None
    terms: tuple[Term, ...]
    shared: bool = False

    def holders_on(self, day: str) -> tuple[str, ...]:
        """Return the ids of those who may have held the office on an ISO day."""
        return tuple(dict.fromkeys(term.entity_id for term in self.terms if term.covers(day)))


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Words in and around the titles of offices, as match keys (see models/lexicon/names.toml, `roles`).

    Attributes:
        leaders: Titles of whoever leads a party, force or body; the terms stand in its own entry.
        current: Words before a title that change nothing.
        past: Words that say that the person holds it no longer; `others` that another office is meant.
        ranks: Ranks of those who hold commands; `commands` are the titles of these.
    """

    leaders: frozenset[str] = frozenset()
    current: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    commands: frozenset[str] = frozenset()

    @property
    def not_holding(self) -> frozenset[str]:
        """Words that say that the person does not hold the office that follows."""
        return self.past | self.others


def offices_by_title(offices: Iterable[Office], spelling: Spelling) -> dict[str, tuple[Office, ...]]:
    """Return match key of a title -> the offices that are called so."""
    by_title: dict[str, list[Office]] = {}
    for office in offices:
        for key in dict.fromkeys(spelling.key(title) for title in office.titles):
            by_title.setdefault(key, []).append(office)
    return {key: tuple(called) for key, called in by_title.items()}


def offices_by_kind(by_title: Mapping[str, Sequence[Office]]) -> dict[str, tuple[Office, ...]]:
    """Return shorter title -> the offices that it may be short for (ambassador: ambassador to Iraq)."""
    by_kind: dict[str, dict[str, Office]] = {}
    for title, offices in by_title.items():
        for kind in _kinds_of(title.split()):
            by_kind.setdefault(kind, {}).update((office.id, office) for office in offices)
    return {kind: tuple(offices.values()) for kind, offices in by_kind.items()}


def _kinds_of(title: Sequence[str]) -> Iterator[str]:
    """Yield the shorter forms of a title: before its preposition, and without its first words.

    A deputy is no minister: after such a word nothing is left out.
    """
    end = next((index for index, word in enumerate(title) if word in _PREPOSITIONS), len(title))
    for start in range(end):
        if start or end < len(title):
            yield " ".join(title[start:end])
        if title[start] in _STAND_INS:
            return
