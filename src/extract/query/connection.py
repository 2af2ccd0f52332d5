"""DuckDB connections that see the tables of a publication, and the view `statements`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files

import duckdb
import pyarrow as pa

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
