"""Several writers publish at one address at once, and readers look at all tables all the time.

    PYTHONPATH=tests python tests/store/remote_writers.py [--writers 4] [--times 25] [--reads 2000]
                                                          [--without-lease]

Each publication adds one article. So publication N has the rows of N articles in every table, or something
was lost, mixed or published twice under one number. A writer that comes too late must be told what is
documented, and tries again. Without the lease all writers work at once, and the last request decides.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
from remote_samples import KEEP, Child, add, publish, texts_in

from extract.errors import StoreError, StoreLockedError
from extract.remote.bucket import Bucket
from extract.remote.mirror import mirror_of
from extract.remote.publication import current, file_object, manifest_object
from extract.remote.transfer import pull, push
from extract.store.facts import FileFacts
from extract.tables import TABLES

# What docs/object-storage.md says that the others are told.
HELD = re.compile(r"s3://\S+ is in use by (process \d+ on \S+|another process, which was faster)\. Wait ")
OVERTAKEN = re.compile(r"s3://\S+ has (a publication|publication \d+), which this folder does not know: ")
_PER_ARTICLE = ("articles", "entities", "quotes", "dates")  # tables with a row for each of our articles
_READERS = 2
_PAUSE = 0.02  # seconds between two looks


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        winners: The numbers of the publications that a writer has made, of all writers.
        refused: What the others were told, and how often.
        reads: How often a reader read all tables while writers were at work.
        wrong: What should not have been seen.
        articles: The articles that are published at the end.
    """

    winners: list[int] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    reads: int = 0
    wrong: list[str] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)


def race(folder: Path, url: str, *, writers: int, times: int, reads: int, lease: bool = True) -> Outcome:
    """Let writers publish at an address, and readers read until the last one has ended.

    Args:
        folder: Where everything lies; empty.
        url: The address; nothing is published there.
        writers: How many.
        times: How many publications each of them makes.
        reads: How many reads are to be made at least: writers wait for readers that are behind.
        lease: Whether writers take the lease.
    """
    counts = [folder / f"reads-{number}" for number in range(_READERS)]
    stop = folder / "stop"
    readers = [Child(read_often, url, count, stop) for count in counts]
    pace = reads / (writers * max(times - 1, 1))
    work = [Writer(url, number, times, folder, lease, pace * writers) for number in range(writers)]
    running = [Child(one.write_often) for one in work]
    outcome = Outcome()
    for writer in running:
        won, refused, wrong = writer.result()
        outcome.winners += won
        outcome.refused.update(refused)
        outcome.wrong += wrong
    stop.touch()
    for reader in readers:
        done, wrong = reader.result()
        outcome.reads += done
        outcome.wrong += wrong
    outcome.articles = Child(articles_at, url, folder / "last").result()
    return outcome


@dataclass(frozen=True)
class Writer:
    """A process that publishes an article, again and again.

    Attributes:
        url: The address.
        number: Its own number.
        times: How often.
        folder: Where it and the readers may write.
        lease: Whether it takes the lease.
        pace: How many reads there are to be for each of its publications.
    """

    url: str
    number: int
    times: int
    folder: Path
    lease: bool
    pace: float

    def write_often(self) -> tuple[list[int], Counter[str], list[str]]:
        """Return the numbers of its publications, what was refused, and what went wrong."""
        os.environ["EXTRACT_MIRRORS"] = str(self.folder / f"mirrors-{self.number}")
        won: list[int] = []
        refused: Counter[str] = Counter()
        wrong: list[str] = []
        while len(won) < self.times:
            while _reads(self.folder) < self.pace * len(won):
                time.sleep(_PAUSE)
            try:
                won.append(self._publish(f"{self.number}-{len(won)}"))
            except StoreError as error:
                expected = HELD if isinstance(error, StoreLockedError) else OVERTAKEN
                if not expected.match(str(error)):
                    wrong.append(f"a writer was told: {error}")
                refused[type(error).__name__] += 1
                time.sleep(_PAUSE)
        return won, refused, wrong

    def _publish(self, article_id: str) -> int:
        texts, root = {article_id: f"Bahr said {article_id} in May."}, mirror_of(self.url, "runs")
        if self.lease:
            add(self.url, texts)
        else:
            pull(root, Bucket.at(self.url), keep=KEEP, discard=True)
            publish(root, {**texts_in(root), **texts})
            push(root, Bucket.at(self.url), keep=KEEP)
        return int((root / ".current").readlink().name)


def read_often(url: str, count: Path, stop: Path) -> tuple[int, list[str]]:
    """Read all tables until told to stop; return how often, and what was wrong."""
    bucket, wrong, done, last = Bucket.at(url), [], 0, 0
    while not stop.exists():
        try:
            number = read_all(bucket)
            if number < last:
                wrong.append(f"publication {last} was followed by {number}")
        except (StoreError, AssertionError) as error:
            number = last
            wrong.append(f"a reader saw: {error}")
        done, last = done + (number > 0 or bool(wrong)), number
        count.write_text(str(done), encoding="utf-8")
        time.sleep(_PAUSE)
    return done, wrong


def read_all(bucket: Bucket) -> int:
    """Read all tables of the current publication as other tools do; return its number, 0 if there is none.

    Raises:
        AssertionError: They are not the rows of as many articles as there were publications.
    """
    there = current(bucket)
    if there is None:
        return 0
    manifest = bucket.get(manifest_object(there.name))
    assert manifest, f"{there.name} has no manifest"
    facts = {name: FileFacts(**known) for name, known in json.loads(manifest.content)["files"].items()}
    seen: dict[str, Counter[str]] = {table: Counter() for table in _PER_ARTICLE}
    for name, known in facts.items():
        found = bucket.get(file_object(name, facts))
        assert found, f"{name} of {there.name} is gone"
        assert len(found.content) == known.size, f"{name} of {there.name} has another size"
        table = name.partition("/")[0]
        if table in TABLES:
            rows = pq.read_table(BytesIO(found.content), use_threads=False)
            assert len(rows) == known.rows, f"{name} of {there.name} has other rows"
            if table in seen:
                seen[table].update(rows["article_id"].to_pylist())
    for table, articles in seen.items():
        assert len(articles) == there.number, f"{table} of {there.name} has {len(articles)} articles"
        assert articles == seen["articles"], f"{table} of {there.name} has rows of other articles"
    return there.number


def articles_at(url: str, root: Path) -> set[str]:
    """Return the ids of the articles that are published."""
    pull(root, Bucket.at(url), keep=KEEP)
    return set(texts_in(root))


def _reads(folder: Path) -> int:
    return sum(int(count.read_text() or 0) for count in folder.glob("reads-*"))


def check(outcome: Outcome, writers: int, times: int) -> None:
    """Check what came of it.

    Raises:
        AssertionError: A row was lost, two have won, or somebody saw or was told what should not be.
    """
    assert outcome.wrong == []
    assert sorted(outcome.winners) == list(range(1, writers * times + 1)), "two have won, or none"
    assert outcome.articles == {f"{writer}-{time}" for writer in range(writers) for time in range(times)}


def main() -> None:
    """Let writers race and print what came of it."""
    from s3_server import s3_server  # noqa: PLC0415 - writers and readers need no server

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--writers", type=int, default=4, help="how many (4)")
    parser.add_argument("--times", type=int, default=25, help="publications of each (25)")
    parser.add_argument("--reads", type=int, default=2000, help="reads at least (2000)")
    parser.add_argument("--without-lease", action="store_true", help="all writers work at once")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="remote-writers-") as folder, s3_server("tables"):
        outcome = race(
            Path(folder),
            "s3://tables/race",
            writers=options.writers,
            times=options.times,
            reads=options.reads,
            lease=not options.without_lease,
        )
    sys.stdout.write(
        f"{len(outcome.winners)} publications by {options.writers} writers, {len(outcome.articles)} articles "
        f"at the end; {dict(outcome.refused)} refused with the documented message; {outcome.reads} reads of "
        f"all tables; wrong: {outcome.wrong[:10] or 'nothing'}\n"
    )
    check(outcome, options.writers, options.times)


if __name__ == "__main__":
    main()
