"""The store: one folder of published tables, changed atomically."""

import logging
import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from extract.errors import StoreError
from extract.store.buckets import Base, Change, bucket_of, damaged_buckets
from extract.store.change import change_of, check_parts, next_manifest
from extract.store.checks import check_drops
from extract.store.entries import Entries, Entry, some_of
from extract.store.facts import count_rows, files_of
from extract.store.files import disk_errors, link, store_errors
from extract.store.index import INDEXES
from extract.store.integrity import Verifier, damage_of, read_by_others
from extract.store.manifest import FORMAT, Manifest, read_head, read_manifest
from extract.store.recovery import Opened, locked, open_current
from extract.store.snapshots import (
    PARTIAL,
    STAGING,
    check_is_folder,
    claim,
    clear_leftovers,
    current_snapshot,
    delete_earlier,
    next_snapshot,
    open_snapshot,
    publications,
    switch,
)
from extract.store.writing import known_hash, lexicon_rows, seal, write_tables
from extract.tables import TABLES, schema_version
from extract.tables.actors import TABLE as ACTORS
from extract.tables.datapackage import DATAPACKAGE
from extract.tables.places import TABLE as PLACES

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of a run.

    Attributes:
        snapshot: Folder of the tables, pinned as by `open_snapshot`.
        is_new: False if nothing had changed and nothing was written.
        rows: Number of rows per table.
        published_at: Time in UTC.
        hashes: Content hashes of everything published.
    """

    snapshot: Path
    is_new: bool
    rows: Mapping[str, int]
    published_at: datetime | None
    hashes: frozenset[str]


class Store:
    """The published tables under one folder.

    Args:
        root: The output folder; created by the first run.
        keep: Number of publications kept on disk, including the current one.

    Attributes:
        n_damaged: Number of published files that were found missing or damaged when the store was locked.
    """

    def __init__(self, root: Path, *, keep: int) -> None:
        check_is_folder(root)
        self.root = root.absolute()
        self.keep = keep
        self.n_damaged = 0
        self._locked = False
        self._opened: Opened | None = None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Become the only writer, mend what a run may mend, and verify the published files.

        What failed and killed runs left is deleted. Readers are not affected.

        Raises:
            StoreLockedError: Another run is writing here.
            StoreError: The folder cannot be written to, is not a store or was written by a newer version, no
                publication in it can be read, or the disk fills up at some step of the run.
        """
        mended: list[str] = []
        with ExitStack() as held:
            with disk_errors(self.root):
                claim(self.root)
                held.enter_context(locked(self.root, mended, requested=False))
                for done in mended:
                    log.warning("%s", done)
                clear_leftovers(self.root)
                self._open()
                self._delete_earlier(self.keep)
            self._locked = True
            try:
                with store_errors(self.root):
                    yield
            finally:
                self._locked = False
                with suppress(OSError):  # what is left now is left to the next run
                    self._tidy()

    def _tidy(self) -> None:
        """Delete what is no longer needed, and remember which files were checked."""
        clear_leftovers(self.root)
        # The previous publication may have readers: keep it until the next run, even if keep is 1.
        self._delete_earlier(max(self.keep, 2))
        if self._opened and not self._opened.damaged:
            self._verifier.remember(self._opened.folder, self._opened.facts)

    def _open(self) -> None:
        self._verifier = Verifier(self.root)
        self._opened = open_current(self.root, self._verifier)
        damaged = self._opened.damaged if self._opened else frozenset()
        self.n_damaged = len(damaged)
        if self._opened:
            for name in sorted(damaged):
                log.warning("%s is missing or damaged: it is made again.", self._opened.folder / name)

    def _delete_earlier(self, keep: int) -> None:
        """Delete earlier publications, if the current one is whole."""
        if self._opened and not self._opened.damaged:
            delete_earlier(self.root, keep)

    def manifest(self) -> Manifest:
        """Return the manifest of the current publication; an empty one if there is none.

        Raises:
            StoreError: The published state is damaged.
        """
        if self._locked:
            return self._opened.manifest if self._opened else Manifest()
        with disk_errors(self.root):
            snapshot = current_snapshot(self.root)
            return read_manifest(snapshot) if snapshot else Manifest()

    def damaged_keys(self) -> frozenset[str]:
        """Return the manifest keys with rows in missing or damaged files, which have to be derived again."""
        if self._opened is None or not self._opened.damaged:
            return frozenset()
        manifest = self._opened.manifest
        buckets = damaged_buckets(self._opened.facts, self._opened.damaged)
        return frozenset(key for key in manifest.entries if bucket_of(key, manifest.n_buckets) in buckets)

    def staging(self) -> Path:
        """Return an empty folder for `write_part` on the same disk; it is deleted when the lock is released.

        Raises:
            StoreError: The store is not locked, or cannot be written to.
        """
        self._require_lock()
        with disk_errors(self.root):
            clear_leftovers(self.root)
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
        places: pa.Table | None = None,
        confirmed: Mapping[str, Entry] | None = None,
        peaks: Mapping[str, int] | None = None,
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
            actors: The lexicon's actors, with the `lexicon_schema` of their table.
            places: The lexicon's places, likewise; None for none.
            confirmed: New entries of published keys whose rows would not change.
            peaks: The most articles that each input had, by its name; those of other inputs are kept.
            components: Hashes of the parts of the pipeline, for comparison by the next run.
            run: What `extract history` shows about this run.
            max_drop: Largest share of rows per article or of filled cells that may be lost.
            force: Publish even if nothing has changed.

        Raises:
            StoreError: Too much would be lost, rows of damaged files would be kept, the disk is full, or the
                parts do not match the entries.
            SchemaError: The actors or the places violate the schema of their table.
        """
        self._require_lock()
        given = {ACTORS: actors, PLACES: PLACES.arrow_schema.empty_table() if places is None else places}
        known = {table.name: lexicon_rows(table, rows) for table, rows in given.items()}
        old = self.manifest()
        change = change_of(old, parts, entries, removed)
        self._check_damage(change)
        merged = {**(confirmed or {}), **entries}
        new = replace(
            next_manifest(old, merged, change),
            actors_hash=known_hash(known),
            components=components or {},
            peaks={**old.peaks, **(peaks or {})},
        )
        with disk_errors(self.root):
            check_parts(parts, entries)
            if not (force or self._must_be_replaced) and _same(new, old):
                return self._unchanged(old)
            return self._write_snapshot(new, change, known, max_drop=max_drop, run=run or {})

    def _check_damage(self, change: Change) -> None:
        """Check that no row of a damaged file would be kept.

        Raises:
            StoreError: Some would.
        """
        lost = sorted(self.damaged_keys() - change.replaced)
        if lost:
            sources = some_of(self.manifest().entries[key].source for key in lost)
            raise StoreError(
                f"Published files are damaged, and the inputs lack some of their articles: {sources}.",
                advice="Run again over all inputs, these included: their rows are derived again. "
                "Nothing was changed.",
            )

    @property
    def _must_be_replaced(self) -> bool:
        """Whether the current publication is damaged, or readers of its folders also read foreign files."""
        if self._opened is None:
            return False
        return bool(self._opened.damaged or read_by_others(self._opened.folder, self._opened.facts))

    def _unchanged(self, old: Manifest) -> Publication:
        rows = count_rows(self._opened.facts) if self._opened else dict.fromkeys(TABLES, 0)
        return self._publication(old, rows, is_new=False)

    def _publication(self, manifest: Manifest, rows: Mapping[str, int], *, is_new: bool) -> Publication:
        hashes = frozenset(Entries.of(manifest.entries).column("content_hash").to_pylist())
        return Publication(open_snapshot(self.root), is_new, rows, manifest.published_at, hashes)

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
        with disk_errors(self.root):
            _check_intact(old)
            facts = read_head(old).facts
            tables = {name: facts[name] for table in TABLES for name in files_of(facts, table)}
            for table in TABLES:
                (partial / table).mkdir(parents=True)
            others = [name for name in (*INDEXES, DATAPACKAGE) if name in facts]
            for name in (*tables, *others):
                link(old / name, partial / name)
            manifest = replace(read_manifest(old), published_at=datetime.now(UTC))
            sealed = seal(partial, manifest, tables, {"restored": int(old.name)}, int(snapshot.name))
            self._switch(partial, snapshot)
        self._opened = Opened(snapshot, manifest, sealed, frozenset())
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
        return [folder for folder in publications(self.root) if current and folder.name < current.name]

    def _write_snapshot(
        self,
        new: Manifest,
        change: Change,
        known: Mapping[str, pa.Table],
        *,
        max_drop: float,
        run: Mapping[str, str | int | float],
    ) -> Publication:
        snapshot = next_snapshot(self.root)
        partial = snapshot.with_name(snapshot.name + PARTIAL)
        partial.mkdir(parents=True)
        base = self._base(change)
        linked = write_tables(partial, base, change, known)
        facts = seal(partial, new, linked, run, int(snapshot.name))
        check_drops(facts, base.facts, max_drop)
        self._switch(partial, snapshot)
        self._opened = Opened(snapshot, new, facts, frozenset())
        return self._publication(new, count_rows(facts), is_new=True)

    def _switch(self, partial: Path, snapshot: Path) -> None:
        """Switch readers to a new publication; if that fails, delete it."""
        try:
            switch(self.root, partial, snapshot)
        except BaseException:
            if current_snapshot(self.root) != snapshot:
                shutil.rmtree(snapshot, ignore_errors=True)
            raise

    def _base(self, change: Change) -> Base:
        """Return the published files to start from; none if they have other columns."""
        opened = self._opened
        if opened is None or opened.manifest.schema_version != schema_version():
            return Base(None, 0, {})
        return Base(
            folder=opened.folder if change.n_kept else None,
            n_buckets=opened.manifest.n_buckets,
            facts=opened.facts,
            damaged=opened.damaged,
            has_old_files=opened.manifest.format < FORMAT,
        )

    def _require_lock(self) -> None:
        if not self._locked:
            raise StoreError(
                f"The output folder {self.root} is not locked by this run.",
                advice="Call this inside `with store.lock():`.",
            )


def _same(new: Manifest, old: Manifest) -> bool:
    """Return whether a publication would contain the same as the current one."""
    return replace(new, published_at=old.published_at, peaks=old.peaks, format=old.format) == old


def _check_intact(snapshot: Path) -> None:
    broken = damage_of(snapshot)
    if broken:
        raise StoreError(
            f"The publication {int(snapshot.name)} is damaged: {broken}",
            advice="Choose another from `extract history`. Nothing was changed.",
        )
