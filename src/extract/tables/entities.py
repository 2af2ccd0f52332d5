"""The `entities` table."""

from collections.abc import Iterator
from typing import get_args

from extract.model import Annotation, Label, Mention
from extract.schema import Row, Surface, Table
from extract.schema.columns import (
    BY_LOCATION,
    STRING,
    STRINGS,
    article_id,
    column,
    confidence,
    context,
    in_order,
    one_of,
    row_id,
    span,
)
from extract.tables.location import id_at, location


def mention_rows(annotation: Annotation) -> Iterator[Row]:
    """Yield one row per mention."""
    for mention in annotation.mentions:
        yield {
            "mention_id": id_at(annotation, "entities", mention),
            **location(annotation, mention),
            "label": mention.label,
            "entity_id": mention.entity_id,
            "name_id": mention.name_id,
            "entity_name": mention.entity_name,
            "entity_kind": mention.entity_kind,
            "candidates": _candidates(mention),
            "method": mention.method,
            "engine": mention.engine,
            "rule": mention.rule,
            "confidence": mention.confidence,
        }


def _candidates(mention: Mention) -> list[str]:
    return [] if mention.name_id else list(mention.candidates)


TABLE = Table(
    name="entities",
    description="One row per mention of a faction, person, organisation or place.",
    columns={
        "article_id": article_id(),
        "mention_id": row_id("mention"),
        **span("the mention"),
        "label": column(STRING, "Type of the named thing.", one_of(get_args(Label))),
        "entity_id": column(
            STRING,
            "The linked entity: an actors.entity_id or a places.entity_id; null if not linked.",
            nullable=True,
        ),
        "name_id": column(
            STRING,
            "Identifies the named thing, known or not, across articles: its lexicon id, or label and full "
            "name (`person:samir-qattan`). Null if ambiguous.",
            nullable=True,
        ),
        "entity_name": column(
            STRING, "Canonical name; if not linked, the fullest name in the article.", nullable=True
        ),
        "entity_kind": column(STRING, "The entity's kind, as in actors.kind.", nullable=True),
        "candidates": column(STRINGS, "The possible name_ids of an ambiguous mention; else empty."),
        "method": column(
            STRING, "How it was identified: alias, short_name, acronym, office, misspelling, ner..."
        ),
        "engine": column(STRING, "What found it: `lexicon`, `pattern`, an engine, or `spacy+stanza`."),
        "rule": column(STRING, "The pattern or lexicon line that matched."),
        "confidence": confidence("Probability that label and link are right."),
        **context(),
    },
    order=BY_LOCATION,
    rows=mention_rows,
    checks=(in_order("start_char", "end_char"),),
    surfaces=(Surface(),),
    guarded=("name_id",),
)
