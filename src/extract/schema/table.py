"""The `Table` class: everything that store, checks, history, evaluation and docs know about a table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from extract.model import Annotation
from extract.schema.columns import Check, Column, refers_to

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Surface:
    """Columns that hold words of the article: `text` is what stands from `start` to `end`."""

    text: str = "text"
    start: str = "start_char"
    end: str = "end_char"

    @property
    def rule(self) -> str:
        """The rule, in words."""
        return f"`{self.text}` is what stands in the article from `{self.start}` to `{self.end}`"


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a row of this table or another by its key.

    If that row is dropped, the column becomes null. One that is never null then names the first of the rows
    left that named the same row: the pieces of an utterance have a new first piece.
    """

    column: str
    table: str
    key: str


@dataclass(frozen=True, eq=False)
class Table:
    """A published table.

    Attributes:
        name: Name, and folder below the output folder.
        description: What one row is, as a sentence.
        columns: Columns in order.
        order: Columns by which rows are sorted, nulls last.
        rows: Makes the rows of one annotated article; None for those of the lexicon, built at publication.
        counted: Columns of a table of the lexicon that are counted at publication.
        checks: Rules that involve more than one column.
        surfaces: Columns with words of the article.
        references: Columns that name other rows.
        guarded: Columns whose share of filled cells must not fall sharply between publications.
        key: Columns whose first non-null value is a row's key in the manifest.
        in_history: Whether `extract history` shows its number of rows.
    """

    name: str
    description: str
    columns: Mapping[str, Column]
    order: tuple[str, ...]
    rows: Callable[[Annotation], Iterable[Row]] | None = None
    counted: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    surfaces: tuple[Surface, ...] = ()
    references: tuple[Reference, ...] = ()
    guarded: tuple[str, ...] = ()
    key: tuple[str, ...] = ("article_id",)
    in_history: bool = True

    @cached_property
    def row_checks(self) -> tuple[Check, ...]:
        """The rules that involve more than one column: `checks`, and that references name a row."""
        own = (refers_to(one.column, one.key) for one in self.references if one.table == self.name)
        return (*self.checks, *own)

    @cached_property
    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema; table and columns have their `description` in the metadata."""
        fields = (
            pa.field(name, column.dtype, column.nullable, {"description": column.description})
            for name, column in self.columns.items()
        )
        return pa.schema(fields, {"description": self.description})

    @property
    def all_references(self) -> tuple[Reference, ...]:
        """The columns that name rows of another table or of this one, the article among them."""
        article = Reference("article_id", "articles", "article_id")
        return (article, *self.references) if self.belongs_to_articles else self.references

    @property
    def lexicon_schema(self) -> pa.Schema:
        """The columns of a table of the lexicon that the lexicon fills."""
        return pa.schema(field for field in self.arrow_schema if field.name not in self.counted)

    @property
    def rules(self) -> list[str]:
        """The rules that involve more than one column, in words."""
        return [*(check.error for check in self.row_checks), *(one.rule for one in self.surfaces)]

    @property
    def sort_keys(self) -> list[tuple[str, str]]:
        """The sort order, for `pa.Table.sort_by`."""
        return [(column, "ascending") for column in self.order]

    @property
    def belongs_to_articles(self) -> bool:
        """Whether each row belongs to a row of `articles`, which may have several such rows."""
        column = self.columns.get("article_id")
        return column is not None and not column.nullable and not column.unique
