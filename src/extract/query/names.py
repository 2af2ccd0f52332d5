"""Names that a user types, to the ids that the tables have: only where one is meant."""

from collections.abc import Callable, Iterator
from functools import cached_property

import pyarrow as pa

from extract.errors import QueryError
from extract.lexicon import ALWAYS, Lexicon
from extract.lexicon.keys import match_key

# Where ids stand beside names.
_NAMED = (
    ("actors", "entity_id", "name"),
    ("places", "entity_id", "name"),
    ("entities", "entity_id", "entity_name"),
    ("entities", "name_id", "entity_name"),
    ("quotes", "speaker_name_id", "speaker_name"),
)


class Names:
    """The names of all that have an id: the lexicon's in any spelling, others as the articles write them.

    Args:
        read: Name of a table -> its rows.
        lexicon: Loads the lexicon; called for names, not for ids.
    """

    def __init__(self, read: Callable[[str], pa.Table], lexicon: Callable[[], Lexicon]) -> None:
        self._read = read
        self._lexicon = lexicon

    def id_of(self, wanted: str) -> str:
        """Return the id that is meant by an id or a name.

        Raises:
            QueryError: Nobody is called so, or several are.
        """
        if wanted in self._names:
            return wanted
        found = self._listed(wanted) or self._unlisted(wanted)
        if len(found) == 1:
            return found[0]
        if found:
            raise QueryError(
                f"{wanted!r} may mean {len(found)} actors.",
                advice=f"Give the id of one: {', '.join(map(self._shown, found))}.",
            )
        raise QueryError(f"Nobody is known as {wanted!r}.", advice=self._advice(wanted))

    def name(self, entity_id: str) -> str:
        """Return the name that belongs to an id; the id itself if it has none."""
        return self._names.get(entity_id, entity_id)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The first name of each id."""
        names: dict[str, str] = {}
        for table, *columns in _NAMED:
            for entity_id, name in _pairs(self._read(table), columns):
                names.setdefault(entity_id, name)
        return names

    def _listed(self, wanted: str) -> list[str]:
        """Return those whom the lexicon knows by a name; a name that needs no introduction wins."""
        lexicon = self._lexicon()
        names = lexicon.names.get(lexicon.spelling.key(wanted), ())
        always = [name for name in names if name.when == ALWAYS]
        return list(dict.fromkeys(name.entity_id for name in always or names))

    def _unlisted(self, wanted: str) -> list[str]:
        key = match_key(wanted)
        return sorted(entity_id for entity_id, name in self._names.items() if match_key(name) == key)

    def _advice(self, wanted: str) -> str:
        from extract.unlinked import suggest_actors  # noqa: PLC0415 - it imports pandas, which ids do without

        near = [row["entity_id"] for row in suggest_actors(wanted, self._lexicon())]
        if not near:
            return "All actors: extract query 'SELECT entity_id, name FROM actors'."
        return f"Did you mean {' or '.join(map(self._shown, near))}?"

    def _shown(self, entity_id: str) -> str:
        return f"{entity_id} ({self.name(entity_id)})"


def _pairs(table: pa.Table, columns: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the different pairs of an id and a name, in order."""
    known = table.select(columns).drop_null().group_by(columns, use_threads=False).aggregate([])
    yield from zip(*(known[column].to_pylist() for column in columns), strict=True)
