"""The columns that locate a row in its article."""

from bisect import bisect_right

from extract.ids import row_id
from extract.model import Annotation, Mention, Quote, TextSpan, Timex
from extract.schema import Row

Located = Mention | Quote | Timex | TextSpan


def id_at(annotation: Annotation, table: str, found: Located) -> str:
    """Return the id of the row of a span."""
    return row_id(annotation.article.article_id, table, found.start, found.end)


def location(annotation: Annotation, found: Located) -> Row:
    """Return the columns for a span's article, offsets, text, sentence and section."""
    article = annotation.article
    return {
        "article_id": article.article_id,
        "start_char": found.start,
        "end_char": found.end,
        "text": found.text,
        "sentence": _sentence_at(annotation, found.start),
        "section": article.section_at(found.start),
    }


def part(span: TextSpan | None) -> Row:
    """Return text, start and end of a further span of a row, such as the speaker; all None if absent."""
    if span is None:
        return {"text": None, "start": None, "end": None}
    return {"text": span.text, "start": span.start, "end": span.end}


def _sentence_at(annotation: Annotation, offset: int) -> str | None:
    index = bisect_right(annotation.sentences, offset, key=lambda sentence: sentence[0]) - 1
    if index < 0:
        return None
    start, end = annotation.sentences[index]
    return annotation.article.text[start:end] if offset < end else None
