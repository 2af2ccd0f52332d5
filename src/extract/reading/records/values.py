"""Values of columns and keys -> the text of an article's field."""

import ast
import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from extract.reading.records.columns import Columns, Field

_LISTED = re.compile(r"\[\s*(['\"]).*\1\s*\]", re.DOTALL)
_LONGEST_LIST = 10_000  # characters of a list written as text
_DIGITS = re.compile(r"[0-9]{8,19}(?:\.[0-9]{1,9})?")
# Number of digits of a time -> its divisor; counted from 1970, as computers do. Nine digits begin in 1973.
_UNITS = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}
_DAY_DIGITS, _SECOND_DIGITS = 8, 14  # 20210905, 20210905112000


def field_text(name: Field, value: object, columns: Columns) -> str | None:
    """Return a value as text, None if it cannot be the value of this field.

    The names of several authors are joined with commas, the paragraphs of a text with blank lines; of all
    else an article has one.

    Args:
        name: The field.
        value: Any value of JSON, of Parquet or of a spreadsheet.
        columns: Knows which values are empty and which key of a nested record holds the value proper.
    """
    parts = [part for part in _parts(name, value, columns) if part]
    if name == "author":
        return ", ".join(dict.fromkeys(parts)) or None
    if name == "text":
        return "\n\n".join(parts) or None
    return parts[0] if len(parts) == 1 else None


def _parts(name: Field, value: object, columns: Columns) -> Iterator[str | None]:
    for item in _items(name, value):
        proper = columns.proper(item)
        if isinstance(proper, list | tuple):
            yield from _parts(name, proper, columns)
        elif not columns.is_empty(proper):
            yield _scalar(name, proper)


def _items(name: Field, value: object) -> list[object]:
    """Return the items of a list, also of one that a program has written as text: `['A. Name', 'B.']`."""
    if isinstance(value, list | tuple):
        return list(value)
    if name == "author" and isinstance(value, str) and len(value) <= _LONGEST_LIST:
        return _written_list(value.strip()) or [value]
    return [value]


def _written_list(value: str) -> list[object] | None:
    if not _LISTED.fullmatch(value):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list):
            return found
    return None


def _scalar(name: Field, value: object) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        # The text is stored as given; all else without the blanks around it.
        return (_moment(value.strip()) or value.strip()) if name == "published" else _stripped(name, value)
    if isinstance(value, datetime | date):
        return value.isoformat() if name == "published" else None
    if isinstance(value, int | float):
        return _number(name, value)
    return None


def _stripped(name: Field, value: str) -> str:
    return value if name in {"text", "id"} else value.strip()


def _number(name: Field, value: float) -> str | None:
    """Return a number as an id or a time; a table with empty cells has its whole numbers as `17.0`."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if name == "published":
        return _moment(f"{value:f}" if isinstance(value, float) else str(value))
    if name == "id" and value == int(value):
        return str(int(value))
    return None


def _moment(value: str) -> str | None:
    """Return ISO 8601 for what only a computer writes: a count of seconds, or the date of a tweet.

    >>> _moment("1630830000"), _moment("20210905112000"), _moment("5 September 2021")
    ('2021-09-05T08:20:00+00:00', '2021-09-05T11:20:00', None)
    """
    if _DIGITS.fullmatch(value):
        return _counted(value)
    if value[-4:].isdigit() and value[:3].isalpha():  # Sun Sep 05 11:20:00 +0000 2021
        return _mail_date(value)
    return None


def _counted(value: str) -> str | None:
    whole, _, fraction = value.partition(".")
    if len(whole) == _DAY_DIGITS:
        return f"{whole[:4]}-{whole[4:6]}-{whole[6:]}"
    if len(whole) == _SECOND_DIGITS:
        day, clock = whole[:8], whole[8:]
        return f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}"
    unit = _UNITS.get(len(whole))
    if unit is None:
        return None
    seconds = int(whole) / unit + (float(f"0.{fraction}") if fraction and unit == 1 else 0)
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _mail_date(value: str) -> str | None:
    words = value.split()
    if len(words) != 6:  # noqa: PLR2004 - weekday, month, day, clock, zone, year
        return None
    weekday, month, day, clock, zone, year = words
    try:
        return parsedate_to_datetime(f"{weekday}, {day} {month} {year} {clock} {zone}").isoformat()
    except ValueError:
        return None
