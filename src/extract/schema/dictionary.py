"""The data dictionary, docs/tables.md."""

import pandera.pandas as pandera

from extract.schema.contract import TABLES, arrow_type, sort_order


def data_dictionary() -> str:
    """Return docs/tables.md: every table and column with type, rules and meaning."""
    return "\n".join([_PREAMBLE, *(_describe(name, table) for name, table in TABLES.items())])


_PREAMBLE = """\
# Tables

Written by `python -m extract.schema > docs/tables.md` from src/extract/schema: edit there, not here.

Every table is a folder of Parquet files that any reader takes as one: `pd.read_parquet("outputs/entities")`,
`duckdb: FROM 'outputs/entities/*.parquet'`. A read that meets a publication can mix files of the old and the
new one; the folder that `extract.store.open_snapshot("outputs")` returns never changes.

Offsets count Unicode code points into `articles.text`, half-open; times are UTC; an absent value is null.
"""


def _describe(name: str, table: pandera.DataFrameSchema) -> str:
    order = ", ".join(f"`{column}`" for column in sort_order(name))
    rules = [f"- {check.error}" for check in table.checks] + [""] * bool(table.checks)
    head = "| column | type | null | meaning | rule |\n|---|---|---|---|---|"
    rows = [_describe_column(column) for column in table.columns.values()]
    return "\n".join([f"## {name}", "", f"{table.title} Sorted by {order}.", "", head, *rows, "", *rules])


def _describe_column(column: pandera.Column) -> str:
    rules = ["unique"] * bool(column.unique) + [str(check.error) for check in column.checks]
    dtype = str(arrow_type(column)).replace("list<item: string>", "list&lt;string&gt;")
    null = "yes" if column.nullable else ""
    return f"| `{column.name}` | {dtype} | {null} | {column.description} | {'; '.join(rules)} |"
