"""The store: one folder of published tables, changed as a whole or not at all."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from extract.errors import StoreError
from extract.schema import TABLES, schema_version
from extract.store.actors import actor_rows, actors_hash, lexicon_actors
from extract.store.buckets import Base, Change, build_tables, part_name, write_rows
from extract.store.checks import check_snapshot
from extract.store.files import disk_errors, link, sync
from extract.store.history import RUN, write_run
from extract.store.lock import exclusive
from extract.store.manifest import MANIFEST, Entry, Manifest, read_manifest
from extract.store.parts import PART_TABLES, key_columns, keys_of, read_parts
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


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of a run.

    Attributes:
        snapshot: Folder of the tables, pinned as by `open_snapshot`.
        is_new: False where everything was published already and nothing was written.
        rows: Rows a table.
        hashes: Content hashes of everything published.
        dropped: Content hashes that were published before and are no longer.
    """

    snapshot: Path
    is_new: bool
    rows: Mapping[str, int]
    hashes: frozenset[str]
    dropped: frozenset[str]


class Store:
    """The published tables under one folder.

    Args:
        root: The output folder; made by the first run.
        keep: Publications kept on disk, the current one among them.
    """

    def __init__(self, root: Path, *, keep: int) -> None:
        self.root = root.absolute()
        self.keep = keep
        self._locked = False

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer; what failed and killed runs left is removed. Readers are not affected.

        Raises:
            StoreLockedError: Another run writes here.
            StoreError: The folder cannot be written to, or is not ours.
        """
        with ExitStack() as held:
            with disk_errors(self.root):
                claim(self.root)
                held.enter_context(exclusive(self.root / LOCK))
                sweep(self.root, self.keep)
            self._locked = True
            try:
                yield
            finally:
                self._locked = False
                sweep(self.root, self.keep)

    def manifest(self) -> Manifest:
        """Return what is published; an empty manifest where nothing is.

        Raises:
            StoreError: The published state is damaged.
        """
        snapshot = current_snapshot(self.root)
        return read_manifest(snapshot / MANIFEST) if snapshot else Manifest()

    def staging(self) -> Path:
        """Return an empty folder for `write_part`, on the same disk; it goes with the lock.

        Raises:
            StoreError: The store is not locked, or cannot be written to.
        """
        self._require_lock()
        with disk_errors(self.root):
            sweep(self.root, self.keep)
            folder = self.root / STAGING
            folder.mkdir()
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
        """Change the published tables in one step; a failure or kill at any point leaves the old ones whole.

        Args:
            parts: What `write_part` returned, in any order.
            entries: What this run processed; old rows of these keys give way to those of the parts.
            removed: Keys whose rows go.
            actors: The lexicon's actors, with the columns `extract.schema.LEXICON_COLUMNS`.
            confirmed: What published entries are now whose rows stay as they are: another pipeline made them,
                and this one would make the same.
            components: Hashes of what the pipeline consists of, for the next run to say what has changed.
            run: What `extract history` is to say of this run.
            max_drop: Largest share of articles, rows or filled cells that may be lost (`check_snapshot`).
            force: Publish although nothing has changed.

        Raises:
            StoreError: Too much would be lost, the disk is full, or the parts do not fit the entries.
            SchemaError: The actors break the contract of their table.
        """
        self._require_lock()
        known = lexicon_actors(actors)
        old = self.manifest()
        change = _change(old, parts, entries, removed)
        new = _next_manifest(
            old, {**(confirmed or {}), **entries}, change, actors_hash(known), components or {}
        )
        _check_parts(parts, entries)
        is_new = force or replace(new, published_at=old.published_at) != old
        with disk_errors(self.root):
            if is_new:
                self._write_snapshot(old, new, change, known, max_drop=max_drop, run=run or {})
            else:
                link_tables(self.root)
            snapshot = open_snapshot(self.root)
            before, after = _hashes(old), _hashes(new)
            return Publication(snapshot, is_new, _count_rows(snapshot), after, before - after)

    def rollback(self, number: int | None = None) -> Path:
        """Publish an earlier publication again, under a new number; nothing is lost.

        Args:
            number: Which one; the one before the current if None.

        Returns:
            The folder of the new publication.

        Raises:
            StoreError: There is no such publication on disk, or the disk does not take it.
        """
        self._require_lock()
        old = self._earlier(number)
        snapshot = next_snapshot(self.root)
        partial = snapshot.with_name(snapshot.name + PARTIAL)
        now = datetime.now(UTC)
        with disk_errors(self.root):
            for table in TABLES:
                (partial / table).mkdir(parents=True)
                for file in (old / table).iterdir():
                    link(file, partial / table / file.name)
                sync(partial / table)
            replace(read_manifest(old / MANIFEST), published_at=now).write(partial / MANIFEST)
            write_run(partial, now, _count_rows(partial), {"restored": int(old.name)})
            for path in (partial / MANIFEST, partial / RUN, partial):
                sync(path)
            switch(self.root, partial, snapshot)
        return snapshot

    def _earlier(self, number: int | None) -> Path:
        current = current_snapshot(self.root)
        folders = sorted(folder for folder in (self.root / SNAPSHOTS).glob("*") if folder.name.isdigit())
        earlier = [folder for folder in folders if current is not None and folder.name < current.name]
        wanted = [folder for folder in earlier if number is None or int(folder.name) == number]
        if not wanted:
            kept = ", ".join(str(int(folder.name)) for folder in earlier) or "none"
            raise StoreError(
                f"There is no earlier publication{'' if number is None else f' {number}'} in {self.root}.",
                advice=f"Earlier ones on disk: {kept}; `extract history` shows them all.",
            )
        return wanted[-1]

    def _write_snapshot(
        self,
        old: Manifest,
        new: Manifest,
        change: Change,
        actors: pa.Table,
        *,
        max_drop: float,
        run: Mapping[str, str | int | float],
    ) -> None:
        snapshot = next_snapshot(self.root)
        partial = snapshot.with_name(snapshot.name + PARTIAL)
        partial.mkdir(parents=True)
        build_tables(partial, self._base(old), change)
        (partial / "actors").mkdir()
        rows = actor_rows(actors, partial / "entities", partial / "articles")
        write_rows(partial / "actors" / part_name(0), rows)
        check_snapshot(partial, self._base(old).folder, max_drop)
        new.write(partial / MANIFEST)
        write_run(partial, new.published_at or datetime.now(UTC), _count_rows(partial), run)
        for path in (partial / "actors", partial / MANIFEST, partial / RUN, partial):
            sync(path)
        switch(self.root, partial, snapshot)

    def _base(self, old: Manifest) -> Base:
        same_tables = old.schema_version == schema_version()
        return Base(current_snapshot(self.root) if same_tables else None, old.n_buckets)

    def _require_lock(self) -> None:
        if not self._locked:
            raise StoreError(
                f"The output folder {self.root} is not locked by this run.",
                advice="Call it inside `with store.lock():`.",
            )


def _change(
    old: Manifest, parts: Sequence[Path], entries: Mapping[str, Entry], removed: Collection[str]
) -> Change:
    processed = frozenset(entries)
    gone = (frozenset(removed) & old.entries.keys()) - processed
    kept = frozenset(old.entries.keys() - processed - gone)
    if kept and old.schema_version != schema_version():
        raise StoreError(
            f"The rows of {_some(kept)} were published for other columns and would stay as they are.",
            advice="Run over all inputs at once, or into a new folder with --output.",
        )
    return Change(tuple(parts), processed, gone, kept)


def _next_manifest(
    old: Manifest,
    entries: Mapping[str, Entry],
    change: Change,
    lexicon_hash: str,
    components: Mapping[str, str],
) -> Manifest:
    return Manifest(
        entries={**{key: old.entries[key] for key in change.kept}, **entries},
        schema_version=schema_version(),
        n_buckets=change.n_buckets,
        actors_hash=lexicon_hash,
        published_at=datetime.now(UTC),
        components=components,
    )


def _hashes(manifest: Manifest) -> frozenset[str]:
    return frozenset(entry.content_hash for entry in manifest.entries.values())


def _check_parts(parts: Sequence[Path], entries: Mapping[str, Entry]) -> None:
    """See that the parts hold one article for every entry that is done, and rows of entries only."""
    ids = [
        key
        for rows in read_parts(parts, "articles", ["article_id"])
        for key in rows["article_id"].to_pylist()
    ]
    done = [key for key, entry in entries.items() if entry.status == "done"]
    if Counter(ids) != Counter(done):
        wrong = (Counter(ids) - Counter(done)) + (Counter(done) - Counter(ids))
        raise _misfit(f"entries that are done and rows of `articles` differ in {_some(wrong)}")
    for table in PART_TABLES:
        for rows in read_parts(parts, table, key_columns(table)):
            orphans = set(keys_of(table, rows).unique().to_pylist()) - entries.keys()
            if orphans:
                raise _misfit(f"rows of `{table}` belong to no entry: {_some(orphans)}")


def _misfit(what: str) -> StoreError:
    return StoreError(
        f"The parts do not fit the entries: {what}.", advice="Please report it; nothing was changed."
    )


def _some(keys: Iterable[str]) -> str:
    return ", ".join(repr(key) for key in sorted(keys)[:3])


def _count_rows(snapshot: Path) -> dict[str, int]:
    return {table: ds.dataset(snapshot / table, format="parquet").count_rows() for table in TABLES}
