"""The sketches of articles: what their copies are found by.

Workers make them with the rows, in the file sketches.arrow of a part.
"""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from extract.stories import Sketch, signatures_of, sketch_of
from extract.tables.articles import TABLE as ARTICLES

SKETCHES = "sketches"
# The columns of `articles` that sketches are made from.
SKETCHED_COLUMNS = ["article_id", "title", "text", "sections", "published_at"]
SKETCHES_SCHEMA = pa.schema(
    {
        "article_id": pa.string(),
        "text_key": pa.string(),
        "published_at": ARTICLES.arrow_schema.field("published_at").type,
        "codes": pa.binary(),
        "signature": pa.binary(),
    }
)


def sketch_table(articles: pa.Table) -> pa.Table:
    """Return the sketches of articles; a short text has neither codes nor signature.

    Args:
        articles: `SKETCHED_COLUMNS`.
    """
    made = [_sketch(row) for row in articles.select(SKETCHED_COLUMNS[:-1]).to_pylist()]
    signed = [number for number, sketch in enumerate(made) if len(sketch.codes)]
    rows = signatures_of([made[number].codes for number in signed])
    signatures = {number: row.tobytes() for number, row in zip(signed, rows, strict=True)}
    columns = [
        articles["article_id"],
        [sketch.key for sketch in made],
        articles["published_at"],
        [sketch.codes.astype("<u2").tobytes() or None for sketch in made],
        [signatures.get(number) for number in range(len(made))],
    ]
    return pa.table(columns, schema=SKETCHES_SCHEMA)


def _sketch(row: Mapping[str, Any]) -> Sketch:
    sections = row["sections"] or [{"kind": "body", "start": 0, "end": len(row["text"])}]
    body = [(section["start"], section["end"]) for section in sections if section["kind"] == "body"]
    return sketch_of(row["title"], row["text"], body)
