"""Folders that are not ours, and disks that are full or read-only."""

import errno
import os
import random
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from store_samples import ACTORS, BROKEN, file_bytes, leftovers, read_tables, run, write_batch

from extract.errors import StoreError, StoreLockedError
from extract.ids import digest
from extract.store import Entry, Store, mend, source_key
from extract.store.snapshots import claim, is_store

OLD = {"a": "Bahr said yes.", "b": BROKEN}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "outputs", keep=2)


def test_two_first_runs_at_once_make_one_store(tmp_path: Path) -> None:
    for number in range(50):
        root, together = tmp_path / str(number), Barrier(2)

        def make(root: Path = root, together: Barrier = together) -> None:
            together.wait()
            claim(root)

        with ThreadPoolExecutor(2) as both:
            for made in [both.submit(make), both.submit(make)]:
                made.result()
        assert is_store(root)
        assert {path.name for path in root.iterdir()} == {".lock", ".extract-store"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a small disk, and mount it again with other options."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options: str) -> Path:
        if not administer("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)):
            pytest.skip("only an administrator can mount a small disk")
        return folder

    yield mount
    while os.path.ismount(folder):
        assert administer("umount", str(folder))


def administer(*command: str) -> bool:
    """Run a command of the administrator and say whether it worked."""
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == 0


def noise(n_chars: int, seed: int = 0) -> str:
    """Return a text that no compression makes small."""
    return "".join(random.Random(seed).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=n_chars))  # noqa: S311


def test_a_full_disk_leaves_the_old_tables_whole(disk: Callable[[str], Path], tmp_path: Path) -> None:
    store = Store(disk("size=2m") / "outputs", keep=2)
    run(store, OLD)
    before = file_bytes(store.root)
    texts = {str(number): noise(400_000, number) for number in range(16)}
    entries = {name: Entry(digest(text.encode()), "p", "done", f"{name}.txt") for name, text in texts.items()}
    elsewhere = write_batch(tmp_path, "part", texts)
    with store.lock(), pytest.raises(StoreError, match=r"[Nn]o space.*full.*free space.*untouched"):
        store.publish([elsewhere], entries=entries, removed=(), actors=ACTORS)
    assert file_bytes(store.root) == before
    assert leftovers(store.root) == []
    assert run(store, {"a": "Bahr said no."}).is_new


def test_a_part_that_does_not_fit_on_the_disk_says_so(disk: Callable[[str], Path]) -> None:
    store = Store(disk("size=1m") / "outputs", keep=2)
    run(store, OLD)
    with pytest.raises(StoreError, match="full"):
        run(store, OLD | {"c": noise(2_000_000)})
    assert leftovers(store.root) == []
    assert [row["article_id"] for row in read_tables(store.root)["articles"]] == ["a"]


def test_a_read_only_disk_can_be_read_but_not_written(disk: Callable[[str], Path]) -> None:
    store = Store(disk("size=4m") / "outputs", keep=2)
    run(store, OLD)
    assert administer("mount", "-o", "remount,ro", str(store.root.parent))
    with pytest.raises(StoreError, match=r"read-only.*--output"), store.lock():
        pass
    assert [row["article_id"] for row in read_tables(store.root)["articles"]] == ["a"]
    assert store.manifest().entries.keys() == {"a", source_key("b.txt")}


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_folder_without_write_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(StoreError, match=r"write permission"), Store(tmp_path / "outputs", keep=2).lock():
        pass


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt(), MemoryError()])
@pytest.mark.parametrize("broken", ["os.rename", "os.symlink", "extract.store.writing.counted_rows"])
def test_a_failure_leaves_nothing_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch, broken: str, error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    run(store, OLD)
    before = file_bytes(store.root)
    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        with pytest.raises((StoreError, KeyboardInterrupt, MemoryError)):
            run(store, {"a": "May"})
    assert file_bytes(store.root) == before
    assert leftovers(store.root) == []
    assert [path.name for path in sorted((store.root / ".snapshots").iterdir())] == ["000001"]
    assert run(store, {"a": "May"}).is_new


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(StoreError, match=r"thesis\.docx.*--output"), Store(tmp_path, keep=2).lock():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("harmless", [".gitkeep", ".gitignore", ".DS_Store"])
def test_an_empty_folder_of_a_checkout_is_taken(tmp_path: Path, harmless: str) -> None:
    (tmp_path / harmless).touch()
    assert run(Store(tmp_path, keep=2), OLD).is_new


def test_our_folder_may_hold_other_things_too(store: Store) -> None:
    run(store, OLD)
    (store.root / "report.html").touch()
    assert run(store, {"a": "May"}).is_new
    assert (store.root / "report.html").exists()


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outputs").touch()
    with pytest.raises(StoreError, match="not a folder"), Store(tmp_path / "outputs", keep=2).lock():
        pass


def test_a_folder_with_the_name_of_a_table_is_moved_aside(store: Store) -> None:
    run(store, OLD)
    (store.root / "quotes").unlink()
    (store.root / "quotes").mkdir()
    (store.root / "quotes" / "notes.docx").touch()
    assert run(store, {"a": "May"}).is_new
    assert len(read_tables(store.root)["dates"]) == 1
    assert (store.root / ".aside" / "quotes" / "notes.docx").exists()


def test_a_lost_link_comes_back_although_nothing_is_new(store: Store) -> None:
    run(store, OLD)
    (store.root / "entities").unlink()
    assert not run(store, OLD).is_new
    assert len(read_tables(store.root)["entities"]) == 1


def test_a_lost_snapshot_says_what_to_do(store: Store) -> None:
    snapshot = run(store, OLD).snapshot
    snapshot.rename(snapshot.with_name("elsewhere"))
    with pytest.raises(StoreError, match=r"lead to no publication.*doctor --mend"):
        run(store, OLD)
    mend(store.root)
    assert run(store, OLD).is_new


def test_rows_of_a_damaged_file_are_derived_again(store: Store) -> None:
    [part] = (run(store, OLD).snapshot / "entities").iterdir()
    whole = file_bytes(store.root)
    part.unlink()
    part.write_bytes(b"PAR1 and no more")
    assert run(store, OLD).is_new
    assert file_bytes(store.root) == whole


def test_a_damaged_file_whose_articles_are_not_read_stops_the_run(store: Store) -> None:
    [part] = (run(store, OLD).snapshot / "entities").iterdir()
    part.unlink()
    with store.lock(), pytest.raises(StoreError, match=r"damaged.*'a.txt', 'b.txt'.*over all inputs"):
        store.publish([], entries={}, removed=(), actors=ACTORS)
    assert not part.exists()


def test_publishing_needs_the_lock(store: Store) -> None:
    with pytest.raises(StoreError, match="not locked"):
        store.publish([], entries={}, removed=(), actors=ACTORS)
    with pytest.raises(StoreError, match="not locked"):
        store.staging()


def test_two_stores_in_one_process(store: Store) -> None:
    with (
        store.lock(),
        pytest.raises(StoreLockedError, match=str(os.getpid())),
        Store(store.root, keep=2).lock(),
    ):
        pass
    assert run(store, OLD).is_new


def test_errors_of_the_caller_pass_through_the_lock(store: Store) -> None:
    with pytest.raises(FileNotFoundError), store.lock():
        raise FileNotFoundError("an article")


def test_a_folder_of_publications_that_cannot_be_listed_is_no_empty_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, OLD)
    before = file_bytes(store.root)
    listing = os.listdir

    def deny(folder: Path) -> list[str]:
        if folder == store.root / ".snapshots":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return listing(folder)

    monkeypatch.setattr("os.listdir", deny)
    with pytest.raises(StoreError, match="Permission denied"):
        run(store, {"a": "Bahr said no."})
    monkeypatch.undo()
    assert file_bytes(store.root) == before
    assert run(store, {"a": "Bahr said no."}).is_new
