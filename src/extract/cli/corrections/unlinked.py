"""`extract unlinked`."""

import json
from typing import Annotated

import typer

from extract.cli.corrections.labels import Labels
from extract.cli.options import AsJson, Output


def unlinked(
    *,
    output: Output = None,
    label: Labels = None,
    top: Annotated[int, typer.Option(min=1, help="Number of names to show, most frequent first.")] = 30,
    min_articles: Annotated[int, typer.Option(min=1, help="Only names in at least this many articles.")] = 1,
    as_json: AsJson = False,
) -> None:
    """List names without an entity, and what to add."""
    from extract.cli.entries import entry_places, shown
    from extract.cli.screen.names import print_names
    from extract.lexicon import load_lexicon
    from extract.settings import load_settings
    from extract.store import read_table
    from extract.unlinked import COLUMNS, ambiguous_names, unlinked_names, with_advice

    settings = load_settings(output=output)
    entities = read_table(settings.output, "entities", COLUMNS).to_pandas()
    lexicon = load_lexicon(settings.models_dir)
    unknown = unlinked_names(entities, lexicon, labels=label or (), min_articles=min_articles)
    open_ones = ambiguous_names(entities, lexicon, labels=label or (), min_articles=min_articles)
    places = entry_places(settings.models_dir)
    advised = with_advice(unknown.head(top), lexicon, shown(settings.models_dir), places)
    if as_json:
        frames = {"unlinked": advised, "ambiguous": open_ones.head(top)}
        rows = {name: frame.to_dict(orient="records") for name, frame in frames.items()}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=int))
    else:
        print_names(advised, open_ones.head(top), n_unlinked=len(unknown), n_ambiguous=len(open_ones))
