"""Validates rows against the schema of their table."""

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import SchemaError
from extract.schema.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from extract.schema.explanation import Violation

REPORT = "The step that made these rows violated the schema in docs/tables.md: please report this."


def validate(table: Table, rows: "pd.DataFrame | pa.Table") -> pa.Table:
    """Validate rows against the schema of their table.

    Args:
        table: The table.
        rows: The rows; a frame needs `pd.ArrowDtype` columns.

    Returns:
        The same rows with the table's Arrow schema.

    Raises:
        SchemaError: A column is missing, unknown or of the wrong type, or rows violate a rule; the message
            names the table, the column, the rule and the first offending rows.
    """
    if not isinstance(rows, pa.Table):
        rows = pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata()
    violations = find_violations(table, rows)
    if violations:
        shown = "; ".join(violation.shown(rows) for violation in violations)
        raise SchemaError(f"Table `{table.name}`: {shown}.", advice=REPORT)
    return rows.cast(table.arrow_schema)


def find_violations(table: Table, rows: pa.Table) -> "list[Violation]":
    """Return the rules of a table that rows break.

    Arrow sees soon that there are none, as nearly always; else pandera finds and explains them.
    """
    if keeps_rules(table, rows):
        return []
    # Here, as pandas and pandera take half a second to import.
    from extract.schema.explanation import explain  # noqa: PLC0415

    return explain(table, rows)


def keeps_rules(table: Table, rows: pa.Table) -> bool:
    """Return whether rows certainly keep all rules of their table."""
    schema = table.arrow_schema
    if rows.schema.names != schema.names or rows.schema.types != schema.types:
        return False
    for name, column in table.columns.items():
        values = rows[name]
        if not column.nullable and values.null_count:
            return False
        if column.unique and pc.count_distinct(values, mode="all").as_py() < len(values):
            return False
        if not all(check.passes(values) for check in column.checks):
            return False
    return all(check.passes(rows) for check in table.row_checks)
