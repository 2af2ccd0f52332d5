"""The `actors` table: every actor of the lexicon with what the published articles say of it."""

import json

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import SchemaError
from extract.ids import digest
from extract.schema import validate
from extract.store.index import total_named
from extract.tables.actors import COUNTED_COLUMNS, LEXICON_SCHEMA
from extract.tables.actors import TABLE as ACTORS


def lexicon_actors(actors: pa.Table) -> pa.Table:
    """Return the lexicon's actors in the order and types of the table.

    Raises:
        SchemaError: A column of `LEXICON_SCHEMA` is missing or of another type.
    """
    try:
        chosen = actors.select(LEXICON_SCHEMA.names).cast(LEXICON_SCHEMA)
    except (KeyError, pa.ArrowException) as error:
        raise SchemaError(
            f"Table `actors`: the lexicon's actors do not fit: {error}.",
            advice=f"Give the columns {', '.join(LEXICON_SCHEMA.names)} with the types in docs/tables.md.",
        ) from error
    return chosen.sort_by(ACTORS.sort_keys)


def actors_hash(actors: pa.Table) -> str:
    """Return a hash of the lexicon's actors."""
    return digest(json.dumps(actors.to_pylist(), sort_keys=True).encode())


def actor_rows(actors: pa.Table, named: pa.Table) -> pa.Table:
    """Return the `actors` table.

    Args:
        actors: What `lexicon_actors` returned.
        named: How often entities are named in the snapshot, a row a bucket and entity.

    Raises:
        SchemaError: The lexicon's actors break the contract of the table.
    """
    totals = total_named(named)
    place = pc.index_in(actors["entity_id"], totals["entity_id"])
    for name in COUNTED_COLUMNS:
        values = totals[name].take(place)
        counted = values if ACTORS.columns[name].nullable else pc.fill_null(values, 0)
        actors = actors.append_column(name, counted)
    return validate(ACTORS, actors)
