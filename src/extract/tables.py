"""Annotations to rows of the published tables: pure, checked against the text and the schema."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from extract.errors import SchemaError
from extract.ids import digest, row_id
from extract.model import Annotation, Article, Issue, Mention, Quote, TextSpan, Timex
from extract.schema import arrow_schema, sort_order, validate

Row = dict[str, Any]
Located = Mention | Quote | Timex | TextSpan


def to_tables(annotations: Iterable[Annotation], issues: Iterable[Issue] = ()) -> dict[str, pa.Table]:
    """Turn annotations into rows.

    Args:
        annotations: One an article.
        issues: Problems of sources that became no annotation.

    Returns:
        The tables `articles`, `entities`, `quotes`, `dates` and `issues`, sorted and valid.
        `articles.duplicate_of` is null: only the store sees all articles.

    Raises:
        SchemaError: A span does not hold its text, or rows break the contract of their table.
    """
    done = list(annotations)
    tables = {name: _table(name, _rows_of(done, rows)) for name, rows in _ROWS.items()}
    return {**tables, "issues": issue_table([*_issues(done), *issues])}


def issue_table(issues: Iterable[Issue]) -> pa.Table:
    """Return the rows of the `issues` table.

    Raises:
        SchemaError: An issue breaks the contract of the table.
    """
    columns = arrow_schema("issues").names
    return _table("issues", [{name: getattr(issue, name) for name in columns} for issue in issues])


def text_hash(text: str) -> str:
    """Return a hash that is equal for texts that differ in white space only."""
    return digest(" ".join(text.split()).encode("utf-8", "surrogatepass"))


def _table(name: str, rows: Sequence[Row]) -> pa.Table:
    try:
        table = pa.Table.from_pylist(rows, schema=arrow_schema(name))
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise SchemaError(
            f"Table `{name}`: a value does not fit its column: {error}.",
            advice="The step that made these rows broke the contract in docs/tables.md: please report it.",
        ) from error
    order = [(column, "ascending") for column in sort_order(name)]
    return validate(name, table.sort_by(order))


def _rows_of(annotations: Sequence[Annotation], rows: Callable[[Annotation], Iterable[Row]]) -> list[Row]:
    return [row for annotation in annotations for row in rows(annotation)]


def _issues(annotations: Sequence[Annotation]) -> list[Issue]:
    """Return the problems of the annotated articles, each under its article's id."""
    return [
        replace(issue, article_id=done.article.article_id)
        for done in annotations
        for issue in (*done.article.issues, *done.issues)
    ]


def _article_rows(annotation: Annotation) -> list[Row]:
    article = annotation.article
    return [
        {
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
            "n_tokens": annotation.n_tokens,
            "n_sentences": len(annotation.sentences),
            "content_hash": article.content_hash,
            "duplicate_of": None,
            "text_hash": text_hash(article.text),
            "engine": annotation.engine,
        }
    ]


def _entity_rows(annotation: Annotation) -> Iterable[Row]:
    for mention in annotation.mentions:
        yield {
            "mention_id": _row_id(annotation.article, "entities", mention),
            **_place(annotation, mention),
            "label": mention.label,
            "entity_id": mention.entity_id,
            "name_id": mention.name_id,
            "entity_name": mention.entity_name,
            "entity_kind": mention.entity_kind,
            "candidates": [] if mention.name_id else list(mention.candidates),
            "method": mention.method,
            "engine": mention.engine,
            "rule": mention.rule,
            "confidence": mention.confidence,
        }


def _quote_rows(annotation: Annotation) -> Iterable[Row]:
    ids = [_row_id(annotation.article, "quotes", quote) for quote in annotation.quotes]
    for quote_id, quote in zip(ids, annotation.quotes, strict=True):
        speaker = _part(annotation.article, quote.speaker)
        cue = _part(annotation.article, quote.cue)
        yield {
            "quote_id": quote_id,
            **_place(annotation, quote),
            "type": quote.type,
            "speaker_text": speaker["text"],
            "speaker_start": speaker["start"],
            "speaker_end": speaker["end"],
            "speaker_entity_id": quote.speaker_entity_id,
            "speaker_name_id": quote.speaker_name_id,
            "speaker_name": quote.speaker_name,
            "speaker_kind": quote.speaker_kind,
            "speaker_method": quote.speaker_method,
            "cue": cue["text"],
            "cue_start": cue["start"],
            "cue_end": cue["end"],
            "group_id": ids[quote.group],
            "duplicate_of": None if quote.duplicate_of is None else ids[quote.duplicate_of],
            "confidence": quote.confidence,
            "rule": quote.rule,
        }


def _date_rows(annotation: Annotation) -> Iterable[Row]:
    for timex in annotation.timexes:
        yield {
            "date_id": _row_id(annotation.article, "dates", timex),
            **_place(annotation, timex),
            "type": timex.type,
            "value": timex.value,
            "mod": timex.mod,
            "earliest": timex.earliest,
            "latest": timex.latest,
            "anchor": timex.anchor,
            "anchor_source": timex.anchor_source,
            "rule": timex.rule,
        }


_ROWS: Mapping[str, Callable[[Annotation], Iterable[Row]]] = {
    "articles": _article_rows,
    "entities": _entity_rows,
    "quotes": _quote_rows,
    "dates": _date_rows,
}


def _row_id(article: Article, table: str, found: Located) -> str:
    return row_id(article.article_id, table, found.start, found.end)


def _place(annotation: Annotation, found: Located) -> Row:
    """Return the columns that say where a row's words stand."""
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


def _part(article: Article, span: TextSpan | None) -> Row:
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
            advice="The rule that made it shifts or alters text: please report it with the article.",
        )
