"""The words in which the tables are written: types, rules, and columns that several tables have."""

from collections.abc import Collection
from typing import get_args

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from extract.model import SectionKind

STRING = pa.string()
OFFSET = pa.int32()
COUNT = pa.int64()
DAY = pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())
BY_LOCATION = ("article_id", "start_char", "end_char")


def column(
    dtype: pa.DataType, description: str, *checks: pandera.Check, nullable: bool = False, unique: bool = False
) -> pandera.Column:
    """Return a column of an Arrow type."""
    return pandera.Column(
        pd.ArrowDtype(dtype), list(checks), nullable=nullable, unique=unique, description=description
    )


def one_of(values: Collection[str]) -> pandera.Check:
    """Hold where a value is one of some."""
    return pandera.Check.isin(list(values), error="one of " + ", ".join(f"`{value}`" for value in values))


def known_or(prefix: str, values: Collection[str]) -> pandera.Check:
    """Hold where a value is one of some, or gives a reason after a prefix."""

    def holds(column: pd.Series) -> pd.Series:
        return column.isin(list(values)) | column.str.startswith(prefix)

    named = ", ".join(f"`{value}`" for value in values)
    return pandera.Check(holds, error=f"{named}, or `{prefix}` and the reason")


def not_empty() -> pandera.Check:
    """Hold where a text has a character."""
    return pandera.Check(lambda column: column != "", error="not empty")


def at_least(minimum: int) -> pandera.Check:
    """Hold where a number is not below a minimum."""
    return pandera.Check.ge(minimum, error=f"at least {minimum}")


def in_order(low: str, high: str, *, strictly: bool = True) -> pandera.Check:
    """Hold where one column of a row comes before another; nulls hold."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return (frame[low].lt(frame[high]) if strictly else frame[low].le(frame[high])).fillna(value=True)

    return pandera.Check(holds, error=f"`{low}` {'before' if strictly else 'not after'} `{high}`")


def together(*columns: str) -> pandera.Check:
    """Hold where the columns of a row are all given or all null."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame[list(columns)].isna().sum(axis="columns").isin([0, len(columns)])

    return pandera.Check(holds, error=f"{', '.join(f'`{c}`' for c in columns)} all given or all null")


def refers_to(column: str, key: str) -> pandera.Check:
    """Hold where a value is null or a key of the same table."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame[column].isna() | frame[column].isin(frame[key])

    return pandera.Check(holds, error=f"`{column}` is a `{key}` of the table")


def span(what: str) -> dict[str, pandera.Column]:
    """Return the columns of a span of text."""
    return {
        "start_char": column(OFFSET, f"Where {what} starts: code points into articles.text.", at_least(0)),
        "end_char": column(OFFSET, f"Where {what} ends (exclusive).", at_least(1)),
        "text": column(
            STRING, "The words as they stand in the article: text[start_char:end_char].", not_empty()
        ),
    }


def context() -> dict[str, pandera.Column]:
    """Return the columns of the place where a span stands."""
    return {
        "sentence": column(STRING, "The sentence that holds start_char.", nullable=True),
        "section": column(
            STRING, "The part of the article that holds start_char.", one_of(get_args(SectionKind))
        ),
    }


def row_id(what: str) -> pandera.Column:
    """Return the column of the id of a row."""
    return column(STRING, f"Id of the {what}; the same from run to run.", not_empty(), unique=True)


def article_id() -> pandera.Column:
    """Return the column that names the article."""
    return column(STRING, "The article: articles.article_id.", not_empty())


def confidence() -> pandera.Column:
    """Return the column of how sure a row is."""
    return column(pa.float64(), "How sure.", pandera.Check.in_range(0, 1, error="between 0 and 1"))
