"""Read a folder of gold files.

A gold folder contains JSONL files. A file with `entities`, `quotes` or `dates` in its name contains rows of
that table; with `optional` as well, debatable spans, which never count as errors. Every line has the article
(`file`: its id or the name of its source file), `start` and `end` in code points, and the fields of its
table: entities `label` and `canonical`, quotes `type` and the `speaker_*` fields (`speaker_id`, if the line
has it, is the id of the speaker or null), dates `type`, `value`, `mod`, `earliest` and `latest`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from extract.errors import EvaluationError
from extract.evaluate.rows import DateRow, EntityRow, QuoteRow, Row
from extract.model import Label, QuoteType, TimexType

_FORMAT = "docs/evaluation.md describes the format of gold files."
_LABELS: tuple[str, ...] = get_args(Label)
_QUOTE_TYPES: tuple[str, ...] = get_args(QuoteType)
_TIMEX_TYPES: tuple[str, ...] = get_args(TimexType)

_Fields = Mapping[str, Any]
_T = TypeVar("_T", EntityRow, QuoteRow, DateRow)


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold rows of a folder; their `article` is the `file` of the gold line."""

    entities: tuple[EntityRow, ...] = ()
    quotes: tuple[QuoteRow, ...] = ()
    dates: tuple[DateRow, ...] = ()
    optional_entities: tuple[EntityRow, ...] = ()
    optional_quotes: tuple[QuoteRow, ...] = ()
    optional_dates: tuple[DateRow, ...] = ()

    def files(self) -> tuple[str, ...]:
        """Return the names of the articles with gold rows, sorted."""
        return tuple(sorted({row.article for row in self.rows()}))

    def rows(self) -> tuple[Row, ...]:
        """Return the rows of all tables, without the optional ones."""
        return (*self.entities, *self.quotes, *self.dates)


def read_gold(folder: Path) -> Gold:
    """Read the gold files of a folder.

    Raises:
        EvaluationError: The folder is missing, has no gold, or a line is invalid (named as `file:line`).
    """
    if not folder.is_dir():
        raise EvaluationError(f"The gold folder {folder} does not exist.", advice="Give a folder. " + _FORMAT)
    files = sorted(folder.glob("*.jsonl"))
    gold = Gold(
        entities=_read_table(files, "entities", _entity, optional=False),
        quotes=_read_table(files, "quotes", _quote, optional=False),
        dates=_read_table(files, "dates", _date, optional=False),
        optional_entities=_read_table(files, "entities", _entity, optional=True),
        optional_quotes=_read_table(files, "quotes", _quote, optional=True),
        optional_dates=_read_table(files, "dates", _date, optional=True),
    )
    if not gold.files():
        raise EvaluationError(
            f"The gold folder {folder} has no gold rows (JSONL files seen: {len(files)}).",
            advice="Name the files after their table, such as seed_entities.jsonl. " + _FORMAT,
        )
    return gold


def _read_table(
    files: list[Path], table: str, make: Callable[[_Fields], _T], *, optional: bool
) -> tuple[_T, ...]:
    chosen = [file for file in files if table in file.name and ("optional" in file.name) == optional]
    return tuple(row for file in chosen for row in _read_rows(file, make))


def _read_rows(file: Path, make: Callable[[_Fields], _T]) -> Iterator[_T]:
    # Not splitlines(): a quotation may contain a line separator that JSON does not escape.
    for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield make(_fields(line))
        except ValueError as error:
            raise EvaluationError(f"{file}:{number}: {error}.", advice="Fix that line. " + _FORMAT) from error


def _fields(line: bytes) -> _Fields:
    fields = json.loads(line.decode("utf-8-sig"))
    if not isinstance(fields, dict):
        raise ValueError("the line is not a JSON object")  # noqa: TRY004 - the data is wrong, not the caller
    return fields


def _entity(fields: _Fields) -> EntityRow:
    return EntityRow(
        **_span(fields), label=_one_of(fields, "label", _LABELS), link=_text(fields, "canonical")
    )


def _quote(fields: _Fields) -> QuoteRow:
    return QuoteRow(
        **_span(fields),
        type=_one_of(fields, "type", _QUOTE_TYPES),
        speaker=_text(fields, "speaker_canonical"),
        speaker_start=_offset(fields, "speaker_start"),
        speaker_end=_offset(fields, "speaker_end"),
        speaker_id=_text(fields, "speaker_id"),
        has_id="speaker_id" in fields,
    )


def _date(fields: _Fields) -> DateRow:
    return DateRow(
        **_span(fields),
        type=_one_of(fields, "type", _TIMEX_TYPES),
        value=_text(fields, "value") or "",
        mod=_text(fields, "mod"),
        earliest=_text(fields, "earliest"),
        latest=_text(fields, "latest"),
    )


def _span(fields: _Fields) -> dict[str, Any]:
    file, start, end = _text(fields, "file"), _offset(fields, "start"), _offset(fields, "end")
    if not file or start is None or end is None:
        raise ValueError("`file`, `start` and `end` are required")
    if not 0 <= start < end:
        raise ValueError(f"the span {start}-{end} is empty or reversed")
    return {"article": file, "start": start, "end": end, "text": _text(fields, "text") or ""}


def _one_of(fields: _Fields, name: str, known: tuple[str, ...]) -> str:
    value = _text(fields, name)
    if value not in known:
        raise ValueError(f"`{name}` is {value!r}, not one of {', '.join(known)}")
    return str(value)


def _text(fields: _Fields, name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"`{name}` is {value!r}, not a string")
    return value


def _offset(fields: _Fields, name: str) -> int | None:
    value = fields.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError(f"`{name}` is {value!r}, not an integer")
    return value
