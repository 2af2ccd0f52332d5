"""The `dates` table."""

from collections.abc import Iterator
from typing import get_args

from extract.model import Annotation, TimexType
from extract.schema import Row, Surface, Table
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
            "earliest": timex.earliest,
            "latest": timex.latest,
            "anchor": timex.anchor,
            "anchor_source": timex.anchor_source,
            "confidence": timex.confidence,
            "rule": timex.rule,
        }


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
        "earliest": column(
            DAY,
            "First day that it can mean (of a duration: its first day); null if open or unknown.",
            nullable=True,
        ),
        "latest": column(
            DAY,
            "Last day that it can mean (of a duration: its last day); null if open or unknown.",
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
    guarded=("earliest",),
)
