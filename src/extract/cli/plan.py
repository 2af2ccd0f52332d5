"""`extract plan`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.console import SOME_FAILED, make_console
from extract.engines import ENGINES
from extract.reading.sources import input_path
from extract.settings import load_settings

if TYPE_CHECKING:  # `--help` must not import the pipeline
    from rich.table import Table

    from extract.pipeline.intake import Intake


def plan(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders or globs, as for `extract run`.")],
    output: Annotated[Path | None, typer.Option(help="Folder of the published tables.")] = None,
    engine: Annotated[str | None, typer.Option(help=f"Language engine: {ENGINES.help()}.")] = None,
) -> None:
    """Read the inputs and print what `extract run` would do; nothing is written."""
    from extract.pipeline import preview

    settings = load_settings(output=output, engine=engine)
    work = preview([input_path(given) for given in inputs], settings)
    make_console().print(_table(work.intake))
    make_console().print(f"A run would find: {work.describe()}.", markup=False)
    raise typer.Exit(SOME_FAILED if work.intake.is_empty else 0)


def _table(intake: "Intake") -> "Table":
    from rich import box
    from rich.table import Table

    table = Table("kind", box=box.SIMPLE)
    table.add_column("articles", justify="right")
    table.add_column("not read", justify="right")
    table.add_column("why, and what to do")
    for kind, count in intake.read.items():
        table.add_row(kind, f"{count:,}")
    for one in intake.unread:
        table.add_row(one.kind, "", f"{one.count:,}", f"{one.code}: {one.advice}")
    return table
