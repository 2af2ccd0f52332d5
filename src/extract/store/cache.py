"""Parsed Docs kept beside the tables, so that new rules or names need no network to run again.

outputs/.cache/docs/<engine>/3f.parquet   Docs whose content hash begins with 3f; `engine` is its fingerprint

The cache holds Docs of published articles only. Losing it costs time, never rows: whatever is damaged,
missing or of another engine is made again.
"""

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.store.files import sync

CACHE = Path(".cache")  # of the output folder
_DOCS = CACHE / "docs"
DOCS = "docs.arrow"  # of a part
SCHEMA = pa.schema([pa.field("content_hash", pa.string()), pa.field("doc", pa.binary())])
_PREFIX = 2  # characters of the hash that name the file: 256 files
_ROWS = 32  # a row group: about what one batch reads


@dataclass(frozen=True)
class DocCache:
    """The Docs of one engine.

    Attributes:
        root: The output folder.
        engine: Fingerprint of the engine: Docs of another one are not used.
        limit: Most bytes on disk, of all engines.
    """

    root: Path
    engine: str
    limit: int

    @property
    def folder(self) -> Path:
        """Where this engine's files lie."""
        return self.root / _DOCS / self.engine

    @cached_property
    def keys(self) -> frozenset[str]:
        """The content hashes whose Docs are here, as of the first look; every file is opened for it."""
        found: set[str] = set()
        for file in sorted(self.folder.glob("*.parquet")):
            rows = _read(file, ["content_hash"])
            if rows is not None:
                found.update(rows["content_hash"].to_pylist())
        return frozenset(found)

    def find(self, content_hash: str) -> Path | None:
        """Return the file that holds a Doc, None where the Doc is not known."""
        return self.file_of(content_hash) if content_hash in self.keys else None

    def file_of(self, content_hash: str) -> Path:
        """Return the file that may hold a Doc."""
        return self.folder / f"{content_hash[:_PREFIX]}.parquet"

    def size(self) -> int:
        """Return the bytes on disk, those of other engines included."""
        return sum(file.stat().st_size for file in (self.root / _DOCS).rglob("*.parquet"))

    def update(self, parts: Sequence[Path], dropped: Collection[str], kept: Collection[str]) -> None:
        """Take in the Docs of parts and drop those of articles that are gone.

        Files change one by one, each as a whole. Where the Docs would take more than the limit, those of
        other engines go first, then new ones are not taken in.

        Args:
            parts: Folders that workers wrote.
            dropped: Content hashes of articles that are gone.
            kept: Content hashes of all published articles.
        """
        fresh = _by_file(self, parts)
        room = self._make_room()
        if fresh:
            self.folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(fresh.keys() | {self.file_of(key) for key in dropped}):
            added = fresh.get(file, []) if room > 0 else []
            if added or file.exists():
                room -= _rewrite(file, added, kept)

    def _make_room(self) -> int:
        """Remove the Docs of other engines where the limit is near; return how many bytes are left."""
        if self.size() > self.limit // 2:
            for folder in (self.root / _DOCS).iterdir():
                if folder != self.folder:
                    shutil.rmtree(folder, ignore_errors=True)
        return self.limit - self.size()


def write_docs(part: Path, docs: Mapping[str, bytes]) -> None:
    """Write Docs, by content hash, into a part's folder."""
    rows = pa.table([list(docs), list(docs.values())], schema=SCHEMA)
    with (part / DOCS).open("wb") as file, pa.ipc.new_file(file, SCHEMA) as out:
        out.write_table(rows)


def read_docs(file: Path, keys: Collection[str]) -> dict[str, bytes]:
    """Return the Docs of these content hashes; those that are not in the file are left out."""
    rows = _read(file, None, filters=pc.field("content_hash").isin(list(keys)))
    if rows is None:
        return {}
    return dict(zip(rows["content_hash"].to_pylist(), rows["doc"].to_pylist(), strict=True))


def _read(file: Path, columns: list[str] | None, filters: pc.Expression | None = None) -> pa.Table | None:
    """Read a file of the cache; None if it is missing or damaged."""
    try:
        return pq.read_table(file, columns=columns, filters=filters, schema=SCHEMA)
    except (OSError, pa.ArrowInvalid):
        return None


def _by_file(cache: DocCache, parts: Sequence[Path]) -> dict[Path, list[Path]]:
    """Return which parts hold Docs for which file."""
    wanted: dict[Path, list[Path]] = defaultdict(list)
    for part in parts:
        for rows in _docs_of(part):
            for file in {cache.file_of(key) for key in rows["content_hash"].to_pylist()}:
                wanted[file].append(part)
    return wanted


def _docs_of(part: Path) -> Iterator[pa.Table]:
    if (part / DOCS).exists():
        yield pa.ipc.open_file(pa.memory_map(str(part / DOCS))).read_all()


def _rewrite(file: Path, parts: Sequence[Path], kept: Collection[str]) -> int:
    """Write a file anew with the Docs of parts, without those of no article; return by how much it grew."""
    before = file.stat().st_size if file.exists() else 0
    tables = [
        rows for rows in (_read(file, None), *(rows for part in parts for rows in _docs_of(part))) if rows
    ]
    docs = {
        key: doc
        for rows in tables
        for key, doc in zip(rows["content_hash"].to_pylist(), rows["doc"].to_pylist(), strict=True)
        if key in kept and key.startswith(file.stem)
    }
    fresh = file.with_suffix(".new")
    rows = pa.table([sorted(docs), [docs[key] for key in sorted(docs)]], schema=SCHEMA)
    pq.write_table(rows, fresh, compression="zstd", row_group_size=_ROWS)
    sync(fresh)
    fresh.replace(file)
    return file.stat().st_size - before
