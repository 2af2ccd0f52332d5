"""JSON Lines: one article per line, with `id`, `text` and optional metadata."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.reading.build import METADATA_FIELDS, Draft, Metadata, make_article
from extract.reading.context import Context
from extract.reading.problems import Problem, too_long
from extract.reading.sources import Source

_ADVICE = (
    "Write one JSON object per line, with line breaks in the text as \\n: "
    '{"id": "a1", "text": "...", "title": ..., "url": ..., "outlet": ..., "author": ..., "published": ...}.'
)
# `\ud83d\ude00` is one character in twelve bytes; all other fields together may have a million bytes.
_MOST_BYTES = 12
_OTHER_FIELDS = 1_000_000
_UTF8_MARK = b"\xef\xbb\xbf"


def read_jsonl(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the records of a file; a bad record becomes an Issue whose source is `file:line`.

    Raises:
        OSError: The file cannot be read.
    """
    longest = _MOST_BYTES * context.max_chars + _OTHER_FIELDS
    empty = True
    with source.path.open("rb") as file:
        for number, line in _lines(file, longest):
            location = f"{source.name}:{number}"
            if line is None:
                empty = False
                yield too_long(f"a record of more than {longest:,} bytes", context.max_chars).at(location)
            elif line.strip():
                empty = False
                yield _read_record(line, source.name, location, context)
    if empty:
        problem = Problem("warning", "no_records", "The file has no records.", "Fill it or remove it.")
        yield problem.at(source.name)


def _lines(file: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the numbered lines, None for one over `longest` bytes; never hold more than that in memory."""
    number, skipping = 1, False
    while piece := file.readline(longest + 1):
        whole = piece.endswith(b"\n") or len(piece) <= longest
        if not skipping:
            # Files that were joined have their marks in the middle.
            yield number, piece.removeprefix(_UTF8_MARK) if whole else None
        skipping = not whole
        number += whole


def _read_record(line: bytes, name: str, location: str, context: Context) -> Article | Issue:
    """Read one record; an Article's source is the file without line, as line numbers shift after an edit."""
    try:
        draft = _draft(_parse(line), name)
    except ReadError as error:
        return Problem("error", "bad_record", error.message, _ADVICE).at(location)
    item = make_article(draft, max_chars=context.max_chars, forms=context.forms)
    return replace(item, source=location) if isinstance(item, Issue) else item


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


def _draft(record: dict[str, object], source: str) -> Draft:
    record = {"published": record.get("published_at"), **record}  # its name in the articles table
    metadata = {name: _text_or_none(record, name) for name in METADATA_FIELDS}
    text = record.get("text")
    if not isinstance(text, str):
        raise ReadError(f"The record's `text` is {_describe(record, 'text')}, not a string.")
    return Draft(
        article_id=_id(record),
        source=source,
        format="jsonl",
        text=text,
        metadata=Metadata.from_mapping(metadata),
    )


def _id(record: dict[str, object]) -> str:
    value = record.get("id")
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ReadError(f"The record's `id` is {_describe(record, 'id')}, not a string or whole number.")


def _text_or_none(record: dict[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    raise ReadError(f"The record's `{name}` is {_describe(record, name)}, not a string.")


def _describe(record: dict[str, object], name: str) -> str:
    if name not in record:
        return "missing"
    return f"a {type(record[name]).__name__}"
