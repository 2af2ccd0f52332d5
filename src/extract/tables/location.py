"""The columns that locate a row in its article; every surface is checked against the text."""

from bisect import bisect_right

from extract.errors import SchemaError
from extract.ids import row_id
from extract.model import Annotation, Article, Mention, Quote, TextSpan, Timex
from extract.schema import Row

Located = Mention | Quote | Timex | TextSpan


def id_at(annotation: Annotation, table: str, found: Located) -> str:
    """Return the id of the row of a span."""
    return row_id(annotation.article.article_id, table, found.start, found.end)


def location(annotation: Annotation, found: Located) -> Row:
    """Return the columns for a span's article, offsets, text, sentence and section.

    Raises:
        SchemaError: The text at the offsets is not the span's text.
    """
    article = annotation.article
    _check_surface(article, found)
    return {
        "article_id": article.article_id,
        "start_char": found.start,
        "end_char": found.end,
        "text": found.text,
        "sentence": _sentence_at(annotation, found.start),
        "section": article.section_at(found.start),
    }


def part(article: Article, span: TextSpan | None) -> Row:
    """Return text, start and end of a further span of a row, such as the speaker; all None if absent.

    Raises:
        SchemaError: The text at the offsets is not the span's text.
    """
    if span is None:
        return {"text": None, "start": None, "end": None}
    _check_surface(article, span)
    return {"text": span.text, "start": span.start, "end": span.end}


def _sentence_at(annotation: Annotation, offset: int) -> str | None:
    index = bisect_right(annotation.sentences, offset, key=lambda sentence: sentence[0]) - 1
    if index < 0:
        return None
    start, end = annotation.sentences[index]
    return annotation.article.text[start:end] if offset < end else None


def _check_surface(article: Article, found: Located) -> None:
    seen = article.text[found.start : found.end]
    if found.start < 0 or seen != found.text:
        raise SchemaError(
            f"Article {article.article_id!r}: the {type(found).__name__} at {found.start}-{found.end} says "
            f"{found.text!r}, but the text there reads {seen!r}.",
            advice="The rule that made it shifts or alters text: please report this and the article.",
        )
