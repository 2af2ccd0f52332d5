"""Files that are as they were at the last run are not read; the plan is the one of a run that reads all."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.model import Article, Issue
from extract.pipeline import run
from extract.pipeline.fingerprint import Fingerprint
from extract.pipeline.plan import Kept, Work, plan_work
from extract.pipeline.stamps import NO_STAMPS, Stamps, read_stamps, write_stamps
from extract.pipeline.workers.reader import Reader
from extract.reading.inputs import read_source
from extract.reading.sources import Source
from extract.settings import Settings
from extract.store import Entry, Manifest, Store

ENGLISH = "The council of the city met on Monday and spoke about the roads of the province."
PIPELINE = Fingerprint("engine", {})


@pytest.fixture(autouse=True)
def a_clock_without_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of the last two seconds would be read again: they may change within a tick of the clock."""
    monkeypatch.setattr("extract.reading.arrival._TICK_SECONDS", 0)


@pytest.fixture(autouse=True)
def reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process, which saves many starts of another."""

    def read(self: Reader, source: Source) -> Iterator[Article | Issue]:
        return read_source(source, self._listing.stats, self._listing.context)

    monkeypatch.setattr(Reader, "read", read)


@pytest.fixture
def was_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that have been read."""
    names: list[str] = []
    plain = Reader.read

    def read(self: Reader, source: Source) -> Iterator[Article | Issue]:
        names.append(source.path.name)
        return plain(self, source)

    monkeypatch.setattr(Reader, "read", read)
    return names


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in "abc":
        write(folder / f"{name}.txt")
    return folder


def write(path: Path, more: str = "") -> None:
    path.write_text(f"{ENGLISH} {more}\n", encoding="utf-8")


def record(identifier: str) -> str:
    return f'{{"id": "{identifier}", "text": "{ENGLISH}"}}\n'


class Corpus:
    """Plans over a folder, each taken as published before the next."""

    def __init__(self, inbox: Path, staging: Path) -> None:
        self.inbox = inbox
        self.settings = Settings(output=staging, settle_seconds=0)
        self.manifest = Manifest()
        self.stamps = NO_STAMPS
        staging.mkdir()

    def plan(self, stamps: Stamps) -> Work:
        staging = self.settings.output
        return plan_work(
            [self.inbox], self.manifest, PIPELINE, self.settings, staging, kept=Kept(stamps=stamps)
        )

    def publish(self, work: Work) -> None:
        gone = {*work.changes.removed}
        kept = {key: entry for key, entry in self.manifest.entries.items() if key not in gone}
        self.manifest = replace(self.manifest, entries={**kept, **work.entries})
        self.stamps = Stamps(work.states)


@pytest.fixture
def corpus(inbox: Path, tmp_path: Path) -> Corpus:
    corpus = Corpus(inbox, tmp_path / "staging")
    corpus.publish(corpus.plan(NO_STAMPS))
    return corpus


def touch(folder: Path) -> None:
    write(folder / "b.txt", "It rained.")


def add(folder: Path) -> None:
    write(folder / "d.txt")


def describe_one(folder: Path) -> None:
    (folder / "articles.csv").write_text("file,outlet\nb.txt,The Baghdad Letter\n", encoding="utf-8")


def claim_an_id(folder: Path) -> None:
    (folder / "a.jsonl").write_text(record("b"), encoding="utf-8")


def claim_a_later_id(folder: Path) -> None:
    (folder / "z.jsonl").write_text(record("b"), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "read", "plan"),
    [
        (lambda _: None, [], "3 unchanged"),
        (touch, ["b.txt"], "1 edited, 2 unchanged"),
        (add, ["d.txt"], "1 new, 3 unchanged"),
        (lambda folder: (folder / "b.txt").unlink(), [], "1 removed, 2 unchanged"),
        (lambda folder: (folder / "b.txt").chmod(0o600), ["b.txt"], "3 unchanged"),
        (describe_one, ["b.txt"], "1 edited, 2 unchanged"),
        (claim_an_id, ["a.jsonl", "b.txt"], "1 edited, 2 unchanged, 1 unreadable"),
        (claim_a_later_id, ["z.jsonl"], "3 unchanged, 1 unreadable"),
    ],
)
def test_only_what_may_have_changed_is_read(
    change: Callable[[Path], None], read: list[str], plan: str, corpus: Corpus, was_read: list[str]
) -> None:
    change(corpus.inbox)
    assert corpus.plan(corpus.stamps).describe() == plan
    assert was_read == read
    assert corpus.plan(NO_STAMPS).describe() == plan


def test_what_failed_is_read_again(corpus: Corpus, was_read: list[str]) -> None:
    (corpus.inbox / "d.txt").write_bytes(bytes(range(256)) * 9)
    corpus.publish(corpus.plan(corpus.stamps))
    was_read.clear()
    assert corpus.plan(corpus.stamps).describe() == "3 unchanged, 1 unreadable"
    assert was_read == ["d.txt"]


def test_a_file_with_only_a_note_is_not_read_again(corpus: Corpus, was_read: list[str]) -> None:
    (corpus.inbox / "d.jsonl").write_text(2 * record("d"), encoding="utf-8")
    corpus.publish(corpus.plan(corpus.stamps))
    assert {entry.status for entry in corpus.manifest.entries.values()} == {"done", "noted"}
    was_read.clear()
    again = corpus.plan(corpus.stamps)
    assert (again.describe(), again.n_skipped, again.issues) == ("4 unchanged", 4, ())
    assert was_read == []


def test_a_file_whose_articles_are_in_another_one_is_read_again(corpus: Corpus, was_read: list[str]) -> None:
    for name in ("d.jsonl", "e.jsonl"):
        (corpus.inbox / name).write_text(record("d"), encoding="utf-8")
    corpus.publish(corpus.plan(corpus.stamps))
    was_read.clear()
    corpus.plan(corpus.stamps)
    assert was_read == ["e.jsonl"]
    (corpus.inbox / "d.jsonl").unlink()
    corpus.publish(corpus.plan(corpus.stamps))
    assert corpus.manifest.entries["d"].source.endswith("e.jsonl")


def test_another_pipeline_reads_everything(corpus: Corpus, was_read: list[str]) -> None:
    done = {key: entry._replace(fingerprint="of another") for key, entry in corpus.manifest.entries.items()}
    corpus.manifest = replace(corpus.manifest, entries=done)
    assert corpus.plan(corpus.stamps).describe() == "3 to annotate again"
    assert was_read == ["a.txt", "b.txt", "c.txt"]


def test_files_changed_a_moment_ago_are_read_again(
    corpus: Corpus, was_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.reading.arrival._TICK_SECONDS", 60)
    corpus.publish(corpus.plan(corpus.stamps))
    was_read.clear()
    corpus.plan(corpus.stamps)
    assert was_read == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize("seed", range(5))
def test_the_plan_is_that_of_a_run_that_reads_all(corpus: Corpus, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - changes, not secrets
    for step in range(12):
        for _ in range(dice.randint(0, 3)):
            change_something(corpus.inbox, dice, step)
        with_stamps, without = corpus.plan(corpus.stamps), corpus.plan(NO_STAMPS)
        assert with_stamps.changes == without.changes
        assert with_stamps.entries == without.entries
        assert with_stamps.issues == without.issues
        assert with_stamps.describe() == without.describe()
        corpus.publish(with_stamps)


def change_something(folder: Path, dice: random.Random, step: int) -> None:
    """Write, rename or remove a file; ids of records are those of texts now and then."""
    name = dice.choice("abcdef")
    path = folder / f"{name}{dice.choice(['.txt', '.jsonl'])}"
    kind = dice.choice(["write", "write", "remove", "rename", "describe"])
    if kind == "write":
        ids = dice.sample("abcdefgh", 3)
        text = "".join(map(record, ids)) if path.suffix == ".jsonl" else f"{ENGLISH} {step}"
        path.write_text(text, encoding="utf-8")
    elif kind == "describe":
        (folder / "articles.csv").write_text(f"file,outlet\n{name}.txt,Letter {step}\n", encoding="utf-8")
    elif path.exists() and kind == "remove":
        path.unlink()
    elif path.exists():
        path.rename(folder / f"{dice.choice('abcdef')}{path.suffix}")


def test_states_count_for_the_publication_that_they_were_written_after(tmp_path: Path) -> None:
    settings = Settings(output=tmp_path)
    states = {"a.txt": "state"}
    entry = Entry("hash", PIPELINE.whole, "done", "a.txt")
    manifest = Manifest({"a": entry}, published_at=datetime(2026, 7, 28, tzinfo=UTC))
    write_stamps(states, manifest.published_at, settings)
    assert read_stamps(manifest, settings).states == states
    later = replace(manifest, published_at=datetime(2026, 7, 29, tzinfo=UTC))
    assert read_stamps(later, settings) == NO_STAMPS
    assert read_stamps(manifest, settings.model_copy(update={"max_chars": 10})) == NO_STAMPS
    (tmp_path / ".cache" / "sources.json").write_text("{", encoding="utf-8")
    assert read_stamps(manifest, settings) == NO_STAMPS


@pytest.mark.usefixtures("warm")
def test_after_a_rollback_everything_is_read(inbox: Path, tmp_path: Path, was_read: list[str]) -> None:
    settings = Settings(output=tmp_path / "outputs", workers=1)
    run([inbox], settings)
    touch(inbox)
    run([inbox], settings)
    assert was_read == ["a.txt", "b.txt", "c.txt", "b.txt"]
    store = Store(settings.output, keep=3)
    with store.lock():
        store.rollback()
    was_read.clear()
    assert run([inbox], settings).done == 1
    assert was_read == ["a.txt", "b.txt", "c.txt"]
