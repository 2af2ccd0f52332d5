"""The manifest of a publication: what it was made from, its files, and the plan that follows from it.

manifest.json    general facts, and size, checksum and rows of every other file; it contains its own checksum
entries.parquet  one row per article or failed source
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.errors import NewerStoreError, StoreError
from extract.ids import digest
from extract.store.entries import Entries, Entry, source_key
from extract.store.facts import Facts, FileFacts, inspect, read_bytes, read_rows, table_files
from extract.tables import schema_version

MANIFEST, ENTRIES = "manifest.json", "entries.parquet"
# Format of a publication's files other than tables. Raise it if older versions of extract would misread them.
FORMAT = 3
_FACTS_OF_FORMAT_2 = "files.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a publication was made from.

    Attributes:
        entries: By article id; for a failed source, by `source_key`.
        schema_version: Version of the tables' columns.
        n_buckets: Number of files per table.
        actors_hash: Hash of the lexicon's actors and places, the only input that no entry covers.
        published_at: Time of the publication in UTC; None if nothing is published yet.
        components: Hashes of the parts of the pipeline, by display name.
        peaks: The most articles that each input had since removals were last allowed, by its name.
        format: Format of the files; 0 if nothing is published yet.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    schema_version: str = field(default_factory=schema_version)
    n_buckets: int = 0
    actors_hash: str = ""
    published_at: datetime | None = None
    components: Mapping[str, str] = field(default_factory=dict)
    peaks: Mapping[str, int] = field(default_factory=dict)
    format: int = 0

    def write_entries(self, snapshot: Path) -> None:
        """Write the entries into the folder of a publication, as a Parquet table."""
        rows = Entries.of(self.entries).rows.combine_chunks()
        dictionaries = ["fingerprint", "status"]
        pq.write_table(rows, snapshot / ENTRIES, use_dictionary=dictionaries, write_page_checksum=True)

    def write_head(self, snapshot: Path, number: int, facts: Facts) -> None:
        """Write everything else, as the last file of a publication.

        Args:
            snapshot: The folder.
            number: Number of the publication.
            facts: Facts about all other files.
        """
        content = {
            "format": FORMAT,
            "number": number,
            "schema_version": self.schema_version,
            "published_at": self.published_at.isoformat() if self.published_at else None,
            "n_buckets": self.n_buckets,
            "actors_hash": self.actors_hash,
            "components": dict(self.components),
            "peaks": dict(self.peaks),
            "files": {name: known.as_dict() for name, known in sorted(facts.items())},
        }
        text = json.dumps({**content, "checksum": _own_checksum(content)}, ensure_ascii=False)
        (snapshot / MANIFEST).write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Head:
    """The content of a manifest.json.

    Attributes:
        manifest: The manifest without its entries.
        facts: Facts about the other files of the publication.
        content: The JSON object.
    """

    manifest: Manifest
    facts: Facts
    content: Mapping[str, Any]


def read_manifest(snapshot: Path) -> Manifest:
    """Read the manifest of a publication.

    Raises:
        StoreError: It is missing or damaged, or was written by a newer version of extract.
    """
    head = read_head(snapshot)
    return replace(head.manifest, entries=read_entries(snapshot, head))


def check_manifest(snapshot: Path) -> None:
    """Check that `read_manifest` would succeed, in a fraction of its time.

    Raises:
        StoreError: The manifest is missing or damaged, or was written by a newer version of extract.
    """
    head = read_head(snapshot)
    if "entries" not in head.content:
        read_bytes(snapshot, ENTRIES, head.facts)


def read_head(snapshot: Path) -> Head:
    """Read the manifest of a publication without its entries.

    Raises:
        StoreError: It is missing or damaged, or was written by a newer version of extract.
    """
    with _readable(snapshot):
        content: dict[str, Any] = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
        _check_format(snapshot, content)
        _check_content(snapshot, content)
        manifest = Manifest(
            schema_version=content["schema_version"],
            n_buckets=content["n_buckets"],
            actors_hash=content["actors_hash"],
            published_at=datetime.fromisoformat(content["published_at"]),
            components=content.get("components", {}),
            peaks=content.get("peaks", {}),
            format=content.get("format", 1),
        )
        return Head(manifest, _read_facts(snapshot, content), content)


def read_entries(snapshot: Path, head: Head) -> Entries:
    """Read the entries of a publication.

    Raises:
        StoreError: They are missing or damaged.
    """
    with _readable(snapshot):
        if "entries" in head.content:  # format 1
            return _with_source_keys({key: Entry(**entry) for key, entry in head.content["entries"].items()})
        entries = Entries(read_rows(snapshot, ENTRIES, head.facts).cast(Entries.SCHEMA))
        return entries if head.manifest.format >= FORMAT else _with_source_keys(entries)


def _own_checksum(content: Mapping[str, Any]) -> str:
    return digest(json.dumps(content, sort_keys=True, ensure_ascii=True).encode("ascii"))


def _check_format(snapshot: Path, content: Mapping[str, Any]) -> None:
    """Check that this version of extract can read a publication.

    Raises:
        StoreError: It was written by a newer version.
    """
    found = content.get("format", 1)
    if found > FORMAT and ("checksum" not in content or _is_as_written(content)):
        raise NewerStoreError(
            f"The tables in {snapshot} were published by a newer version of extract (format "
            f"{found}; this version knows {FORMAT}).",
            advice="Update extract, or choose another folder with --output. Nothing was changed.",
        )


def _is_as_written(content: Mapping[str, Any]) -> bool:
    rest = {name: value for name, value in content.items() if name != "checksum"}
    return bool(content.get("checksum") == _own_checksum(rest))


def _check_content(snapshot: Path, content: Mapping[str, Any]) -> None:
    """Check the manifest against its own checksum and its folder.

    Raises:
        ValueError: It was changed, or belongs to another publication.
    """
    if content.get("format", 1) < FORMAT and "checksum" not in content:
        return
    if not _is_as_written(content):
        raise ValueError("its checksum is wrong")
    name = f"{content['number']:06d}"
    if snapshot.name.partition(".")[0] != name:
        raise ValueError(f"it belongs to publication {name}")


def _read_facts(snapshot: Path, content: Mapping[str, Any]) -> dict[str, FileFacts]:
    """Return the facts about the files; those of an early version are inspected if they were not recorded."""
    if "files" in content:
        return {name: FileFacts(**facts) for name, facts in content["files"].items()}
    try:
        recorded = json.loads((snapshot / _FACTS_OF_FORMAT_2).read_text(encoding="utf-8"))
        facts = {name: FileFacts(**facts) for name, facts in recorded.items() if name != MANIFEST}
    except (OSError, ValueError, TypeError, AttributeError):
        facts = {}
    present = [*table_files(snapshot), *([ENTRIES] if (snapshot / ENTRIES).exists() else [])]
    return facts or {name: inspect(snapshot / name) for name in present}


def _with_source_keys(entries: Mapping[str, Entry]) -> Entries:
    """Return the entries of an earlier format, in which the key of a failed source was the source itself."""
    return Entries.of(
        {
            source_key(key) if entry.status == "failed" and entry.source == key else key: entry
            for key, entry in entries.items()
        }
    )


@contextmanager
def _readable(snapshot: Path) -> Iterator[None]:
    """Convert everything that reading a damaged manifest may raise.

    Raises:
        StoreError: The block raised such an error.
    """
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException) as error:
        raise StoreError(
            f"The manifest {snapshot / MANIFEST} cannot be read: {error}.",
            advice="Run `extract doctor`: it says how to mend the store.",
        ) from error


State = Literal["new", "edited", "outdated", "unchanged"]


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


def plan(
    manifest: Manifest,
    found: Mapping[str, tuple[str, str]],
    fingerprint: str,
    own: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Compare the sources found now with the published ones.

    Args:
        manifest: The published state.
        found: Content hash and source of everything found now, by key.
        fingerprint: Fingerprint of the current pipeline.
        own: Another fingerprint, for the keys that have one of their own.
    """
    entries, now = Entries.of(manifest.entries), _found_rows(found)
    places = pc.index_in(now["key"], entries.column("key"))
    old = entries.rows.take(places)
    made_by = pa.array([own.get(key, fingerprint) for key in now["key"].to_pylist()]) if own else fingerprint
    has_same_content = pc.and_(*(pc.equal(now[name], old[name]) for name in ("content_hash", "source")))
    is_current = pc.and_(pc.equal(old["fingerprint"], made_by), manifest.schema_version == schema_version())

    def keys(are_wanted: pa.ChunkedArray) -> tuple[str, ...]:
        return tuple(now["key"].filter(are_wanted).to_pylist())

    is_gone = pc.invert(pc.is_in(entries.rows["key"], now["key"].combine_chunks()))
    return Plan(
        new=keys(pc.is_null(places)),
        edited=keys(pc.invert(has_same_content)),
        outdated=keys(pc.and_not(has_same_content, is_current)),
        unchanged=keys(pc.and_(has_same_content, is_current)),
        removed=tuple(entries.rows["key"].filter(is_gone).to_pylist()),
    )


def _found_rows(found: Mapping[str, tuple[str, str]]) -> pa.Table:
    """Return what was found as columns, sorted by key."""
    keys = sorted(found)
    hashes, sources = zip(*map(found.__getitem__, keys), strict=True) if keys else ((), ())
    columns = {"key": keys, "content_hash": hashes, "source": sources}
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def outdate(manifest: Manifest, keys: Collection[str]) -> Manifest:
    """Return the manifest in which the entries of some keys look as if another pipeline had made them."""
    if not keys:
        return manifest
    known = manifest.entries
    outdated = {key: known[key]._replace(fingerprint="") for key in keys if key in known}
    return replace(manifest, entries=Entries.of(manifest.entries).replaced(outdated))


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
