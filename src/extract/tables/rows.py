"""Converts annotations to rows of the published tables, checked against the text and the schema."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from extract.errors import SchemaError
from extract.model import Annotation, Issue
from extract.schema import Row, Table, validate
from extract.tables.issues import TABLE as ISSUES
from extract.tables.issues import rows_of_issues
from extract.tables.registry import TABLES


def to_tables(annotations: Iterable[Annotation], issues: Iterable[Issue] = ()) -> dict[str, pa.Table]:
    """Convert annotations to rows.

    Args:
        annotations: One per article.
        issues: Problems of sources that yielded no article.

    Returns:
        The rows of every table whose rows come from articles, sorted and validated.

    Raises:
        SchemaError: The text at a span's offsets is not its text, or rows violate the schema of their table.
    """
    done = list(annotations)
    others = {ISSUES.name: list(rows_of_issues(issues))}
    return {
        table.name: _arrow_table(
            table,
            [*others.get(table.name, ()), *(row for annotation in done for row in table.rows(annotation))],
        )
        for table in TABLES.values()
        if table.rows is not None
    }


def issue_table(issues: Iterable[Issue]) -> pa.Table:
    """Return the rows of the `issues` table for sources that yielded no article.

    Raises:
        SchemaError: An issue violates the schema of the table.
    """
    return _arrow_table(ISSUES, list(rows_of_issues(issues)))


def _arrow_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    try:
        made = pa.Table.from_pylist(list(rows), schema=table.arrow_schema)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise SchemaError(
            f"Table `{table.name}`: a value does not fit its column: {error}.",
            advice="The step that made these rows violated the schema in docs/tables.md: please report this.",
        ) from error
    return validate(table, made.sort_by(table.sort_keys))
