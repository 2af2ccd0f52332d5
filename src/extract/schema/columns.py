"""Building blocks of table definitions: types, rules, and columns shared by several tables."""

from collections.abc import Collection
from typing import get_args

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from extract.model import SectionKind

STRING = pa.string()
BOOL = pa.bool_()
OFFSET = pa.int32()
COUNT = pa.int64()
DAY = pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())
SECTIONS = pa.list_(pa.struct({"kind": STRING, "start": OFFSET, "end": OFFSET}))
BY_LOCATION = ("article_id", "start_char", "end_char")


def column(
    dtype: pa.DataType, description: str, *checks: pandera.Check, nullable: bool = False, unique: bool = False
) -> pandera.Column:
    """Return a column with an Arrow type."""
    return pandera.Column(
        pd.ArrowDtype(dtype),
        list(checks),
        nullable=nullable,
        unique=unique,
        report_duplicates="exclude_first",
        description=description,
    )


def one_of(values: Collection[str]) -> pandera.Check:
    """Require one of the given values."""
    return pandera.Check.isin(list(values), error="one of " + ", ".join(f"`{value}`" for value in values))


def known_or(prefix: str, values: Collection[str]) -> pandera.Check:
    """Require one of the given values, or the prefix followed by a reason."""

    def holds(column: pd.Series) -> pd.Series:
        return column.isin(list(values)) | column.str.startswith(prefix)

    named = ", ".join(f"`{value}`" for value in values)
    return pandera.Check(holds, error=f"{named}, or `{prefix}` and the reason")


def not_empty() -> pandera.Check:
    """Require a non-empty text."""
    return pandera.Check(lambda column: column != "", error="not empty")


def at_least(minimum: int) -> pandera.Check:
    """Require a number not below a minimum."""
    return pandera.Check.ge(minimum, error=f"at least {minimum}")


def in_order(low: str, high: str, *, strictly: bool = True) -> pandera.Check:
    """Require one column of a row to come before another; nulls pass."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return (frame[low].lt(frame[high]) if strictly else frame[low].le(frame[high])).fillna(value=True)

    return pandera.Check(holds, error=f"`{low}` {'before' if strictly else 'not after'} `{high}`")


def together(*columns: str) -> pandera.Check:
    """Require the columns of a row to be all given or all null."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame[list(columns)].isna().sum(axis="columns").isin([0, len(columns)])

    return pandera.Check(holds, error=f"{', '.join(f'`{c}`' for c in columns)} all given or all null")


def refers_to(column: str, key: str) -> pandera.Check:
    """Require null or a key of the same table."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame[column].isna() | frame[column].isin(frame[key])

    return pandera.Check(holds, error=f"`{column}` is a `{key}` of this table")


def span(what: str) -> dict[str, pandera.Column]:
    """Return the columns of a span of text."""
    return {
        "start_char": column(OFFSET, f"Start of {what} in articles.text, in code points.", at_least(0)),
        "end_char": column(OFFSET, f"End of {what}, exclusive.", at_least(1)),
        "text": column(STRING, "The words in the article: text[start_char:end_char].", not_empty()),
    }


def context() -> dict[str, pandera.Column]:
    """Return the columns of a span's sentence and section."""
    return {
        "sentence": column(STRING, "The sentence that contains start_char.", nullable=True),
        "section": column(
            STRING, "The part of the article that contains start_char.", one_of(get_args(SectionKind))
        ),
    }


def row_id(what: str) -> pandera.Column:
    """Return the column with the id of a row."""
    return column(STRING, f"Id of the {what}; stable across runs.", not_empty(), unique=True)


def article_id() -> pandera.Column:
    """Return the column that refers to the article."""
    return column(STRING, "The article: articles.article_id.", not_empty())


def confidence(what: str, *, nullable: bool = False) -> pandera.Column:
    """Return a column with a probability; `what` says of what."""
    within = pandera.Check.in_range(0, 1, error="between 0 and 1")
    return column(pa.float64(), what, within, nullable=nullable)
