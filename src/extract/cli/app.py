"""The `extract` command: one thin function per command, one module per topic.

Commands import what they need when they run, so that `extract --help` is fast.

Exit codes: 0 success; 1 some articles failed, a score is below its floor, an evaluation lost a row or a check
found errors; 2 failure; 130 and 143 ended by Ctrl-C and SIGTERM.
"""

import typer

from extract.cli.check import check
from extract.cli.doctor import doctor
from extract.cli.evaluate import evaluate
from extract.cli.history import history, rollback
from extract.cli.lexicon import app as lexicon
from extract.cli.overrides import overrides
from extract.cli.plan import plan
from extract.cli.report import report
from extract.cli.run import run
from extract.cli.show import show
from extract.cli.unlinked import unlinked

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def extract() -> None:
    """Extract entities, quotes and dates from news on Iraqi politics and armed factions."""


app.command()(run)
app.command()(plan)
app.command()(report)
app.command()(show)
app.command()(unlinked)
app.command()(overrides)
app.command()(check)
app.add_typer(lexicon, name="lexicon")
app.command()(evaluate)
app.command()(history)
app.command()(rollback)
app.command()(doctor)
