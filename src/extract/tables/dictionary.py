"""The data dictionary, docs/tables.md."""

import pandera.pandas as pandera

from extract.schema import Table
from extract.schema.table import arrow_type
from extract.tables.registry import TABLES

_PREAMBLE = """\
# Tables

Written by `python -m extract.tables > docs/tables.md` from src/extract/tables: edit there, not here.

Every table is a folder of Parquet files that any reader takes as one: `pd.read_parquet("outputs/entities")`,
`duckdb: FROM 'outputs/entities/*.parquet'`. A read that meets a publication can mix files of the old and the
new one; the folder that `extract.store.open_snapshot("outputs")` returns never changes.

Offsets count Unicode code points into `articles.text`, half-open; times are UTC; an absent value is null.
"""


def data_dictionary() -> str:
    """Return docs/tables.md: every table and column with type, rules and meaning."""
    return "\n".join([_PREAMBLE, *(_describe(table) for table in TABLES.values())])


def _describe(table: Table) -> str:
    order = ", ".join(f"`{column}`" for column in table.order)
    rules = [f"- {check.error}" for check in table.checks] + [""] * bool(table.checks)
    head = "| column | type | null | meaning | rule |\n|---|---|---|---|---|"
    rows = [_describe_column(column) for column in table.schema.columns.values()]
    return "\n".join(
        [f"## {table.name}", "", f"{table.description} Sorted by {order}.", "", head, *rows, "", *rules]
    )


def _describe_column(column: pandera.Column) -> str:
    rules = ["unique"] * bool(column.unique) + [str(check.error) for check in column.checks]
    dtype = str(arrow_type(column)).replace("list<item: string>", "list&lt;string&gt;")
    null = "yes" if column.nullable else ""
    return f"| `{column.name}` | {dtype} | {null} | {column.description} | {'; '.join(rules)} |"
