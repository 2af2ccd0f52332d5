"""SQL from the command line sees the tables and nothing else."""

from pathlib import Path

import duckdb
import pytest
from query_samples import quote, reader

from extract.errors import QueryError
from extract.query.connection import ask, connect, lock
from extract.query.examples import examples


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = connect(reader(quotes=[quote(10, "Rain.", "bahr", about=["ministry"])]))
    lock(con)
    return con


def test_all_tables_and_the_statements_are_there(con: duckdb.DuckDBPyConnection) -> None:
    names = ask(con, "SHOW TABLES")["name"].to_pylist()
    assert {"articles", "entities", "actors", "quotes", "dates", "issues", "statements"} <= set(names)


@pytest.mark.parametrize("question", examples())
def test_the_examples_are_right(con: duckdb.DuckDBPyConnection, question: str) -> None:
    assert ask(con, examples()[question]).num_columns > 1


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_text('{file}')",
        "FROM read_csv('{file}')",
        "FROM '{file}'",
        "FROM glob('/*')",
        "COPY quotes TO '{file}'",
        "ATTACH '{file}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "CREATE TABLE x AS FROM quotes",
        "DROP VIEW statements",
        "FROM quotes; FROM quotes",
        "FROM 'https://example.org/a.parquet'",
        "SELECT getenv('HOME')",
        "SELEC 1",
        "SELECT nothing FROM quotes",
        "",
    ],
)
def test_what_is_no_question_to_the_tables_is_refused(
    con: duckdb.DuckDBPyConnection, sql: str, tmp_path: Path
) -> None:
    file = tmp_path / "file.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(QueryError) as refused:
        ask(con, sql.format(file=file))
    assert refused.value.advice
    assert "\\n" not in str(refused.value)
    assert file.read_text() == "a,b\n1,2\n"


def test_python_variables_are_out_of_reach(con: duckdb.DuckDBPyConnection) -> None:
    secret = reader()("actors")
    assert secret.num_rows
    with pytest.raises(QueryError, match="secret"):
        ask(con, "FROM secret")
