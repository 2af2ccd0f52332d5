"""`extract import`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.corrections.folder import corrections_folder
from extract.cli.options import Output
from extract.console import SOME_FAILED, make_console
from extract.export.annotation import READERS

if TYPE_CHECKING:  # `--help` must not import them
    from extract.export.annotation.documents import Document


def _known(form: str) -> str:
    if form not in READERS:
        raise typer.BadParameter(f"{form}: not one of {', '.join(READERS)}")
    return form


def import_(
    path: Annotated[Path, typer.Argument(help="The file or folder of the tool.", show_default=False)],
    *,
    form: Annotated[
        str, typer.Option("--format", callback=_known, metavar="FORMAT", help=f"{READERS.help()}.")
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            help="The file of corrections to write.", show_default="FORMAT.toml in overrides/", metavar="FILE"
        ),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(help="Write gold to this folder instead.", show_default="corrections", metavar="FOLDER"),
    ] = None,
    output: Output = None,
) -> None:
    """Bring annotations back, as corrections or as gold.

    A correction is written for each difference from the published tables; gold has every mark.

    The exit code is 1 if a change can be said by no correction.
    """
    if form == "docbin":
        import extract.light_spacy  # noqa: F401 - before spaCy
    from extract.export.annotation.differences import differences
    from extract.export.annotation.gold import write_gold
    from extract.overrides.writing import merge_entries
    from extract.settings import load_settings

    pairs, ids = _pairs(path, form, output)
    if gold is not None:
        typer.echo(f"Written: {write_gold(pairs, gold, ids)} lines in {gold}")
        return
    found = differences(pairs, ids)
    console = make_console()
    if found.corrections:
        target = to or corrections_folder(load_settings(output=output)) / f"{form}.toml"
        merge_entries(target, found.corrections)
        console.print(f"Written: {len(found.corrections)} corrections in {target}", markup=False)
    else:
        console.print("Nothing was changed that a correction can say.")
    for what, count in sorted(found.unsaid.items()):
        console.print(f"Not said by corrections: {count} {what}; --gold keeps them.", markup=False)
    raise typer.Exit(SOME_FAILED if found.unsaid else 0)


def _pairs(path: Path, form: str, output: Path | None) -> "tuple[list[tuple[Document, Document]], set[str]]":
    """Return the articles that came back with their published forms, and the ids of actors and places.

    Raises:
        AnnotationError: The file does not fit the published articles.
    """
    from extract.export.annotation.differences import paired
    from extract.export.annotation.documents import documents
    from extract.export.selection import Selection
    from extract.lexicon import load_lexicon
    from extract.query import Tables
    from extract.settings import load_settings

    settings = load_settings(output=output)
    selection = Selection(Tables(settings.output))
    texts = {row["article_id"]: row["text"] for row in selection.rows("articles", ("article_id", "text"))}
    pairs = list(paired(documents(selection), READERS[form](path, texts)))
    ids = {row["entity_id"] for name in ("actors", "places") for row in selection.rows(name, ("entity_id",))}
    return pairs, ids | load_lexicon(settings.models_dir).entities.keys()
