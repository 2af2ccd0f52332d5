"""All about one actor: its facts, what it said, what was said about it, month by month."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from extract.query.search import Search
from extract.query.tables import Tables
from extract.tables import TABLES

# Mentions count by the month of publication, statements by the day of speaking, as in `statements`.
_MONTHS = """
WITH events AS (
    SELECT
        strftime(published_at AT TIME ZONE 'UTC', '%Y-%m') AS month,
        story_id AS named, NULL AS said, NULL AS about
    FROM entities JOIN articles USING (article_id)
    WHERE $id IN (entity_id, name_id)
    UNION ALL
    SELECT strftime(day, '%Y-%m'), NULL, statement_id, NULL
    FROM statements
    WHERE list_contains(speaker_ids, $id)
    UNION ALL
    SELECT strftime(day, '%Y-%m'), NULL, NULL, statement_id
    FROM statements
    WHERE list_contains(about, $id)
)
SELECT month, count(DISTINCT named) AS stories, count(said) AS said, count(about) AS about
FROM events
GROUP BY month
ORDER BY month NULLS LAST
"""


# Tables with one row per known actor or place.
_CARDS = tuple(name for name, table in TABLES.items() if table.columns.keys() >= {"entity_id", "name"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What the tables tell of an actor, a place, or somebody whom the lexicon does not know.

    Attributes:
        card: The row of `actors` or `places`; else the id and the name alone.
        months: For each month the number of stories that name it, of its statements and of those about it;
            the month is None where the day is unknown.
        said: Its statements.
        behalf: Statements of others on its behalf: its spokesmen, members and leaders.
        about: The statements about it.
    """

    card: dict[str, Any]
    months: list[dict[str, Any]]
    said: pa.Table
    behalf: pa.Table
    about: pa.Table


def profile_of(tables: Tables, wanted: str) -> Profile:
    """Return all about the actor that an id or a name means.

    Raises:
        QueryError: Nobody is known by that name, or several are.
    """
    entity_id = tables.names.id_of(wanted)
    months = tables.duckdb().sql(_MONTHS, params={"id": entity_id}).to_arrow_table().to_pylist()
    return Profile(
        card=_card(tables, entity_id),
        months=months,
        said=tables.find(Search(speaker=entity_id)),
        behalf=_of_others(tables.find(Search(faction=entity_id)), entity_id),
        about=tables.find(Search(about=entity_id)),
    )


def _of_others(statements: pa.Table, speaker: str) -> pa.Table:
    return statements.filter(
        pa.array([speaker not in ids for ids in statements["speaker_ids"].to_pylist()], pa.bool_())
    )


def _card(tables: Tables, entity_id: str) -> dict[str, Any]:
    for name in _CARDS:
        rows = tables.arrow(name)
        position = rows["entity_id"].index(entity_id).as_py()
        if position >= 0:
            card: dict[str, Any] = rows.slice(position, 1).to_pylist()[0]
            return card
    return {"entity_id": entity_id, "name": tables.names.name(entity_id)}
