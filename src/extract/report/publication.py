"""The publication that a report is made from, read file by file, and what is new in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from extract.errors import StoreError
from extract.schema.table import Row
from extract.store.entries import Entry
from extract.store.facts import Facts, files_of, read_rows
from extract.store.history import read_history
from extract.store.manifest import read_head, read_manifest
from extract.store.snapshots import open_snapshot, publications

_FIRST = 1  # number of the first publication


@dataclass(frozen=True, slots=True)
class Publication:
    """A pinned publication, whose tables are read one bucket at a time.

    Attributes:
        folder: Its folder, which never changes.
        facts: Facts about its files.
        entries: What each article's rows were made from, by article_id.
        published_at: Time in UTC.
        earlier: The folder of the publication with which it is compared, None if there is none on disk.
        earlier_at: The time of that one in UTC, None if unknown.
    """

    folder: Path
    facts: Facts
    entries: Mapping[str, Entry]
    published_at: datetime | None
    earlier: Path | None
    earlier_at: datetime | None = None

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.folder.name)

    def buckets(self) -> range:
        """Return the numbers of the files into which each table of articles' rows is split."""
        return range(len(files_of(self.facts, "articles")))

    def table(self, name: str, bucket: int, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of a bucket.

        Raises:
            StoreError: The file is missing or damaged.
        """
        return read_rows(self.folder, files_of(self.facts, name)[bucket], self.facts, columns)

    def all_rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of all buckets.

        Raises:
            StoreError: A file is missing or damaged.
        """
        for bucket in range(len(files_of(self.facts, name))):
            yield from rows_of(self.table(name, bucket))


@dataclass(frozen=True, slots=True)
class News:
    """What changed since an earlier publication.

    Attributes:
        has_earlier: Whether there is one to compare with.
        new: Articles that it did not have.
        edited: Articles whose text or metadata it had otherwise.
    """

    has_earlier: bool = False
    new: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()

    @property
    def articles(self) -> frozenset[str]:
        """The new and the edited articles."""
        return self.new | self.edited


def open_publication(outputs: Path, since: date | None = None) -> Publication:
    """Pin the current publication of an output folder.

    Args:
        outputs: The output folder.
        since: What is new is what came on that day or later; None: what the last publication brought.

    Raises:
        StoreError: Nothing is published there, the manifest is damaged, or no publication that is old enough
            is on disk any more.
    """
    folder = open_snapshot(outputs)
    manifest = read_manifest(folder)
    *before, _ = (one for one in publications(outputs) if int(one.name) <= int(folder.name))
    times = {one.number: one.published_at for one in read_history(outputs)}
    earlier = _as_of(since, [*before, folder], times) if since else before[-1] if before else None
    return Publication(
        folder,
        read_head(folder).facts,
        manifest.entries,
        manifest.published_at,
        earlier,
        times[int(earlier.name)] if earlier else None,
    )


def _as_of(since: date, folders: Sequence[Path], times: Mapping[int, datetime | None]) -> Path | None:
    """Return the publication that readers had when a day began; None if there was none yet."""
    *before, _ = folders
    published = ((one, times[int(one.name)]) for one in before)
    old = [one for one, time in published if time and time.date() < since]
    if not old and int(folders[0].name) > _FIRST:
        raise StoreError(
            f"No publication from before {since} is on disk: what has come since is not known.",
            advice="`extract history` lists those on disk; EXTRACT_KEEP_SNAPSHOTS says how many are kept.",
        )
    return old[-1] if old else None


def rows_of(table: pa.Table) -> list[Row]:
    """Return the rows of an Arrow table as plain objects."""
    rows: list[Row] = table.to_pylist()
    return rows


def news_of(publication: Publication) -> News:
    """Compare the articles of a publication with those of an earlier one, by their content hashes.

    Raises:
        StoreError: A file is missing or damaged.
    """
    now = _hashes(publication.folder, publication.facts)
    if publication.earlier is None:
        return News(new=frozenset(now))
    before = _hashes(publication.earlier, read_head(publication.earlier).facts)
    edited = (one for one in now.keys() & before.keys() if now[one] != before[one])
    return News(True, frozenset(now.keys() - before.keys()), frozenset(edited))


def _hashes(folder: Path, facts: Facts) -> Mapping[str, str]:
    columns = ["article_id", "content_hash"]
    tables = (read_rows(folder, name, facts, columns) for name in files_of(facts, "articles"))
    return {
        article_id: content
        for table in tables
        for article_id, content in zip(*(table[name].to_pylist() for name in columns), strict=True)
    }
