"""Articles with the same text: `articles.duplicate_of`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extract.tables.articles import TABLE as ARTICLES


@dataclass(frozen=True, slots=True)
class Copies:
    """The articles that repeat the text of another.

    Attributes:
        original: The smallest article_id with the same text, by article_id of the copy.
        changed: Published articles whose `duplicate_of` changes.
    """

    original: Mapping[str, str]
    changed: frozenset[str]

    def mark(self, articles: pa.Table) -> pa.Table:
        """Return rows of `articles` with `duplicate_of` filled in."""
        column = articles.schema.get_field_index("duplicate_of")
        values = [self.original.get(article_id) for article_id in articles["article_id"].to_pylist()]
        field = ARTICLES.arrow_schema.field("duplicate_of")
        return articles.set_column(column, field, pa.array(values, field.type))


def find_copies(old: pa.Table, fresh: pa.Table) -> Copies:
    """Find the articles of the new snapshot that have the same text.

    Args:
        old: The published articles that are kept: article_id, text_hash, duplicate_of.
        fresh: The articles processed now, with the same columns; their duplicate_of is null.
    """
    hashes = pa.chunked_array([*old["text_hash"].chunks, *fresh["text_hash"].chunks], pa.string())
    counted = hashes.value_counts()
    repeated = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    kept = _affected(old, repeated)
    rows = kept + _affected(fresh, repeated)
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row["article_id"]):
        first.setdefault(row["text_hash"], row["article_id"])
    original = {
        row["article_id"]: first[row["text_hash"]]
        for row in rows
        if first[row["text_hash"]] != row["article_id"]
    }
    changed = (row["article_id"] for row in kept if original.get(row["article_id"]) != row["duplicate_of"])
    return Copies(original, frozenset(changed))


def _affected(articles: pa.Table, repeated: pa.Array) -> list[dict[str, Any]]:
    """Return the few articles that are, have or were copies."""
    chosen = pc.or_(pc.is_in(articles["text_hash"], repeated), pc.is_valid(articles["duplicate_of"]))
    rows: list[dict[str, Any]] = articles.filter(chosen).to_pylist()
    return rows
