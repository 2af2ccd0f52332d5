from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import (
    ACTORS,
    BROKEN,
    annotation,
    article,
    file_bytes,
    leftovers,
    read_tables,
    run,
    write_batch,
)

from extract.errors import SchemaError, StoreError
from extract.ids import digest
from extract.store import Entry, Store, buckets, open_snapshot, source_key, write_part
from extract.store.buckets import bucket_count, bucket_of, part_name
from extract.tables import TABLES, to_tables


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "outputs", keep=3)


def ids(store: Store, table: str = "articles") -> list[str]:
    return pd.read_parquet(store.root / table)["article_id"].tolist()


def names_in(store: Store) -> set[str]:
    """Return what lies in the snapshot that readers see."""
    return {path.name for path in open_snapshot(store.root).iterdir()}


def column(store: Store, table: str, key: str, value: str) -> dict[str, object]:
    rows = read_tables(store.root)[table]
    return {row[key]: None if pd.isna(row[value]) else row[value] for row in rows}


@pytest.mark.parametrize("texts", [{}, {"a": "Bahr said yes in May."}, {"a": BROKEN}])
def test_every_reader_reads_every_table(store: Store, texts: dict[str, str]) -> None:
    rows = run(store, texts).rows
    for table in TABLES:
        path = store.root / table
        assert len(pd.read_parquet(path)) == len(pq.read_table(path)) == rows[table]
        assert ds.dataset(path.resolve(), format="parquet").schema == TABLES[table].arrow_schema
        assert (
            pq.read_table(open_snapshot(store.root) / table).schema.names == TABLES[table].arrow_schema.names
        )


def test_old_rows_of_edited_and_removed_articles_go(store: Store) -> None:
    run(store, {"a": "Bahr", "b": "Bahr Bahr", "c": "May"})
    run(store, {"a": "May", "b": "Bahr Bahr", "d": "Bahr"})
    assert ids(store) == ["a", "b", "d"]
    assert ids(store, "entities") == ["b", "b", "d"]
    assert ids(store, "dates") == ["a"]


def test_a_source_that_became_no_article_leaves_its_issue_until_mended(store: Store) -> None:
    run(store, {"a": BROKEN, "b": "Bahr"})
    assert ids(store) == ["b"]
    assert [row["source"] for row in read_tables(store.root)["issues"]] == ["a.txt"]
    assert store.manifest().entries[source_key("a.txt")].status == "failed"
    run(store, {"a": "Bahr", "b": "Bahr"})
    assert ids(store) == ["a", "b"]
    assert read_tables(store.root)["issues"] == []


def test_nothing_new_publishes_nothing(store: Store) -> None:
    first = run(store, {"a": "Bahr", "b": BROKEN})
    before = file_bytes(store.root)
    second = run(store, {"a": "Bahr", "b": BROKEN})
    assert (first.is_new, second.is_new) == (True, False)
    assert (second.snapshot, second.rows) == (first.snapshot, first.rows)
    assert file_bytes(store.root) == before


def test_another_pipeline_or_lexicon_is_published(store: Store) -> None:
    run(store, {"a": "Bahr"})
    assert run(store, {"a": "Bahr"}, fingerprint="pipeline-2").is_new
    assert run(store, {"a": "Bahr"}, fingerprint="pipeline-2", actors=ACTORS.slice(1)).rows["actors"] == 1


def test_rows_published_for_other_columns_do_not_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, {"a": "Bahr", "b": "May"})
    for module in ("manifest", "store", "change"):
        monkeypatch.setattr(f"extract.store.{module}.schema_version", lambda: "of next year")
    with store.lock(), pytest.raises(StoreError, match=r"'a', 'b'.*all inputs at once"):
        store.publish([], entries={}, removed=(), actors=ACTORS)
    assert run(store, {"a": "Bahr", "b": "May"}).is_new
    assert store.manifest().schema_version == "of next year"
    assert ids(store) == ["a", "b"]


def test_copies_point_to_the_smallest_id_as_articles_come_and_go(store: Store) -> None:
    run(store, {"c": "Bahr said yes.", "d": "May"})
    assert column(store, "articles", "article_id", "duplicate_of") == {"c": None, "d": None}
    run(store, {"c": "Bahr said yes.", "d": "May", "b": "Bahr  said\nyes."})
    assert column(store, "articles", "article_id", "duplicate_of") == {"b": None, "c": "b", "d": None}
    run(store, {"c": "Bahr said yes.", "d": "Bahr said yes."})
    assert column(store, "articles", "article_id", "duplicate_of") == {"c": None, "d": "c"}


def test_an_article_in_an_untouched_file_becomes_a_copy(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "ENTRIES_PER_BUCKET", 1)
    texts = {"a": "May", "b": "Bahr said yes.", "c": "", "d": "no"}
    assert bucket_of("a", 4) != bucket_of("b", 4)
    run(store, texts)
    run(store, texts | {"a": "Bahr said yes."})
    assert column(store, "articles", "article_id", "duplicate_of") == {
        "a": None,
        "b": "a",
        "c": None,
        "d": None,
    }


def test_actors_are_counted_over_everything_published(store: Store) -> None:
    run(store, {"a": "Bahr Bahr", "b": "Bahr", "c": "May", "d-unlinked": "Bahr"})
    assert column(store, "actors", "entity_id", "n_mentions") == {"bahr-organization": 3, "jund-al-matar": 0}
    assert column(store, "actors", "entity_id", "n_articles") == {"bahr-organization": 2, "jund-al-matar": 0}
    run(store, {"a": "Bahr Bahr"})
    assert column(store, "actors", "entity_id", "n_mentions") == {"bahr-organization": 2, "jund-al-matar": 0}


def test_places_are_published_and_counted_with_the_actors(store: Store) -> None:
    schema = TABLES["places"].lexicon_schema
    known = {
        "entity_id": "bahr-organization",
        "name": "Bahr",
        "kind": "city",
        "aliases": ["Bahri"],
        "admin1": "nahr",
    }
    places = pa.Table.from_pylist(
        [known, known | {"entity_id": "anah", "latitude": 1.5, "longitude": 2.5}], schema
    )
    entries = {"a": Entry("h", "p", "done", "a.txt")}
    with store.lock():
        part = write_part(store.staging(), "all", to_tables([annotation(article("a", "Bahr Bahr"))]))
        first = store.publish([part], entries=entries, removed=(), actors=ACTORS, places=places)
        again = store.publish([], entries={}, removed=(), actors=ACTORS, places=places)
        moved = store.publish([], entries={}, removed=(), actors=ACTORS, places=places.slice(1))
    assert (first.is_new, again.is_new, moved.is_new) == (True, False, True)
    assert first.rows["places"] == 2
    anah, bahr = pq.read_table(first.snapshot / "places").to_pylist()
    assert (anah["n_mentions"], anah["latitude"], bahr["n_mentions"], bahr["n_articles"]) == (0, 1.5, 2, 1)
    assert (bahr["latitude"], bahr["geonames_id"], bahr["country"], bahr["arabic_name"]) == (None,) * 4


def test_a_latitude_without_a_longitude_is_refused(store: Store) -> None:
    row = {"entity_id": "anah", "name": "Anah", "kind": "city", "aliases": [], "latitude": 34.4}
    places = pa.Table.from_pylist([row], TABLES["places"].lexicon_schema)
    with store.lock(), pytest.raises(SchemaError, match="`latitude`, `longitude` all given"):
        store.publish([], entries={}, removed=(), actors=ACTORS, places=places)


def test_actors_are_first_and_last_seen_when_articles_were_published(store: Store) -> None:
    days = {"a": 5, "b": 2, "c": None, "d": 9}
    articles = [
        article(name, "May" if name == "d" else "Bahr", datetime(2021, 5, day, tzinfo=UTC) if day else None)
        for name, day in days.items()
    ]
    entries = {a.article_id: Entry(a.content_hash, "p", "done", a.source) for a in articles}
    with store.lock():
        part = write_part(store.staging(), "all", to_tables(annotation(a) for a in articles))
        store.publish([part], entries=entries, removed=(), actors=ACTORS)
    bahr, jund = pq.read_table(store.root / "actors").to_pylist()
    assert (bahr["first_seen"], bahr["last_seen"]) == (
        datetime(2021, 5, 2, tzinfo=UTC),
        datetime(2021, 5, 5, tzinfo=UTC),
    )
    assert (jund["first_seen"], jund["last_seen"]) == (None, None)


def test_as_many_publications_stay_as_are_to_be_kept(store: Store) -> None:
    pinned = [run(store, {"a": f"Bahr {number}"}).snapshot for number in range(5)]
    assert [path.exists() for path in pinned] == [False, False, True, True, True]
    assert pd.read_parquet(pinned[2] / "articles")["text"].tolist() == ["Bahr 2"]
    assert leftovers(store.root) == []


def test_untouched_files_are_shared_between_publications(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "ENTRIES_PER_BUCKET", 2)
    texts = {name: f"Bahr {name}" for name in "abcdefgh"}
    run(store, texts)
    before = {path.name: path.stat().st_ino for path in (store.root / "entities").iterdir()}
    run(store, texts | {"a": "May"})
    after = {path.name: path.stat().st_ino for path in (store.root / "entities").iterdir()}
    touched = part_name(bucket_of("a", 4), 4)
    assert len(before) == 4
    assert {name for name in after if after[name] != before[name]} == {touched}


def test_a_file_system_without_hard_links_gets_copies(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted", source, target)

    monkeypatch.setattr(buckets, "ENTRIES_PER_BUCKET", 2)
    monkeypatch.setattr("os.link", no_link)
    texts = {name: f"Bahr {name}" for name in "abcdefgh"}
    run(store, texts)
    run(store, texts | {"a": "May"})
    assert sorted(ids(store)) == list("abcdefgh")


def test_bucket_count_doubles_beyond_512_articles() -> None:
    assert [bucket_count(n) for n in (0, 1, 512, 513, 1024, 1025, 100_000)] == [1, 1, 1, 2, 2, 4, 256]


def test_parts_and_entries_must_fit(store: Store) -> None:
    run(store, {"a": "Bahr"})
    entry = Entry(digest(b"May"), "p", "done", "b.txt")
    with store.lock():
        part = write_batch(store.staging(), "one", {"b": "May"})
        for parts, entries, said in (
            ([part], {}, "'b'"),
            ([part, part], {"b": entry}, "'b'"),
            ([], {"b": entry}, "'b'"),
            ([part], {"b": entry._replace(status="failed")}, "'b'"),
        ):
            with pytest.raises(StoreError, match=said):
                store.publish(parts, entries=entries, removed=(), actors=ACTORS)
    assert ids(store) == ["a"]


def test_rows_of_no_entry_are_refused(store: Store) -> None:
    with store.lock():
        part = write_batch(store.staging(), "one", {source_key("lost.txt"): BROKEN})
        with pytest.raises(StoreError, match=r"`issues`.*'lost.txt'"):
            store.publish([part], entries={}, removed=(), actors=ACTORS)


def test_parts_and_actors_of_another_schema_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="'articles'"):
        write_part(tmp_path, "one", {"articles": TABLES["issues"].arrow_schema.empty_table()})
    with pytest.raises(SchemaError, match="'actors'"):
        write_part(tmp_path, "one", {"actors": TABLES["actors"].arrow_schema.empty_table()})
    with store.lock(), pytest.raises(SchemaError, match="`actors`"):
        store.publish([], entries={}, removed=(), actors=ACTORS.drop_columns("kind"))


def test_reading_before_the_first_publication_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="extract run"):
        open_snapshot(tmp_path)


NAMES = st.sampled_from(["a", "b", "b/1", "c", "é", "بدر", "x y", "z-unlinked"])
TEXTS = st.sampled_from(
    ["", "Bahr said yes.", "Bahr  said yes.", "May", "Bahr May Bahr", "said 😀 said", BROKEN]
)
STATES = st.lists(st.dictionaries(NAMES, TEXTS), min_size=2, max_size=4)


@given(
    states=STATES,
    batch_size=st.integers(1, 3),
    bucket_size=st.integers(1, 4),
    bytes_at_once=st.sampled_from([1, 20_000, buckets.BYTES_AT_ONCE]),
)
@settings(max_examples=25, deadline=None)
def test_run_by_run_gives_the_same_files_as_one_run(
    tmp_path_factory: pytest.TempPathFactory,
    states: list[dict[str, str]],
    batch_size: int,
    bucket_size: int,
    bytes_at_once: int,
) -> None:
    folder = tmp_path_factory.mktemp("property")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buckets, "ENTRIES_PER_BUCKET", bucket_size)
        patch.setattr("os.fsync", lambda _: None)  # nothing here cuts the power
        night_by_night, at_once = Store(folder / "nights", keep=2), Store(folder / "once", keep=2)
        with patch.context() as small:
            small.setattr(buckets, "BYTES_AT_ONCE", bytes_at_once)
            for texts in states:
                run(night_by_night, texts, batch_size=batch_size)
        run(at_once, states[-1], batch_size=5)
        assert file_bytes(night_by_night.root) == file_bytes(at_once.root)
        assert names_in(night_by_night) == names_in(at_once)
        assert night_by_night.manifest().entries == at_once.manifest().entries
        assert leftovers(night_by_night.root) == []
