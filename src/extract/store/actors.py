"""The `actors` table: every actor of the lexicon with what the published articles say of it."""

import json

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import SchemaError
from extract.ids import digest
from extract.schema import LEXICON_COLUMNS, arrow_schema, sort_order, validate
from extract.store.index import total_named


def lexicon_actors(actors: pa.Table) -> pa.Table:
    """Return the lexicon's actors in the order and types of the table.

    Raises:
        SchemaError: A column of `LEXICON_COLUMNS` is missing or of another type.
    """
    schema = pa.schema(arrow_schema("actors").field(name) for name in LEXICON_COLUMNS)
    try:
        chosen = actors.select(LEXICON_COLUMNS).cast(schema)
    except (KeyError, pa.ArrowException) as error:
        raise SchemaError(
            f"Table `actors`: the lexicon's actors do not fit: {error}.",
            advice=f"Give the columns {', '.join(LEXICON_COLUMNS)} with the types in docs/tables.md.",
        ) from error
    return chosen.sort_by([(column, "ascending") for column in sort_order("actors")])


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
    for name in ("n_mentions", "n_articles"):
        actors = actors.append_column(name, pc.fill_null(totals[name].take(place), 0))
    for name in ("first_seen", "last_seen"):
        actors = actors.append_column(name, totals[name].take(place))
    return validate("actors", actors)
