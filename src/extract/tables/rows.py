"""Annotations to rows of the published tables: pure, checked against the text and the schema."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from extract.errors import SchemaError
from extract.model import Annotation, Issue
from extract.schema import Row, Table, validate
from extract.tables.issues import TABLE as ISSUES
from extract.tables.issues import rows_of_issues
from extract.tables.registry import TABLES


def to_tables(annotations: Iterable[Annotation], issues: Iterable[Issue] = ()) -> dict[str, pa.Table]:
    """Turn annotations into rows.

    Args:
        annotations: One per article.
        issues: Problems of sources that became no article.

    Returns:
        The rows of every table that is made of articles, sorted and valid.

    Raises:
        SchemaError: A span does not hold its text, or rows break the contract of their table.
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
    """Return the rows of the `issues` table for problems of sources that became no article.

    Raises:
        SchemaError: An issue breaks the contract of the table.
    """
    return _arrow_table(ISSUES, list(rows_of_issues(issues)))


def _arrow_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    try:
        made = pa.Table.from_pylist(list(rows), schema=table.arrow_schema)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise SchemaError(
            f"Table `{table.name}`: a value does not fit its column: {error}.",
            advice="The step that made these rows broke the contract in docs/tables.md: please report it.",
        ) from error
    return validate(table, made.sort_by(table.sort_keys))
