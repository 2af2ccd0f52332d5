"""A cache of parsed Docs: after a change of rules or names, no neural network has to run again.

outputs/.cache/docs/<engine>/000012.arrow   some Docs of published articles; <engine> is its fingerprint

Workers compress the Docs. To add them only means to copy their bytes into new files; older files are written
again only to get rid of Docs that are no longer published, or when small files have become many. Losing the
cache costs time, never rows: Docs that are damaged, missing or from another engine are parsed again.
"""

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from extract.ids import digest
from extract.store.files import concurrently, names_in, sync

CACHE = Path(".cache")  # in the output folder
_DOCS = CACHE / "docs"
DOCS = "docs.arrow"  # in a part's folder
SCHEMA = pa.schema(
    {
        "content_hash": pa.string(),
        "doc": pa.binary(),  # compressed
        "size": pa.int64(),  # bytes before compression
        "checksum": pa.string(),
    }
)
_KEY = pa.schema([SCHEMA.field("content_hash")])
_CODEC = "zstd"
_SUFFIX = ".arrow"
# Docs per file: some 15 MB, of which a batch reads those that it needs.
_FULL = 1024
# Files less than half full that are left alone: one for every run over a few new articles.
_SMALL_FILES = 16


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
    def files(self) -> Mapping[str, Path]:
        """The file of each cached Doc by its content hash, as of the first access, which opens every file."""
        found: dict[str, Path] = {}
        with suppress(OSError):  # an unreadable cache is an empty one
            for file in self._files():
                found |= dict.fromkeys(_keys(file), file)
        return found

    def find(self, content_hash: str) -> Path | None:
        """Return the file that contains a Doc; None if the Doc is not cached."""
        return self.files.get(content_hash)

    def size(self) -> int:
        """Return the number of bytes on disk, including other engines."""
        return sum(file.stat().st_size for file in (self.root / _DOCS).rglob("*") if file.is_file())

    def update(self, parts: Sequence[Path], kept: AbstractSet[str]) -> None:
        """Add the Docs of parts and drop those of articles that are no longer published.

        Files are written whole before older ones are deleted. If the limit is reached, the Docs of other
        engines are deleted first; after that, new Docs are not added.

        Args:
            parts: Folders written by workers.
            kept: Content hashes of all published articles.
        """
        added = [part / DOCS for part in parts if (part / DOCS).exists()]
        self.folder.mkdir(parents=True, exist_ok=True)
        files = self._files()
        # A Doc that had to be parsed again takes the place of an older one, which was damaged.
        fresh = {key for file in added for key in _keys(file)}
        held = dict(zip(files, map(frozenset, concurrently(_keys, files)), strict=True))
        used = set(fresh)
        live = {}
        for file in reversed(files):
            live[file] = held[file].intersection(kept) - used
            used |= live[file]
        again = _to_write_again(live, held)
        room = self._make_room() + sum(file.stat().st_size for file in again)
        wanted = {key for key in fresh if key in kept}.union(*(live[file] for file in again))
        first = 1 + max((int(file.stem) for file in files), default=0)
        _write_files(self.folder, first, _rows([*added, *reversed(again)], wanted, room))
        for file in again:
            file.unlink()

    def _files(self) -> list[Path]:
        """Return the files of this engine, oldest first."""
        names = (Path(name) for name in names_in(self.folder))
        return [self.folder / name for name in names if name.suffix == _SUFFIX and name.stem.isdecimal()]

    def _make_room(self) -> int:
        """Delete the Docs of other engines if half the limit is used; return how many bytes are left."""
        if self.size() > self.limit // 2:
            for folder in (self.root / _DOCS).iterdir():
                if folder != self.folder:
                    shutil.rmtree(folder, ignore_errors=True)
        return self.limit - self.size()


def write_docs(part: Path, docs: Mapping[str, bytes]) -> None:
    """Write Docs by content hash into a part's folder."""
    codec = pa.Codec(_CODEC)
    packed = [codec.compress(doc, asbytes=True) for doc in docs.values()]
    checksums = [_checksum(*one) for one in zip(docs, packed, map(len, docs.values()), strict=True)]
    rows = pa.table([[*docs], packed, [*map(len, docs.values())], checksums], schema=SCHEMA)
    with (part / DOCS).open("wb") as file, pa.ipc.new_file(file, SCHEMA) as out:
        out.write_table(rows)


def read_docs(file: Path, keys: Collection[str]) -> dict[str, bytes]:
    """Return the Docs with these content hashes that are in the file."""
    rows = _read(file)
    return {} if rows is None else dict(_intact(_some(rows, keys)))


def _checksum(key: str, packed: bytes, size: int) -> str:
    return digest(f"{key} {size} ".encode() + packed)


def _intact(rows: pa.Table) -> Iterator[tuple[str, bytes]]:
    """Yield the content hashes and Docs, without damaged Docs."""
    codec = pa.Codec(_CODEC)
    for key, packed, size, checksum in zip(*(rows[name].to_pylist() for name in SCHEMA.names), strict=True):
        if None not in (key, packed, size) and _checksum(key, packed, size) == checksum:
            yield key, codec.decompress(packed, size, asbytes=True)


def _read(file: Path, schema: pa.Schema = SCHEMA) -> pa.Table | None:
    """Return the first columns of a file, those of a schema; None if it is missing or damaged."""
    columns = pa.ipc.IpcReadOptions(included_fields=[*range(len(schema))])
    try:
        rows = pa.ipc.open_file(pa.memory_map(str(file)), options=columns).read_all()
        rows.validate(full=True)
        return rows.cast(schema)
    except (OSError, ValueError, pa.ArrowException):
        return None


def _some(rows: pa.Table, keys: Collection[str]) -> pa.Table:
    """Return the rows with these content hashes."""
    return rows.filter(pa.array([key in keys for key in rows["content_hash"].to_pylist()], pa.bool_()))


def _keys(file: Path) -> list[str]:
    """Return the content hashes in a file; none if it is missing or damaged."""
    rows = _read(file, _KEY)
    return [] if rows is None else rows["content_hash"].drop_null().to_pylist()


def _to_write_again(live: Mapping[Path, Collection[str]], held: Mapping[Path, Collection[str]]) -> list[Path]:
    """Return the files to replace, oldest first: those mostly of no use, and small ones if there are many.

    Args:
        live: The Docs of each file that are of use.
        held: All Docs of each file; none of a damaged one.
    """
    worn = [file for file, keys in live.items() if 2 * len(keys) < max(len(held[file]), 1)]
    small = [file for file, keys in live.items() if 2 * len(keys) < _FULL]
    return sorted({*worn, *(small if len(small) > _SMALL_FILES else ())})


def _rows(files: Sequence[Path], wanted: Collection[str], room: int) -> Iterator[pa.Table]:
    """Yield the wanted Docs of files, each once, while there are bytes left for them."""
    left = set(wanted)
    for file in files:
        rows = _read(file)
        if rows is None:
            continue
        some = _some(rows, left)
        room -= some.nbytes
        if room <= 0:
            return
        left.difference_update(some["content_hash"].to_pylist())
        yield some


def _write_files(folder: Path, number: int, tables: Iterable[pa.Table]) -> None:
    """Write Docs into full files and one that is less full, numbered from `number`."""
    waiting: list[pa.Table] = []
    for rows in tables:
        waiting.append(rows)
        if sum(map(len, waiting)) >= _FULL:
            _write_file(folder / f"{number:06d}{_SUFFIX}", waiting)
            waiting, number = [], number + 1
    if any(map(len, waiting)):
        _write_file(folder / f"{number:06d}{_SUFFIX}", waiting)


def _write_file(path: Path, tables: Sequence[pa.Table]) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file, pa.ipc.new_file(file, SCHEMA) as out:
        for rows in tables:
            out.write_table(rows)
    sync(fresh)
    fresh.replace(path)
