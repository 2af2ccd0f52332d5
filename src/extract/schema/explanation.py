"""Explains which rows break which rules of their table, by pandera."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
from pandera.errors import SchemaError as PanderaError
from pandera.errors import SchemaErrors

from extract.schema.columns import Check, Column
from extract.schema.table import Row, Table

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

    def shown(self, table: pa.Table) -> str:
        """Return the column, the rule and the first of the table's rows that break it, in one line."""
        where = f"column `{self.column}`: " if self.column else ""
        if not self.rows:
            return f"{where}{self.rule}"
        names = table.column_names
        key = [name for name in names if name.endswith("_id")][:2] or names[:1]
        shown = list(dict.fromkeys([*key, *([self.column] if self.column else [])]))
        frame = as_frame(table.select(shown))
        first = frame.iloc[list(self.rows[:_SHOWN_ROWS])].to_dict("index")
        return f"{where}rule '{self.rule}' violated by {len(self.rows)} row(s), first: {first}"


def explain(table: Table, rows: pa.Table) -> list[Violation]:
    """Return the rules of a table that rows break."""
    try:
        pandera_schema(table).validate(as_frame(rows), lazy=True)
    except SchemaErrors as errors:
        return [_violation(error, len(rows)) for error in errors.schema_errors]
    return []


@cache
def pandera_schema(table: Table) -> pandera.DataFrameSchema:
    """Return the schema of a table in pandera's terms."""
    return pandera.DataFrameSchema(
        {name: _column(column) for name, column in table.columns.items()},
        list(map(_check, table.row_checks)),
        strict=True,
        ordered=True,
        title=table.description,
    )


def as_frame(rows: pa.Table) -> pd.DataFrame:
    """Return rows as a frame whose columns keep their Arrow types."""
    frame: pd.DataFrame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _column(column: Column) -> pandera.Column:
    return pandera.Column(
        pd.ArrowDtype(column.dtype),
        list(map(_check, column.checks)),
        nullable=column.nullable,
        unique=column.unique,
        report_duplicates="exclude_first",
        description=column.description,
    )


def _check(check: Check) -> pandera.Check:
    return pandera.Check(check.pandas, error=check.error)


def _violation(error: PanderaError, n_rows: int) -> Violation:
    rule = str(getattr(error.check, "error", None) or error.check or error)
    positions = _positions(error.failure_cases, n_rows)
    column = getattr(error.schema, "name", None)
    return Violation(_NAMES.get(rule, rule) if positions else str(error), column, positions)


def _plain(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)


def _positions(failures: Any, n_rows: int) -> tuple[int, ...]:  # noqa: ANN401 - a frame, a scalar or None by kind of error
    if not isinstance(failures, pd.DataFrame) or "index" not in failures:
        return ()
    return tuple(sorted({int(i) for i in failures["index"].dropna() if int(i) < n_rows}))
