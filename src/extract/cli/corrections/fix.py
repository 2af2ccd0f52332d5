"""`extract fix`."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.corrections.doubtful import Below, read_tables
from extract.cli.corrections.folder import Folder, corrections_folder, next_run
from extract.cli.corrections.labels import Labels
from extract.cli.options import Output
from extract.console import make_console

if TYPE_CHECKING:  # `--help` must not import them
    from extract.doubtful import Doubt
    from extract.settings import Settings


_FILE = "fixed.toml"


def fix(
    folder: Folder = None,
    *,
    below: Below = 0.6,
    label: Labels = None,
    unlinked: Annotated[
        int,
        typer.Option(
            min=0,
            help="First the names without an entity in at least this many articles; 0: none.",
            metavar="ARTICLES",
        ),
    ] = 0,
    by: Annotated[
        str, typer.Option(help="Who corrects, for the record.", show_default="not recorded", metavar="NAME")
    ] = "",
    output: Output = None,
) -> None:
    """Go through what is least sure, and write down what is right.

    Every answer is written at once to fixed.toml in the folder. `extract run` applies it.
    """
    from extract.cli.corrections.dialogue import Dialogue
    from extract.cli.corrections.keys import single_keys
    from extract.cli.corrections.type_ahead import Keyboard
    from extract.lexicon import load_lexicon
    from extract.overrides import load_overrides
    from extract.overrides.entries import Scope
    from extract.settings import load_settings

    settings = load_settings(output=output)
    folder = folder or corrections_folder(settings)
    lexicon = load_lexicon(settings.models_dir)
    entries = load_overrides(folder, lexicon).entries
    asked = _questions(settings, below, label or [], unlinked)
    day = datetime.now(tz=UTC).date()
    record = {"by": by or None, "on": day}
    console = make_console()
    with single_keys() as read:
        dialogue = Dialogue(
            folder / _FILE,
            lexicon,
            settings.models_dir,
            Keyboard(console, read),
            record=record,
            decided=[
                (one.scope.article, one.text, one.start)
                for one in entries
                if one.scope == Scope(one.scope.article)  # one for an outlet or a time decides no other place
            ],
        )
        dialogue.ask_all(asked)
    console.print(f"{dialogue.n_decided} decided of {len(asked)}, in {folder / _FILE}.", markup=False)
    if dialogue.n_decided:
        console.print(f"Next: {next_run(settings, folder)}", markup=False, soft_wrap=True)


def _questions(settings: "Settings", below: float, labels: list[str], min_articles: int) -> "list[Doubt]":
    from extract.doubtful import doubts, unlinked

    tables = read_tables(settings.output)
    names = unlinked(tables["entities"], labels=labels, min_articles=min_articles) if min_articles else []
    seen = {(one.text, one.label, one.found_id) for one in names}
    found = doubts(tables, below=below, labels=labels)
    return [*names, *(one for one in found if (one.text, one.label, one.found_id) not in seen)]
