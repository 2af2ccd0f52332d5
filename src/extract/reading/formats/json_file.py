"""JSON: an array of articles, an object that holds one, a single article, a Telegram export."""

from collections import Counter
from collections.abc import Iterator, Mapping

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.opening import read_text
from extract.reading.problems import Problem
from extract.reading.records.articles import Record, read_records
from extract.reading.records.json_records import find_records
from extract.reading.records.json_values import JsonReader
from extract.reading.records.telegram import (
    as_exported,
    is_message,
    problems_of_message,
    skipped_note,
    values_of_message,
    why_skipped,
)
from extract.reading.sources import Source

# `\ud83d\ude00` is one character in twelve; all other fields together may have a million.
_MOST_SIGNS = 12
_OTHER_FIELDS = 1_000_000
_ADVICE = "A record is an object with a text: see docs/running.md."


def read_json(source: Source, context: Context, file_format: str = "json") -> Iterator[Article | Issue]:
    """Read the records of a file; a broken one becomes an Issue whose source is `file:number`.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is not in the encoding that its byte-order mark names, or unpacks to too much.
    """
    notes: list[Problem] = []

    def records() -> Iterator[Record | Issue]:
        longest = _MOST_SIGNS * context.max_chars + _OTHER_FIELDS
        reader = JsonReader(read_text(source.path, notes), longest)
        skipped: Counter[str] = Counter()
        number = 0
        try:
            for number, found in enumerate(find_records(reader, context.columns), 1):
                value = as_exported(found.value)
                reason = why_skipped(value) if is_message(value) else None
                if reason:
                    skipped[reason] += 1
                else:
                    yield _record(value, found.above, number, source)
        except ReadError as error:
            code = "bad_record" if type(error) is ReadError else error.code
            yield Problem("error", code, error.message, error.advice).at(f"{source.name}:{number + 1}")
        notes.extend(skipped_note(skipped))

    yield from read_records(records, source, file_format, context, notes)


def _record(value: object, above: Mapping[str, object], number: int, source: Source) -> Record | Issue:
    if not isinstance(value, dict):
        message = f"The record is not a JSON object but of type {type(value).__name__}."
        return Problem("error", "bad_record", message, _ADVICE).at(f"{source.name}:{number}")
    if is_message(value):
        return Record(values_of_message(value, above), number, problems_of_message(value))
    return Record(value, number)
