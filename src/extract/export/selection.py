"""The part of a publication that is exported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import QueryError
from extract.printable import printable
from extract.query import Tables
from extract.query.search import day

STATEMENTS = "statements"
_ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Selection:
    """The rows of one publication that meet all conditions that are given.

    Attributes:
        tables: The publication.
        since: First day of publication (`2021-07-28`, `2021-07`, `2021`); undated articles are then left out.
        until: Last day of publication, likewise.
        entity: Id or name of an actor or a place: the articles that name it.
        story: Id of a story: its articles.
        article: Id of the only article.
    """

    tables: Tables
    since: str | None = None
    until: str | None = None
    entity: str | None = None
    story: str | None = None
    article: str | None = None

    def has_rows(self, name: str) -> bool:
        """Return whether a table has any rows."""
        return any(batch.num_rows for batch in self.batches(name))

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the selected rows of a table.

        Args:
            name: Its name.
            columns: Only these, with `article_id` among them if the table has it.

        Raises:
            QueryError: A day or a name is not understood.
            StoreError: A file is missing or damaged.
        """
        rows = self.tables.arrow(name, columns, keep=False)
        if self._articles is None or "article_id" not in rows.column_names:
            return rows
        return rows.filter(pc.is_in(rows["article_id"], self._articles))

    def batches(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the selected rows of a table, or of `statements`; some at a time, and at least one batch.

        Args:
            name: Its name.
            columns: As of `table`.
        """
        tables = self._statements() if name == STATEMENTS else iter([self.table(name, columns)])
        for table in tables:
            yield from table.to_batches(_ROWS_AT_ONCE) or [
                pa.RecordBatch.from_pylist([], schema=table.schema)
            ]

    def rows(self, name: str, columns: Sequence[str] | None = None) -> Iterator[Mapping[str, Any]]:
        """Yield the same, row by row."""
        for batch in self.batches(name, columns):
            yield from batch.to_pylist()

    def _statements(self) -> Iterator[pa.Table]:
        ids = self._articles
        if ids is None:
            ids = self.tables.arrow("articles", ("article_id",))["article_id"]
        return self.tables.statement_batches(ids.to_pylist())

    @cached_property
    def entity_id(self) -> str | None:
        """The id of `entity`."""
        return None if self.entity is None else self.tables.names.id_of(self.entity)

    @cached_property
    def _articles(self) -> pa.Array | None:
        """The ids of the selected articles; None for all."""
        given = self.since, self.until, self.entity, self.story, self.article
        if all(one is None for one in given):
            return None
        articles = self.tables.arrow("articles", ("article_id", "published_at", "story_id"))
        conditions = []
        published = pc.cast(articles["published_at"], pa.date32())
        if self.since is not None:
            conditions.append(pc.greater_equal(published, day(self.since)))
        if self.until is not None:
            conditions.append(pc.less_equal(published, day(self.until, last=True)))
        for column, wanted in (("story_id", self.story), ("article_id", self.article)):
            if wanted is not None:
                conditions.append(_is_id(articles, column, wanted))
        if self.entity_id is not None:
            mentions = self.tables.arrow("entities", ("article_id", "entity_id", "name_id"))
            is_named = (pc.equal(mentions[name], self.entity_id) for name in ("entity_id", "name_id"))
            named = mentions.filter(pc.fill_null(pc.or_kleene(*is_named), fill_value=False))["article_id"]
            conditions.append(pc.is_in(articles["article_id"], named.combine_chunks()))
        kept = conditions[0]
        for condition in conditions[1:]:
            kept = pc.and_(kept, condition)
        return articles["article_id"].filter(pc.fill_null(kept, fill_value=False)).combine_chunks()


def _is_id(articles: pa.Table, column: str, wanted: str) -> pa.ChunkedArray:
    found = pc.equal(articles[column], wanted)
    if not pc.any(found).as_py():
        raise QueryError(
            f"No article has the {column} {printable(wanted)!r}.",
            advice='`extract query "SELECT article_id, story_id, title FROM articles"` lists them.',
        )
    return found
