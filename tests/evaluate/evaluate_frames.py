"""Tables of one invented article, and gold rows turned into tables: a prediction without a fault."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from extract.evaluate import DateRow, EntityRow, Gold, QuoteRow

TEXT = (
    "Baghdad, 3 May 2021 - The Harbour Council's leader Salim Tarek said on Monday that "
    '"the port stays open". Rana Odeh of the Council disagreed with its "strategy".'
)

ENTITY_COLUMNS = ["article_id", "start_char", "end_char", "text", "label", "entity_id", "entity_name"]
QUOTE_COLUMNS = [
    "article_id", "start_char", "end_char", "text", "type",
    "speaker_text", "speaker_name", "speaker_start", "speaker_end",
]  # fmt: skip
DATE_COLUMNS = [
    "article_id", "start_char", "end_char", "text", "type", "value", "mod", "earliest", "latest",
]  # fmt: skip


def place(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"article": "port.txt", "start": start, "end": start + len(words), "text": words}


def small_gold() -> Gold:
    speaker = place("Salim Tarek")
    return Gold(
        entities=(
            EntityRow(**place("Baghdad"), label="GPE", link="Baghdad"),
            EntityRow(**place("Harbour Council"), label="FACTION", link="harbour-council"),
            EntityRow(**speaker, label="PERSON", link="salim-tarek"),
            EntityRow(**place("Rana Odeh"), label="PERSON", link="Rana Odeh"),
        ),
        quotes=(
            QuoteRow(
                **place("the port stays open"),
                type="mixed",
                speaker="Salim Tarek",
                speaker_start=speaker["start"],
                speaker_end=speaker["end"],
            ),
            QuoteRow(**place("strategy"), type="scare"),
        ),
        dates=(
            DateRow(
                **place("3 May 2021"),
                type="DATE",
                value="2021-05-03",
                earliest="2021-05-03",
                latest="2021-05-03",
            ),
            DateRow(**place("Monday"), type="DATE", value="2021-05-03", mod="APPROX"),
        ),
    )


def tables_of(gold: Gold, texts: dict[str, str] | None = None) -> dict[str, pd.DataFrame]:
    """Return the published tables that agree with gold; `texts` by article id."""
    texts = {"port": TEXT} if texts is None else texts
    articles = [{"article_id": key, "source": f"news/{key}.txt", "text": text} for key, text in texts.items()]
    return {
        "articles": pd.DataFrame(articles),
        "entities": _frame(ENTITY_COLUMNS, ([*_span(row), row.label, *_who(row)] for row in gold.entities)),
        "quotes": _frame(
            QUOTE_COLUMNS,
            (
                [*_span(row), row.type, row.speaker, row.speaker, row.speaker_start, row.speaker_end]
                for row in gold.quotes
            ),
        ),
        "dates": _frame(
            DATE_COLUMNS,
            ([*_span(row), row.type, row.value, row.mod, row.earliest, row.latest] for row in gold.dates),
        ),
    }


def _frame(columns: list[str], rows: Iterable[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns).convert_dtypes(dtype_backend="pyarrow")


def _who(row: EntityRow) -> tuple[str | None, str | None]:
    """Return id and name as published: gold's plain names belong to nobody with an id."""
    is_name = row.link is not None and not row.link.islower()
    return (None, row.link) if is_name else (row.link, row.link and row.link.replace("-", " ").title())


def _span(row: EntityRow | QuoteRow | DateRow) -> list[Any]:
    return [row.article.removesuffix(".txt"), row.start, row.end, row.text]
