"""The contract of single rows: a row that breaks it is dropped, and costs neither its article nor other rows.

The values of a row fit their columns, its words stand in the article, and the rules of its table hold.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from extract.model import Article, Issue
from extract.schema import Row, Surface, Table, find_violations

_LONGEST_TEXT = 60  # characters of a row's text in an issue

Rows = dict[str, list[Row]]
Texts = Mapping[str, str]
"""The text of each article, by article id."""


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that breaks the contract.

    Attributes:
        broken: The rules that it breaks, with its values.
    """

    table: Table
    row: Row
    broken: tuple[str, ...]

    def issue(self, article: Article) -> Issue:
        """Return the issue that says which row of an article is dropped, and why."""
        start, end, text = (self.row.get(name) for name in ("start_char", "end_char", "text"))
        return Issue(
            source=article.source,
            article_id=article.article_id,
            severity="warning",
            code="row_dropped",
            message=f"Table `{self.table.name}`, rule `{self.row.get('rule')}`, characters {start}-{end}"
            f" ({str(text)[:_LONGEST_TEXT]!r}): the row breaks the contract and is left out: "
            f"{'; '.join(self.broken)}.",
            advice="The article and its other rows are published. Please report the message and the article.",
        )


def without_broken_rows(
    tables: Mapping[str, Table], rows: Mapping[str, Sequence[Row]], texts: Texts
) -> tuple[Rows, list[BrokenRow]]:
    """Drop the rows that break the contract, and mend the references of the others to them.

    Rows of `articles` and `issues` stay as they are: what is wrong with them is wrong with the whole article.

    Args:
        tables: The tables by name.
        rows: The rows of each table.
        texts: The texts of the articles.

    Returns:
        The other rows, and the dropped ones.
    """
    kept: Rows = {name: list(of_table) for name, of_table in rows.items()}
    dropped: list[BrokenRow] = []
    while found := {
        name: broken for name in kept if (broken := find_broken(tables[name], kept[name], texts))
    }:
        gone = [
            BrokenRow(tables[name], kept[name][position], tuple(broken))
            for name, of_table in found.items()
            for position, broken in of_table.items()
        ]
        for name, positions in found.items():
            kept[name] = [row for position, row in enumerate(kept[name]) if position not in positions]
        _mend_references(tables, kept, gone)
        dropped += gone
    return kept, dropped


def find_broken(table: Table, rows: Sequence[Row], texts: Texts) -> dict[int, list[str]]:
    """Return the rules that rows break, by the position of the row; none for tables that may drop no row."""
    if not table.belongs_to_articles:
        return {}
    unfit = _find_unfit(table, rows)
    if unfit:  # the other rules are about rows with values of the right type
        return unfit
    found: dict[int, list[str]] = defaultdict(list)
    for position, broken in find_misplaced(table, rows, texts):
        found[position].append(broken)
    for violation in find_violations(table, pa.Table.from_pylist(list(rows), schema=table.arrow_schema)):
        for position in violation.rows:
            found[position].append(violation.describe(rows[position]))
    return found


def _find_unfit(table: Table, rows: Sequence[Row]) -> dict[int, list[str]]:
    """Return the errors of rows with a value that does not fit its column."""
    if _misfit(table, rows) is None:
        return {}
    misfits = {position: _misfit(table, [row]) for position, row in enumerate(rows)}
    return {position: [misfit] for position, misfit in misfits.items() if misfit is not None}


def _misfit(table: Table, rows: Sequence[Row]) -> str | None:
    try:
        pa.Table.from_pylist(list(rows), schema=table.arrow_schema)
    except (pa.ArrowException, TypeError, ValueError) as error:
        return f"a value does not fit its column ({error})"
    return None


def find_misplaced(table: Table, rows: Sequence[Row], texts: Texts) -> Iterator[tuple[int, str]]:
    """Yield the positions of rows with words that do not stand in the article, and what stands there."""
    for surface in table.surfaces:
        for position, row in enumerate(rows):
            said, there = row[surface.text], _standing_at(row, surface, texts)
            if said is not None and said != there:
                yield position, f"{surface.rule} ({said!r}, but the text there reads {there!r})"


def _standing_at(row: Row, surface: Surface, texts: Texts) -> str | None:
    """Return what stands in the article at the offsets of a row, None if they are no offsets in it."""
    start, end = row[surface.start], row[surface.end]
    if start is None or end is None or start < 0:
        return None
    return texts[row["article_id"]][start:end]


def _mend_references(tables: Mapping[str, Table], rows: Rows, gone: Collection[BrokenRow]) -> None:
    """Let no row name one that is gone; of an id that was there twice, the other row is still named."""
    for name, of_table in rows.items():
        for reference in tables[name].references:
            lost = {one.row[reference.key] for one in gone if one.table.name == reference.table}
            lost -= {row[reference.key] for row in rows[reference.table]}
            heirs: dict[str, str | None] = {}
            for row in of_table:
                named = row[reference.column]
                if named in lost:
                    is_needed = not tables[name].columns[reference.column].nullable
                    row[reference.column] = heirs.setdefault(named, row[reference.key] if is_needed else None)
