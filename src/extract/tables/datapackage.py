"""The description of all tables as a Frictionless Tabular Data Package: types, keys and foreign keys.

`datapackage.json` stands beside the tables, made from the same definitions as docs/tables.md. Its form is
that of the profile https://specs.frictionlessdata.io/tabular-data-package.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from extract.schema import Table
from extract.schema.columns import Column
from extract.tables.registry import TABLES

DATAPACKAGE = "datapackage.json"
Json = dict[str, Any]

_TYPES: tuple[tuple[Any, str], ...] = (
    (pa.types.is_string, "string"),
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
    (pa.types.is_date, "date"),
    (pa.types.is_timestamp, "datetime"),
    (pa.types.is_list, "array"),
)


def data_package(files: Mapping[str, Sequence[str]]) -> Json:
    """Return the descriptor of the published tables.

    Args:
        files: The Parquet files of each table, by path below the output folder; a table may have none.
    """
    return {
        "profile": "tabular-data-package",
        "name": "extract",
        "title": "Who said what about whom: entities, quotes and dates in news articles",
        "resources": [_resource(TABLES[name], paths) for name, paths in files.items() if paths],
    }


def _resource(table: Table, paths: Sequence[str]) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": list(paths),
        "description": table.description,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": _schema(table),
    }


def _schema(table: Table) -> Json:
    keys = [name for name, column in table.columns.items() if column.unique]
    references = [
        {"fields": one.column, "reference": {"resource": _named(one.table, table), "fields": one.key}}
        for one in table.all_references
    ]
    fields = [_field(name, column) for name, column in table.columns.items()]
    return {
        "fields": fields,
        **({"primaryKey": keys[0]} if keys else {}),
        **({"foreignKeys": references} if references else {}),
    }


def _named(table: str, own: Table) -> str:
    """Return how a foreign key names a table: its own one by an empty name."""
    return "" if table == own.name else table


def _field(name: str, column: Column) -> Json:
    constraints = {"required": not column.nullable, "unique": column.unique}
    return {
        "name": name,
        "type": next(frictionless for is_type, frictionless in _TYPES if is_type(column.dtype)),
        "description": column.description,
        "constraints": {rule: True for rule, holds in constraints.items() if holds},
    }
