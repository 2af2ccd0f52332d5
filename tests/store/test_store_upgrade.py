"""Tables that another version of extract has published."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from store_samples import file_bytes, leftovers, read_tables, run

from extract.errors import StoreError
from extract.store import Store, buckets, open_snapshot, read_table, store_problems
from extract.store.index import NAMED, TEXTS
from extract.store.manifest import ENTRIES, MANIFEST
from extract.tables import TABLES

TEXTS_NOW = {name: f"Bahr said {name} in May." for name in "abcdefgh"} | {"copy": "Bahr said a in May."}
FACTS = "files.json"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(buckets, "ENTRIES_PER_BUCKET", 4)
    store = Store(tmp_path / "outputs", keep=2)
    run(store, TEXTS_NOW)
    return store


def clean(store: Store, texts: dict[str, str]) -> dict[str, bytes]:
    at_once = Store(store.root.with_name("clean"), keep=2)
    run(at_once, texts)
    return file_bytes(at_once.root)


def age_head(snapshot: Path, **changed: object) -> None:
    """Write the manifest as format 2 did: the facts about the files in a file of their own."""
    head = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
    facts = {
        name: {"checksum": one["checksum"], "rows": one["rows"], "empty": one["empty"]}
        for name, one in head["files"].items()
    }
    for name in ("number", "files", "checksum", "peaks"):
        del head[name]
    (snapshot / MANIFEST).write_text(json.dumps(head | {"format": 2} | changed), encoding="utf-8")
    (snapshot / FACTS).write_text(json.dumps(facts), encoding="utf-8")


def age_columns(store: Store) -> None:
    """Make the tables those of a version that knew fewer columns."""
    snapshot = open_snapshot(store.root)
    for file in (snapshot / "entities").iterdir():
        rows = pq.read_table(file).drop_columns("name_id")
        file.unlink()
        pq.write_table(rows, file)
    age_head(snapshot, schema_version="old")
    (snapshot / FACTS).unlink()


def age_files(store: Store) -> None:
    """Make the snapshot one of the first version: other file names, all in the manifest, no sums."""
    snapshot = open_snapshot(store.root)
    for table in TABLES:
        for number, file in enumerate(sorted((snapshot / table).iterdir())):
            file.rename(file.with_name(f"part-{number:03d}.parquet"))
    entries = {key: entry._asdict() for key, entry in store.manifest().entries.items()}
    age_head(snapshot, entries=entries)
    head = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
    del head["format"]
    (snapshot / MANIFEST).write_text(json.dumps(head), encoding="utf-8")
    for name in (ENTRIES, FACTS, NAMED, TEXTS):
        (snapshot / name).unlink()


def test_other_columns_are_replaced_in_every_file_when_all_inputs_are_given(store: Store) -> None:
    age_columns(store)
    assert run(Store(store.root, keep=2), TEXTS_NOW).is_new
    for table in TABLES:
        for file in (store.root / table).iterdir():
            assert pq.read_schema(file) == TABLES[table].arrow_schema
    assert file_bytes(store.root) == clean(store, TEXTS_NOW)


def drop_table(store: Store, table: str) -> None:
    """Make the snapshot one of a version that did not know a table."""
    snapshot = open_snapshot(store.root)
    shutil.rmtree(snapshot / table)
    (store.root / table).unlink()
    age_head(snapshot, schema_version="old")
    facts = json.loads((snapshot / FACTS).read_text(encoding="utf-8"))
    left = {name: known for name, known in facts.items() if not name.startswith(f"{table}/")}
    (snapshot / FACTS).write_text(json.dumps(left), encoding="utf-8")


def test_a_table_that_the_last_version_lacked_is_published_by_the_next_run(store: Store) -> None:
    drop_table(store, "places")
    assert read_table(store.root, "places", ["entity_id"]).num_rows == 0
    assert store_problems(store.root) == []
    later = Store(store.root, keep=3)
    assert run(later, TEXTS_NOW).is_new
    assert file_bytes(store.root) == clean(store, TEXTS_NOW)
    assert store_problems(store.root) == []
    with later.lock():
        later.rollback()
    assert read_table(store.root, "places").num_rows == 0
    assert run(later, TEXTS_NOW).is_new
    assert store_problems(store.root) == []


def test_other_columns_are_never_mixed_with_ours(store: Store) -> None:
    age_columns(store)
    before = file_bytes(store.root)
    later = Store(store.root, keep=2)
    with later.lock(), pytest.raises(StoreError, match=r"other columns.*Run over all inputs at once"):
        later.publish([], entries={}, removed=["a"], actors=read_actors(store))
    assert file_bytes(store.root) == before
    assert leftovers(store.root) == []


def read_actors(store: Store) -> "pq.Table":
    return pq.read_table(store.root / "actors")


def test_a_snapshot_of_the_first_version_is_carried_on(store: Store) -> None:
    age_files(store)
    later = Store(store.root, keep=2)
    assert len(later.manifest().entries) == len(TEXTS_NOW)
    texts = TEXTS_NOW | {"a": "May", "i": "Bahr said b in May."}
    run(later, texts)
    assert file_bytes(store.root) == clean(store, texts)
    assert store_problems(store.root) == []


def test_a_snapshot_of_the_first_version_comes_back(store: Store) -> None:
    age_files(store)
    before = read_tables(store.root)
    later = Store(store.root, keep=3)
    run(later, {"a": "May"})
    with later.lock():
        later.rollback()
    assert read_tables(store.root) == before
    assert store_problems(store.root) == []


def test_a_newer_version_is_left_alone(store: Store) -> None:
    snapshot = open_snapshot(store.root)
    (snapshot / MANIFEST).unlink()
    (snapshot / MANIFEST).write_text('{"format": 4, "tables": "elsewhere"}', encoding="utf-8")
    unknown = snapshot.with_name("000001.later")
    unknown.mkdir()
    before = {path: path.lstat().st_mtime_ns for path in snapshot.parent.rglob("*")}
    with pytest.raises(StoreError, match=r"newer version of extract \(format 4.*Update extract"):
        run(Store(store.root, keep=1), {"a": "May"})
    assert {path: path.lstat().st_mtime_ns for path in snapshot.parent.rglob("*")} == before
    [problem] = store_problems(store.root)
    assert problem.serious
    assert "newer version" in problem.what


@pytest.mark.parametrize("name", [FACTS, NAMED, TEXTS])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"ARROW1 and no more"])
def test_sums_that_are_lost_or_damaged_are_made_again(store: Store, name: str, content: bytes | None) -> None:
    age_head(open_snapshot(store.root))
    path = open_snapshot(store.root) / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    texts = TEXTS_NOW | {"a": "May", "i": "Bahr said b in May."}
    run(Store(store.root, keep=2), texts, max_drop=0.9)
    assert file_bytes(store.root) == clean(store, texts)
    assert store_problems(store.root) == [
        problem for problem in store_problems(store.root) if "earlier publication 1" in problem.what
    ]
