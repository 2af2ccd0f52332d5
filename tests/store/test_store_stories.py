"""Stories across articles: `articles.story_id`, `duplicate_of`, `quotes.duplicate_of`, `actors.n_stories`."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import ACTORS, annotation, article, file_bytes, read_tables, run

from extract.ids import digest
from extract.store import Entry, Store, buckets, open_snapshot, write_part
from extract.store.index import INDEXES
from extract.tables import to_tables

FIRST_DAY = datetime(2021, 5, 1, tzinfo=UTC)
HARBOUR = (
    "The harbour office at Harvale closed seven piers on Monday because Bahr said repairs would take until"
    " autumn. Engineers found rusted bolts below the waterline, the deputy director wrote in a letter to"
    " fishermen. Ferries leave from Ostmere instead, and tickets bought earlier remain valid. Traders asked"
    " for lower fees while trucks queue along Mill Road. Bahr said nothing about the costs, which a former"
    " treasurer put at nineteen million crowns. A second inspection follows next Thursday."
)
UPDATED = HARBOUR.replace("next Thursday", "on Friday") + (
    " Late in the evening the mayor promised two more buses between Harvale and the station."
)
TAXES = (
    "Parliament in Quellin voted for a tax on river sand after eleven hours of debate, with members of three"
    " parties leaving before the count. Dredging firms threatened to take the matter to court. Supporters"
    " argued that banks along the lower valley have lost a third of their width since the dam was opened."
    " The law takes effect in January, and a committee will report every spring about prices and erosion."
)
TEXTS = {"harbour": HARBOUR, "update": UPDATED, "taxes": TAXES, "note": "Bahr said sorry.", "other": "May"}

Dated = Mapping[str, tuple[str, int | None]]
"""Text and day of each article."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(buckets, "ENTRIES_PER_BUCKET", 2)
    return Store(tmp_path / "outputs", keep=2)


def publish(store: Store, now: Dated) -> None:
    """Do what a run does over dated articles: those that are new or edited are processed."""
    hashes = {name: digest(repr(dated).encode()) for name, dated in now.items()}
    with store.lock():
        old = store.manifest().entries
        todo = [name for name in now if name not in old or old[name].content_hash != hashes[name]]
        made = [annotation(article(name, now[name][0], day_of(now[name][1]))) for name in todo]
        store.publish(
            [write_part(store.staging(), "part", to_tables(made))] if made else [],
            entries={name: Entry(hashes[name], "pipeline-1", "done", f"{name}.txt") for name in todo},
            removed=old.keys() - now.keys(),
            actors=ACTORS,
        )


def day_of(number: int | None) -> datetime | None:
    return None if number is None else FIRST_DAY + timedelta(days=number)


def stories(store: Store) -> dict[str, str]:
    return {row["article_id"]: row["story_id"] for row in read_tables(store.root)["articles"]}


def test_a_story_has_the_id_of_its_earliest_article(store: Store) -> None:
    publish(store, {"b": (HARBOUR, 2), "c": (UPDATED, 3), "d": (TAXES, 1), "undated": (HARBOUR, None)})
    assert stories(store) == {"b": "b", "c": "b", "d": "d", "undated": "b"}
    rows = {row["article_id"]: row["duplicate_of"] for row in read_tables(store.root)["articles"]}
    assert rows == {"b": None, "c": "b", "d": None, "undated": "b"}


def test_an_earlier_copy_becomes_the_first_of_the_story(store: Store) -> None:
    now = {"b": (HARBOUR, 2), "c": (UPDATED, 3)}
    publish(store, now)
    publish(store, now | {"z": (HARBOUR, 1)})
    assert stories(store) == {"b": "z", "c": "z", "z": "z"}


def test_a_story_without_its_first_article_has_another(store: Store) -> None:
    publish(store, {"a": (HARBOUR, 1), "b": (HARBOUR, 2), "c": (UPDATED, 3)})
    publish(store, {"b": (HARBOUR, 2), "c": (UPDATED, 3)})
    assert stories(store) == {"b": "b", "c": "b"}
    publish(store, {"b": (TAXES, 2), "c": (UPDATED, 3)})
    assert stories(store) == {"b": "b", "c": "c"}


def test_a_quote_is_the_one_of_the_earliest_article_with_its_words(store: Store) -> None:
    publish(store, {"a": (UPDATED, 3), "b": (HARBOUR, 2), "c": ("Bahr said repairs in May.", 1)})
    repeats = {row["quote_id"]: row["duplicate_of"] for row in read_tables(store.root)["quotes"]}
    first = HARBOUR.index("repairs")
    of = {name: f"{name}:q{first}-{first + len('repairs')}" for name in "ab"}
    assert repeats[of["a"]] == of["b"]
    assert repeats[of["b"]] is None
    publish(store, {"a": (UPDATED, 3)})
    assert {row["quote_id"]: row["duplicate_of"] for row in read_tables(store.root)["quotes"]}[
        of["a"]
    ] is None


def test_an_actor_is_counted_once_for_a_story(store: Store) -> None:
    publish(store, {"a": (HARBOUR, 1), "b": (UPDATED, 2), "c": ("Bahr said no.", 3), "d": (TAXES, 4)})
    [row] = [row for row in read_tables(store.root)["actors"] if row["entity_id"] == "bahr-organization"]
    assert (row["n_articles"], row["n_stories"]) == (3, 2)


def test_an_actor_named_in_a_copy_only_is_in_the_story(store: Store) -> None:
    publish(store, {"a": (HARBOUR.replace("Bahr", "She"), 1), "b": (HARBOUR, 2)})
    [row] = [row for row in read_tables(store.root)["actors"] if row["entity_id"] == "bahr-organization"]
    assert (row["n_articles"], row["n_stories"]) == (1, 1)


@pytest.mark.parametrize("order", [*itertools.permutations("abcd")])
def test_the_order_of_runs_does_not_matter(store: Store, order: tuple[str, ...]) -> None:
    dated = {"a": (UPDATED, 3), "b": (HARBOUR, 2), "c": (TAXES, 1), "d": (HARBOUR, None)}
    for count in range(1, 5):
        publish(store, {name: dated[name] for name in order[:count]})
    assert file_bytes(store.root) == at_once(store, dated)


def at_once(store: Store, dated: Dated) -> dict[str, bytes]:
    clean = Store(store.root.with_name("clean"), keep=2)
    publish(clean, dated)
    return file_bytes(clean.root)


_DATED = st.tuples(st.sampled_from(sorted(TEXTS)), st.sampled_from([None, 1, 2, 20]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(st.dictionaries(st.sampled_from("abcdef"), _DATED), min_size=1, max_size=3))
def test_runs_give_what_one_run_gives(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    states: list[dict[str, tuple[str, int | None]]],
) -> None:
    monkeypatch.setattr(buckets, "ENTRIES_PER_BUCKET", 2)
    store = Store(tmp_path_factory.mktemp("runs") / "outputs", keep=2)
    dated = [{name: (TEXTS[text], day) for name, (text, day) in state.items()} for state in states]
    for now in dated:
        publish(store, now)
    assert file_bytes(store.root) == at_once(store, dated[-1])


@pytest.mark.parametrize("name", INDEXES)
@pytest.mark.parametrize("content", [None, b"ARROW1 and no more"])
def test_a_lost_index_is_made_again(store: Store, name: str, content: bytes | None) -> None:
    now = {"a": (HARBOUR, 1), "b": (UPDATED, 2), "c": (TAXES, 4), "d": (HARBOUR, None)}
    publish(store, now)
    path = open_snapshot(store.root) / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    now = {"b": (UPDATED, 2), "c": (TAXES, 4), "d": (HARBOUR, None), "e": (UPDATED, 0)}
    publish(store, now)
    assert file_bytes(store.root) == at_once(store, now)


def test_a_publication_that_came_back_keeps_its_stories(store: Store) -> None:
    now = {"a": (HARBOUR, 1), "b": (UPDATED, 2), "c": (TAXES, 4)}
    publish(store, now)
    publish(store, {"c": (TAXES, 4)})
    with store.lock():
        store.rollback()
    assert stories(store) == {"a": "a", "b": "a", "c": "c"}
    publish(store, now | {"d": (HARBOUR, 0)})
    assert stories(store) == {"a": "d", "b": "d", "c": "c", "d": "d"}


def test_short_texts_are_copies_only_if_they_are_equal(store: Store) -> None:
    run(store, {"a": "Bahr said “no” in May.", "b": "Bahr said\n'no' in may", "c": "Bahr said “yes” in May."})
    assert stories(store) == {"a": "a", "b": "a", "c": "c"}
