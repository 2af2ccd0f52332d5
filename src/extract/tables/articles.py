"""The `articles` table."""

from collections.abc import Iterator
from dataclasses import asdict

from extract.ids import digest
from extract.model import Annotation
from extract.schema import Row, Table
from extract.schema.columns import COUNT, INSTANT, SECTIONS, STRING, at_least, column, known_or, not_empty


def article_rows(annotation: Annotation) -> Iterator[Row]:
    """Yield the row of an article, as if it were alone in its story: only the store sees all articles."""
    article = annotation.article
    yield {
        "article_id": article.article_id,
        "source": article.source,
        "format": article.format,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        "published_at": article.published_at,
        "published_source": article.published_source,
        "text": article.text,
        "sections": [asdict(section) for section in article.sections],
        "n_tokens": annotation.n_tokens,
        "n_sentences": len(annotation.sentences),
        "content_hash": article.content_hash,
        "story_id": article.article_id,
        "duplicate_of": None,
        "text_hash": text_hash(article.text),
        "engine": annotation.engine,
    }


def text_hash(text: str) -> str:
    """Return a hash that ignores differences in white space."""
    return digest(" ".join(text.split()).encode("utf-8", "surrogatepass"))


TABLE = Table(
    name="articles",
    description="One row per article.",
    columns={
        "article_id": column(
            STRING, "Its `id`, else its path below the input folder.", not_empty(), unique=True
        ),
        "source": column(
            STRING,
            "The file that it was read from: its absolute path, or its path below EXTRACT_SOURCE_ROOT.",
        ),
        "format": column(STRING, "Format of that file, such as `txt`, `jsonl`."),
        "title": column(STRING, "Headline.", nullable=True),
        "outlet": column(STRING, "Newspaper, agency or site.", nullable=True),
        "author": column(STRING, "Author as given.", nullable=True),
        "url": column(STRING, "Web address.", nullable=True),
        "language": column(STRING, "Language code, such as `en`.", nullable=True),
        "published_at": column(INSTANT, "Time of publication; null if unknown.", nullable=True),
        "published_source": column(
            STRING,
            "Where published_at was found, or why it is null.",
            known_or("unknown: ", ("metadata", "byline", "dateline", "inferred", "override")),
            nullable=True,
        ),
        "text": column(STRING, "The article's text, unaltered; all offsets count its code points."),
        "sections": column(
            SECTIONS,
            "The parts of the text, in order: offsets, and what each was taken for (`entities.section` has"
            " the kinds).",
        ),
        "n_tokens": column(COUNT, "Number of tokens, without white space.", at_least(0)),
        "n_sentences": column(COUNT, "Number of sentences.", at_least(0)),
        "content_hash": column(STRING, "Hash of text and metadata; it changes when the article is edited."),
        "story_id": column(
            STRING,
            "The story, which articles with nearly the same text share (wire copies, updates, new headlines):"
            " article_id of the first of them by published_at, then article_id; undated ones come last.",
            not_empty(),
        ),
        "duplicate_of": column(
            STRING, "The first article of the story, if that is another article.", nullable=True
        ),
        "text_hash": column(STRING, "Hash of the text, ignoring white space: equal for copies."),
        "engine": column(STRING, "The language engine that analysed it."),
    },
    order=("article_id",),
    rows=article_rows,
)
