"""The `extract` command: thin, one function per command, one module per topic.

Commands import what they need when they run: `extract --help` answers at once.

Exit codes: 0 done; 1 some articles failed, a score is below its floor, a check found errors; 2 cannot run.
"""

import typer

from extract.cli.check import check
from extract.cli.doctor import doctor
from extract.cli.evaluate import evaluate
from extract.cli.history import history, rollback
from extract.cli.lexicon import app as lexicon
from extract.cli.run import run
from extract.cli.unlinked import unlinked
from extract.console import foreseen_errors

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def extract() -> None:
    """Entities, quotes and dates from news on Iraqi politics and armed factions."""


app.command()(run)
app.command()(unlinked)
app.command()(check)
app.add_typer(lexicon, name="lexicon")
app.command()(evaluate)
app.command()(history)
app.command()(rollback)
app.command()(doctor)


def main() -> None:
    """Run the command; a foreseen error ends in two lines, not in a traceback."""
    with foreseen_errors():
        app()
