"""What readers find who come between two publications, and what late workers of a killed run can do."""

import errno
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from store_samples import run, write_batch

from extract.errors import StoreError
from extract.store import Store, buckets, open_snapshot

TEXTS = {name: f"Bahr said {name}." for name in "abcdefgh"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(buckets, "ENTRIES_PER_BUCKET", 2)
    store = Store(tmp_path / "outputs", keep=1)
    run(store, TEXTS)
    return store


def test_files_listed_before_a_publication_open_after_it(store: Store) -> None:
    listed = sorted((store.root / "articles").iterdir())
    run(store, {**TEXTS, "a": "May"})
    rows = pd.concat(pd.read_parquet(file) for file in listed)
    assert sorted(rows.article_id) == sorted(TEXTS)
    assert rows.set_index("article_id").text["a"] == "May"


@pytest.mark.parametrize("names", ["ab", "abcdefghijklmnopqrst"])
def test_files_listed_before_their_number_changes_are_missed_and_not_half_read(
    store: Store, names: str
) -> None:
    listed = sorted((store.root / "articles").iterdir())
    run(store, {name: f"Bahr said {name}." for name in names})
    for file in listed:
        with pytest.raises(FileNotFoundError):
            pq.read_table(file)


def test_a_pinned_reader_of_a_store_that_keeps_one_publication_has_until_the_next_run(store: Store) -> None:
    pinned = open_snapshot(store.root)
    run(store, {"a": "May"})
    assert len(pd.read_parquet(pinned / "articles")) == len(TEXTS)
    run(store, {"a": "Bahr"})
    assert not pinned.exists()


def test_a_worker_that_outlives_its_run_cannot_write_into_the_next(store: Store) -> None:
    with store.lock():
        old = store.staging()
    with store.lock():
        new = store.staging()
        with pytest.raises(StoreError, match="No such file"):
            write_batch(old, "000000", {"a": "May"})
        assert list(new.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_told_wherever_a_run_meets_it(store: Store, number: int) -> None:
    with pytest.raises(StoreError, match="Cannot write to the output folder"), store.lock():
        raise OSError(number, "no more", "000001.batch")
