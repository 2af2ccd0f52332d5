"""`extract report`."""

import webbrowser
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import AsJson, Output
from extract.cli.screen.rows import as_json, write_text
from extract.console import make_console
from extract.printable import printable

if TYPE_CHECKING:  # `--help` must not import the templates
    from extract.report.build import Report


def report(
    output: Output = None,
    to: Annotated[
        Path | None,
        typer.Option(help="Where the report is to be.", show_default="report in the output folder"),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="What came on this day or later is new: 2021-07-28, 2021-07 or 2021.",
            show_default="the last publication",
            metavar="DAY",
        ),
    ] = None,
    *,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json_: AsJson = False,
) -> None:
    """Make HTML pages of the tables, which open from disk."""
    from extract.query.search import day
    from extract.report import make_report
    from extract.settings import load_settings

    made = make_report(load_settings(output=output).output, to, day(since) if since else None)
    if as_json_:
        write_text(as_json(asdict(made)))
    else:
        _print(made)
    if open_it:
        webbrowser.open(made.index.absolute().as_uri())


def _print(made: "Report") -> None:
    what = f"{made.n_written:,} of {made.n_files:,} files written" if made.n_files else "up to date"
    make_console().print(f"Report: {printable(made.index)} ({what}).", markup=False, soft_wrap=True)
