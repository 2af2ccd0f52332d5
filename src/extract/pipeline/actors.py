"""The lexicon's actors as rows, for the `actors` table."""

import pyarrow as pa

from extract.lexicon import Entity, Lexicon
from extract.schema import LEXICON_COLUMNS, arrow_schema


def actor_table(lexicon: Lexicon) -> pa.Table:
    """Return one row a known actor, with the columns that the lexicon fills."""
    schema = pa.schema([arrow_schema("actors").field(name) for name in LEXICON_COLUMNS])
    return pa.Table.from_pylist([_row(actor) for actor in lexicon.actors()], schema=schema)


def _row(actor: Entity) -> dict[str, object]:
    return {
        "entity_id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "arabic_name": actor.arabic,
        "aliases": list(actor.aliases),
        "part_of": [membership.entity_id for membership in actor.part_of],
        "leaders": list(dict.fromkeys(term.entity_id for term in actor.leaders)),
        "country": actor.country,
        "wikidata_id": actor.wikidata,
    }
