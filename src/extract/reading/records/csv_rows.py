"""Rows of a CSV file, each parsed on its own, so that a broken one costs no other."""

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n?|\n|\Z")
_BLANK_LINES = re.compile(r"[\r\n]*+")
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


@dataclass(frozen=True, slots=True)
class Limits:
    """What a row may have at most.

    Attributes:
        fields: Number of fields.
        field: Characters of a field.
        row: Characters of a row; a text is held in memory as far as it is needed to know that a row ends.
    """

    fields: int = 100
    field: int = csv.field_size_limit()
    row: int = sys.maxsize


_SMALL = Limits()


def read_rows(
    text: str | Iterable[str],
    delimiter: str,
    is_row: Callable[[tuple[str, ...]], bool] = lambda _fields: False,
    limits: Limits = _SMALL,
) -> Iterator[Row]:
    r"""Yield the rows of a CSV file that are not empty; the first is the header.

    A row goes on in the next line while a quotation mark is open. A broken row ends with its first line: if a
    mark was never closed, the lines below it are rows. With tabs, a row whose marks are broken has none.

    Args:
        text: The content of the file, or pieces of it.
        delimiter: What stands between fields.
        is_row: Whether the fields of a line are certainly those of a row; a mark that is open before it was
            forgotten.
        limits: What a row may have at most.

    >>> [row.fields or row.line for row in read_rows('file,title\na,"open\nb,"one, two"\n', ",")]
    [('file', 'title'), 2, ('b', 'one, two')]
    """
    pattern = _Pattern(delimiter, limits)
    window = _Window(iter([text] if isinstance(text, str) else text), limits.row)
    line, width = 1, 0
    while window.fill():
        row, end = pattern.row_at(window, line, width or limits.fields, is_row)
        if row.fields != ():
            yield row
            width = width or len(row.fields or ())
        else:
            end = _BLANK_LINES.match(window.text, end).end()  # type: ignore[union-attr]  # matches always
        line += _count_line_ends(window.text, window.at, end)
        window.at = end


@dataclass
class _Window:
    """The part of a text that is held: from the current row on, at least as far as the longest row goes."""

    pieces: Iterator[str]
    longest: int
    text: str = ""
    at: int = 0
    ended: bool = False

    def fill(self) -> bool:
        """Read on if necessary; return whether anything is left."""
        if not self.ended and len(self.text) - self.at <= self.longest:
            held = [self.text[self.at :]]
            length = len(held[0])
            while length <= 2 * self.longest:
                piece = next(self.pieces, None)
                if piece is None:
                    self.ended = True
                    break
                held.append(piece)
                length += len(piece)
            self.text, self.at = "".join(held), 0
        return self.at < len(self.text)


class _Pattern:
    """The form of a row, for one delimiter."""

    def __init__(self, delimiter: str, limits: Limits) -> None:
        self._delimiter = delimiter
        self._limits = limits
        self._whole = _whole_row(re.escape(delimiter), limits.fields)
        self._open = (
            f"a quotation mark that is not closed or closed too early, or more than {limits.fields} fields"
        )

    def row_at(
        self, window: _Window, line: int, width: int, is_row: Callable[[tuple[str, ...]], bool]
    ) -> tuple[Row, int]:
        """Return the row at the start of a window, and where it ends."""
        found = self._whole.match(window.text, window.at)
        if found and (is_row(self._second_line(found[0])) or self._is_cut(found, window)):
            found = None
        row = self._parse(line, found[0], width) if found else Row(line, None, self._open)
        if found and row.fields is not None:
            return row, found.end()
        end = _line_end(window.text, window.at)
        if self._delimiter == "\t" and not found:
            row = self._without_marks(line, window.text[window.at : end], width) or row
        return row, end

    def _is_cut(self, found: re.Match[str], window: _Window) -> bool:
        return found.end() == len(window.text) and not window.ended

    def _without_marks(self, line: int, row: str, width: int) -> Row | None:
        fields = tuple(row.rstrip("\r\n").split("\t"))
        return Row(line, fields) if len(fields) == width and not _FORBIDDEN.search(row) else None

    def _second_line(self, row: str) -> tuple[str, ...]:
        """Return the fields of the second line of a row as if it were a row; none if it has one line."""
        start = _line_end(row, 0)
        second = row[start : _line_end(row, start)]
        if not second or not self._whole.fullmatch(second):
            return ()
        return self._parse(0, second, self._limits.fields).fields or ()

    def _parse(self, line: int, row: str, width: int) -> Row:
        forbidden = _FORBIDDEN.search(row)
        if forbidden:
            return Row(line, None, f"the character U+{ord(forbidden[0]):04X}")
        before = csv.field_size_limit(self._limits.field)  # a setting of the whole process
        try:
            fields = tuple(next(csv.reader([row], delimiter=self._delimiter, strict=True)))
        except csv.Error:  # all else is in the pattern
            return Row(line, None, f"a field of {self._limits.field:,} characters or more")
        finally:
            csv.field_size_limit(before)
        if len(fields) > width:
            return Row(line, None, "more fields than the header")
        return Row(line, fields)


def _whole_row(delimiter: str, most_fields: int) -> re.Pattern[str]:
    """Return the pattern of a row with its line end; it never goes back, so the time is linear."""
    field = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{delimiter}\r\n][^{delimiter}\r\n]*+|)'
    return re.compile(rf"{field}(?:{delimiter}{field}){{0,{most_fields}}}+(?:\r\n?|\n|\Z)")


def _count_line_ends(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)
