"""Rows of a CSV file, each parsed on its own, so that a broken one costs no other."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MOST_FIELDS = 100
_OPEN = f"a quotation mark that is not closed or closed too early, or more than {_MOST_FIELDS} fields"
_LINE_END = re.compile(r"\r\n?|\n|\Z")
# NUL, and lone surrogates, which cannot be stored.
_FORBIDDEN = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a CSV file.

    Attributes:
        line: Number of its first line.
        fields: Its fields; None if it is broken.
        flaw: Continues the message `The row has`; empty if it is not broken.
    """

    line: int
    fields: tuple[str, ...] | None
    flaw: str = ""


def read_rows(
    text: str, delimiter: str, is_row: Callable[[tuple[str, ...]], bool] = lambda _fields: False
) -> Iterator[Row]:
    r"""Yield the rows of a CSV file that are not empty; the first is the header.

    A row goes on in the next line while a quotation mark is open. A broken row ends with its first line: if a
    mark was never closed, the lines below it are rows.

    Args:
        text: The content of the file.
        delimiter: What stands between fields.
        is_row: Whether the fields of a line are certainly those of a row; a mark that is open before it was
            forgotten.

    >>> [row.fields or row.line for row in read_rows('file,title\na,"open\nb,"one, two"\n', ",")]
    [('file', 'title'), 2, ('b', 'one, two')]
    """
    whole = _whole_row(delimiter)
    at, line, width = 0, 1, 0
    while at < len(text):
        found = whole.match(text, at)
        if found and is_row(_second_line(found[0], whole, delimiter)):
            found = None
        row = _parse(line, found[0], delimiter, width or _MOST_FIELDS) if found else Row(line, None, _OPEN)
        end = found.end() if found and row.fields is not None else _line_end(text, at)
        if row.fields != ():
            yield row
            width = width or len(row.fields or ())
        line += len(_LINE_END.findall(text, at, end)) - 1
        at = end


def _second_line(row: str, whole: re.Pattern[str], delimiter: str) -> tuple[str, ...]:
    """Return the fields of the second line of a row as if it were a row; none if it has one line."""
    start = _line_end(row, 0)
    second = row[start : _line_end(row, start)]
    if not second or not whole.fullmatch(second):
        return ()
    return _parse(0, second, delimiter, _MOST_FIELDS).fields or ()


def _whole_row(delimiter: str) -> re.Pattern[str]:
    """Return the pattern of a row with its line end; it never goes back, so the time is linear."""
    field = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{delimiter}\r\n][^{delimiter}\r\n]*+|)'
    return re.compile(rf"{field}(?:{delimiter}{field}){{0,{_MOST_FIELDS}}}+(?:\r\n?|\n|\Z)")


def _parse(line: int, row: str, delimiter: str, width: int) -> Row:
    forbidden = _FORBIDDEN.search(row)
    if forbidden:
        return Row(line, None, f"the character U+{ord(forbidden[0]):04X}")
    try:
        fields = tuple(next(csv.reader([row], delimiter=delimiter, strict=True)))
    except csv.Error:  # all else is in the pattern
        return Row(line, None, f"a field of {csv.field_size_limit():,} characters or more")
    if len(fields) > width:
        return Row(line, None, "more fields than the header")
    return Row(line, fields)


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)
