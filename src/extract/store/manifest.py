"""The manifest of a snapshot, and the plan that follows from it: plain data and pure functions."""

import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import StoreError
from extract.tables import schema_version

MANIFEST, ENTRIES = "manifest.json", "entries.parquet"
# Format of a snapshot's files other than tables. Raise it if older versions of extract would misread them.
FORMAT = 2
State = Literal["new", "edited", "outdated", "unchanged"]


class Entry(NamedTuple):
    """One article, or one source that failed; a tuple, because there may be 100,000.

    Attributes:
        content_hash: Hash of the processed content.
        fingerprint: Fingerprint of the pipeline that processed it.
        status: `done`: it has a row in `articles`; `failed`: it only has rows in `issues`.
        source: The file, or `file:line`.
    """

    content_hash: str
    fingerprint: str
    status: Literal["done", "failed"]
    source: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was made from.

    Attributes:
        entries: By article id; for a failed source, by source.
        schema_version: Version of the tables' columns.
        n_buckets: Number of files per table.
        actors_hash: Hash of the lexicon's actors, the only input that no entry covers.
        published_at: Time of the publication in UTC; None if nothing is published yet.
        components: Hashes of the parts of the pipeline, by display name.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    schema_version: str = field(default_factory=schema_version)
    n_buckets: int = 0
    actors_hash: str = ""
    published_at: datetime | None = None
    components: Mapping[str, str] = field(default_factory=dict)

    def write(self, snapshot: Path) -> None:
        """Write the manifest into a snapshot: general facts as JSON, entries as a Parquet table."""
        content = {
            "format": FORMAT,
            "schema_version": self.schema_version,
            "published_at": self.published_at.isoformat() if self.published_at else None,
            "n_buckets": self.n_buckets,
            "actors_hash": self.actors_hash,
            "components": dict(self.components),
        }
        (snapshot / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        keys = sorted(self.entries)
        entries = [self.entries[key] for key in keys]
        columns = [pa.array(map(attrgetter(name), entries), pa.string()) for name in Entry._fields]
        rows = pa.table([pa.array(keys, pa.string()), *columns], names=["key", *Entry._fields])
        pq.write_table(rows, snapshot / ENTRIES, use_dictionary=["fingerprint", "status"])


def read_manifest(snapshot: Path) -> Manifest:
    """Read the manifest of a snapshot.

    Raises:
        StoreError: It is missing or damaged, or was written by a newer version of extract.
    """
    try:
        content = _read_head(snapshot)
        return Manifest(
            entries=_read_entries(snapshot, content),
            schema_version=content["schema_version"],
            n_buckets=content["n_buckets"],
            actors_hash=content["actors_hash"],
            published_at=datetime.fromisoformat(content["published_at"]),
            components=content.get("components", {}),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException) as error:
        raise _unreadable(snapshot, error) from error


def check_format(snapshot: Path) -> None:
    """Check that this version of extract can read a snapshot.

    Raises:
        StoreError: The snapshot was written by a newer version.
    """
    try:
        _read_head(snapshot)
    except (OSError, ValueError, TypeError, AttributeError):
        return  # damaged: reported when it is read


def _read_head(snapshot: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
    if content.get("format", 1) > FORMAT:
        raise StoreError(
            f"The tables in {snapshot} were published by a newer version of extract (format "
            f"{content['format']}; this version knows {FORMAT}).",
            advice="Update extract, or choose another folder with --output. Nothing was changed.",
        )
    return content


def _read_entries(snapshot: Path, content: Mapping[str, Any]) -> dict[str, Entry]:
    if "entries" in content:  # format 1
        return {key: Entry(**entry) for key, entry in content["entries"].items()}
    rows = pq.read_table(snapshot / ENTRIES)
    columns = (rows[name].to_pylist() for name in Entry._fields)
    with _gc_disabled():
        return dict(zip(rows["key"].to_pylist(), map(Entry._make, zip(*columns, strict=True)), strict=True))


@contextmanager
def _gc_disabled() -> Iterator[None]:
    """Pause garbage collection, which would repeatedly scan the many long-lived objects created here."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _unreadable(snapshot: Path, error: Exception) -> StoreError:
    return StoreError(
        f"The manifest {snapshot / MANIFEST} cannot be read: {error}.",
        advice="Move the output folder away and run again: everything is rebuilt from the inputs.",
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do, as sorted manifest keys.

    Attributes:
        new: Not published yet.
        edited: Content or source differ from the published ones.
        outdated: Published by another pipeline or with another schema.
        unchanged: Nothing to do; includes failed ones, which would fail again.
        removed: Published, but no longer found.
    """

    new: tuple[str, ...]
    edited: tuple[str, ...]
    outdated: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def plan(manifest: Manifest, found: Mapping[str, tuple[str, str]], fingerprint: str) -> Plan:
    """Compare the sources found now with the published ones.

    Args:
        manifest: The published state.
        found: Content hash and source of everything found now, by key.
        fingerprint: Fingerprint of the current pipeline.
    """
    keys: dict[State, list[str]] = {state: [] for state in get_args(State)}
    for key in sorted(found):
        keys[state_of(manifest, key, *found[key], fingerprint)].append(key)
    removed = tuple(sorted(manifest.entries.keys() - found.keys()))
    return Plan(**{state: tuple(names) for state, names in keys.items()}, removed=removed)


def state_of(manifest: Manifest, key: str, content_hash: str, source: str, fingerprint: str) -> State:
    """Compare one article, or one failed source, with its published entry."""
    entry = manifest.entries.get(key)
    if entry is None:
        return "new"
    if (content_hash, source) != (entry.content_hash, entry.source):
        return "edited"
    if entry.fingerprint != fingerprint or manifest.schema_version != schema_version():
        return "outdated"
    return "unchanged"
