"""`extract export`."""

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.options import Output, Since, Until
from extract.console import make_console
from extract.export import EXPORTS
from extract.printable import printable


def _known(form: str) -> str:
    if form not in EXPORTS:
        raise typer.BadParameter(f"{form}: not one of {', '.join(EXPORTS)}")
    return form


def export(
    *,
    form: Annotated[
        str, typer.Option("--format", callback=_known, metavar="FORMAT", help=f"{EXPORTS.help()}.")
    ],
    to: Annotated[Path, typer.Option(metavar="PATH", help="The file to write; for csv, the folder.")],
    since: Since = None,
    until: Until = None,
    entity: Annotated[
        str | None,
        typer.Option(
            metavar="WHO", help="Only articles that name it: an id or a name.", show_default="all articles"
        ),
    ] = None,
    story: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Only the articles of this story.", show_default="all stories"),
    ] = None,
    article: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this article.", show_default="all articles")
    ] = None,
    output: Output = None,
) -> None:
    """Write the tables in the format of another tool.

    What stands in a text is never taken for a formula, markup or a control character.
    """
    if form == "docbin":
        import extract.light_spacy  # noqa: F401 - before spaCy
    from extract.export.selection import Selection
    from extract.export.writing import write_export
    from extract.query import Tables
    from extract.settings import load_settings

    tables = Tables(load_settings(output=output).output)
    write_export(form, Selection(tables, since, until, entity, story, article), to)
    make_console().print(f"Written: {printable(to)}", markup=False)
