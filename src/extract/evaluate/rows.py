"""The rows to compare: the same three plain records for gold and for published tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A mention.

    Attributes:
        article: Article id; in gold as read, the `file` of the gold line.
        link: The entity's id (gold: its canonical id or plain name), None if the mention is not linked.
        name: The entity's name as published; gold rows have none.
        confidence: As published; gold rows have none.
    """

    article: str
    start: int
    end: int
    text: str
    label: str
    link: str | None = None
    name: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quoted or reported piece of speech.

    Attributes:
        speaker: The speaker's name: in gold the canonical name, in tables the resolved name, else the words
            in the text.
        speaker_id: Id of the speaker's actor or place.
        has_id: Whether gold says the id, be it null.
        speaker_text: The words in the text; gold rows have none.
        speaker_kind: As in the table `quotes`; gold rows have none.
        speaker_method: As in the table `quotes`; gold rows have none.
        rule: The rule that found it; gold rows have none.
    """

    article: str
    start: int
    end: int
    text: str
    type: str
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_id: str | None = None
    has_id: bool = False
    speaker_text: str | None = None
    speaker_kind: str | None = None
    speaker_method: str | None = None
    rule: str | None = None
    confidence: float | None = None
    speaker_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class DateRow:
    """A temporal expression; `earliest` and `latest` are ISO days."""

    article: str
    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str | None = None
    earliest: str | None = None
    latest: str | None = None
    confidence: float | None = None


Row = EntityRow | QuoteRow | DateRow
_T = TypeVar("_T", EntityRow, QuoteRow, DateRow)


def entity_rows(frame: pd.DataFrame) -> list[EntityRow]:
    """Return the rows of a published `entities` table."""
    return [
        EntityRow(
            **_span(row),
            label=row["label"],
            link=_present(row["entity_id"]),
            name=_present(row["entity_name"]),
            confidence=_present(row.get("confidence")),
        )
        for row in _records(frame)
    ]


def quote_rows(frame: pd.DataFrame) -> list[QuoteRow]:
    """Return the rows of a published `quotes` table."""
    return [
        QuoteRow(
            **_span(row),
            type=row["type"],
            speaker=_present(row["speaker_name"]) or _present(row["speaker_text"]),
            speaker_start=_offset(row["speaker_start"]),
            speaker_end=_offset(row["speaker_end"]),
            speaker_id=_present(row.get("speaker_entity_id")),
            speaker_text=_present(row.get("speaker_text")),
            speaker_kind=_present(row.get("speaker_kind")),
            speaker_method=_present(row.get("speaker_method")),
            rule=_present(row.get("rule")),
            confidence=_present(row.get("confidence")),
            speaker_confidence=_present(row.get("speaker_confidence")),
        )
        for row in _records(frame)
    ]


def date_rows(frame: pd.DataFrame) -> list[DateRow]:
    """Return the rows of a published `dates` table."""
    return [
        DateRow(
            **_span(row),
            type=row["type"],
            value=_present(row["value"]) or "",
            mod=_present(row["mod"]),
            earliest=_day(row["earliest"]),
            latest=_day(row["latest"]),
            confidence=_present(row.get("confidence")),
        )
        for row in _records(frame)
    ]


def in_articles(rows: Iterable[_T], articles: Iterable[str]) -> list[_T]:
    """Keep the rows of these articles."""
    wanted = set(articles)
    return [row for row in rows if row.article in wanted]


def _records(frame: pd.DataFrame) -> Iterator[Mapping[str, Any]]:
    columns = [str(name) for name in frame.columns]
    for values in frame.itertuples(index=False, name=None):
        yield dict(zip(columns, values, strict=True))


def _span(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "article": row["article_id"],
        "start": int(row["start_char"]),
        "end": int(row["end_char"]),
        "text": row["text"],
    }


def _present(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    """Return the value of a cell, None for any null value of pandas."""
    return None if pd.isna(value) else value


def _offset(value: Any) -> int | None:  # noqa: ANN401 - a cell: int, float or null
    return None if pd.isna(value) else int(value)


def _day(value: Any) -> str | None:  # noqa: ANN401 - a cell: date, timestamp or null
    return None if pd.isna(value) else str(value)[:10]
