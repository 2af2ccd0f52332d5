"""The store: one folder of published tables, changed atomically."""

import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path

import pyarrow as pa

from extract.errors import StoreError
from extract.store.actors import actors_hash, lexicon_actors
from extract.store.buckets import Base, Change
from extract.store.change import change_of, check_parts, next_manifest
from extract.store.checks import check_drops
from extract.store.files import disk_errors, full_disk, link
from extract.store.index import (
    NAMED,
    TEXTS,
    count_rows,
    facts_of,
    read_mention_counts,
    read_texts,
    write_index,
)
from extract.store.integrity import broken_files
from extract.store.lock import exclusive
from extract.store.manifest import Entry, Manifest, check_format, read_manifest
from extract.store.snapshots import (
    LOCK,
    PARTIAL,
    SNAPSHOTS,
    STAGING,
    claim,
    current_snapshot,
    link_tables,
    next_snapshot,
    open_snapshot,
    sweep,
    switch,
)
from extract.store.writing import seal, write_tables
from extract.tables import TABLES, schema_version


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of a run.

    Attributes:
        snapshot: Folder of the tables, pinned as by `open_snapshot`.
        is_new: False if nothing had changed and nothing was written.
        rows: Number of rows per table.
        published_at: Time in UTC.
        hashes: Content hashes of everything published.
        dropped: Content hashes that were published before and no longer are.
    """

    snapshot: Path
    is_new: bool
    rows: Mapping[str, int]
    published_at: datetime | None
    hashes: frozenset[str]
    dropped: frozenset[str]


class Store:
    """The published tables under one folder.

    Args:
        root: The output folder; created by the first run.
        keep: Number of publications kept on disk, including the current one.
    """

    def __init__(self, root: Path, *, keep: int) -> None:
        self.root = root.absolute()
        self.keep = keep
        self._locked = False
        self._known: tuple[Path, Manifest] | None = None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Become the only writer, and delete what failed and killed runs left; readers are not affected.

        Raises:
            StoreLockedError: Another run is writing here.
            StoreError: The folder cannot be written to, is not a store or was written by a newer version; or
                the disk fills up at some step of the run.
        """
        with ExitStack() as held:
            with disk_errors(self.root):
                claim(self.root)
                held.enter_context(exclusive(self.root / LOCK))
                published = current_snapshot(self.root)
                if published:
                    check_format(published)
                sweep(self.root, self.keep)
            self._locked = True
            try:
                with full_disk(self.root):
                    yield
            finally:
                self._locked = False
                # The previous publication may have readers: keep it until the next run, even if keep is 1.
                sweep(self.root, max(self.keep, 2))

    def manifest(self) -> Manifest:
        """Return the manifest of the current publication; an empty one if there is none.

        Raises:
            StoreError: The published state is damaged.
        """
        snapshot = current_snapshot(self.root)
        if snapshot is None:
            return Manifest()
        if self._known is None or self._known[0] != snapshot:  # a snapshot never changes
            self._known = (snapshot, read_manifest(snapshot))
        return self._known[1]

    def staging(self) -> Path:
        """Return an empty folder for `write_part` on the same disk; it is deleted when the lock is released.

        Raises:
            StoreError: The store is not locked, or cannot be written to.
        """
        self._require_lock()
        with disk_errors(self.root):
            sweep(self.root, self.keep)
            # A unique name: a worker that briefly outlives its killed run must not write into this folder.
            folder = self.root / STAGING / f"{os.getpid()}-{time.time_ns()}"
            folder.mkdir(parents=True)
        return folder

    def publish(
        self,
        parts: Sequence[Path],
        *,
        entries: Mapping[str, Entry],
        removed: Collection[str],
        actors: pa.Table,
        confirmed: Mapping[str, Entry] | None = None,
        components: Mapping[str, str] | None = None,
        run: Mapping[str, str | int | float] | None = None,
        max_drop: float = 1.0,
        force: bool = False,
    ) -> Publication:
        """Change the published tables atomically; a failure or kill at any point leaves the old ones intact.

        Args:
            parts: Folders returned by `write_part`, in any order.
            entries: What this run processed; rows of the parts replace the old rows of these keys.
            removed: Keys whose rows are deleted.
            actors: The lexicon's actors, with the columns `extract.tables.actors.LEXICON_SCHEMA`.
            confirmed: New entries of published keys whose rows would not change.
            components: Hashes of the parts of the pipeline, for comparison by the next run.
            run: What `extract history` shows about this run.
            max_drop: Largest share of articles, rows or filled cells that may be lost.
            force: Publish even if nothing has changed.

        Raises:
            StoreError: Too much would be lost, the disk is full, or the parts do not match the entries.
            SchemaError: The actors violate the schema of their table.
        """
        self._require_lock()
        known, old = lexicon_actors(actors), self.manifest()
        change = change_of(old, parts, entries, removed)
        merged = {**(confirmed or {}), **entries}
        new = next_manifest(old, merged, change, actors_hash(known), components or {})
        check_parts(parts, entries)
        if not force and replace(new, published_at=old.published_at) == old:
            return self._unchanged(old)
        with disk_errors(self.root):
            return self._write_snapshot(old, new, change, known, max_drop=max_drop, run=run or {})

    def _unchanged(self, old: Manifest) -> Publication:
        """Return the current publication after restoring its links."""
        with disk_errors(self.root):
            link_tables(self.root)
            rows = count_rows(facts_of(open_snapshot(self.root)))
            return self._publication(old, old, rows, is_new=False)

    def _publication(
        self, old: Manifest, new: Manifest, rows: Mapping[str, int], *, is_new: bool
    ) -> Publication:
        before, after = _hashes(old), _hashes(new)
        return Publication(open_snapshot(self.root), is_new, rows, new.published_at, after, before - after)

    def rollback(self, number: int | None = None) -> Path:
        """Publish an earlier publication again under a new number; nothing is lost.

        Args:
            number: Its number; None for the one before the current.

        Returns:
            The folder of the new publication.

        Raises:
            StoreError: That publication is not on disk or is damaged, or the disk cannot be written to.
        """
        self._require_lock()
        old = self._earlier(number)
        snapshot = next_snapshot(self.root)
        partial = snapshot.with_name(snapshot.name + PARTIAL)
        now = datetime.now(UTC)
        with disk_errors(self.root):
            _check_intact(old)
            for table in TABLES:
                (partial / table).mkdir(parents=True)
                for file in (old / table).glob("*.parquet"):  # none in a table that is newer
                    link(file, partial / table / file.name)
            facts = facts_of(old)
            replace(read_manifest(old), published_at=now).write(partial)
            write_index(partial / NAMED, read_mention_counts(old, facts))
            write_index(partial / TEXTS, read_texts(old, facts))
            seal(partial, facts, now, {"restored": int(old.name)}, linked=facts)
            switch(self.root, partial, snapshot)
        return snapshot

    def _earlier(self, number: int | None) -> Path:
        earlier = self._all_earlier()
        wanted = [folder for folder in earlier if number in (None, int(folder.name))]
        if not wanted:
            kept = ", ".join(str(int(folder.name)) for folder in earlier) or "none"
            raise StoreError(
                f"There is no earlier publication{'' if number is None else f' {number}'} in {self.root}.",
                advice=f"Earlier ones on disk: {kept}; `extract history` shows them all.",
            )
        return wanted[-1]

    def _all_earlier(self) -> list[Path]:
        """Return the publications before the current one, oldest first."""
        current = current_snapshot(self.root)
        if current is None:
            return []
        folders = (folder for folder in (self.root / SNAPSHOTS).glob("*") if folder.name.isdigit())
        return sorted(folder for folder in folders if folder.name < current.name)

    def _write_snapshot(
        self,
        old: Manifest,
        new: Manifest,
        change: Change,
        actors: pa.Table,
        *,
        max_drop: float,
        run: Mapping[str, str | int | float],
    ) -> Publication:
        snapshot = next_snapshot(self.root)
        partial = snapshot.with_name(snapshot.name + PARTIAL)
        partial.mkdir(parents=True)
        published = current_snapshot(self.root) if old.schema_version == schema_version() else None
        # If no rows are kept and any loss is allowed, the old files are not read: they may be damaged.
        known = facts_of(published) if published and (change.n_kept or max_drop < 1) else {}
        base = Base(published if change.n_kept else None, old.n_buckets, known)
        facts, linked = write_tables(partial, base, change, actors)
        check_drops(facts, known, max_drop)
        new.write(partial)
        seal(partial, facts, new.published_at or datetime.now(UTC), run, linked=linked)
        switch(self.root, partial, snapshot)
        return self._publication(old, new, count_rows(facts), is_new=True)

    def _require_lock(self) -> None:
        if not self._locked:
            raise StoreError(
                f"The output folder {self.root} is not locked by this run.",
                advice="Call this inside `with store.lock():`.",
            )


def _hashes(manifest: Manifest) -> frozenset[str]:
    return frozenset(map(attrgetter("content_hash"), manifest.entries.values()))


def _check_intact(snapshot: Path) -> None:
    broken = next(broken_files(snapshot), None)
    if broken:
        raise StoreError(
            f"The publication {int(snapshot.name)} is damaged: {broken}",
            advice="Choose another from `extract history`. Nothing was changed.",
        )
