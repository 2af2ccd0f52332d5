"""Processes that are stopped or hang, and runs that are killed: nothing hangs, nothing stays behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from unittest import mock

import pandas as pd
import pytest
from befalling import befalling
from good_article import GOOD

from extract.errors import ModelError
from extract.model import Article
from extract.pipeline import BatchResult, run
from extract.pipeline.batches import write_batch
from extract.pipeline.workers.clock import Clock
from extract.pipeline.workers.limits import resident_mb
from extract.pipeline.workers.pool import annotate_batches
from extract.pipeline.workers.reader import Reader
from extract.reading import list_inputs
from extract.settings import Settings
from faults.misfortunes import write_hook

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to see child processes")


@pytest.fixture
def befall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let something befall the workers of cold runs at the article, as Python."""

    def plant(what: str) -> None:
        hook = write_hook(tmp_path / "hook", {"Baghdad": what})
        monkeypatch.setenv("PYTHONPATH", str(hook.parent), prepend=os.pathsep)

    return plant


def workers_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [child for task in tasks for child in task.read_text().split()]
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def wait_for(look: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def is_there(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@contextmanager
def command(inbox: Path, settings: Settings) -> "Iterator[subprocess.Popen[bytes]]":
    words = [sys.executable, "-m", "extract.cli", "run", inbox, "--output", settings.output, "--workers", "1"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def first_child_stopped() -> Iterator[list[int]]:
    """Stop the first child of this process as soon as it is there; later ones go on."""
    stopped: list[int] = []

    def stop() -> None:
        wait_for(lambda: workers_of(os.getpid()))
        stopped.extend(workers_of(os.getpid()))
        os.kill(stopped[0], signal.SIGSTOP)

    thread = Thread(target=stop)
    thread.start()
    yield stopped
    thread.join()
    assert not is_there(stopped[0])


def annotate(folder: Path, settings: Settings) -> list[BatchResult]:
    batch = write_batch(folder, "000000", (Article("good", "good.txt", "txt", GOOD, "good"),))
    return annotate_batches([batch], folder, settings, lambda _done: None)


def test_a_worker_stopped_while_it_loads_is_replaced(tmp_path: Path, settings: Settings) -> None:
    with first_child_stopped():
        [part] = annotate(tmp_path, settings.model_copy(update={"start_seconds": 15}))
    assert isinstance(part, Path)


def test_a_reader_stopped_while_it_starts_is_replaced(inbox: Path, settings: Settings) -> None:
    listing = list_inputs([inbox], max_chars=settings.max_chars)
    limited = settings.model_copy(update={"start_seconds": 5})
    with first_child_stopped(), Reader(listing, limited) as reader:
        [article] = listing.read({}, read_file=reader.read)
    assert isinstance(article, Article)


def test_workers_that_never_get_ready_end_the_run(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = (
        'import sys, time\nif any("spawn_main" in word for word in sys.orig_argv):\n    time.sleep(600)\n'
    )
    (tmp_path / "sitecustomize.py").write_text(hanging, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(ModelError, match=r"it was not ready after 0.5 seconds.*raise EXTRACT_START_SECONDS"):
        annotate(tmp_path, settings.model_copy(update={"start_seconds": 0.5}))
    assert not workers_of(os.getpid())


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "hanging", [lambda: os.kill(os.getpid(), signal.SIGSTOP), lambda: time.sleep(600)], ids=["stop", "sleep"]
)
def test_a_worker_stopped_or_asleep_over_an_article_costs_this_article_only(
    inbox: Path, settings: Settings, hanging: Callable[[], None]
) -> None:
    (inbox / "other.txt").write_text("Basra was quiet.\n", encoding="utf-8")
    with befalling({"Baghdad": hanging}):
        summary = run([inbox], settings.model_copy(update={"article_seconds": 0.5, "batch_size": 1}))
    assert (summary.done, summary.failed) == (1, 1)
    [issue] = pd.read_parquet(settings.output / "issues").query("severity == 'error'").to_dict("records")
    assert (issue["article_id"], issue["code"]) == ("good", "too_slow")


def test_a_clock_does_not_count_the_time_in_which_the_run_was_suspended() -> None:
    moments = [0.0, 0.1, 0.2, 3600.2, 3600.3]
    with mock.patch("time.monotonic", side_effect=moments):
        clock = Clock()
        for _ in moments[1:]:
            clock.look()
    assert clock.now == pytest.approx(0.3 + 2)


def test_a_run_that_was_suspended_with_its_workers_goes_on(
    inbox: Path,
    settings: Settings,
    befall: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = tmp_path / "begun"
    befall(f"open({str(begun)!r}, 'w').close(); time.sleep(10)")  # over before the suspension is
    # The run waits 14 seconds for the article, of which a busy machine may use all but two awake.
    monkeypatch.setenv("EXTRACT_ARTICLE_SECONDS", "3")
    with command(inbox, settings) as process:
        wait_for(begun.exists)
        suspended = [process.pid, *workers_of(process.pid)]
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for pid in suspended:
                os.kill(pid, number)
            time.sleep(15 if number == signal.SIGSTOP else 0)
        assert process.wait(60) == 0
    assert len(pd.read_parquet(settings.output / "articles")) == 1


def test_a_worker_stopped_while_it_loads_ends_when_its_run_is_killed(inbox: Path, settings: Settings) -> None:
    with command(inbox, settings) as process:
        wait_for(lambda: any(resident_mb(worker) > 100 for worker in workers_of(process.pid)))
        stop_children_and_kill_run(process)


def test_a_worker_stopped_over_an_article_ends_when_its_run_is_killed(
    inbox: Path, settings: Settings, befall: Callable[[str], None], tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    befall(f"open({str(begun)!r}, 'w').close(); time.sleep(600)")
    with command(inbox, settings) as process:
        wait_for(begun.exists)
        stop_children_and_kill_run(process)


def stop_children_and_kill_run(process: "subprocess.Popen[bytes]") -> None:
    children = workers_of(process.pid)  # while the worker loads, the reader may be there as well
    assert children
    for child in children:
        os.kill(child, signal.SIGSTOP)
    process.kill()
    wait_for(lambda: not any(map(is_there, children)), seconds=5)
