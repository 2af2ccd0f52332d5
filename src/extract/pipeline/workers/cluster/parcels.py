"""Batches and parts as bytes: what travels between the run and the workers of a cluster."""

import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from extract.pipeline.batches import Batch
from extract.store.cache import SCHEMA

PackedPart = Mapping[str, bytes]
"""The files of a part by name."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A batch with all that a worker needs for it.

    Attributes:
        articles: Content of the batch's file.
        docs: Content of a cache file with the Docs that are known of them; empty if there are none.
    """

    name: str
    n_articles: int
    n_chars: int
    articles: bytes
    docs: bytes

    def unpack(self, folder: Path) -> Batch:
        """Write the batch into a folder of the worker.

        Raises:
            OSError: The folder cannot be written to.
        """
        docs = folder / f"{self.name}.docs.arrow"
        if self.docs:
            docs.write_bytes(self.docs)
        files = (docs,) if self.docs else ()
        batch = Batch(self.name, folder, self.n_articles, self.n_chars, files)
        batch.file.write_bytes(self.articles)
        return batch


def pack(batch: Batch) -> Parcel:
    """Return a batch as bytes.

    Raises:
        OSError: Its file cannot be read.
    """
    articles, docs = batch.file.read_bytes(), b""
    if batch.docs:
        docs = _docs(batch.docs, {article.content_hash for article in batch.read()})
    return Parcel(batch.name, batch.n_articles, batch.n_chars, articles, docs)


def pack_part(part: Path) -> PackedPart:
    """Return the files of a part."""
    return {file.name: file.read_bytes() for file in part.iterdir()}


def unpack_part(packed: PackedPart, folder: Path, name: str) -> Path:
    """Write a part into a folder of the run.

    Raises:
        OSError: The folder cannot be written to.
    """
    part = folder / name
    part.mkdir(exist_ok=True)
    for file, content in packed.items():
        (part / file).write_bytes(content)
    return part


def discard(batch: Batch) -> None:
    """Delete a batch and its part from the folder of a worker."""
    for file in (batch.file, *batch.docs):
        file.unlink(missing_ok=True)
    shutil.rmtree(batch.folder / batch.name, ignore_errors=True)


def _docs(files: Collection[Path], keys: Collection[str]) -> bytes:
    """Return a cache file with those of the Docs that have these content hashes, as they are: compressed.

    Files that are missing or damaged are left out: the worker parses what it has no Doc of.
    """
    wanted, tables = pa.array(sorted(keys), pa.string()), []
    for file in files:
        with suppress(OSError, ValueError, pa.ArrowException):
            rows = pa.ipc.open_file(pa.memory_map(str(file))).read_all().cast(SCHEMA)
            tables.append(rows.filter(pc.is_in(rows["content_hash"], value_set=wanted)))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, SCHEMA) as out:
        for rows in tables:
            out.write_table(rows)
    return bytes(sink.getvalue())
