"""The `issues` table."""

from collections.abc import Iterable, Iterator
from typing import get_args

from extract.model import Annotation, Issue, Severity
from extract.schema import Row, Table
from extract.schema.columns import STRING, column, not_empty, one_of


def issue_rows(annotation: Annotation) -> Iterator[Row]:
    """Yield one row per problem found while reading or analysing an article, with its article id."""
    for row in rows_of_issues((*annotation.article.issues, *annotation.issues)):
        yield {**row, "article_id": annotation.article.article_id}


def rows_of_issues(issues: Iterable[Issue]) -> Iterator[Row]:
    """Yield one row per problem."""
    for issue in issues:
        yield {name: getattr(issue, name) for name in TABLE.columns}


TABLE = Table(
    name="issues",
    description="One row per problem.",
    columns={
        "source": column(STRING, "The file, or `file:line` for a line that is not a valid record."),
        "article_id": column(STRING, "The article; null if none could be created.", nullable=True),
        "severity": column(STRING, "How serious it is.", one_of(get_args(Severity))),
        "code": column(STRING, "Stable short name, such as `empty_text`, for filtering.", not_empty()),
        "message": column(STRING, "What failed and what was found."),
        "advice": column(STRING, "What to do about it."),
    },
    order=("article_id", "source", "code", "severity", "message", "advice"),
    rows=issue_rows,
    key=("article_id", "source"),
)
