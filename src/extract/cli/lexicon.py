"""`extract lexicon`: what the lexicon knows, and whether it is sound."""

from typing import Annotated

import typer

from extract.cli.entries import entry_places, shown
from extract.cli.show_entry import print_entry
from extract.console import SOME_FAILED
from extract.errors import LexiconError
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.check import check_lexicon
from extract.settings import load_settings
from extract.unlinked import suggest_actors

app = typer.Typer(no_args_is_help=True, help="Check the lexicon, show its entries.")


@app.command()
def check() -> None:
    """Check every line of the lexicon; tell place and cure of what is wrong. Exit code 1 for errors."""
    models_dir = load_settings().models_dir
    findings = check_lexicon(models_dir)
    for finding in findings:
        place = f"{shown(finding.path)}:{finding.line}"
        typer.echo(f"{place}: {finding.severity}: {finding.message} {finding.advice}")
    n_errors = sum(finding.severity == "error" for finding in findings)
    if not n_errors:
        typer.echo(_contents(load_lexicon(models_dir)))
    typer.echo(f"errors: {n_errors}, warnings: {len(findings) - n_errors}")
    raise typer.Exit(SOME_FAILED if n_errors else 0)


def _contents(lexicon: Lexicon) -> str:
    actors, entities = lexicon.actors(), lexicon.entities.values()
    counts = {
        "actors": len(actors),
        "of them persons": sum(actor.kind == "person" for actor in actors),
        "places": sum(entity.role == "place" for entity in entities),
        "outlets and organisations": sum(entity.role == "named" for entity in entities),
        "offices": len(lexicon.offices),
        "names": sum(map(len, lexicon.names.values())),
        "keys": len(lexicon.names),
    }
    return ", ".join(f"{count:,} {what}" for what, count in counts.items())


@app.command()
def show(entry_id: Annotated[str, typer.Argument(metavar="ID", help="Such as kataib-hezbollah.")]) -> None:
    """Show an entry with its names, the conditions of each, its place in others and its terms."""
    models_dir = load_settings().models_dir
    lexicon = load_lexicon(models_dir)
    if entry_id not in lexicon.entities:
        near = [row["entity_id"] for row in suggest_actors(entry_id, lexicon)]
        advice = f"Did you mean {' or '.join(near)}?" if near else "The ids stand in the files under models/."
        raise LexiconError(f"There is no entry {entry_id!r} in the lexicon.", advice=advice)
    print_entry(lexicon, lexicon.entities[entry_id], entry_places(models_dir)(entry_id))
