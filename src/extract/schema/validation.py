"""Validates rows against the schema of their table."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaError as PanderaError
from pandera.errors import SchemaErrors

from extract.errors import SchemaError
from extract.schema.table import Row, Table

REPORT = "The step that made these rows violated the schema in docs/tables.md: please report this."
_SHOWN_ROWS = 3
_COLUMN_NAME = re.compile(r"`(\w+)`")
# What pandera calls the rules that are no checks.
_NAMES = {"field_uniqueness": "unique", "not_nullable": "not null"}


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of a table that its rows break.

    Attributes:
        rule: The rule in words, as in docs/tables.md.
        column: The column that it is about; None for a rule about several.
        rows: Positions of the rows that break it; empty if the table as a whole does.
    """

    rule: str
    column: str | None
    rows: tuple[int, ...]

    def describe(self, row: Row) -> str:
        """Return the rule with the values that break it in a row."""
        about = (
            [self.column]
            if self.column
            else [name for name in _COLUMN_NAME.findall(self.rule) if name in row]
        )
        values = ", ".join(f"{name} {_plain(row[name])}" for name in about)
        return f"{self.rule} ({values})"


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
    violations = find_violations(table, rows)
    if violations:
        frame = rows.to_pandas(types_mapper=pd.ArrowDtype)
        raise SchemaError(
            f"Table `{table.name}`: {'; '.join(_shown(violation, frame) for violation in violations)}.",
            advice=REPORT,
        )
    return rows.cast(table.arrow_schema)


def find_violations(table: Table, rows: pa.Table) -> list[Violation]:
    """Return the rules of a table that rows break."""
    if not rows.num_rows and rows.schema.equals(table.arrow_schema):
        return []  # no row breaks a rule; the checks of pandera take 10 ms all the same
    frame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    try:
        table.schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return [_violation(error, len(frame)) for error in errors.schema_errors]
    return []


def _violation(error: PanderaError, n_rows: int) -> Violation:
    rule = str(getattr(error.check, "error", None) or error.check or error)
    positions = _positions(error.failure_cases, n_rows)
    column = getattr(error.schema, "name", None)
    return Violation(_NAMES.get(rule, rule) if positions else str(error), column, positions)


def _plain(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)


def _shown(violation: Violation, frame: pd.DataFrame) -> str:
    where = f"column `{violation.column}`: " if violation.column else ""
    if not violation.rows:
        return f"{where}{violation.rule}"
    key = [name for name in frame if str(name).endswith("_id")][:2] or list(frame)[:1]
    shown = [*dict.fromkeys([*key, *([violation.column] if violation.column else [])])]
    first = frame.iloc[list(violation.rows[:_SHOWN_ROWS])][shown].to_dict("index")
    return f"{where}rule '{violation.rule}' violated by {len(violation.rows)} row(s), first: {first}"


def _positions(failures: Any, n_rows: int) -> tuple[int, ...]:  # noqa: ANN401 - a frame, a scalar or None by kind of error
    if not isinstance(failures, pd.DataFrame) or "index" not in failures:
        return ()
    return tuple(sorted({int(i) for i in failures["index"].dropna() if int(i) < n_rows}))
