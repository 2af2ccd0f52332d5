"""Articles with the same text: `articles.duplicate_of`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa

from extract.schema import arrow_schema


@dataclass(frozen=True, slots=True)
class Copies:
    """Which articles repeat the text of another.

    Attributes:
        original: The smallest article_id with the same text, by article_id of its copies.
        changed: Published articles for which this is other than before.
    """

    original: Mapping[str, str]
    changed: frozenset[str]

    def mark(self, articles: pa.Table) -> pa.Table:
        """Return rows of `articles` with duplicate_of filled in."""
        column = articles.schema.get_field_index("duplicate_of")
        values = [self.original.get(article_id) for article_id in articles["article_id"].to_pylist()]
        field = arrow_schema("articles").field(column)
        return articles.set_column(column, field, pa.array(values, field.type))


def find_copies(old: pa.Table, fresh: pa.Table, kept: Collection[str]) -> Copies:
    """Compare the texts of all articles of the new snapshot.

    Args:
        old: The published articles: article_id, text_hash, duplicate_of.
        fresh: The articles processed now: article_id, text_hash.
        kept: Those of the old articles that stay.
    """
    stays = [row for row in old.to_pylist() if row["article_id"] in kept]
    rows = stays + fresh.to_pylist()
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row["article_id"]):
        first.setdefault(row["text_hash"], row["article_id"])
    original = {
        row["article_id"]: first[row["text_hash"]]
        for row in rows
        if first[row["text_hash"]] != row["article_id"]
    }
    changed = (row["article_id"] for row in stays if original.get(row["article_id"]) != row["duplicate_of"])
    return Copies(original, frozenset(changed))
