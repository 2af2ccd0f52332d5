"""Compare published tables with gold: all scores in one record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TypeVar

import pandas as pd

from extract.errors import EvaluationError
from extract.evaluate.calibration import Calibration
from extract.evaluate.dates import DateScores, score_dates
from extract.evaluate.entities import EntityScores, score_entities
from extract.evaluate.gold import Gold
from extract.evaluate.judging import calibrations
from extract.evaluate.measures import Disagreement
from extract.evaluate.quotes import QuoteScores, score_quotes
from extract.evaluate.rows import (
    DateRow,
    EntityRow,
    QuoteRow,
    date_rows,
    entity_rows,
    in_articles,
    quote_rows,
)

_S = TypeVar("_S")
_T = TypeVar("_T", EntityRow, QuoteRow, DateRow)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of the tables that have gold; None for the others."""

    entities: EntityScores | None = None
    quotes: QuoteScores | None = None
    dates: DateScores | None = None

    def as_dict(self) -> dict[str, float]:
        """Return every measure by its flat name, such as `entities.FACTION.f1`, without undefined ones."""
        parts = {"entities": self.entities, "quotes": self.quotes, "dates": self.dates}
        return {
            f"{table}.{name}": value
            for table, part in parts.items()
            if part is not None
            for name, value in part.measures().items()
            if value is not None
        }

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return every difference between gold and tables, in the order of tables and text."""
        parts = (self.entities, self.quotes, self.dates)
        found = [row for part in parts if part is not None for row in part.disagreements]
        tables = ("entities", "quotes", "dates")
        return tuple(sorted(found, key=lambda row: (tables.index(row.table), row.article_id, row.start)))


def evaluate_tables(tables: Mapping[str, pd.DataFrame], gold: Gold) -> Scores:
    """Score published tables.

    Args:
        tables: `articles`, `entities`, `quotes` and `dates`, with the published columns.
        gold: The expected rows. A table is scored on the articles that have gold rows for it.

    Raises:
        EvaluationError: Gold has an article that is not in the tables, or another text of an article.
    """
    gold = _with_article_ids(gold, tables["articles"])
    _check_texts(gold, tables["articles"])
    return Scores(
        entities=_score(
            score_entities, gold.entities, entity_rows(tables["entities"]), gold.optional_entities
        ),
        quotes=_score(score_quotes, gold.quotes, quote_rows(tables["quotes"]), gold.optional_quotes),
        dates=_score(score_dates, gold.dates, date_rows(tables["dates"]), gold.optional_dates),
    )


def calibrate_tables(tables: Mapping[str, pd.DataFrame], gold: Gold) -> dict[str, Calibration]:
    """Return how true the confidences of published tables are, by column.

    Args:
        tables: `articles`, `entities`, `quotes` and `dates`, with the published columns.
        gold: The expected rows.

    Raises:
        EvaluationError: Gold has an article that is not in the tables.
    """
    gold = _with_article_ids(gold, tables["articles"])
    return calibrations(
        gold, entity_rows(tables["entities"]), quote_rows(tables["quotes"]), date_rows(tables["dates"])
    )


def article_names(articles: pd.DataFrame) -> dict[str, str]:
    """Return article ids by the names that gold may use: the id, or the name of the source file."""
    names: dict[str, str] = {}
    for article_id, source in zip(articles["article_id"], articles["source"], strict=True):
        file = PurePath(str(source)).name
        for name in (article_id, file, PurePath(file).stem, f"{article_id}.txt"):
            names.setdefault(name, article_id)
    return names


def _score(
    scorer: Callable[[Sequence[_T], Sequence[_T], Sequence[_T]], _S],
    gold: Sequence[_T],
    predicted: Sequence[_T],
    optional: Sequence[_T],
) -> _S | None:
    if not gold:
        return None
    return scorer(gold, in_articles(predicted, {row.article for row in gold}), optional)


def _with_article_ids(gold: Gold, articles: pd.DataFrame) -> Gold:
    ids = article_names(articles)
    missing = [file for file in gold.files() if file not in ids]
    if missing:
        raise EvaluationError(
            f"Gold has articles that are not among the {len(articles)} evaluated: {_some(missing)}.",
            advice="Give their source files as input, or remove their lines from the gold files.",
        )
    return Gold(
        entities=_renamed(gold.entities, ids),
        quotes=_renamed(gold.quotes, ids),
        dates=_renamed(gold.dates, ids),
        optional_entities=_renamed(gold.optional_entities, ids),
        optional_quotes=_renamed(gold.optional_quotes, ids),
        optional_dates=_renamed(gold.optional_dates, ids),
    )


def _renamed(rows: Sequence[_T], ids: Mapping[str, str]) -> tuple[_T, ...]:
    return tuple(replace(row, article=ids.get(row.article, row.article)) for row in rows)


def _check_texts(gold: Gold, articles: pd.DataFrame) -> None:
    """Reject gold made for another text, as its offsets would give random scores."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in gold.rows():
        seen = texts[row.article][row.start : row.end]
        if row.text and row.text.split() != seen.split():
            raise EvaluationError(
                f"Gold does not fit the text of {row.article}: at {row.start}-{row.end} "
                f"gold has {row.text!r}, the article {seen!r}.",
                advice="Evaluate the text that was annotated, or fix the offsets.",
            )


def _some(names: Sequence[str], limit: int = 5) -> str:
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more
