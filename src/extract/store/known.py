"""The tables of what the lexicon knows, `actors` and `places`, with mention counts."""

import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import SchemaError
from extract.ids import digest
from extract.schema import Table, validate


def lexicon_rows(table: Table, rows: pa.Table) -> pa.Table:
    """Return the lexicon's rows of a table with its types, in its order.

    Raises:
        SchemaError: A column of the table's `lexicon_schema` is missing or has the wrong type.
    """
    schema = table.lexicon_schema
    try:
        chosen = rows.select(schema.names).cast(schema)
    except (KeyError, pa.ArrowException) as error:
        raise SchemaError(
            f"Table `{table.name}`: the lexicon's {table.name} do not match the schema: {error}.",
            advice=f"Pass the columns {', '.join(schema.names)} with the types in docs/tables.md.",
        ) from error
    return chosen.sort_by(table.sort_keys)


def known_hash(known: Mapping[str, pa.Table]) -> str:
    """Return a hash of the lexicon's rows of all these tables, by name."""
    content = {name: rows.to_pylist() for name, rows in known.items()}
    return digest(json.dumps(content, sort_keys=True).encode())


def counted_rows(table: Table, rows: pa.Table, totals: pa.Table) -> pa.Table:
    """Return a table of the lexicon with its counts.

    Args:
        table: The table.
        rows: From `lexicon_rows`.
        totals: From `total_mention_counts`.

    Raises:
        SchemaError: The lexicon's rows violate the schema of the table.
    """
    places = pc.index_in(rows["entity_id"], totals["entity_id"])
    for name in table.counted:
        values = totals[name].take(places)
        counts = values if table.columns[name].nullable else pc.fill_null(values, 0)
        rows = rows.append_column(name, counts)
    return validate(table, rows)
