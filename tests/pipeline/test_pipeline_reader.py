"""Files are read in processes of their own: one that hangs or kills its process costs itself only."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from extract.child_process import start_child
from extract.errors import InputError, LexiconError
from extract.model import Article, Issue
from extract.pipeline.workers import reader as readers
from extract.pipeline.workers.reader import Reader
from extract.reading import inputs, list_inputs
from extract.reading.context import Context
from extract.reading.sources import Source
from extract.settings import Settings

pytestmark = pytest.mark.usefixtures("warm")  # processes are forked: what befalls reading here befalls them

SETTINGS = Settings()


@pytest.fixture(autouse=True, params=["one process", "two processes"])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with one process, or the next file always ahead in another one."""
    monkeypatch.setattr(readers, "_MANY_FILES", 1 if request.param == "two processes" else 1_000)
    return str(request.param)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a", "bad", "c"):
        (folder / f"{name}.txt").write_text(f"The {name} council met in Basra.\n", encoding="utf-8")
    return folder


@contextmanager
def befalling(misfortune: Callable[[], object], name: str = "bad") -> Iterator[None]:
    """Let a misfortune befall whoever reads the file, after its first item."""
    plain = inputs._read_file

    def read(source: Source, context: Context) -> Iterator[Article | Issue]:
        for index, item in enumerate(plain(source, context)):
            if source.path.stem == name and (index or source.path.suffix == ".txt"):
                misfortune()
            yield item

    with mock.patch.object(inputs, "_read_file", read):
        yield


def read(inbox: Path, **limits: float) -> list[Article | Issue]:
    listing = list_inputs([inbox], max_chars=SETTINGS.max_chars)
    with Reader(listing, SETTINGS.model_copy(update=limits)) as reader:
        reader.expect(listing.sources())
        return list(listing.read({}, read_file=reader.read))


def summary(items: list[Article | Issue]) -> list[str]:
    return [item.article_id if isinstance(item, Article) else item.code for item in items]


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_items_are_those_of_reading_here(inbox: Path) -> None:
    (inbox / "articles.csv").write_text("file,outlet\na,Basra Post\ndeep/d,Deep\nno,No\n", encoding="utf-8")
    (inbox / "deep").mkdir()
    (inbox / "deep" / "d.txt").write_text("Basra was quiet.\n" * 8_000, encoding="utf-8")
    (inbox / "empty.txt").touch()
    (inbox / "more.jsonl").write_text('{"id": "a", "text": "Twice."}\n{"id": "e", "text": "Once."}\nno\n')
    listing = list_inputs([inbox, inbox / "c.txt"], max_chars=SETTINGS.max_chars)
    expected = list(listing.read())
    assert {"duplicate_id", "empty_text", "bad_record", "bad_sidecar"} <= set(summary(expected))
    assert read(inbox) == expected


@pytest.mark.parametrize(
    ("misfortune", "code"),
    [
        (kill, "reader_died"),
        (lambda: os._exit(3), "reader_died"),
        (lambda: 1 / 0, "reader_died"),
        (lambda: time.sleep(60), "too_slow"),
        (lambda: os.kill(os.getpid(), signal.SIGSTOP), "too_slow"),
    ],
)
def test_a_bad_file_becomes_an_issue_and_reading_goes_on(
    inbox: Path, misfortune: Callable[[], object], code: str
) -> None:
    with befalling(misfortune):
        items = read(inbox, read_seconds=0.5)
    assert summary(items) == ["a", code, "c"]
    issue = items[1]
    assert isinstance(issue, Issue)
    assert (issue.source, issue.severity) == (str(inbox / "bad.txt"), "error")
    assert issue.advice


def test_a_file_over_which_the_process_is_killed_once_is_read(inbox: Path, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    sign.touch()

    def die_once() -> None:
        if sign.exists():
            sign.unlink()
            kill()

    with befalling(die_once):
        assert summary(read(inbox)) == ["a", "bad", "c"]


def test_records_before_the_bad_one_are_kept_and_given_once(inbox: Path) -> None:
    records = "".join(f'{{"id": "{name}", "text": "Basra."}}\n' for name in "xyz")
    (inbox / "records.jsonl").write_text(records, encoding="utf-8")
    with befalling(kill, "records"):
        items = read(inbox)
    assert summary(items)[3:] in (["reader_died"], ["x", "reader_died"])
    assert len(set(summary(items))) == len(items)


def test_a_process_stopped_in_the_middle_of_an_answer_is_ended(inbox: Path) -> None:
    (inbox / "bad.txt").write_text("Basra was quiet. " * 50_000, encoding="utf-8")

    def stop_soon() -> None:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGSTOP))
        signal.setitimer(signal.ITIMER_REAL, 0.3)

    listing = list_inputs([inbox], max_chars=SETTINGS.max_chars)
    with befalling(stop_soon), Reader(listing, SETTINGS.model_copy(update={"read_seconds": 1})) as reader:
        reader.expect(listing.sources())
        items = listing.read({}, read_file=reader.read)
        first = next(items)
        with mock.patch("extract.pipeline.workers.reader._CHUNK", 1000):
            plain = os.read

            def slow_read(descriptor: int, size: int) -> bytes:
                time.sleep(0.01)
                return plain(descriptor, size)

            with mock.patch("os.read", slow_read):
                rest = list(items)
    assert summary([first, *rest]) == ["a", "too_slow", "c"]


def test_a_process_that_cannot_start_ends_the_run(inbox: Path) -> None:
    with (
        mock.patch("extract.reading.page.forms.load_forms", side_effect=lambda _models_dir: os._exit(3)),
        pytest.raises(InputError, match="failed to start 3 times"),
    ):
        read(inbox)


def test_broken_knowledge_ends_the_run(inbox: Path) -> None:
    broken = LexiconError("layout.toml:1: The file is missing.", advice="Restore it.")
    with (
        mock.patch("extract.reading.page.forms.load_forms", side_effect=broken),
        pytest.raises(LexiconError, match=r"layout\.toml"),
    ):
        read(inbox)


def test_without_a_file_to_read_no_process_starts(inbox: Path) -> None:
    listing = list_inputs([inbox], max_chars=SETTINGS.max_chars)
    known = {str(inbox / f"{name}.txt"): {name: f"hash of {name}"} for name in ("a", "bad", "c")}
    with mock.patch("extract.pipeline.workers.reader.start_child") as start:
        with Reader(listing, SETTINGS) as reader:
            reader.expect([])
            assert list(listing.read(known, reader.read)) == []
        start.assert_not_called()


def test_of_many_files_the_next_is_read_ahead(inbox: Path, processes: str) -> None:
    with mock.patch.object(readers, "start_child", side_effect=start_child) as start:
        assert summary(read(inbox)) == ["a", "bad", "c"]
    assert start.call_count == {"one process": 1, "two processes": 2}[processes]


def test_a_file_that_nobody_expected_is_read_in_between(inbox: Path) -> None:
    listing = list_inputs([inbox], max_chars=SETTINGS.max_chars)
    first, unexpected, last = listing.sources()
    with Reader(listing, SETTINGS) as reader:
        reader.expect([first, last])
        items = [item for source in (first, unexpected, last) for item in reader.read(source)]
    assert summary(items) == ["a", "bad", "c"]
