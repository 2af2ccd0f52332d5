"""The known actors: names, kinds, and the bodies that persons belong to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from extract.schema.table import Row

FACTION_KINDS = (
    "armed_faction",
    "facade_group",
    "political_party",
    "coalition",
    "umbrella",
    "jihadist_group",
    "foreign_armed_group",
)
INSTITUTION_KINDS = ("state_security_force", "government_body")


class Actors:
    """The rows of the table `actors`, by entity_id."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: Mapping[str, Row] = {row["entity_id"]: row for row in rows}

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self.rows

    def name(self, entity_id: str) -> str:
        """Return an actor's name; the id itself if it is no known actor."""
        return self.rows[entity_id]["name"] if entity_id in self.rows else entity_id

    def kind(self, entity_id: str | None) -> str:
        """Return an actor's kind; empty if it is no known actor."""
        return self.rows[entity_id]["kind"] if entity_id is not None and entity_id in self.rows else ""

    def is_faction(self, entity_id: str | None) -> bool:
        """Return whether an actor is a faction, party or armed group."""
        return self.kind(entity_id) in FACTION_KINDS

    def is_body(self, entity_id: str | None) -> bool:
        """Return whether persons can speak on an actor's behalf."""
        return self.kind(entity_id) in FACTION_KINDS or self.kind(entity_id) in INSTITUTION_KINDS

    def style(self, entity_id: str | None) -> str:
        """Return the class of the style sheet for an actor's name."""
        if self.is_faction(entity_id):
            return "faction"
        return "person" if self.kind(entity_id) in {"person", ""} else "org"

    def bodies_of(self, entity_id: str) -> Sequence[str]:
        """Return the factions, parties and other bodies of a person, now or once; none of the state's."""
        return self._bodies.get(entity_id, ())

    @cached_property
    def _bodies(self) -> Mapping[str, Sequence[str]]:
        none = {"person", *INSTITUTION_KINDS}
        persons = ((one, row) for one, row in self.rows.items() if row["kind"] == "person")
        bodies = {one: dict.fromkeys((*row["part_of"], *self.led.get(one, ()))) for one, row in persons}
        return {
            one: tuple(body for body in some if body in self.rows and self.kind(body) not in none)
            for one, some in bodies.items()
        }

    @cached_property
    def led(self) -> Mapping[str, Sequence[str]]:
        """The bodies that each actor leads or led."""
        return _inverted(self.rows.values(), "leaders")

    @cached_property
    def members(self) -> Mapping[str, Sequence[str]]:
        """The actors that belong or belonged to each body."""
        return _inverted(self.rows.values(), "part_of")


def _inverted(rows: Iterable[Row], column: str) -> Mapping[str, Sequence[str]]:
    found = defaultdict(list)
    for row in rows:
        for other in row[column]:
            found[other].append(row["entity_id"])
    return found
