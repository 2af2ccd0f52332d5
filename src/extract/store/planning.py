"""What a run has to do: compares the sources found now with the published ones. Pure functions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from extract.store.manifest import Manifest
from extract.tables import schema_version

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


def outdate(manifest: Manifest, keys: Collection[str]) -> Manifest:
    """Return the manifest in which the entries of some keys look as if another pipeline had made them."""
    if not keys:
        return manifest
    entries = {
        key: entry._replace(fingerprint="") if key in keys else entry
        for key, entry in manifest.entries.items()
    }
    return replace(manifest, entries=entries)


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
