"""DuckDB connections that see the tables of a publication, and the view `statements`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from extract.errors import QueryError
from extract.lexicon.keys import APOSTROPHES
from extract.tables import TABLES

STATEMENTS = "statements"

# Words in lower case, without accents and apostrophes, one blank before each.
_FOLDED = r"""
CREATE MACRO folded(words) AS ' ' || trim(regexp_replace(
    strip_accents(lower(translate(words, $apostrophes, ''))), '[^\p{L}\p{N}]+', ' ', 'g'
))
"""


# Of entities, the view needs the name of each id.
_NAMES = """
SELECT coalesce(entity_id, name_id) AS entity_id, NULL::VARCHAR AS name_id, min(entity_name) AS entity_name
FROM entities
WHERE entity_name IS NOT NULL
GROUP BY ALL
"""
# Articles whose statements are made at once: the view takes ten times the memory of what it reads.
_AT_ONCE = 100

_COLUMNS = {
    "articles": ("article_id", "published_at", "outlet", "title", "url", "story_id"),
    "entities": ("entity_id", "name_id", "entity_name"),
}


def connect(read: Callable[[str], pa.Table]) -> duckdb.DuckDBPyConnection:
    """Return a connection to a database in memory that has every table as a view, and `statements`.

    Args:
        read: Name of a table -> its rows. The connection keeps them in memory.
    """
    con = duckdb.connect()
    for name in TABLES:
        con.register(name, read(name))
    con.execute(_FOLDED.replace("$apostrophes", "'" + APOSTROPHES.replace("'", "''") + "'"))
    con.execute(f"CREATE VIEW {STATEMENTS} AS {statements_sql()}")
    return con


def statement_batches(
    read: Callable[[str, Sequence[str] | None], pa.Table], article_ids: Sequence[str]
) -> Iterator[pa.Table]:
    """Yield the rows of `statements` of some articles at a time, in the order of the articles.

    Args:
        read: Name of a table and some of its columns, or None for all -> its rows.
        article_ids: The articles. Without any there is still one batch, which tells the columns.
    """
    with duckdb.connect() as con:
        tables = {
            name: read(name, _COLUMNS.get(name)) for name in ("articles", "actors", "entities", "quotes")
        }
        con.register("entities", tables["entities"])
        tables["entities"] = con.sql(_NAMES).to_arrow_table()
        for name, rows in tables.items():
            con.register(name, rows)
        quotes, chosen = tables["quotes"], sorted(article_ids)
        for start in range(0, max(len(chosen), 1), _AT_ONCE):
            some = pa.array(chosen[start : start + _AT_ONCE], pa.string())
            con.register("quotes", quotes.filter(pc.is_in(quotes["article_id"], some)))
            yield con.sql(statements_sql()).to_arrow_table()


def statements_sql() -> str:
    """Return the SQL of the view `statements`, for other databases of the tables."""
    return files("extract.query").joinpath("statements.sql").read_text("utf-8")


def lock(con: duckdb.DuckDBPyConnection) -> None:
    """Let a connection reach nothing but its tables: no files, no network, no extensions, for good."""
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """Return the rows that answer a question.

    Raises:
        QueryError: It is not one question, is not valid, or needs what is out of reach.
    """
    with _errors_as_advice():
        kinds = [statement.type for statement in con.extract_statements(sql)]
        if kinds != [duckdb.StatementType.SELECT]:
            raise QueryError(
                "This is not one question.", advice="Ask with one SELECT, FROM, DESCRIBE or SUMMARIZE."
            )
        return con.sql(sql).to_arrow_table()


@contextmanager
def _errors_as_advice() -> Iterator[None]:
    """Turn the errors of DuckDB into ours."""
    try:
        yield
    except duckdb.PermissionException as error:
        raise QueryError(
            f"The query asks for more than the tables. {_on_one_line(error)}",
            advice="It has no files and no network; `extract.open().duckdb()` in Python is not so strict.",
        ) from error
    except duckdb.Error as error:
        raise QueryError(
            f"DuckDB cannot answer. {_on_one_line(error)}",
            advice="'DESCRIBE statements' shows its columns, `extract query --examples` some queries.",
        ) from error


def _on_one_line(error: Exception) -> str:
    line = " ".join(str(error).split())
    return line if line.endswith((".", "?", "!")) else f"{line}."
