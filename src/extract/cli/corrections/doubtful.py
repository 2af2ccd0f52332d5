"""`extract doubtful`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.corrections.labels import Labels
from extract.cli.options import AsJson, Output

if TYPE_CHECKING:  # `--help` must not import them
    import pyarrow as pa

    from extract.doubtful import Doubt

Below = Annotated[
    float, typer.Option(min=0, max=1, help="Only what has less confidence.", metavar="PROBABILITY")
]


def doubtful(
    *,
    below: Below = 0.6,
    label: Labels = None,
    top: Annotated[int, typer.Option(min=1, help="Number of rows, the most doubtful first.")] = 50,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            help="Write a worksheet: fill in what is right and keep it in overrides/.",
            show_default="none",
            metavar="FILE",
        ),
    ] = None,
    as_json_: AsJson = False,
    output: Output = None,
) -> None:
    """List what is least sure, with a sentence each."""
    from extract.cli.screen.rows import as_json, print_table, write_text
    from extract.doubtful import doubts
    from extract.settings import load_settings

    tables = read_tables(load_settings(output=output).output)
    found = doubts(tables, below=below, labels=label or ())[:top]
    if csv is not None:
        _write_worksheet(found, csv)
        typer.echo(f"Written: {csv}")
    elif as_json_:
        write_text(as_json([one.as_dict() for one in found]))
    else:
        print_table(("sure", "times", "words", "found", "sentence"), map(_cells, found))


def read_tables(outputs: Path) -> "dict[str, pa.Table]":
    """Return the published tables in which something may be doubtful."""
    from extract.doubtful import COLUMNS
    from extract.store import read_table

    return {name: read_table(outputs, name, columns) for name, columns in COLUMNS.items()}


def _cells(doubt: "Doubt") -> tuple[str, ...]:
    from extract.cli.screen.names import excerpt

    row = doubt.worksheet_row()
    sure = f"{doubt.confidence:.0%}"
    return sure, str(doubt.mentions), doubt.text, str(row["#found"]), excerpt(doubt.sentence, [doubt.text])


def _write_worksheet(found: "list[Doubt]", path: Path) -> None:
    """Write a new CSV file whose cells no spreadsheet takes for formulas.

    Raises:
        OverrideError: There is such a file: it may hold decisions.
    """
    import csv

    from extract.doubtful import WORKSHEET
    from extract.errors import OverrideError
    from extract.export.cells import clean, no_formula

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = path.open("x", encoding="utf-8-sig", newline="")
    except FileExistsError as error:
        raise OverrideError(
            f"{path} is there already, and may hold decisions.", advice="Name a new file after --csv."
        ) from error
    with file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(WORKSHEET)
        for one in found:
            cells = one.worksheet_row().values()
            writer.writerow([no_formula(clean(cell)) if isinstance(cell, str) else cell for cell in cells])
