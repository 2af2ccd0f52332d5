"""The `dates` table."""

from collections.abc import Iterator
from typing import get_args

from extract.ids import row_id as id_of
from extract.model import Annotation, Timex, TimexRelation, TimexType
from extract.schema import Reference, Row, Surface, Table
from extract.schema.columns import (
    BY_LOCATION,
    DAY,
    STRING,
    article_id,
    column,
    confidence,
    context,
    in_order,
    not_empty,
    one_of,
    row_id,
    span,
)
from extract.tables.location import id_at, location


def timex_rows(annotation: Annotation) -> Iterator[Row]:
    """Yield one row per temporal expression."""
    for timex in annotation.timexes:
        yield {
            "date_id": id_at(annotation, "dates", timex),
            **location(annotation, timex),
            "type": timex.type,
            "value": timex.value,
            "mod": timex.mod,
            "relation": timex.relation,
            "range_id": _range_id(annotation, timex),
            "earliest": timex.earliest,
            "latest": timex.latest,
            "anchor": timex.anchor,
            "anchor_source": timex.anchor_source,
            "confidence": timex.confidence,
            "rule": timex.rule,
        }


def _range_id(annotation: Annotation, timex: Timex) -> str | None:
    """Return the id of the first expression of the range."""
    if timex.range_of is None:
        return None
    return id_of(annotation.article.article_id, "dates", *timex.range_of)


TABLE = Table(
    name="dates",
    description="One row per temporal expression.",
    columns={
        "article_id": article_id(),
        "date_id": row_id("expression"),
        **span("the expression"),
        "type": column(STRING, "TIMEX3 type.", one_of(get_args(TimexType))),
        "value": column(STRING, "TIMEX3 value, such as `2021-07`, `P3Y`, `PRESENT_REF`.", not_empty()),
        "mod": column(STRING, "TIMEX3 mod, such as `END`.", nullable=True),
        "relation": column(
            STRING,
            "How the text places what it tells against the expression (`since 2014`); null if it does not.",
            one_of(get_args(TimexRelation)),
            nullable=True,
        ),
        "range_id": column(
            STRING, "The date_id of the first expression of the same range; null outside one.", nullable=True
        ),
        "earliest": column(
            DAY,
            "First day that it can mean (of a duration: its first); null if open (`until June`) or unknown.",
            nullable=True,
        ),
        "latest": column(
            DAY,
            "Last day that it can mean (of a duration: its last); null if open (`since 2014`) or unknown.",
            nullable=True,
        ),
        "anchor": column(
            DAY, "The day from which it is counted; null for absolute expressions.", nullable=True
        ),
        "anchor_source": column(
            STRING,
            "Origin: `published`, `inferred`, or `reference` (a date in the text, the day of speech).",
            nullable=True,
        ),
        "confidence": confidence("Probability that span, type and value are right."),
        "rule": column(STRING, "The rule that found it."),
        **context(),
    },
    order=BY_LOCATION,
    rows=timex_rows,
    checks=(
        in_order("start_char", "end_char"),
        in_order("earliest", "latest", strictly=False),
    ),
    surfaces=(Surface(),),
    references=(Reference("range_id", "dates", "date_id"),),
    guarded=("earliest",),
)
