"""JSON Lines: one article per line."""

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from extract.errors import ReadError, TooLargeError
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.formats.json_file import read_json
from extract.reading.opening import open_source, read_source
from extract.reading.problems import Problem, too_long
from extract.reading.records.articles import Record, read_records
from extract.reading.sources import Source

_ADVICE = (
    "Write one JSON object per line, with line breaks in the text as \\n: "
    '{"id": "a1", "text": "...", "title": ..., "url": ..., "outlet": ..., "author": ..., "published": ...}.'
)
# `\ud83d\ude00` is one character in twelve bytes; all other fields together may have a million bytes.
_MOST_BYTES = 12
_OTHER_FIELDS = 1_000_000
_START = 1000
# A compressed file of blank lines alone could keep its reader busy for minutes.
_MOST_BLANK = 4_000_000
_TOO_BLANK = f"The file has more than {_MOST_BLANK // 1_000_000} MB of blank lines; the rest was not read."
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def read_jsonl(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the records of a file; a bad record becomes an Issue whose source is `file:line`.

    Raises:
        OSError: The file cannot be read.
        ReadError: It unpacks to too much, or to blank lines.
    """
    if _is_json(read_source(source.path, _START)):
        yield from read_json(source, context, "jsonl")
        return

    def records() -> Iterator[Record | Issue]:
        longest = _MOST_BYTES * context.max_chars + _OTHER_FIELDS
        blank = 0
        with open_source(source.path) as file:
            for number, line in _lines(file, longest):
                blank += 0 if line is None or line.strip() else len(line)
                if blank > _MOST_BLANK:
                    raise TooLargeError(_TOO_BLANK, advice="Remove the blank lines.")
                location = f"{source.name}:{number}"
                if line is None:
                    yield too_long(f"a record of more than {longest:,} bytes", context.max_chars).at(location)
                elif line.strip():
                    yield _record(line, number, location)

    yield from read_records(records, source, "jsonl", context)


def _is_json(start: bytes) -> bool:
    """Return whether the values of a file go over several lines: an array of objects, an indented object."""
    signs = start.removeprefix(codecs.BOM_UTF8).split(maxsplit=1)
    first_line = start.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")[0].strip()
    is_array = b"".join(signs).startswith((b"[{", b"[]"))
    return is_array or first_line in (b"{", b"[") or start.startswith(_WIDE_MARKS)


def _lines(file: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the numbered lines, None for one over `longest` bytes; never hold more than that in memory."""
    number, skipping = 1, False
    while piece := file.readline(longest + 1):
        whole = piece.endswith(b"\n") or len(piece) <= longest
        if not skipping:
            # Files that were joined have their marks in the middle.
            yield number, piece.removeprefix(codecs.BOM_UTF8) if whole else None
        skipping = not whole
        number += whole


def _record(line: bytes, number: int, location: str) -> Record | Issue:
    try:
        return Record(_parse(line), number)
    except ReadError as error:
        return Problem("error", "bad_record", error.message, _ADVICE).at(location)


def _parse(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReadError(f"The line is not UTF-8: byte {error.start} is 0x{line[error.start]:02x}.") from None
    except RecursionError:
        raise ReadError("The line is nested too deeply.") from None
    except ValueError as error:  # JSONDecodeError, or a number of thousands of digits
        raise ReadError(f"The line is not a complete JSON value: {error}.") from None
    if not isinstance(record, dict):
        raise ReadError(f"The line is not a JSON object but of type {type(record).__name__}.")
    return record
