"""`extract plan`."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import AsJson, Engine, Output
from extract.cli.screen.rows import as_json, write_text
from extract.console import SOME_FAILED, make_console
from extract.printable import printable

if TYPE_CHECKING:  # `--help` must not import the pipeline
    from rich.table import Table

    from extract.pipeline.intake import Intake


def plan(
    inputs: Annotated[
        list[str], typer.Argument(help="Files, folders or globs, as for `extract run`.", show_default=False)
    ],
    output: Output = None,
    engine: Engine = None,
    *,
    as_json_: AsJson = False,
) -> None:
    """Print what a run would read and do; write nothing."""
    from extract.pipeline import preview
    from extract.reading.sources import input_path
    from extract.settings import load_settings

    settings = load_settings(output=output, engine=engine)
    work = preview([input_path(given) for given in inputs], settings)
    if as_json_:
        write_text(as_json({"plan": work.describe(), **asdict(work.intake)}))
    else:
        make_console().print(_table(work.intake))
        make_console().print(f"A run would find: {work.describe()}.", markup=False)
    raise typer.Exit(SOME_FAILED if work.intake.is_empty else 0)


def _table(intake: "Intake") -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table("kind", box=box.SIMPLE)
    table.add_column("articles", justify="right")
    table.add_column("not read", justify="right")
    table.add_column("why, and what to do")
    for kind, count in intake.read.items():
        table.add_row(Text(printable(kind)), f"{count:,}")
    for one in intake.unread:
        why = printable(f"{one.code}: {one.advice}")
        table.add_row(Text(printable(one.kind)), "", f"{one.count:,}", Text(why))
    return table
