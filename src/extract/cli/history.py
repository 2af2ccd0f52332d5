"""`extract history` and `extract rollback`."""

from pathlib import Path
from typing import Annotated

import typer

from extract.console import make_console

_OUTPUT = typer.Option(help="Folder of the published tables.")


def history(output: Annotated[Path | None, _OUTPUT] = None) -> None:
    """List the publications on disk: time, number of rows, what the run did."""
    from rich import box
    from rich.table import Table

    from extract.settings import load_settings
    from extract.store import read_history
    from extract.tables import TABLES

    table = Table(box=box.SIMPLE)
    shown = [name for name, table in TABLES.items() if table.in_history]
    for name in ("", "published (UTC)", *shown, "s", "run"):
        table.add_column(name, justify="right" if name in ("", "s") else "left")
    for one in read_history(load_settings(output=output).output.absolute()):
        counts = (f"{one.rows[name]:,}" if name in one.rows else "" for name in shown)
        did = one.run.get("plan") or f"rollback to publication {one.run.get('restored')}"
        when = f"{one.published_at:%Y-%m-%d %H:%M:%S}" if one.published_at else "damaged"
        number = f"{one.number}{' *' if one.is_current else ''}"
        seconds = str(one.run.get("seconds", ""))
        table.add_row(number, when, *counts, seconds, str(one.damage or did))
    make_console().print(table)


def rollback(
    number: Annotated[
        int | None, typer.Argument(help="Number of the publication. Default: the one before the current.")
    ] = None,
    output: Annotated[Path | None, _OUTPUT] = None,
) -> None:
    """Publish an earlier publication again; the next run brings the tables up to date from there."""
    from extract.settings import load_settings
    from extract.store import Store

    settings = load_settings(output=output)
    store = Store(settings.output, keep=settings.keep_snapshots)
    with store.lock():
        snapshot = store.rollback(number)
    make_console().print(f"Published again as publication {int(snapshot.name)}.")
