"""`extract overrides`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import AsJson, Output
from extract.cli.screen.rows import as_json, write_text
from extract.console import SOME_FAILED, make_console
from extract.printable import printable

if TYPE_CHECKING:  # `--help` must not import them
    from rich.table import Table

    from extract.overrides import Override


def overrides(
    folder: Annotated[Path, typer.Argument(help="Folder with corrections by hand.")] = Path("overrides"),
    output: Output = None,
    *,
    as_json_: AsJson = False,
) -> None:
    """List corrections by hand, and how many rows each has made.

    The exit code is 1 if an entry is invalid.
    """
    from extract.errors import InputError
    from extract.lexicon import load_lexicon
    from extract.overrides import check_overrides, load_overrides
    from extract.overrides.effects import count_effects
    from extract.settings import load_settings
    from extract.store import read_table

    settings = load_settings(output=output)
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", advice="docs/overrides.md shows how to begin one.")
    lexicon = load_lexicon(settings.models_dir)
    findings = check_overrides(folder, lexicon)
    for finding in findings:
        typer.echo(printable(f"{finding.path}:{finding.line}: {finding.message} {finding.advice}"))
    if findings:
        raise typer.Exit(SOME_FAILED)
    entries = load_overrides(folder, lexicon).entries
    names = ("entities", "quotes", "dates", "issues")
    effects = count_effects(entries, {name: read_table(settings.output, name) for name in names})
    entries = tuple(sorted(entries, key=lambda one: (one.path, one.line)))
    if as_json_:
        write_text(as_json([_record(one, effects[one]) for one in entries]))
    else:
        make_console().print(_table(entries, effects))


def _record(one: "Override", rows: str) -> dict[str, object]:
    return {
        "file": one.path,
        "line": one.line,
        "text": one.text,
        "in": one.scope.describe(),
        "says": one.describe(),
        "rows": rows,
    }


def _table(entries: "tuple[Override, ...]", effects: "dict[Override, str]") -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table("file", "words", "in", "says", "rows", box=box.SIMPLE)
    for one in entries:
        cells = (f"{one.path.name}:{one.line}", one.text, one.scope.describe(), one.describe(), effects[one])
        table.add_row(*(Text(printable(cell)) for cell in cells))
    return table
