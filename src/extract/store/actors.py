"""The `actors` table: every actor of the lexicon with what the published articles say of it."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.errors import SchemaError
from extract.ids import digest
from extract.schema import LEXICON_COLUMNS, arrow_schema, sort_order, validate


def lexicon_actors(actors: pa.Table) -> pa.Table:
    """Return the lexicon's actors in the order and types of the table.

    Raises:
        SchemaError: A column of `LEXICON_COLUMNS` is missing or of another type.
    """
    schema = pa.schema(arrow_schema("actors").field(name) for name in LEXICON_COLUMNS)
    try:
        chosen = actors.select(LEXICON_COLUMNS).cast(schema)
    except (KeyError, pa.ArrowException) as error:
        raise SchemaError(
            f"Table `actors`: the lexicon's actors do not fit: {error}.",
            advice=f"Give the columns {', '.join(LEXICON_COLUMNS)} with the types in docs/tables.md.",
        ) from error
    return chosen.sort_by([(column, "ascending") for column in sort_order("actors")])


def actors_hash(actors: pa.Table) -> str:
    """Return a hash of the lexicon's actors."""
    return digest(json.dumps(actors.to_pylist(), sort_keys=True).encode())


def actor_rows(actors: pa.Table, entities: Path, articles: Path) -> pa.Table:
    """Return the `actors` table.

    Args:
        actors: What `lexicon_actors` returned.
        entities: Folder of the snapshot's mentions.
        articles: Folder of the snapshot's articles; its files hold the same articles as those of entities.

    Raises:
        SchemaError: The lexicon's actors break the contract of the table.
    """
    files = sorted(path.name for path in entities.iterdir())
    counts = pa.concat_tables(_articles_by_entity(entities / name, articles / name) for name in files)
    totals = counts.group_by("entity_id").aggregate(
        [("n_mentions", "sum"), ("entity_id", "count"), ("published_at", "min"), ("published_at", "max")]
    )
    place = pc.index_in(actors["entity_id"], totals["entity_id"])
    columns = {
        "n_mentions": pc.fill_null(totals["n_mentions_sum"].take(place), 0),
        "n_articles": pc.fill_null(totals["entity_id_count"].take(place), 0),
        "first_seen": totals["published_at_min"].take(place),
        "last_seen": totals["published_at_max"].take(place),
    }
    for name, values in columns.items():
        actors = actors.append_column(name, values)
    return validate("actors", actors)


def _articles_by_entity(entities: Path, articles: Path) -> pa.Table:
    """Return entity_id, n_mentions and published_at: one row an entity and article."""
    mentions = pq.read_table(entities, columns=["article_id", "entity_id"])
    linked = mentions.filter(pc.is_valid(mentions["entity_id"]))
    counts = linked.group_by(["entity_id", "article_id"]).aggregate([([], "count_all")])
    dated = pq.read_table(articles, columns=["article_id", "published_at"])
    place = pc.index_in(counts["article_id"], dated["article_id"])
    columns = [counts["entity_id"], counts["count_all"], dated["published_at"].take(place)]
    return pa.table(columns, names=["entity_id", "n_mentions", "published_at"])
