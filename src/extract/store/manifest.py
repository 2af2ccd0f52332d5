"""What a snapshot holds, and what a run has to do about it: plain data and pure functions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from extract.errors import StoreError
from extract.schema import schema_version

MANIFEST = "manifest.json"
State = Literal["new", "edited", "outdated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article, or one source that became no article.

    Attributes:
        content_hash: Hash of the content that was processed.
        fingerprint: Fingerprint of the pipeline that processed it.
        status: `done`: it has a row in `articles`; `failed`: it has rows in `issues` only.
        source: The file, or `file:line`.
    """

    content_hash: str
    fingerprint: str
    status: Literal["done", "failed"]
    source: str


_ENTRY_FIELDS = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was made from.

    Attributes:
        entries: By article id; a source that became no article stands under its source.
        schema_version: Version of the tables' columns.
        n_buckets: Files a table.
        actors_hash: Hash of the lexicon's actors, the one thing in a snapshot that no entry speaks of.
        published_at: Time of the publication in UTC, None where nothing is published yet.
        components: Hashes of what the pipeline consisted of, by what a person calls it.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    schema_version: str = field(default_factory=schema_version)
    n_buckets: int = 0
    actors_hash: str = ""
    published_at: datetime | None = None
    components: Mapping[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the manifest as JSON."""
        content = {
            "schema_version": self.schema_version,
            "published_at": self.published_at.isoformat() if self.published_at else None,
            "n_buckets": self.n_buckets,
            "actors_hash": self.actors_hash,
            "components": dict(self.components),
            "entries": {key: _as_dict(entry) for key, entry in sorted(self.entries.items())},
        }
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _as_dict(entry: Entry) -> dict[str, str]:
    return {name: getattr(entry, name) for name in _ENTRY_FIELDS}  # dataclasses.asdict is ten times slower


def read_manifest(path: Path) -> Manifest:
    """Read the manifest of a snapshot.

    Raises:
        StoreError: The file is missing or damaged.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(
            entries={key: Entry(**entry) for key, entry in content["entries"].items()},
            schema_version=content["schema_version"],
            n_buckets=content["n_buckets"],
            actors_hash=content["actors_hash"],
            published_at=datetime.fromisoformat(content["published_at"]),
            components=content.get("components", {}),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"The manifest {path} cannot be read: {error}.",
            advice="Move the output folder away and run again: everything is made anew from the inputs.",
        ) from error


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do, as sorted keys of the manifest.

    Attributes:
        new: Never seen before.
        edited: Content or source differ from what was published.
        outdated: Published by another pipeline or for other tables.
        unchanged: Nothing to do, failed ones among them: they would fail again.
        removed: Published, but no longer found.
    """

    new: tuple[str, ...]
    edited: tuple[str, ...]
    outdated: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def plan(manifest: Manifest, found: Mapping[str, tuple[str, str]], fingerprint: str) -> Plan:
    """Compare what was found with what is published.

    Args:
        manifest: The published state.
        found: By key, content hash and source of everything found now.
        fingerprint: Fingerprint of the pipeline that would process it.
    """
    keys: dict[State, list[str]] = {state: [] for state in get_args(State)}
    for key in sorted(found):
        keys[state_of(manifest, key, *found[key], fingerprint)].append(key)
    removed = tuple(sorted(manifest.entries.keys() - found.keys()))
    return Plan(**{state: tuple(names) for state, names in keys.items()}, removed=removed)


def state_of(manifest: Manifest, key: str, content_hash: str, source: str, fingerprint: str) -> State:
    """Compare one article, or source that became none, with what is published of it."""
    entry = manifest.entries.get(key)
    if entry is None:
        return "new"
    if (content_hash, source) != (entry.content_hash, entry.source):
        return "edited"
    if entry.fingerprint != fingerprint or manifest.schema_version != schema_version():
        return "outdated"
    return "unchanged"
