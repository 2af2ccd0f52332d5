"""The `places` table: the lexicon's facts about each place and people; the store adds its mention counts."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from extract.schema import Row, Table
from extract.schema.columns import (
    COUNT,
    DEGREES,
    STRING,
    STRINGS,
    at_least,
    column,
    not_empty,
    together,
    within,
)

if TYPE_CHECKING:  # a run that has nothing to do needs no lexicon
    from extract.lexicon import Entity, Lexicon

_GOVERNORATE = "governorate"


def place_table(lexicon: "Lexicon") -> pa.Table:
    """Return one row per known place or people, with the columns that the lexicon fills."""
    return pa.Table.from_pylist(list(place_rows(lexicon)), schema=TABLE.lexicon_schema)


def place_rows(lexicon: "Lexicon") -> Iterator[Row]:
    """Yield one row per known place or people, with the columns that the lexicon fills."""
    for place in lexicon.places():
        yield {
            "entity_id": place.id,
            "name": place.name,
            "kind": place.kind,
            "arabic_name": place.arabic,
            "aliases": list(place.aliases),
            "country": place.country,
            "admin1": _governorate_of(place, lexicon.entities),
            "latitude": place.lat,
            "longitude": place.lon,
            "geonames_id": place.geonames,
        }


def _governorate_of(place: "Entity", known: "Mapping[str, Entity]") -> str | None:
    """Return the governorate in which a place lies, at whatever level; itself if it is one."""
    if place.kind == _GOVERNORATE:
        return place.id
    around = (known[one.entity_id] for one in place.part_of if one.entity_id in known)
    return next((found for one in around if (found := _governorate_of(one, known))), None)


TABLE = Table(
    name="places",
    description="One row per place, people or sect of the lexicon, mentioned in the articles or not.",
    columns={
        "entity_id": column(STRING, "Stable id, such as `basra`.", not_empty(), unique=True),
        "name": column(STRING, "Canonical English name.", not_empty()),
        "kind": column(STRING, "Kind of place: country, governorate, city, facility, ethnic_group..."),
        "arabic_name": column(STRING, "Name in Arabic script.", nullable=True),
        "aliases": column(STRINGS, "Other spellings and names, and the words for its people (`Iraqi`)."),
        "country": column(STRING, "Country code (ISO 3166).", nullable=True),
        "admin1": column(STRING, "entity_id of the governorate in which it lies.", nullable=True),
        "latitude": column(
            DEGREES,
            "Latitude of its centre in degrees; null if not known for certain.",
            within(90),
            nullable=True,
        ),
        "longitude": column(
            DEGREES,
            "Longitude of its centre in degrees; null if not known for certain.",
            within(180),
            nullable=True,
        ),
        "geonames_id": column(COUNT, "Its number in GeoNames.", at_least(1), nullable=True),
        "n_mentions": column(COUNT, "Number of mentions in all articles.", at_least(0)),
        "n_articles": column(COUNT, "Number of articles that mention it.", at_least(0)),
    },
    order=("entity_id",),
    counted=("n_mentions", "n_articles"),
    checks=(together("latitude", "longitude"),),
    in_history=False,
)
