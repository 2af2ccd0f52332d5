"""kill -9 at every step and at any time: readers keep the old tables whole, the next run ends right."""

import multiprocessing
import random
import shutil
import time
from multiprocessing.context import ForkContext
from pathlib import Path

import pytest
from store_samples import file_bytes, leftovers, read_tables, run, run_and_count, run_and_die, run_forever

from extract.errors import StoreLockedError
from extract.store import Store, buckets, open_snapshot

OLD = {"a": "Bahr said yes.", "b": "May", "c": "Bahr Bahr", "d": "Bahr said yes."}
NEW = {"a": "Bahr said no.", "b": "May", "e": "May Bahr", "f": "Bahr said no."}


@pytest.fixture(scope="module")
def children() -> ForkContext:
    return multiprocessing.get_context("fork")  # dozens of children, each at work at once


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What readers see of the two states, and the bytes of the new one."""
    shown = {}
    for name, texts in (("old", OLD), ("new", NEW)):
        root = tmp_path_factory.mktemp("whole") / name
        run(Store(root, keep=2), texts)
        shown[name] = {"tables": repr(read_tables(root)), "bytes": file_bytes(root)}
    return shown


def killed_at(children: ForkContext, root: Path, step: int) -> bool:
    child = children.Process(target=run_and_die, args=(root, NEW, step))
    child.start()
    child.join(60)
    return child.exitcode == -9


def count_steps(children: ForkContext, root: Path) -> int:
    steps = children.SimpleQueue()
    child = children.Process(target=run_and_count, args=(root, NEW, steps))
    child.start()
    child.join(60)
    return int(steps.get())


def test_killed_at_any_step_of_a_publication(
    children: ForkContext, expected: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    published = tmp_path / "published"
    run(Store(published, keep=2), OLD)
    shutil.copytree(published, tmp_path / "counted", symlinks=True)
    last = count_steps(children, tmp_path / "counted")
    assert last > 20
    seen = set()
    for step in range(1, last + 1):
        root = tmp_path / str(step)
        shutil.copytree(published, root, symlinks=True)
        assert killed_at(children, root, step)
        shown = repr(read_tables(root))
        assert shown in (expected["old"]["tables"], expected["new"]["tables"])
        seen.add(shown)
        run(Store(root, keep=2), NEW)
        assert file_bytes(root) == expected["new"]["bytes"]
        assert leftovers(root) == []
    assert len(seen) == 2, "the steps should reach from before the change to after it"


def test_killed_during_the_first_publication(
    children: ForkContext, expected: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    last = count_steps(children, tmp_path / "counted")
    for step in range(1, last + 1, 3):
        root = tmp_path / str(step)
        assert killed_at(children, root, step)
        run(Store(root, keep=2), NEW)
        assert file_bytes(root) == expected["new"]["bytes"]
        assert leftovers(root) == []


def test_killed_at_any_time(
    children: ForkContext, expected: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    root = tmp_path / "outputs"
    store = Store(root, keep=2)
    run(store, OLD)
    dice = random.Random(7)  # noqa: S311 - moments, not secrets
    for _ in range(12):
        child = children.Process(target=run_forever, args=(root, [NEW, OLD]))
        child.start()
        time.sleep(dice.uniform(0.05, 0.5))
        child.kill()
        child.join(60)
        assert repr(read_tables(root)) in (expected["old"]["tables"], expected["new"]["tables"])
    run(store, NEW)
    assert file_bytes(root) == expected["new"]["bytes"]
    assert leftovers(root) == []


def test_a_pinned_reader_never_sees_two_publications(
    children: ForkContext, expected: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    root = tmp_path / "outputs"
    run(Store(root, keep=2), OLD)
    child = children.Process(target=run_forever, args=(root, [NEW, OLD]))
    child.start()
    try:
        snapshots = set()
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            snapshot = open_snapshot(root)
            snapshots.add(snapshot.name)
            assert repr(read_tables(snapshot)) in (expected["old"]["tables"], expected["new"]["tables"])
    finally:
        child.kill()
        child.join(60)
    assert len(snapshots) > 1


def hold_lock(root: Path, held: "multiprocessing.synchronize.Event") -> None:
    with Store(root, keep=2).lock():
        held.set()
        time.sleep(60)


def test_a_second_run_is_told_who_holds_the_store(children: ForkContext, tmp_path: Path) -> None:
    store = Store(tmp_path / "outputs", keep=2)
    held = children.Event()
    child = children.Process(target=hold_lock, args=(store.root, held))
    child.start()
    try:
        assert held.wait(60)
        with (
            pytest.raises(StoreLockedError, match=rf"process {child.pid}, started \d{{4}}-.*Wait"),
            store.lock(),
        ):
            pass
    finally:
        child.kill()
        child.join(60)
    assert run(store, OLD).is_new, "the kernel releases the lock of a killed run"


def test_many_buckets_survive_a_kill_too(
    children: ForkContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "outputs"
    monkeypatch.setattr(buckets, "ENTRIES_PER_BUCKET", 1)
    run(Store(root, keep=2), OLD)
    assert killed_at(children, root, 40)
    before = {row["article_id"] for row in read_tables(root)["articles"]}
    assert before in (set(OLD), set(NEW))
    run(Store(root, keep=2), NEW)
    assert {row["article_id"] for row in read_tables(root)["articles"]} == set(NEW)
