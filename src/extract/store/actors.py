"""The `actors` table: the lexicon's actors with their mention counts in the published articles."""

import json

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import SchemaError
from extract.ids import digest
from extract.schema import validate
from extract.tables.actors import COUNTED_COLUMNS, LEXICON_SCHEMA
from extract.tables.actors import TABLE as ACTORS


def lexicon_actors(actors: pa.Table) -> pa.Table:
    """Return the lexicon's actors with the table's types, in its order.

    Raises:
        SchemaError: A column of `LEXICON_SCHEMA` is missing or has the wrong type.
    """
    try:
        chosen = actors.select(LEXICON_SCHEMA.names).cast(LEXICON_SCHEMA)
    except (KeyError, pa.ArrowException) as error:
        raise SchemaError(
            f"Table `actors`: the lexicon's actors do not match the schema: {error}.",
            advice=f"Pass the columns {', '.join(LEXICON_SCHEMA.names)} with the types in docs/tables.md.",
        ) from error
    return chosen.sort_by(ACTORS.sort_keys)


def actors_hash(actors: pa.Table) -> str:
    """Return a hash of the lexicon's actors."""
    return digest(json.dumps(actors.to_pylist(), sort_keys=True).encode())


def actor_rows(actors: pa.Table, totals: pa.Table) -> pa.Table:
    """Return the `actors` table.

    Args:
        actors: From `lexicon_actors`.
        totals: From `total_mention_counts`.

    Raises:
        SchemaError: The lexicon's actors violate the schema of the table.
    """
    rows = pc.index_in(actors["entity_id"], totals["entity_id"])
    for name in COUNTED_COLUMNS:
        values = totals[name].take(rows)
        counted = values if ACTORS.columns[name].nullable else pc.fill_null(values, 0)
        actors = actors.append_column(name, counted)
    return validate(ACTORS, actors)
