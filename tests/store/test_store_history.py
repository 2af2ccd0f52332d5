"""What was published before: listed, brought back, and guarded against a run that loses rows."""

from pathlib import Path

import pandas as pd
import pytest
from store_samples import file_bytes, leftovers, run

from extract.errors import StoreError
from extract.store import Store, read_history

FULL = "Bahr said yes in May."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "outputs", keep=3)


def texts(text: str = FULL, count: int = 30) -> dict[str, str]:
    return {f"a{number:02d}": f"{text} {number}" for number in range(count)}


def rollback(store: Store, number: int | None = None) -> Path:
    with store.lock():
        return store.rollback(number)


def test_the_history_says_what_each_run_did(store: Store) -> None:
    run(store, {"a": "Bahr"})
    run(store, {"a": "Bahr", "b": "May", "c": "May"})
    first, second = read_history(store.root)
    assert [first.number, second.number] == [1, 2]
    assert [first.is_current, second.is_current] == [False, True]
    assert [first.rows["articles"], second.rows["articles"]] == [1, 3]
    assert [first.run["plan"], second.run["plan"]] == ["1 to do", "2 to do"]
    assert first.published_at < second.published_at


def test_there_is_no_history_before_the_first_run(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no published tables"):
        read_history(tmp_path)


def test_a_rollback_publishes_the_old_rows_again(store: Store) -> None:
    run(store, {"a": "Bahr", "b": "May"})
    before = file_bytes(store.root)
    run(store, {"a": "Bahr Bahr"})
    snapshot = rollback(store)
    assert file_bytes(store.root) == before
    assert snapshot.name == "000003"
    assert [one.run for one in read_history(store.root)][-1] == {"restored": 1}
    assert leftovers(store.root) == []


def test_a_run_after_a_rollback_starts_from_there(store: Store) -> None:
    run(store, {"a": "Bahr", "b": "May"})
    run(store, {"a": "Bahr Bahr"})
    after = file_bytes(store.root)
    rollback(store, 1)
    run(store, {"a": "Bahr Bahr"})
    assert file_bytes(store.root) == after


def test_only_what_is_on_disk_comes_back(store: Store) -> None:
    for number in range(5):
        run(store, {"a": f"Bahr {number}"})
    with pytest.raises(StoreError, match="no earlier publication 1") as caught:
        rollback(store, 1)
    assert "3, 4" in caught.value.advice
    with pytest.raises(StoreError, match="no earlier publication 5"):
        rollback(store, 5)


def test_a_first_publication_has_none_before_it(store: Store) -> None:
    run(store, {"a": "Bahr"})
    with pytest.raises(StoreError, match="no earlier publication"):
        rollback(store)


@pytest.mark.parametrize(
    ("later", "seen"),
    [
        (texts("Nothing here."), "rows of entities fall from 1.00 to 0.00 per article"),
        (texts("Bahr said yes."), "rows of dates fall from 1.00 to 0.00 per article"),
    ],
)
def test_a_run_that_loses_too_much_is_stopped(store: Store, later: dict[str, str], seen: str) -> None:
    run(store, texts(), max_drop=0.5)
    before = file_bytes(store.root)
    with pytest.raises(StoreError, match=seen):
        run(store, later, max_drop=0.5)
    assert file_bytes(store.root) == before
    assert leftovers(store.root) == []
    run(store, later, max_drop=1.0)
    assert len(pd.read_parquet(store.root / "articles")) == len(later)


def test_few_articles_say_nothing_of_rates(store: Store) -> None:
    run(store, texts(count=5), max_drop=0.5)
    run(store, texts("Nothing here.", count=1), max_drop=0.5)
    assert len(pd.read_parquet(store.root / "articles")) == 1
