"""Cells of exports: values as text, harmless in every tool."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Plain = str | int | float | bool | None
Cell = Callable[[Any], Plain]

# What XML and spreadsheets cannot hold, and what turns or hides text on a screen.
_UNSAFE_IN_UTF8 = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(f"[{_UNSAFE_IN_UTF8}\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
# Spreadsheets take a cell for a formula that begins so, also after white space.
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")


def clean(text: str) -> str:
    r"""Return a text without control characters; each becomes U+FFFD, so that its length stays.

    >>> clean("a\x00b")
    'a\ufffdb'
    """
    return _UNSAFE.sub(_REPLACEMENT, text)


def no_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe before what begins like one.

    >>> no_formula("=1+1"), no_formula("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def plain(value: Any) -> Plain:  # noqa: ANN401 - a cell of any type
    """Return a value as text or number: days and times in ISO form, lists and records as JSON.

    >>> plain(date(2021, 7, 28)), plain(["a"]), plain(2)
    ('2021-07-28', '["a"]', 2)
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return clean(json.dumps(value, ensure_ascii=False, default=str))
    return clean(str(value))


def readable(value: Any) -> Plain:  # noqa: ANN401 - a cell of any type
    """Return a value as `plain` does, but lists as a reader would write them.

    >>> readable(["Sardar Aziz", "Jo"]), readable([]), readable([date(2021, 7, 28)])
    ('Sardar Aziz; Jo', None, '2021-07-28')
    """
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return "; ".join(str(plain(one)) for one in value if one is not None) or None
    return plain(value)


def plain_rows(batch: pa.RecordBatch, cell: Cell) -> Iterator[tuple[Plain, ...]]:
    """Yield the rows of a batch; column by column is five times faster than cell by cell.

    Args:
        batch: Some rows.
        cell: `plain` or `readable`.
    """
    return zip(*(column.to_pylist() for column in plain_batch(batch, cell).columns), strict=True)


def plain_batch(batch: pa.RecordBatch, cell: Cell = readable) -> pa.RecordBatch:
    """Return a batch whose columns are text, numbers and truth values."""
    columns = [_plain_column(values, cell) for values in batch.columns]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _plain_column(values: pa.Array, cell: Cell) -> pa.Array:
    if pa.types.is_string(values.type):
        return pc.replace_substring_regex(values, f"[{_UNSAFE_IN_UTF8}]", _REPLACEMENT)
    if pa.types.is_primitive(values.type) and not pa.types.is_temporal(values.type):
        return values
    cells = map(cell, values.to_pylist())
    return pa.array((None if one is None else str(one) for one in cells), pa.string())


def csv_rows(batch: pa.RecordBatch) -> Iterator[list[Plain]]:
    """Yield the rows of a batch for a CSV file, in which no text is a formula."""
    for row in plain_rows(batch, readable):
        yield [no_formula(value) if isinstance(value, str) else value for value in row]
