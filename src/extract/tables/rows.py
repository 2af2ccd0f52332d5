"""Converts annotations to rows of the published tables, checked against the text and the schema."""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from extract.errors import SchemaError
from extract.model import Annotation, Issue
from extract.schema import Row, Table, validate
from extract.schema.validation import REPORT
from extract.tables.contract import Texts, find_misplaced, without_broken_rows
from extract.tables.issues import TABLE as ISSUES
from extract.tables.issues import rows_of_issues
from extract.tables.registry import TABLES


def to_tables(
    annotations: Iterable[Annotation], issues: Iterable[Issue] = (), *, drop_broken: bool = False
) -> dict[str, pa.Table]:
    """Convert annotations to rows.

    Args:
        annotations: One per article.
        issues: Problems of sources that yielded no article.
        drop_broken: Drop a row that breaks the contract, with an issue `row_dropped`, instead of raising.

    Returns:
        The rows of every table whose rows come from articles, sorted and validated.

    Raises:
        SchemaError: The text at a span's offsets is not its text, or rows violate the schema of their table;
            with `drop_broken`, only if that is not the fault of single entities, quotes or dates.
    """
    done = list(annotations)
    others = {ISSUES.name: list(rows_of_issues(issues))}
    rows = {
        table.name: [*others.get(table.name, ()), *(row for one in done for row in table.rows(one))]
        for table in TABLES.values()
        if table.rows is not None
    }
    texts = {one.article.article_id: one.article.text for one in done}
    try:
        return _arrow_tables(rows, texts)
    except SchemaError:
        if not drop_broken:
            raise
    return _arrow_tables(_without_broken_rows(rows, done), texts)


def issue_table(issues: Iterable[Issue]) -> pa.Table:
    """Return the rows of the `issues` table for sources that yielded no article.

    Raises:
        SchemaError: An issue violates the schema of the table.
    """
    return _arrow_table(ISSUES, list(rows_of_issues(issues)), {})


def _without_broken_rows(
    rows: Mapping[str, Sequence[Row]], annotations: Sequence[Annotation]
) -> dict[str, list[Row]]:
    """Return the rows that keep the contract, and an issue for each of the others."""
    articles = {one.article.article_id: one.article for one in annotations}
    texts = {key: article.text for key, article in articles.items()}
    kept, dropped = without_broken_rows(TABLES, rows, texts)
    kept[ISSUES.name] += rows_of_issues(one.issue(articles[one.row["article_id"]]) for one in dropped)
    return kept


def _arrow_tables(rows: Mapping[str, Sequence[Row]], texts: Texts) -> dict[str, pa.Table]:
    return {name: _arrow_table(TABLES[name], of_table, texts) for name, of_table in rows.items()}


def _arrow_table(table: Table, rows: Sequence[Row], texts: Texts) -> pa.Table:
    try:
        made = pa.Table.from_pylist(list(rows), schema=table.arrow_schema)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise SchemaError(
            f"Table `{table.name}`: a value does not fit its column: {error}.", advice=REPORT
        ) from error
    for position, broken in find_misplaced(table, rows, texts):
        raise SchemaError(
            f"Table `{table.name}`, article {rows[position]['article_id']!r}: {broken}.", advice=REPORT
        )
    return validate(table, made.sort_by(table.sort_keys))
