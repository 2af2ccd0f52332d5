"""`extract query`."""

import sys
from typing import Annotated

import typer

from extract.cli.options import Output, To
from extract.cli.screen.rows import Format, write_rows
from extract.console import CANNOT_RUN

_STDIN = "-"


def query(
    sql: Annotated[
        str | None,
        typer.Argument(metavar="SQL", help="A query, or - for standard input.", show_default="none"),
    ] = None,
    *,
    form: Annotated[Format, typer.Option("--format", help="How the rows are printed.")] = Format.TABLE,
    to: To = None,
    examples: Annotated[bool, typer.Option("--examples", help="Print queries to start from.")] = False,
    output: Output = None,
) -> None:
    """Ask the tables in SQL (DuckDB).

    It sees every table by its name, and the view `statements`: who said what about whom, on whose behalf,
    and when.

    It reads nothing else, neither files nor network, and changes nothing.
    """
    from extract.query.examples import examples as read_examples

    if examples:
        typer.echo("\n\n".join(f"-- {question}\n{example};" for question, example in read_examples().items()))
        return
    if sql is None:
        typer.echo("Give a query, such as 'SELECT speaker, words FROM statements', or --examples.", err=True)
        raise typer.Exit(CANNOT_RUN)
    import extract.light_arrow  # noqa: F401 - before Arrow is used
    from extract.query import Tables
    from extract.query.connection import ask, lock
    from extract.settings import load_settings

    con = Tables(load_settings(output=output).output).duckdb()
    lock(con)
    write_rows(ask(con, sys.stdin.read() if sql == _STDIN else sql), form, to)
