"""Validates rows against the schema of their table."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaErrors

from extract.errors import SchemaError
from extract.schema.table import Table

_SHOWN_ROWS = 3


def validate(table: Table, rows: pd.DataFrame | pa.Table) -> pa.Table:
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
    if isinstance(rows, pd.DataFrame):
        rows = pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata()
    frame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    try:
        table.schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        raise SchemaError(
            f"Table `{table.name}`: {'; '.join(_violations(frame, errors))}.",
            advice="The step that made these rows violated the schema in docs/tables.md: please report this.",
        ) from None
    return rows.cast(table.arrow_schema)


def _violations(frame: pd.DataFrame, errors: SchemaErrors) -> Iterator[str]:
    for error in errors.schema_errors:
        positions = _positions(error.failure_cases, len(frame))
        column = getattr(error.schema, "name", None)
        where = f"column `{column}`: " if column else ""
        rule = getattr(error.check, "error", None) or error.check or error
        if positions:
            key = [name for name in frame if str(name).endswith("_id")][:2] or list(frame)[:1]
            shown = [*dict.fromkeys([*key, *([column] if column else [])])]
            first = frame.iloc[positions[:_SHOWN_ROWS]][shown].to_dict("index")
            yield f"{where}rule '{rule}' violated by {len(positions)} row(s), first: {first}"
        else:
            yield f"{where}{error}"


def _positions(failures: Any, n_rows: int) -> list[int]:  # noqa: ANN401 - a frame, a scalar or None by kind of error
    if not isinstance(failures, pd.DataFrame) or "index" not in failures:
        return []
    return sorted({int(i) for i in failures["index"].dropna() if int(i) < n_rows})
