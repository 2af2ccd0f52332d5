"""Compare published tables: do two versions of the project give the same rows?

    python -m benchmarks.runs.digest OUTPUTS [OTHER_OUTPUTS]

Prints the number of rows and a digest of the values of each table. With two folders it names the columns
that differ, each with the first rows that do, and fails if there are any. Run both versions on the same
paths, because sources are paths.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import pyarrow as pa

from extract.store import read_table
from extract.tables import TABLES

_SHOWN = 3


def main() -> None:
    """Print the digests, compare, and fail if something differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("outputs", type=Path, metavar="OUTPUTS", help="an output folder")
    parser.add_argument("other", type=Path, metavar="OTHER_OUTPUTS", nargs="?", help="one to compare it with")
    given = parser.parse_args()
    folders = [given.outputs] if given.other is None else [given.outputs, given.other]
    tables = [{name: read(folder, name) for name in TABLES} for folder in folders]
    for name in TABLES:
        print(f"{name:10} " + "   ".join(f"{len(one[name]):8,} {digest(one[name])}" for one in tables))
    if given.other is not None:
        old, new = tables
        lines = [line for name in TABLES for line in differences(name, old[name], new[name])]
        print("\n".join(lines))
        sys.exit(bool(lines))


def read(folder: Path, table: str) -> pa.Table:
    """Return the rows of a published table, in their order."""
    return read_table(folder, table)


def digest(rows: pa.Table) -> str:
    """Return a hash of the names and values of all columns."""
    state = hashlib.blake2b(digest_size=8)
    for name in sorted(rows.column_names):
        state.update(f"{name}{rows[name].to_pylist()!r}".encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def differences(table: str, first: pa.Table, second: pa.Table) -> list[str]:
    """Return a line per column that differs, with its first differing values.

    >>> differences("t", pa.table({"a": [1, 2]}), pa.table({"a": [1, 3]}))
    ['t.a: 1 of 2 values differ: 1: 2 -> 3']
    """
    if len(first) != len(second) or first.column_names != second.column_names:
        return [f"{table}: other rows or columns ({len(first):,} and {len(second):,} rows)"]
    lines = []
    for name in first.column_names:
        pairs = enumerate(zip(first[name].to_pylist(), second[name].to_pylist(), strict=True))
        changed = [f"{row}: {one!r} -> {other!r}" for row, (one, other) in pairs if one != other]
        if changed:
            shown = "; ".join(changed[:_SHOWN])
            lines.append(f"{table}.{name}: {len(changed):,} of {len(first):,} values differ: {shown}")
    return lines


if __name__ == "__main__":
    main()
