"""The list of tables, in display order."""

from functools import cache

from extract.ids import digest
from extract.registry import Registered, Registry
from extract.schema import Table

TABLES: Registry[Table] = Registry(
    {
        "articles": Registered("extract.tables.articles:TABLE", "what was read"),
        "entities": Registered("extract.tables.entities:TABLE", "names in the text, and what they refer to"),
        "actors": Registered("extract.tables.actors:TABLE", "the lexicon's actors, with counts"),
        "places": Registered("extract.tables.places:TABLE", "the lexicon's places and peoples, with counts"),
        "quotes": Registered("extract.tables.quotes:TABLE", "who said what"),
        "dates": Registered("extract.tables.dates:TABLE", "temporal expressions and their values"),
        "issues": Registered("extract.tables.issues:TABLE", "problems"),
    }
)


@cache
def schema_version() -> str:
    """Return a hash of all tables' columns, types and orders; if it changes, all rows are rewritten."""
    tables = (f"{table.name} {_plain(table)} {table.order}" for table in TABLES.values())
    return digest("\n".join(tables).encode())


def _plain(table: Table) -> str:
    """Return the names and types of a table's columns as text, without the descriptions."""
    return str(table.arrow_schema.to_string(show_field_metadata=False, show_schema_metadata=False))
