"""`extract history` and `extract rollback`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import AsJson, Output
from extract.cli.screen.rows import as_json, write_text
from extract.console import make_console

if TYPE_CHECKING:
    from extract.store import Published


def history(*, as_json_: AsJson = False, output: Output = None) -> None:
    """List the publications on disk, and what their runs did."""
    from extract.settings import load_settings
    from extract.store import read_history

    publications = read_history(load_settings(output=output).output.absolute())
    if as_json_:
        write_text(as_json(list(map(asdict, publications))))
    else:
        _print(publications)


def _print(publications: "Sequence[Published]") -> None:
    from rich import box
    from rich.table import Table

    from extract.tables import TABLES

    table = Table(box=box.SIMPLE)
    shown = [name for name, table in TABLES.items() if table.in_history]
    for name in ("", "published (UTC)", *shown, "s", "run"):
        table.add_column(name, justify="right" if name in ("", "s") else "left")
    for one in publications:
        counts = (f"{one.rows[name]:,}" if name in one.rows else "" for name in shown)
        did = one.run.get("plan") or f"rollback to publication {one.run.get('restored')}"
        when = f"{one.published_at:%Y-%m-%d %H:%M:%S}" if one.published_at else "damaged"
        number = f"{one.number}{' *' if one.is_current else ''}"
        seconds = str(one.run.get("seconds", ""))
        table.add_row(number, when, *counts, seconds, str(one.damage or did))
    make_console().print(table)


def rollback(
    number: Annotated[
        int | None,
        typer.Argument(help="Number of the publication.", show_default="the one before the current"),
    ] = None,
    output: Output = None,
) -> None:
    """Publish an earlier publication again.

    The next run brings the tables up to date from there.
    """
    from extract.settings import load_settings
    from extract.store import Store

    settings = load_settings(output=output)
    store = Store(settings.output, keep=settings.keep_snapshots)
    with store.lock():
        snapshot = store.rollback(number)
    make_console().print(f"Published again as publication {int(snapshot.name)}.")
