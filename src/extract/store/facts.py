"""What a manifest says about the files of its publication, and reading a file only if that is still true."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import StoreError
from extract.ids import digest
from extract.store.files import names_in
from extract.tables import TABLES

UNKNOWN_SIZE = -1  # in publications of earlier versions


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The facts recorded about a file.

    Attributes:
        checksum: BLAKE2b hash of its bytes.
        size: Number of bytes.
        rows: Number of rows; 0 for a file that is not a table.
        empty: Number of null cells by column, for the table's guarded columns.
    """

    checksum: str
    size: int = UNKNOWN_SIZE
    rows: int = 0
    empty: Mapping[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, str | int | dict[str, int]]:
        """Do the same as `dataclasses.asdict`, ten times faster."""
        return {
            "checksum": self.checksum,
            "size": self.size,
            "rows": self.rows,
            "empty": dict(self.empty),
        }


Facts = Mapping[str, FileFacts]
"""Facts about the files of a publication, by path below its folder."""


def checksum(path: Path) -> str:
    """Return the BLAKE2b hash of a file's bytes, as 32 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def table_files(snapshot: Path) -> list[str]:
    """Return the paths of all table files below a publication's folder, named by the manifest or not.

    Readers of the folder skip hidden files, so these are left out.
    """
    return [f"{table}/{name}" for table in TABLES for name in _parquet_names(snapshot / table)]


def _parquet_names(folder: Path) -> list[str]:
    return [name for name in names_in(folder) if name.endswith(".parquet") and not name.startswith(".")]


def files_of(facts: Facts, table: str) -> list[str]:
    """Return the files of a table that the manifest names, ordered by bucket."""
    return sorted(name for name in facts if name.startswith(f"{table}/"))


def inspect(path: Path) -> FileFacts:
    """Return the facts about a file as it is now."""
    size = path.stat().st_size
    if path.suffix != ".parquet" or path.parent.name not in TABLES:
        return FileFacts(checksum(path), size)
    metadata = pq.read_metadata(path)
    columns = set(metadata.schema.names).intersection(TABLES[path.parent.name].guarded)
    empty = {column: _nulls(metadata, column) for column in sorted(columns)}
    return FileFacts(checksum(path), size, metadata.num_rows, empty)


def _nulls(metadata: pq.FileMetaData, column: str) -> int:
    index = metadata.schema.to_arrow_schema().get_field_index(column)
    groups = (metadata.row_group(number).column(index) for number in range(metadata.num_row_groups))
    return sum(group.statistics.null_count for group in groups if group.statistics is not None)


def count_rows(facts: Facts) -> dict[str, int]:
    """Return the number of rows of every table."""
    counts = dict.fromkeys(TABLES, 0)
    for name, known in facts.items():
        table = name.partition("/")[0]
        if table in counts:
            counts[table] += known.rows
    return counts


def read_bytes(snapshot: Path, name: str, facts: Facts) -> bytes:
    """Return the bytes of a published file.

    Raises:
        StoreError: The manifest does not name it, or its bytes are not those that were published.
    """
    known = facts.get(name)
    try:
        content = (snapshot / name).read_bytes()
    except OSError as error:
        raise damaged(snapshot / name, error.strerror or str(error)) from error
    if known is None or digest(content) != known.checksum:
        raise damaged(snapshot / name, "its checksum is not the one in the manifest")
    return content


def read_rows(snapshot: Path, name: str, facts: Facts, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the rows of a published Parquet file.

    Raises:
        StoreError: The manifest does not name it, or its bytes are not those that were published.
    """
    content = pa.py_buffer(read_bytes(snapshot, name, facts))
    # Twice as fast as `pq.read_table`, which plans to read a folder of files.
    rows = pq.ParquetFile(pa.BufferReader(content)).read(None if columns is None else list(columns))
    return rows if columns is None else rows.select(columns)


def damaged(path: Path, seen: str) -> StoreError:
    """Return the error about a published file that cannot be used."""
    return StoreError(
        f"{path} is damaged: {seen}.",
        advice="Run `extract doctor`: it lists all damage and says how to mend it.",
    )
