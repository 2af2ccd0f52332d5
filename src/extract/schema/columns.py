"""Building blocks of table definitions: types, rules, and columns shared by several tables."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, get_args

import pyarrow as pa
import pyarrow.compute as pc

from extract.model import SectionKind

if TYPE_CHECKING:
    import pandas as pd

STRING = pa.string()
BOOL = pa.bool_()
OFFSET = pa.int32()
COUNT = pa.int64()
DEGREES = pa.float64()
DAY = pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())
SECTIONS = pa.list_(pa.struct({"kind": STRING, "start": OFFSET, "end": OFFSET}))
TERMS = pa.list_(pa.struct({"entity_id": STRING, "from": STRING, "to": STRING}))
BY_LOCATION = ("article_id", "start_char", "end_char")


@dataclass(frozen=True, slots=True)
class Check:
    """A rule for the values of a column, or for the rows of a table.

    Arrow judges every batch by it; pandas explains what Arrow refuses, and is not imported before.

    Attributes:
        pandas: Series, or frame -> a mask of what passes.
        arrow: Column, or table -> such a mask; a null in it passes.
        error: The rule, in words.
    """

    pandas: Callable[[Any], "pd.Series"]
    arrow: Callable[[Any], pa.ChunkedArray]
    error: str

    def passes(self, given: pa.ChunkedArray | pa.Table) -> bool:
        """Return whether all values that are not null, or all rows of a table, pass."""
        known = given.drop_null() if isinstance(given, pa.ChunkedArray) else given
        return pc.all(self.arrow(known)).as_py() is not False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        dtype: Its Arrow type.
        description: What it holds, as a sentence.
        checks: The rules for its values that are not null.
        nullable: Whether cells may be null.
        unique: Whether no value comes twice.
    """

    dtype: pa.DataType
    description: str
    checks: tuple[Check, ...] = ()
    nullable: bool = False
    unique: bool = False


def column(
    dtype: pa.DataType, description: str, *checks: Check, nullable: bool = False, unique: bool = False
) -> Column:
    """Return a column with an Arrow type."""
    return Column(dtype, description, checks, nullable, unique)


def one_of(values: Collection[str]) -> Check:
    """Require one of the given values."""
    known = list(values)
    return Check(
        lambda column: column.isin(known),
        lambda column: pc.is_in(column, value_set=pa.array(known, column.type)),
        error="one of " + ", ".join(f"`{value}`" for value in known),
    )


def known_or(prefix: str, values: Collection[str]) -> Check:
    """Require one of the given values, or the prefix followed by a reason."""
    known = list(values)

    def holds(column: "pd.Series") -> "pd.Series":
        return column.isin(known) | column.str.startswith(prefix)

    def arrow(column: pa.ChunkedArray) -> pa.ChunkedArray:
        return pc.or_(
            pc.is_in(column, value_set=pa.array(known, column.type)), pc.starts_with(column, prefix)
        )

    named = ", ".join(f"`{value}`" for value in known)
    return Check(holds, arrow, error=f"{named}, or `{prefix}` and the reason")


def not_empty() -> Check:
    """Require a non-empty text."""
    return Check(lambda column: column != "", lambda column: pc.not_equal(column, ""), error="not empty")


def at_least(minimum: int) -> Check:
    """Require a number not below a minimum."""
    return Check(
        lambda column: column >= minimum,
        lambda column: pc.greater_equal(column, minimum),
        error=f"at least {minimum}",
    )


def within(limit: int) -> Check:
    """Require a number from minus a limit to that limit."""
    return Check(
        lambda column: column.between(-limit, limit),
        lambda column: pc.and_(pc.greater_equal(column, -limit), pc.less_equal(column, limit)),
        error=f"between -{limit} and {limit}",
    )


def in_order(low: str, high: str, *, strictly: bool = True) -> Check:
    """Require one column of a row to come before another; nulls pass."""

    def holds(frame: "pd.DataFrame") -> "pd.Series":
        return (frame[low].lt(frame[high]) if strictly else frame[low].le(frame[high])).fillna(value=True)

    def arrow(rows: pa.Table) -> pa.ChunkedArray:
        return (pc.less if strictly else pc.less_equal)(rows[low], rows[high])

    return Check(holds, arrow, error=f"`{low}` {'before' if strictly else 'not after'} `{high}`")


def together(*columns: str) -> Check:
    """Require the columns of a row to be all given or all null."""

    def holds(frame: "pd.DataFrame") -> "pd.Series":
        return frame[list(columns)].isna().sum(axis="columns").isin([0, len(columns)])

    def arrow(rows: pa.Table) -> pa.ChunkedArray:
        missing = [pc.cast(pc.is_null(rows[name]), pa.int32()) for name in columns]
        return pc.is_in(reduce(pc.add, missing), value_set=pa.array([0, len(columns)], pa.int32()))

    return Check(holds, arrow, error=f"{', '.join(f'`{c}`' for c in columns)} all given or all null")


def is_first_of(column: str, values: str) -> Check:
    """Require a column to be the first of a list in the same row, null where the list is empty."""

    def holds(frame: "pd.DataFrame") -> "pd.Series":
        import pandas as pd  # noqa: PLC0415 - only to explain what Arrow refuses

        firsts = [some[0] if isinstance(some, Sequence) and some else None for some in frame[values]]
        named = [None if pd.isna(one) else one for one in frame[column]]
        return pd.Series([one == first for one, first in zip(named, firsts, strict=True)], frame.index)

    def arrow(rows: pa.Table) -> pa.ChunkedArray:
        has_values = pc.fill_null(pc.greater(pc.list_value_length(rows[values]), 0), fill_value=False)
        firsts = pc.list_flatten(pc.list_slice(rows[values], 0, 1))
        same = pc.equal(rows[column].filter(has_values), firsts)
        is_none = pc.is_null(rows[column].filter(pc.invert(has_values)))
        return pa.chunked_array([*pc.fill_null(same, fill_value=False).chunks, *is_none.chunks], pa.bool_())

    return Check(holds, arrow, error=f"`{column}` is the first of `{values}`")


def refers_to(column: str, key: str) -> Check:
    """Require null or a key of the same table."""

    def holds(frame: "pd.DataFrame") -> "pd.Series":
        return frame[column].isna() | frame[column].isin(frame[key])

    def arrow(rows: pa.Table) -> pa.ChunkedArray:
        named = rows[column]
        return pc.or_(pc.is_null(named), pc.is_in(named, value_set=rows[key].combine_chunks()))

    return Check(holds, arrow, error=f"`{column}` is a `{key}` of this table")


def span(what: str) -> dict[str, Column]:
    """Return the columns of a span of text."""
    return {
        "start_char": column(OFFSET, f"Start of {what} in articles.text, in code points.", at_least(0)),
        "end_char": column(OFFSET, f"End of {what}, exclusive.", at_least(1)),
        "text": column(STRING, "The words in the article: text[start_char:end_char].", not_empty()),
    }


def context() -> dict[str, Column]:
    """Return the columns of a span's sentence and section."""
    return {
        "sentence": column(STRING, "The sentence that contains start_char.", nullable=True),
        "section": column(
            STRING, "The part of the article that contains start_char.", one_of(get_args(SectionKind))
        ),
    }


def row_id(what: str) -> Column:
    """Return the column with the id of a row."""
    return column(STRING, f"Id of the {what}; stable across runs.", not_empty(), unique=True)


def article_id() -> Column:
    """Return the column that refers to the article."""
    return column(STRING, "The article: articles.article_id.", not_empty())


def confidence(what: str, *, nullable: bool = False) -> Column:
    """Return a column with a probability; `what` says of what."""
    within = Check(
        lambda column: column.between(0, 1),
        lambda column: pc.and_(pc.greater_equal(column, 0), pc.less_equal(column, 1)),
        error="between 0 and 1",
    )
    return column(pa.float64(), what, within, nullable=nullable)
