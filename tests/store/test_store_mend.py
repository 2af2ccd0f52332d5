"""What comes from outside a run: links lost, files damaged, foreign things in the store."""

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
from store_samples import file_bytes, read_tables, run

from extract.errors import StoreError
from extract.store import Store, buckets, mend, open_snapshot, read_table, store_problems
from extract.tables import TABLES

TEXTS = {name: f"Bahr said {name} in May." for name in "abcdef"}


@pytest.fixture(scope="module", autouse=True)
def several_files() -> Iterator[None]:
    """Two articles a file, so that tables have several."""
    with mock.patch.object(buckets, "ENTRIES_PER_BUCKET", 2):
        yield


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three publications, to copy."""
    store = Store(tmp_path_factory.mktemp("published") / "outputs", keep=3)
    for number in range(3):
        run(store, TEXTS | {"a": f"Bahr said {number} in May."})
    return store.root


@pytest.fixture
def store(published: Path, tmp_path: Path) -> Store:
    return Store(Path(shutil.copytree(published, tmp_path / "outputs", symlinks=True)), keep=3)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files that a run over all texts gives."""
    clean = Store(tmp_path_factory.mktemp("whole") / "outputs", keep=3)
    run(clean, TEXTS)
    return file_bytes(clean.root)


def publications(root: Path) -> list[str]:
    return sorted(path.name for path in (root / ".snapshots").iterdir())


def remove_links(root: Path) -> None:
    for path in root.iterdir():
        if path.is_symlink():
            path.unlink()


def write_links_as_text(root: Path) -> None:
    for path in list(root.iterdir()):
        if path.is_symlink():
            target = path.readlink().as_posix()
            path.unlink()
            path.write_text(target, encoding="utf-8")


def copy_through_links(root: Path) -> None:
    shutil.copytree(root, root.with_name("copy"))
    shutil.rmtree(root)
    root.with_name("copy").rename(root)


def unpack_from_zip(root: Path) -> None:
    files = [path for path in root.rglob("*") if path.is_file() and root / ".snapshots" in path.parents]
    with zipfile.ZipFile(root.with_name("store.zip"), "w") as archive:
        for path in files:
            archive.write(path, path.relative_to(root))
    shutil.rmtree(root)
    with zipfile.ZipFile(root.with_name("store.zip")) as archive:
        archive.extractall(root)


LOST_LINKS: dict[str, Callable[[Path], object]] = {
    "a copy without links": remove_links,
    "links as text files": write_links_as_text,
    "a copy through the links": copy_through_links,
    "unpacked from zip": unpack_from_zip,
    "no .current": lambda root: (root / ".current").unlink(),
    "a dangling .current": lambda root: relink(root / ".current", ".snapshots/000009"),
    "a .current outside": lambda root: relink(root / ".current", "/"),
    "a table that leads elsewhere": lambda root: relink(root / "quotes", ".current/dates"),
    "no marker": lambda root: (root / ".extract-store").unlink(),
    "a lock that is a folder": lambda root: [(root / ".lock").unlink(), (root / ".lock").mkdir()],
    "a staging that is a file": lambda root: (root / ".staging").write_text(""),
}


def relink(link: Path, target: str) -> None:
    link.unlink()
    link.symlink_to(target)


@pytest.mark.parametrize("damage", LOST_LINKS.values(), ids=LOST_LINKS)
@pytest.mark.parametrize("mends_first", [True, False])
def test_a_store_that_lost_its_links_keeps_all_publications(
    store: Store, whole: dict[str, bytes], damage: Callable[[Path], object], *, mends_first: bool
) -> None:
    shown = read_tables(store.root)
    damage(store.root)
    assert [problem for problem in store_problems(store.root) if problem.serious]
    if mends_first:
        assert mend(store.root)
        assert mend(store.root) == []
        assert [problem for problem in store_problems(store.root) if problem.serious] == []
        assert read_tables(store.root) == shown
    assert publications(store.root) == ["000001", "000002", "000003"]
    run(Store(store.root, keep=5), TEXTS)
    assert publications(store.root) == ["000001", "000002", "000003", "000004"]
    assert file_bytes(store.root) == whole


def test_what_was_in_the_way_is_kept_aside(store: Store) -> None:
    for _ in range(2):
        (store.root / "quotes").unlink()
        (store.root / "quotes").mkdir()
        (store.root / "quotes" / "notes.docx").touch()
        mend(store.root)
    assert sorted(path.name for path in (store.root / ".aside").iterdir()) == ["quotes", "quotes.2"]
    [problem] = store_problems(store.root)
    assert ".aside" in problem.what


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)


def flip_in_place(file: Path) -> None:
    """Alter a file as a bad disk does, or a program that sets the old times again."""
    times, content = file.stat(), bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def named_files(store: Store) -> list[str]:
    root = open_snapshot(store.root)
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


DAMAGES = {
    "lost": Path.unlink,
    "truncated": lambda file: [
        content := file.read_bytes(),
        file.unlink(),
        file.write_bytes(content[: len(content) // 2]),
    ],
    "altered": flip,
    "altered in place": flip_in_place,
    "a folder": lambda file: [file.unlink(), file.mkdir()],
    "a dangling link": lambda file: [file.unlink(), file.symlink_to("nowhere")],
}


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("change", [{}, {"g": "Bahr said g in May."}], ids=["no change", "an article more"])
def test_damage_to_any_file_is_told_and_made_good(store: Store, kind: str, change: dict[str, str]) -> None:
    """Each kind of damage befalls each file: every second one with a change, the others without."""
    damage, first = DAMAGES[kind], (list(DAMAGES).index(kind) + bool(change)) % 2
    run(store, TEXTS)
    kept, clean = store.root.with_name("kept"), Store(store.root.with_name("clean"), keep=1)
    run(clean, TEXTS | change)
    store.root.rename(kept)
    for name in named_files(Store(kept, keep=3))[first::2]:
        shutil.copytree(kept, store.root, symlinks=True)
        damage(open_snapshot(store.root) / name)
        assert any(name in problem.what for problem in store_problems(store.root) if problem.serious), name
        run(Store(store.root, keep=3), TEXTS | change)
        assert file_bytes(store.root) == file_bytes(clean.root), name
        assert [problem for problem in store_problems(store.root) if problem.serious] == [], name
        shutil.rmtree(store.root)


def test_our_reader_reads_no_damaged_file(store: Store) -> None:
    flip_in_place(open_snapshot(store.root) / next(name for name in named_files(store) if "dates/" in name))
    assert len(read_table(store.root, "quotes")) == len(TEXTS)
    with pytest.raises(StoreError, match=r"dates/part-.* is damaged"):
        read_table(store.root, "dates")


FOREIGN = ["part (1).parquet", ".DS_Store", ".ipynb_checkpoints/x.parquet", "Thumbs.db", "part-00009.parquet"]


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("table", ["articles", "entities"])
def test_foreign_files_are_a_note_and_go_with_the_next_publication(
    store: Store, whole: dict[str, bytes], table: str, name: str
) -> None:
    run(store, TEXTS)
    folder = open_snapshot(store.root) / table
    (folder / name).parent.mkdir(exist_ok=True)
    shutil.copy(next(folder.glob("part*.parquet")), folder / name)
    [problem] = store_problems(store.root)
    assert not problem.serious
    assert f"{table}/{name}" in problem.what
    before = read_table(store.root, table)
    is_read = not name.startswith(".")
    assert run(store, TEXTS).is_new == is_read
    assert read_table(store.root, table) == before
    run(store, TEXTS, fingerprint="another")
    assert file_bytes(store.root) == whole


def test_publications_are_deleted_only_beside_a_whole_one(store: Store) -> None:
    flip(open_snapshot(store.root) / "entities" / "part-00000-of-00004.parquet")
    later = Store(store.root, keep=1)
    with pytest.raises(StoreError, match="damaged"), later.lock():
        later.publish([], entries={}, removed=(), actors=read_table(store.root, "actors"))
    assert publications(store.root) == ["000001", "000002", "000003"]


def test_without_a_readable_manifest_a_run_changes_nothing(store: Store, whole: dict[str, bytes]) -> None:
    for folder in (store.root / ".snapshots").iterdir():
        flip(folder / "manifest.json")
    before = sorted(path.as_posix() for path in store.root.rglob("*"))
    with pytest.raises(StoreError, match=r"No publication .* has a readable manifest.*doctor --mend"):
        run(Store(store.root, keep=1), TEXTS)
    assert sorted(path.as_posix() for path in store.root.rglob("*")) == before
    mend(store.root)
    assert len(list((store.root / ".aside" / ".snapshots").iterdir())) == 3
    run(store, TEXTS)
    assert file_bytes(store.root) == whole


def test_published_files_cannot_be_changed_by_mistake(store: Store) -> None:
    for name in named_files(store):
        assert (open_snapshot(store.root) / name).stat().st_mode & 0o777 == 0o444, name


def test_a_night_without_changes_reads_no_table(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, TEXTS)

    def forbidden(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr("extract.store.integrity.checksum", forbidden)
    assert not run(Store(store.root, keep=3), TEXTS).is_new


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"1": [1]}'])
def test_a_lost_record_of_checked_files_costs_time_only(store: Store, content: str) -> None:
    run(store, TEXTS)
    (store.root / ".cache" / "verified.json").write_text(content, encoding="utf-8")
    assert not run(Store(store.root, keep=3), TEXTS).is_new
    assert store_problems(store.root) == []


def test_the_tables_are_those_of_the_contract(store: Store) -> None:
    assert {name.partition("/")[0] for name in named_files(store) if "/" in name} == set(TABLES)


def test_a_publication_that_is_not_whole_is_not_called_whole(store: Store) -> None:
    for folder in (store.root / ".snapshots").iterdir():
        flip(folder / "quotes" / "part-00000-of-00004.parquet")
    (store.root / ".current").unlink()
    [deed] = [done for done in mend(store.root) if ".current to publication" in done]
    assert "publication 3, the newest that can be read" in deed
