"""Checks before publication: a run that would lose half of the rows per article stops here.

The counts come from the recorded facts about the files; only the keys of new files are read.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from extract.errors import StoreError
from extract.store.facts import Facts, count_rows
from extract.store.files import concurrently
from extract.store.parts import tables_of_articles
from extract.tables import TABLES

# With fewer articles, rates mean nothing.
_FEWEST_ARTICLES = 20


def check_drops(new: Facts, old: Facts, max_drop: float) -> None:
    """Compare a finished snapshot with the published one.

    Args:
        new: Facts about the files to be published.
        old: Facts about the published files; empty if there are none, or if they have other columns.
        max_drop: Largest share of rows per article or filled cells that may be lost.

    Raises:
        StoreError: Too much would be lost; the message lists every loss.
    """
    _refuse(list(_drops(new, old, max_drop)))


def check_keys(snapshot: Path, files: Iterable[str]) -> None:
    """Check that all rows belong to existing articles.

    Args:
        snapshot: The finished snapshot.
        files: Names of the files to check, the same for all tables; the others were checked earlier.

    Raises:
        StoreError: Some rows do not.
    """
    _refuse(list(_orphans(snapshot, sorted(files))))


def _refuse(broken: list[str]) -> None:
    if broken:
        raise StoreError(
            f"The new tables are not published: {'; '.join(broken)}.",
            advice="The previous publication stays. Check what has changed (inputs, lexicon, rules); "
            "if the loss is intended, run again with --max-drop 1.",
        )


def _drops(new: Facts, old: Facts, max_drop: float) -> Iterator[str]:
    rows_before, rows_after = count_rows(old), count_rows(new)
    before, after = rows_before["articles"], rows_after["articles"]
    if min(before, after) < _FEWEST_ARTICLES:
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
    found = concurrently(partial(_orphans_of_bucket, snapshot), files)
    for table in tables_of_articles():
        keys = [orphans[table] for orphans in found if table in orphans]
        if keys:
            yield f"{table} has rows of articles that do not exist ({keys[0]!r})"


def _orphans_of_bucket(snapshot: Path, name: str) -> dict[str, str]:
    """Return one article that does not exist, for each table whose file of this name has such."""
    known = _keys(snapshot / "articles" / name)
    strange = {table: _keys(snapshot / table / name) - known for table in tables_of_articles()}
    return {table: min(keys) for table, keys in strange.items() if keys}


def _keys(file: Path) -> set[str]:
    return set(pq.read_table(file, columns=["article_id"])["article_id"].unique().to_pylist())
