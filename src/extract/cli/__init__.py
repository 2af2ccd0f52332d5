"""The `extract` command: thin, one function a command, one module a topic.

Exit codes: 0 done, 1 some articles failed (a score is below its floor, the lexicon has errors, the
installation a problem), 2 cannot run.
"""

from extract import without_torch  # isort: skip  # noqa: F401 - before spaCy

import gc

import typer

from extract.cli.doctor import doctor
from extract.cli.evaluate import evaluate
from extract.cli.history import history, rollback
from extract.cli.lexicon import app as lexicon
from extract.cli.run import run
from extract.cli.unlinked import unlinked
from extract.console import errors_told

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def extract() -> None:
    """Entities, quotes and dates from news on Iraqi politics and armed factions."""


app.command()(run)
app.command()(unlinked)
app.add_typer(lexicon, name="lexicon")
app.command()(evaluate)
app.command()(history)
app.command()(rollback)
app.command()(doctor)


def main() -> None:
    """Run the command; an error that we foresee is told in two lines, not in a traceback."""
    gc.freeze()  # what is imported stays: the search for garbage need not go through it again and again
    with errors_told():
        app()
