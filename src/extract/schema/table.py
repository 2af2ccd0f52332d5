"""The `Table` class: everything that store, checks, history, evaluation and docs know about a table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from extract.model import Annotation

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Table:
    """A published table.

    Attributes:
        name: Name, and folder below the output folder.
        description: What one row is, as a sentence.
        columns: Columns in order.
        order: Columns by which rows are sorted, nulls last.
        rows: Makes the rows of one annotated article; None for tables built at publication.
        checks: Rules that involve more than one column.
        guarded: Columns whose share of filled cells must not fall sharply between publications.
        key: Columns whose first non-null value is a row's key in the manifest.
        in_history: Whether `extract history` shows its number of rows.
    """

    name: str
    description: str
    columns: Mapping[str, pandera.Column]
    order: tuple[str, ...]
    rows: Callable[[Annotation], Iterable[Row]] | None = None
    checks: tuple[pandera.Check, ...] = ()
    guarded: tuple[str, ...] = ()
    key: tuple[str, ...] = ("article_id",)
    in_history: bool = True

    @cached_property
    def schema(self) -> pandera.DataFrameSchema:
        """The pandera schema."""
        return pandera.DataFrameSchema(
            dict(self.columns), list(self.checks), strict=True, ordered=True, title=self.description
        )

    @cached_property
    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema."""
        return pa.schema(
            pa.field(name, arrow_type(column), nullable=column.nullable)
            for name, column in self.schema.columns.items()
        )

    @property
    def sort_keys(self) -> list[tuple[str, str]]:
        """The sort order, for `pa.Table.sort_by`."""
        return [(column, "ascending") for column in self.order]

    @property
    def belongs_to_articles(self) -> bool:
        """Whether each row belongs to a row of `articles`, which may have several such rows."""
        column = self.columns.get("article_id")
        return column is not None and not column.nullable and not column.unique


def arrow_type(column: pandera.Column) -> pa.DataType:
    """Return the Arrow type of a column."""
    dtype: pd.ArrowDtype = column.dtype.type
    return dtype.pyarrow_dtype
