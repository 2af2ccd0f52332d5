"""What a run prints on the terminal: a summary or an error."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from extract.errors import ExtractError
from extract.printable import printable

if TYPE_CHECKING:  # `--help` must not import the pipeline
    from extract.pipeline import Summary

log = logging.getLogger(__name__)

WIDTH_IN_A_PIPE = 100

# Exit codes of the commands; 0 is success.
SOME_FAILED = 1
CANNOT_RUN = 2


def make_console(*, stderr: bool = False) -> Console:
    """Return a console that does not wrap lines at 80 columns in a pipe."""
    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=WIDTH_IN_A_PIPE)


def print_summary(summary: "Summary") -> None:
    """Print the rows of each table, what happened to the articles, and where to look next."""
    from importlib.metadata import version  # noqa: PLC0415 - `--help` need not load it

    console = make_console()
    table = Table(box=box.SIMPLE, title=f"extract {version('extract')}", title_justify="left")
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, rows in summary.rows.items():
        table.add_row(name, f"{rows:,}")
    console.print(table)
    console.print(_outcome(summary))
    for line in summary.intake.describe():
        console.print(printable(line), markup=False)
    if summary.damaged:
        console.print(
            f"Published files were damaged: {summary.damaged}; they were made again. Check the disk."
        )
    output = printable(summary.output)
    console.print(f"Next: pandas.read_parquet('{output}/quotes'), or any of the tables above.", markup=False)
    if summary.rows.get("issues"):
        console.print(f"Problems are listed in {output}/issues.", markup=False)


def _outcome(summary: "Summary") -> str:
    counts = f"{summary.done} done, {summary.skipped} skipped, {summary.failed} failed"
    if summary.removed:
        counts += f", {summary.removed} removed"
    state = "" if summary.published else "; nothing has changed"
    return f"Articles: {counts} in {summary.seconds:.1f} s{state}."


def print_report(output: Path) -> None:
    """Make the report of the published tables and print where it is.

    A failure is told and costs nothing else: the tables are published.
    """
    from extract.report import make_report  # noqa: PLC0415 - `--help` must not import the templates

    try:
        make_report(output)
    except Exception as error:
        log.warning("The report could not be made; the tables are not affected.", exc_info=error)
    else:
        print_report_address(output)


def print_report_address(output: Path) -> None:
    """Print where the report is, if there is one."""
    from extract.report import index_of  # noqa: PLC0415 - as above

    index = index_of(output)
    if index.exists():
        make_console().print(f"Report: {printable(index)}", markup=False, soft_wrap=True)


@contextmanager
def foreseen_errors() -> Iterator[None]:
    """End the command with two lines instead of a traceback if an ExtractError is raised."""
    try:
        yield
    except ExtractError as error:
        print_error(error)
        sys.exit(CANNOT_RUN)


def print_error(error: ExtractError) -> None:
    """Print an error and its advice on standard error."""
    console = make_console(stderr=True)
    console.print(f"error: {error.message}", style="red", markup=False)
    if error.advice:
        console.print(error.advice, markup=False)
