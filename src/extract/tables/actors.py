"""The `actors` table: the lexicon's facts about each actor; the store adds its mention counts."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from extract.schema import Row, Table
from extract.schema.columns import (
    COUNT,
    INSTANT,
    STRING,
    STRINGS,
    TERMS,
    at_least,
    column,
    in_order,
    not_empty,
)

if TYPE_CHECKING:  # a run that has nothing to do needs no lexicon
    from extract.lexicon import Entity, Lexicon, Term


def actor_table(lexicon: "Lexicon") -> pa.Table:
    """Return one row per known actor, with the columns that the lexicon fills."""
    return pa.Table.from_pylist(list(actor_rows(lexicon.actors())), schema=TABLE.lexicon_schema)


def actor_rows(actors: "Iterable[Entity]") -> Iterator[Row]:
    """Yield one row per actor, with the columns that the lexicon fills."""
    for actor in actors:
        yield {
            "entity_id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "arabic_name": actor.arabic,
            "aliases": list(actor.aliases),
            "part_of": [membership.entity_id for membership in actor.part_of],
            "leaders": list(dict.fromkeys(term.entity_id for term in actor.leaders)),
            "part_of_terms": _terms(actor.part_of),
            "leader_terms": _terms(actor.leaders),
            "country": actor.country,
            "wikidata_id": actor.wikidata,
        }


def _terms(terms: "Iterable[Term]") -> list[Row]:
    return [{"entity_id": term.entity_id, "from": term.first, "to": term.last} for term in terms]


TABLE = Table(
    name="actors",
    description="One row per actor of the lexicon, mentioned in the articles or not.",
    columns={
        "entity_id": column(STRING, "Stable id, such as `kataib-hezbollah`.", not_empty(), unique=True),
        "name": column(STRING, "Canonical English name.", not_empty()),
        "kind": column(STRING, "Kind of actor: armed_faction, party, person..."),
        "arabic_name": column(STRING, "Name in Arabic script.", nullable=True),
        "aliases": column(STRINGS, "Other spellings and names."),
        "part_of": column(STRINGS, "entity_ids of the bodies that it belongs or belonged to."),
        "leaders": column(STRINGS, "entity_ids of its present and past leaders."),
        "part_of_terms": column(
            TERMS,
            "part_of with the time of each membership: first and last year, month or day as ISO text (the"
            " last one included); null if open or unknown.",
        ),
        "leader_terms": column(TERMS, "leaders with the time of each leadership, likewise."),
        "country": column(STRING, "Country code (ISO 3166).", nullable=True),
        "wikidata_id": column(STRING, "Wikidata id, such as `Q123`.", nullable=True),
        "n_mentions": column(COUNT, "Number of mentions in all articles.", at_least(0)),
        "n_articles": column(COUNT, "Number of articles that mention it.", at_least(0)),
        "n_stories": column(
            COUNT, "Number of stories that mention it: these articles, copies counted once.", at_least(0)
        ),
        "first_seen": column(INSTANT, "Earliest published_at of these articles.", nullable=True),
        "last_seen": column(INSTANT, "Latest published_at of these articles.", nullable=True),
    },
    order=("entity_id",),
    counted=("n_mentions", "n_articles", "n_stories", "first_seen", "last_seen"),
    checks=(in_order("first_seen", "last_seen", strictly=False),),
    in_history=False,
)
