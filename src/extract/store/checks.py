"""What has to hold before tables are published: a run that lost half of them stops here.

All figures come from the files' own statistics; only files that are new are read, and of them the keys.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from extract.errors import StoreError

# Tables whose rows are counted an article, and columns that are as good as always filled.
_COUNTED = ("entities", "quotes", "dates")
_FILLED = (("entities", "name_id"), ("quotes", "speaker_text"), ("dates", "earliest"))
# With fewer articles rates say nothing.
_FEWEST_ARTICLES = 20


def check_snapshot(new: Path, old: Path | None, max_drop: float) -> None:
    """Compare a finished snapshot with the one that it is to follow.

    Args:
        new: The folder that is about to be published.
        old: The published one, None if there is none or one of other columns.
        max_drop: Largest share that may be lost: of articles, of rows an article, of filled cells.

    Raises:
        StoreError: Something does not hold; the message names all that does not.
    """
    broken = [*_orphans(new), *(() if old is None else _drops(new, old, max_drop))]
    if broken:
        raise StoreError(
            f"The new tables are not published: {'; '.join(broken)}.",
            advice="The last publication stays. Look at what has changed (inputs, lexicon, rules); "
            "if it is meant, run again with --max-drop 1.",
        )


def _drops(new: Path, old: Path, max_drop: float) -> Iterator[str]:
    before, after = _count(old, "articles"), _count(new, "articles")
    if before < _FEWEST_ARTICLES:
        return
    if after < before * (1 - max_drop):
        yield f"articles fall from {before:,} to {after:,}"
    if after < _FEWEST_ARTICLES:
        return
    for table in _COUNTED:
        was, now = _count(old, table) / before, _count(new, table) / after
        if now < was * (1 - max_drop):
            yield f"rows of {table} fall from {was:.2f} to {now:.2f} an article"
    for table, column in _FILLED:
        was, now = _filled(old, table, column), _filled(new, table, column)
        if now < was * (1 - max_drop):
            yield f"filled cells of {table}.{column} fall from {was:.0%} to {now:.0%}"


def _count(snapshot: Path, table: str) -> int:
    return sum(pq.read_metadata(file).num_rows for file in _files(snapshot, table))


def _filled(snapshot: Path, table: str, column: str) -> float:
    """Return the share of cells that are not null."""
    rows = nulls = 0
    for file in _files(snapshot, table):
        metadata = pq.read_metadata(file)
        index = metadata.schema.to_arrow_schema().get_field_index(column)
        rows += metadata.num_rows
        groups = (metadata.row_group(number).column(index) for number in range(metadata.num_row_groups))
        nulls += sum(group.statistics.null_count for group in groups if group.statistics is not None)
    return 1 - nulls / rows if rows else 1.0


def _orphans(new: Path) -> Iterator[str]:
    """Yield the tables that hold rows of no article; an article's rows lie in files of one name."""
    for table in _COUNTED:
        for file in _files(new, table):
            if file.stat().st_nlink > 1:  # shared with the last publication, which was checked
                continue
            keys = set(_keys(file)) - set(_keys(new / "articles" / file.name))
            if keys:
                yield f"{table} has rows of articles that do not exist ({min(keys)!r})"
                break


def _keys(file: Path) -> list[str]:
    keys: list[str] = pq.read_table(file, columns=["article_id"])["article_id"].unique().to_pylist()
    return keys


def _files(snapshot: Path, table: str) -> list[Path]:
    return sorted((snapshot / table).glob("*.parquet"))
