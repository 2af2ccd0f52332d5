"""Derives the change that a run makes to the published state, and validates its parts."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extract.errors import StoreError
from extract.store.buckets import Change
from extract.store.entries import Entries, Entry, some_of
from extract.store.manifest import FORMAT, Manifest
from extract.store.parts import keys_of, part_tables, read_parts
from extract.tables import TABLES, schema_version


def change_of(
    old: Manifest, parts: Sequence[Path], entries: Mapping[str, Entry], removed: Collection[str]
) -> Change:
    """Return the change that a publication makes to the published state.

    Raises:
        StoreError: Rows with an older schema would remain beside the new ones.
    """
    processed = frozenset(entries)
    published = Entries.of(old.entries)
    gone = published.present(removed) - processed
    n_kept = len(published) - len(gone) - len(published.present(processed))
    if n_kept and old.schema_version != schema_version():
        kept = old.entries.keys() - processed - gone
        raise StoreError(
            f"The rows of {some_of(kept)} were published with other columns and would stay unchanged.",
            advice="Run over all inputs at once, or into a new folder with --output.",
        )
    return Change(tuple(parts), processed, gone, n_kept)


def next_manifest(old: Manifest, entries: Mapping[str, Entry], change: Change) -> Manifest:
    """Return the manifest of the publication after a change, with the new entries and the kept ones."""
    return replace(
        old,
        entries=Entries.of(old.entries).replaced(entries, change.removed),
        schema_version=schema_version(),
        n_buckets=change.n_buckets,
        published_at=datetime.now(UTC),
        format=FORMAT,
    )


def check_parts(parts: Sequence[Path], entries: Mapping[str, Entry]) -> None:
    """Check that the parts have one article for every `done` entry, and no rows without an entry.

    Raises:
        StoreError: They do not.
    """
    ids = [
        key
        for rows in read_parts(parts, "articles", ["article_id"])
        for key in rows["article_id"].to_pylist()
    ]
    done = [key for key, entry in entries.items() if entry.status == "done"]
    if Counter(ids) != Counter(done):
        wrong = (Counter(ids) - Counter(done)) + (Counter(done) - Counter(ids))
        raise _mismatch(f"entries that are done and rows of `articles` differ in {some_of(wrong)}")
    for table in part_tables():
        for rows in read_parts(parts, table, TABLES[table].key):
            orphans = set(keys_of(table, rows).unique().to_pylist()) - entries.keys()
            if orphans:
                raise _mismatch(f"rows of `{table}` belong to no entry: {some_of(orphans)}")


def _mismatch(what: str) -> StoreError:
    return StoreError(
        f"The parts do not match the entries: {what}.", advice="Please report this; nothing was changed."
    )
