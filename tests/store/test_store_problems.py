"""What `extract doctor` is told of a store."""

import os
import re
import shutil
import signal
import time
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import BROKEN, run

from extract.errors import StoreError
from extract.store import Store, open_snapshot, store_problems
from extract.store.lock import lock_holder
from extract.store.manifest import ENTRIES, MANIFEST

TEXTS = {"a": "Bahr said yes.", "b": BROKEN, "c": "May"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "outputs"
    for number in range(2):
        run(Store(root, keep=3), TEXTS | {"c": f"May {number}"})
    return root


def part(root: Path, table: str) -> Path:
    [file] = (open_snapshot(root) / table).iterdir()
    return file


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_a_whole_store_has_no_problems(root: Path) -> None:
    assert store_problems(root) == []


def test_a_folder_that_is_no_store_has_none(tmp_path: Path) -> None:
    assert store_problems(tmp_path) == store_problems(tmp_path / "missing") == []


@pytest.mark.parametrize(
    ("damage", "seen"),
    [
        (lambda root: flip_a_bit(part(root, "entities")), r"entities/part-.* is damaged"),
        (lambda root: flip_a_bit(open_snapshot(root) / ENTRIES), r"entries"),
        (lambda root: part(root, "dates").unlink(), r"dates/part-.* is missing"),
        (lambda root: (open_snapshot(root) / MANIFEST).unlink(), r"manifest.* cannot be read"),
        (
            lambda root: shutil.copy(part(root, "dates"), part(root, "entities")),
            r"entities/part-.* is damaged",
        ),
        (lambda root: (root / "quotes").unlink(), r"quotes should be a link to .*is missing"),
        (lambda root: (root / ".current").unlink(), r"\.current should be a link to .*is missing"),
        (
            lambda root: open_snapshot(root).rename(root / "x"),
            r"leads to .snapshots/000002.*publication 1, the newest",
        ),
    ],
)
def test_damage_is_serious_and_named(root: Path, damage: Callable[[Path], object], seen: str) -> None:
    damage(root)
    problems = [problem for problem in store_problems(root) if problem.serious]
    assert problems
    assert any(re.search(seen, f"{problem.what} {problem.advice}") for problem in problems), problems
    assert all(problem.advice for problem in problems)


def test_looking_changes_nothing(root: Path) -> None:
    before = {path: path.lstat().st_mtime_ns for path in root.rglob("*")}
    store_problems(root)
    assert {path: path.lstat().st_mtime_ns for path in root.rglob("*")} == before


def test_what_a_killed_run_left_is_a_note(root: Path) -> None:
    (root / ".staging").mkdir()
    (root / ".snapshots" / "000003.partial").mkdir()
    [problem] = store_problems(root)
    assert not problem.serious
    assert ".staging, .snapshots/000003.partial" in problem.what
    run(Store(root, keep=3), TEXTS)
    assert store_problems(root) == []


def test_a_run_at_work_is_a_note(root: Path) -> None:
    with Store(root, keep=3).lock():
        [problem] = store_problems(root)
    assert not problem.serious
    assert f"process {os.getpid()}, started 20" in problem.what
    assert lock_holder(root / ".lock") is None


def hold_and_end(root: Path, write: int) -> None:
    """Take the lock, leave it to a child, and end as the child writes its number."""
    with Store(root, keep=3).lock():
        if os.fork() == 0:
            os.write(write, str(os.getpid()).encode())
            time.sleep(60)
        os._exit(0)


def test_a_lock_whose_process_is_gone_is_serious(root: Path) -> None:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        hold_and_end(root, write)
    os.waitpid(pid, 0)
    heir = int(os.read(read, 20))
    try:
        [problem] = [one for one in store_problems(root) if one.serious]
        assert f"process {pid}, which locked it, is not running here" in problem.what
    finally:
        os.kill(heir, signal.SIGKILL)


def test_a_damaged_earlier_publication_is_a_note_and_does_not_come_back(root: Path) -> None:
    first = root / ".snapshots" / "000001"
    [file] = (first / "dates").iterdir()
    flip_a_bit(file)
    [problem] = store_problems(root)
    assert not problem.serious
    assert "earlier publication 1 is damaged" in problem.what
    store = Store(root, keep=3)
    with store.lock(), pytest.raises(StoreError, match=r"publication 1 is damaged.*Choose another"):
        store.rollback()
    assert open_snapshot(root).name == "000002"


def test_a_damaged_table_is_made_anew_by_a_run_over_everything(root: Path) -> None:
    flip_a_bit(part(root, "entities"))
    assert store_problems(root)
    run(Store(root, keep=1), TEXTS, fingerprint="as with --full")
    assert [problem for problem in store_problems(root) if problem.serious] == []


def test_a_disk_without_room_for_another_publication_is_a_note(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")(100, 90, 10)  # noqa: PYI024 - what shutil returns
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    [problem] = store_problems(root)
    assert not problem.serious
    assert "EXTRACT_KEEP_SNAPSHOTS" in problem.advice
