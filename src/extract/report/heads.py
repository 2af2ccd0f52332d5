"""The heads of articles: what lists and links say of an article, without its text."""

from dataclasses import dataclass
from datetime import date

from extract.report.publication import Publication, rows_of
from extract.schema.table import Row

_HEADLINE = 70


@dataclass(frozen=True, slots=True)
class Head:
    """An article without its text.

    Attributes:
        article_id: Its id.
        title: Its headline, else how it begins, else its id.
        outlet: Empty if unknown.
        day: The day of publication, None if unknown.
        day_is_inferred: Whether that day was inferred.
        url: Its address as given.
        n_words: Number of words.
        duplicate_of: The first article of its story, if that is another one.
    """

    article_id: str
    title: str
    outlet: str
    day: date | None
    day_is_inferred: bool
    url: str | None
    n_words: int
    duplicate_of: str | None


def read_heads(publication: Publication) -> dict[str, Head]:
    """Return the heads of all articles, the latest first; undated ones last.

    Raises:
        StoreError: A file is missing or damaged.
    """
    columns = [
        "article_id", "title", "outlet", "url", "published_at", "published_source", "text", "duplicate_of",
    ]  # fmt: skip
    heads = [
        _head(row)
        for bucket in publication.buckets()
        for row in rows_of(publication.table("articles", bucket, columns))
    ]
    heads.sort(key=lambda head: (head.day or date.min, head.article_id), reverse=True)
    return {head.article_id: head for head in heads}


def _head(row: Row) -> Head:
    published = row["published_at"]
    return Head(
        article_id=row["article_id"],
        title=row["title"] or _beginning(row["text"]) or row["article_id"],
        outlet=row["outlet"] or "",
        day=published.date() if published else None,
        day_is_inferred=row["published_source"] == "inferred",
        url=row["url"],
        n_words=len(row["text"].split()),
        duplicate_of=row["duplicate_of"],
    )


def _beginning(text: str) -> str:
    words = " ".join(text[: 6 * _HEADLINE].split())
    return words if len(words) <= _HEADLINE else words[:_HEADLINE].rpartition(" ")[0] + " …"
