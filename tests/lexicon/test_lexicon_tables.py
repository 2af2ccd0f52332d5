"""The tables of the lexicon: every published id has one row in `actors` or `places`."""

import pytest

from extract.lexicon import Lexicon
from extract.tables.actors import actor_rows
from extract.tables.places import place_rows


def test_every_published_id_is_an_actor_or_a_place(lexicon: Lexicon) -> None:
    actors = [row["entity_id"] for row in actor_rows(lexicon.actors())]
    places = [row["entity_id"] for row in place_rows(lexicon)]
    ids = {one.published_id for one in lexicon.entities.values()} - {None}
    assert sorted([*actors, *places]) == sorted(ids)


@pytest.mark.parametrize(
    ("place", "governorate"),
    [
        ("mosul", "nineveh"),
        ("anbar", "anbar"),
        ("iraq", None),
        ("kurdistan-region", None),
    ],
)
def test_a_place_lies_in_its_governorate(place: str, governorate: str | None, lexicon: Lexicon) -> None:
    rows = {row["entity_id"]: row for row in place_rows(lexicon)}
    assert rows[place]["admin1"] == governorate


def test_governorates_are_places_of_the_same_country(lexicon: Lexicon) -> None:
    rows = {row["entity_id"]: row for row in place_rows(lexicon)}
    for row in rows.values():
        if row["admin1"] is not None:
            assert rows[row["admin1"]]["kind"] == "governorate"
            assert rows[row["admin1"]]["country"] == row["country"]


def test_what_is_not_known_is_null(lexicon: Lexicon) -> None:
    for row in place_rows(lexicon):
        entity = lexicon.entities[row["entity_id"]]
        assert (row["latitude"], row["longitude"]) == (entity.lat, entity.lon)
        assert row["geonames_id"] == entity.geonames


def test_memberships_and_leaderships_have_their_times(lexicon: Lexicon) -> None:
    rows = {row["entity_id"]: row for row in actor_rows(lexicon.actors())}
    terms = [(one["entity_id"], one["from"], one["to"]) for one in rows["asaib-ahl-al-haq"]["part_of_terms"]]
    assert ("fatah-alliance", "2018", None) in terms
    for row in rows.values():
        assert {one["entity_id"] for one in row["part_of_terms"]} == set(row["part_of"])
        assert {one["entity_id"] for one in row["leader_terms"]} == set(row["leaders"])
