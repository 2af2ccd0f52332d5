"""Reading the published tables as they were published."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from extract.store.facts import files_of, read_rows
from extract.store.manifest import read_head
from extract.store.snapshots import open_snapshot


def read_table(root: Path, table: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a table of the current publication: the files that its manifest names, each checked.

    Args:
        root: The output folder.
        table: Name of the table.
        columns: The columns to read; all if None.

    Raises:
        StoreError: Nothing is published in `root`, or a file is missing or damaged.
    """
    snapshot = open_snapshot(root)
    facts = read_head(snapshot).facts
    return pa.concat_tables(read_rows(snapshot, name, facts, columns) for name in files_of(facts, table))
