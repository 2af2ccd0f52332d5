"""What has to hold before tables are published: a run that lost half of them stops here.

All figures are known of the files already; only files that are new are read, and of them the keys.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow.parquet as pq

from extract.errors import StoreError
from extract.store.index import Facts, count_rows
from extract.store.parts import tables_of_articles
from extract.tables import TABLES

# With fewer articles rates say nothing.
_FEWEST_ARTICLES = 20


def check_drops(new: Facts, old: Facts, max_drop: float) -> None:
    """Compare a finished snapshot with the one that it is to follow.

    Args:
        new: What is known of the files that are about to be published.
        old: The same of the published ones; nothing if there are none, or none of the same columns.
        max_drop: Largest share that may be lost: of articles, of rows an article, of filled cells.

    Raises:
        StoreError: Too much would be lost; the message names all of it.
    """
    _refuse(list(_drops(new, old, max_drop)))


def check_keys(snapshot: Path, files: Collection[str]) -> None:
    """See that no rows belong to articles that do not exist.

    Args:
        snapshot: The finished snapshot.
        files: Names of the files to look at, the same for all tables; the others were looked at before.

    Raises:
        StoreError: There are such rows.
    """
    _refuse(list(_orphans(snapshot, files)))


def _refuse(broken: list[str]) -> None:
    if broken:
        raise StoreError(
            f"The new tables are not published: {'; '.join(broken)}.",
            advice="The last publication stays. Look at what has changed (inputs, lexicon, rules); "
            "if it is meant, run again with --max-drop 1.",
        )


def _drops(new: Facts, old: Facts, max_drop: float) -> Iterator[str]:
    rows_before, rows_after = count_rows(old), count_rows(new)
    before, after = rows_before["articles"], rows_after["articles"]
    if before < _FEWEST_ARTICLES:
        return
    if after < before * (1 - max_drop):
        yield f"articles fall from {before:,} to {after:,}"
    if after < _FEWEST_ARTICLES:
        return
    for table in tables_of_articles():
        was, now = rows_before[table] / before, rows_after[table] / after
        if now < was * (1 - max_drop):
            yield f"rows of {table} fall from {was:.2f} to {now:.2f} per article"
    for table, column in _guarded_columns():
        was, now = _filled(old, table, column), _filled(new, table, column)
        if now < was * (1 - max_drop):
            yield f"filled cells of {table}.{column} fall from {was:.0%} to {now:.0%}"


def _guarded_columns() -> list[tuple[str, str]]:
    return [(table.name, column) for table in TABLES.values() for column in table.guarded]


def _filled(facts: Facts, table: str, column: str) -> float:
    """Return the share of cells that are not null."""
    files = [known for name, known in facts.items() if name.startswith(f"{table}/")]
    rows = sum(known.rows for known in files)
    return 1 - sum(known.empty.get(column, 0) for known in files) / rows if rows else 1.0


def _orphans(snapshot: Path, files: Collection[str]) -> Iterator[str]:
    for table in tables_of_articles():
        for name in sorted(files):
            keys = _keys(snapshot / table / name) - _keys(snapshot / "articles" / name)
            if keys:
                yield f"{table} has rows of articles that do not exist ({min(keys)!r})"
                break


def _keys(file: Path) -> set[str]:
    return set(pq.read_table(file, columns=["article_id"])["article_id"].unique().to_pylist())
