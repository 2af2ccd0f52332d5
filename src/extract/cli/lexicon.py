"""`extract lexicon`."""

from typing import Annotated

import typer

from extract.cli.options import AsJson


def show(
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="Such as kataib-hezbollah.", show_default=False)
    ],
    *,
    as_json_: AsJson = False,
) -> None:
    """Show an entry: its names and their conditions, its memberships, its terms of office."""
    from extract.cli.entries import entry_places
    from extract.cli.screen.entry import entry_record, print_entry
    from extract.cli.screen.rows import as_json, write_text
    from extract.errors import LexiconError
    from extract.lexicon import load_lexicon
    from extract.settings import load_settings
    from extract.unlinked import suggest_actors

    models_dir = load_settings().models_dir
    lexicon = load_lexicon(models_dir)
    if entry_id not in lexicon.entities:
        near = [row["entity_id"] for row in suggest_actors(entry_id, lexicon)]
        advice = (
            f"Did you mean {' or '.join(near)}?" if near else "The files under models/lexicon list the ids."
        )
        raise LexiconError(f"There is no entry {entry_id!r} in the lexicon.", advice=advice)
    entry, place = lexicon.entities[entry_id], entry_places(models_dir)(entry_id)
    if as_json_:
        write_text(as_json(entry_record(lexicon, entry, place)))
    else:
        print_entry(lexicon, entry, place)
