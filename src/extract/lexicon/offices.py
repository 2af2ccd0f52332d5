"""Offices and leaderships: who held them and when, and their titles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.lexicon.keys import Spelling


@dataclass(frozen=True, slots=True)
class Term:
    """The time for which an actor holds an office, leads another actor or belongs to it.

    Attributes:
        entity_id: The holder or leader, or the actor to which another one belongs.
        first: First year, month or day as ISO text; None if unknown.
        last: Last year, month or day, inclusive; None if open or unknown.
    """

    entity_id: str
    first: str | None
    last: str | None

    def covers(self, day: str) -> bool:
        """Return whether the term may include a day; a first or last year is included as a whole.

        >>> term = Term("haider-al-abadi", "2014-09-08", "2018")
        >>> [term.covers(day) for day in ("2014-09-07", "2014-09-08", "2018-12-31", "2019-01-01")]
        [False, True, True, False]
        """
        after_first = self.first is None or day[: len(self.first)] >= self.first
        return after_first and (self.last is None or day[: len(self.last)] <= self.last)


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a state or body with its holders.

    Attributes:
        country: ISO code of its state; None for an office of an international body.
        titles: Its titles in lower case (`prime minister`, `premier`).
        body: Id of the body that it belongs to.
        terms: The terms of its holders, in chronological order.
        shared: Whether several persons hold it at the same time (deputy prime ministers).
    """

    id: str
    name: str
    country: str | None
    titles: tuple[str, ...]
    body: str | None
    terms: tuple[Term, ...]
    shared: bool = False

    def holders_on(self, day: str) -> tuple[str, ...]:
        """Return the ids of the persons who may have held the office on an ISO day."""
        return tuple(dict.fromkeys(term.entity_id for term in self.terms if term.covers(day)))


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Words in and around the titles of offices, as match keys (`roles` in models/lexicon/names.toml).

    Attributes:
        leaders: Titles of the leader of a party, force or body, whose terms are in the entry of that actor.
        heads: Titles of the offices whose holder is called the leader of a country or people.
        current: Words before a title that do not change its meaning.
        past: Words before the title of a former holder.
        others: Words that make it a different office.
        ranks: Ranks of people who hold commands.
        commands: Titles of those commands.
        abbreviations: Titles that a full stop may follow.
        countries: Nouns for the state whose office it is: the country's prime minister.
        owner_prepositions: Words between a title and the country or body whose office it is.
        prepositions: Words before which a title may be cut: ambassador to Iraq.
        bound: Words at the start of a title that cannot be cut: deputy minister.
        home: ISO code of the country to which offices belong in articles about it.
        without: Title -> ISO codes of the countries that have no such office.
    """

    leaders: frozenset[str]
    heads: frozenset[str]
    current: frozenset[str]
    past: frozenset[str]
    others: frozenset[str]
    ranks: frozenset[str]
    commands: frozenset[str]
    abbreviations: frozenset[str]
    countries: frozenset[str]
    owner_prepositions: frozenset[str]
    prepositions: frozenset[str]
    bound: frozenset[str]
    home: str
    without: Mapping[str, frozenset[str]]

    @property
    def not_holding(self) -> frozenset[str]:
        """Words before the title of an office that the person does not hold."""
        return self.past | self.others


def successors(person: str, offices: Iterable[Office], day: str) -> frozenset[str]:
    """Return who holds a person's offices on an ISO day; nobody if that person holds one of them then."""
    held = (office for office in offices if any(term.entity_id == person for term in office.terms))
    holders = {holder for office in held for holder in office.holders_on(day)}
    return frozenset() if person in holders else frozenset(holders)


def offices_by_title(offices: Iterable[Office], spelling: Spelling) -> dict[str, tuple[Office, ...]]:
    """Return match key of a title -> the offices with this title."""
    by_title: dict[str, list[Office]] = {}
    for office in offices:
        for key in dict.fromkeys(spelling.key(title) for title in office.titles):
            by_title.setdefault(key, []).append(office)
    return {key: tuple(titled) for key, titled in by_title.items()}


def offices_by_short_title(
    by_title: Mapping[str, Sequence[Office]], words: RoleWords
) -> dict[str, tuple[Office, ...]]:
    """Return shorter title -> the offices that it may be short for (ambassador: ambassador to Iraq).

    Args:
        by_title: Match key of a title -> offices.
        words: Words at which titles cannot be cut.
    """
    by_short: dict[str, dict[str, Office]] = {}
    for title, offices in by_title.items():
        for short in _short_titles(title.split(), words):
            by_short.setdefault(short, {}).update((office.id, office) for office in offices)
    return {short: tuple(offices.values()) for short, offices in by_short.items()}


def _short_titles(title: Sequence[str], words: RoleWords) -> Iterator[str]:
    """Yield the shorter forms of a title: without first words, without the preposition and what follows."""
    end = next((index for index, word in enumerate(title) if word in words.prepositions), len(title))
    for start in range(end):
        if start or end < len(title):
            yield " ".join(title[start:end])
        if title[start] in words.bound:
            return
