"""The rows of a bucket by article: some columns of all articles, all columns of those whose page is made."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from extract.report.actors import Actors
from extract.report.heads import Head
from extract.report.publication import Publication, rows_of
from extract.report.statements import Statement, statements_of
from extract.schema.table import Row

_AT_ONCE = 50  # articles with all columns, which take much memory

# What is gathered of every article. To make Python objects of all columns would take longer than all else.
_GATHERED = {
    "articles": ("article_id", "duplicate_of", "text"),
    "entities": (
        *("article_id", "entity_id", "name_id", "entity_name", "entity_kind", "label"),
        *("sentence", "section", "start_char", "end_char"),
    ),
    "quotes": (
        *("article_id", "quote_id", "start_char", "end_char", "text", "sentence", "type", "group_id"),
        *("duplicate_of", "confidence", "rule", "act", "polarity", "medium", "anonymous", "affiliation"),
        *("about", "addressee", "addressee_id", "said_on_earliest", "speaker_text", "speaker_name"),
        *("speaker_kind", "speaker_method", "speaker_confidence", "speaker_entity_id"),
        *("speaker_entity_ids", "speaker_name_id"),
    ),
    "dates": (
        *("article_id", "date_id", "text", "value", "type", "section", "sentence", "earliest", "latest"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """The rows of one article in all tables."""

    article: Row
    entities: Sequence[Row]
    quotes: Sequence[Row]
    dates: Sequence[Row]
    statements: Sequence[Statement]


class Bucket:
    """The rows of some articles.

    Args:
        publication: Where they are published.
        number: The number of the bucket.

    Raises:
        StoreError: A file is missing or damaged.
    """

    def __init__(self, publication: Publication, number: int) -> None:
        self._tables = {name: publication.table(name, number) for name in _GATHERED}

    def gathered(self, actors: Actors, heads: Mapping[str, Head]) -> Iterator[ArticleRows]:
        """Yield all articles, with the columns that are gathered."""
        tables = {name: self._tables[name].select(columns) for name, columns in _GATHERED.items()}
        entities, quotes, dates = (_by_article(tables[name]) for name in ("entities", "quotes", "dates"))
        for article in rows_of(tables["articles"]):
            key = article["article_id"]
            said = tuple(statements_of(quotes[key], actors, heads[key].day))
            yield ArticleRows(article, entities[key], quotes[key], dates[key], said)

    def whole(self, some: Sequence[ArticleRows]) -> Iterator[ArticleRows]:
        """Yield some of these articles again, with all columns."""
        for at in range(0, len(some), _AT_ONCE):
            yield from self._whole({one.article["article_id"]: one for one in some[at : at + _AT_ONCE]})

    def _whole(self, some: Mapping[str, ArticleRows]) -> Iterator[ArticleRows]:
        ids = pa.array(some, pa.string())
        tables = {
            name: table.filter(pc.is_in(table["article_id"], ids)) for name, table in self._tables.items()
        }
        entities, quotes, dates = (_by_article(tables[name]) for name in ("entities", "quotes", "dates"))
        for article in rows_of(tables["articles"]):
            key = article["article_id"]
            yield ArticleRows(article, entities[key], quotes[key], dates[key], some[key].statements)


def _by_article(table: pa.Table) -> Mapping[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(table):
        grouped[row["article_id"]].append(row)
    return grouped
