"""A cache of parsed Docs: after a change of rules or names, no neural network has to run again.

outputs/.cache/docs/<engine>/3f.parquet   Docs whose content hash starts with 3f; <engine> is its fingerprint

The cache holds Docs of published articles only. Losing it costs time, never rows: Docs that are damaged,
missing or from another engine are parsed again.
"""

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.ids import digest
from extract.store.files import sync

CACHE = Path(".cache")  # in the output folder
_DOCS = CACHE / "docs"
DOCS = "docs.arrow"  # in a part's folder
SCHEMA = pa.schema(
    [
        pa.field("content_hash", pa.string()),
        pa.field("doc", pa.binary()),
        # Checksums of Parquet's own do not cover the headers of pages.
        pa.field("checksum", pa.string()),
    ]
)
_PREFIX = 2  # leading characters of the hash in the file name: 256 files
_ROWS = 32  # per row group: about what one batch reads


@dataclass(frozen=True)
class DocCache:
    """The cached Docs of one engine.

    Attributes:
        root: The output folder.
        engine: Fingerprint of the engine; Docs of other engines are not used.
        limit: Maximum bytes on disk, all engines together.
    """

    root: Path
    engine: str
    limit: int

    @property
    def folder(self) -> Path:
        """The folder of this engine's files."""
        return self.root / _DOCS / self.engine

    @cached_property
    def keys(self) -> frozenset[str]:
        """The content hashes of the cached Docs, as of the first access, which opens every file."""
        found: set[str] = set()
        with suppress(OSError):  # an unreadable cache is an empty one
            for file in sorted(self.folder.glob("*.parquet")):
                rows = _read(file, ["content_hash"])
                found.update(() if rows is None else rows["content_hash"].to_pylist())
        return frozenset(found)

    def find(self, content_hash: str) -> Path | None:
        """Return the file that contains a Doc; None if the Doc is not cached."""
        return self.file_of(content_hash) if content_hash in self.keys else None

    def file_of(self, content_hash: str) -> Path:
        """Return the file in which a Doc belongs."""
        return self.folder / f"{content_hash[:_PREFIX]}.parquet"

    def size(self) -> int:
        """Return the number of bytes on disk, including other engines."""
        return sum(file.stat().st_size for file in (self.root / _DOCS).rglob("*.parquet"))

    def update(self, parts: Sequence[Path], dropped: Collection[str], kept: Collection[str]) -> None:
        """Add the Docs of parts and drop those of removed articles.

        Files are replaced atomically, one by one. If the limit is reached, the Docs of other engines are
        deleted first; after that, new Docs are not added.

        Args:
            parts: Folders written by workers.
            dropped: Content hashes of removed articles.
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
        """Delete the Docs of other engines if half the limit is used; return how many bytes are left."""
        if self.size() > self.limit // 2:
            for folder in (self.root / _DOCS).iterdir():
                if folder != self.folder:
                    shutil.rmtree(folder, ignore_errors=True)
        return self.limit - self.size()


def write_docs(part: Path, docs: Mapping[str, bytes]) -> None:
    """Write Docs by content hash into a part's folder."""
    rows = _table(docs)
    with (part / DOCS).open("wb") as file, pa.ipc.new_file(file, SCHEMA) as out:
        out.write_table(rows)


def read_docs(file: Path, keys: Collection[str]) -> dict[str, bytes]:
    """Return the Docs with these content hashes that are in the file."""
    rows = _read(file, None, filters=pc.field("content_hash").isin(list(keys)))
    return {} if rows is None else dict(_intact(rows))


def _table(docs: Mapping[str, bytes]) -> pa.Table:
    checksums = [_checksum(key, doc) for key, doc in docs.items()]
    return pa.table([list(docs), list(docs.values()), checksums], schema=SCHEMA)


def _checksum(key: str, doc: bytes) -> str:
    return digest(key.encode() + doc)


def _intact(rows: pa.Table) -> Iterator[tuple[str, bytes]]:
    """Yield the content hashes and Docs, without damaged Docs."""
    for key, doc, checksum in zip(*(rows[name].to_pylist() for name in SCHEMA.names), strict=True):
        if key is not None and doc is not None and _checksum(key, doc) == checksum:
            yield key, doc


def _read(file: Path, columns: list[str] | None, filters: pc.Expression | None = None) -> pa.Table | None:
    """Read a file of the cache; None if it is missing or damaged."""
    try:
        return pq.read_table(file, columns=columns, filters=filters, schema=SCHEMA)
    except (OSError, pa.ArrowInvalid):
        return None


def _by_file(cache: DocCache, parts: Sequence[Path]) -> dict[Path, list[Path]]:
    """Return, for each cache file, the parts with Docs that belong in it."""
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
    """Replace a cache file: add the Docs of parts, drop those of unpublished articles.

    Returns:
        By how many bytes the file grew.
    """
    before = file.stat().st_size if file.exists() else 0
    docs = {key: doc for key, doc in _docs_in(file, parts) if key in kept and key.startswith(file.stem)}
    fresh = file.with_suffix(".new")
    rows = _table({key: docs[key] for key in sorted(docs)})
    pq.write_table(rows, fresh, compression="zstd", row_group_size=_ROWS)
    sync(fresh)
    fresh.replace(file)
    return file.stat().st_size - before


def _docs_in(file: Path, parts: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the content hashes and Docs of a cache file, then those of parts."""
    added = (rows for part in parts for rows in _docs_of(part))
    for rows in filter(None, (_read(file, None), *added)):
        yield from _intact(rows)
