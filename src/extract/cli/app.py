"""The `extract` command: one thin function per command, one module per topic.

Commands import what they need when they run, so that `extract --help` is fast.

Exit codes: 0 success; 1 some articles failed, a score is below its floor, an evaluation lost a row or a check
found errors; 2 failure; 130 and 143 ended by Ctrl-C and SIGTERM.
"""

from collections.abc import Callable
from inspect import cleandoc
from typing import Annotated

import typer

from extract.cli.check import check
from extract.cli.corrections.doubtful import doubtful
from extract.cli.corrections.fix import fix
from extract.cli.corrections.import_ import import_
from extract.cli.corrections.overrides import overrides
from extract.cli.corrections.unlinked import unlinked
from extract.cli.doctor.command import doctor
from extract.cli.evaluate import evaluate
from extract.cli.export import export
from extract.cli.history import history, rollback
from extract.cli.lexicon import show as show_entry
from extract.cli.overview import Overview
from extract.cli.plan import plan
from extract.cli.query import query
from extract.cli.remote import pull, push
from extract.cli.report import report
from extract.cli.run import run
from extract.cli.search import search
from extract.cli.show import show
from extract.cli.who import who
from extract.console import CANNOT_RUN

app = typer.Typer(cls=Overview, pretty_exceptions_enable=False)
lexicon = typer.Typer(no_args_is_help=True, help="Check the lexicon or show an entry.")


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"extract {version('extract')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def extract(
    context: typer.Context,
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Who said what about whom, and when, from news on Iraqi politics and factions."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(CANNOT_RUN)


def add(group: typer.Typer, command: Callable[..., None], *examples: str, name: str | None = None) -> None:
    """Add a command whose help ends with examples; its paragraphs wrap where the terminal does."""
    paragraphs = cleandoc(command.__doc__ or "").split("\n\n")
    told = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    group.command(name, help=told, epilog="\n\n".join(("Examples:", *examples)))(command)


add(app, run, "extract run news/", "extract run export.csv --map text=Body --output tables")
add(app, plan, "extract plan news/", "extract plan news/ --json")
add(
    app,
    report,
    "extract report --open",
    "extract report --since 2021-07-26 --to /srv/www/this-week",
    "extract report --json",
)
add(
    app,
    search,
    "extract search embassy --since 2021-07",
    "extract search --faction kataib-hezbollah --format csv --to said.csv",
)
add(app, who, "extract who qais-al-khazali", 'extract who "Kata\'ib Hezbollah" --top 20')
add(
    app,
    query,
    "extract query 'SELECT speaker, count(*) FROM statements GROUP BY ALL'",
    "extract query 'FROM quotes' --format parquet --to quotes.parquet",
    "extract query --examples",
)
add(
    app,
    export,
    "extract export --format xlsx --to said.xlsx --since 2021-07",
    "extract export --format sqlite --to said.db --entity kataib-hezbollah",
)
add(
    app,
    import_,
    "extract import --format labelstudio project.json",
    "extract import --format brat marked/ --gold my-gold",
    name="import",
)
add(app, show, "extract show sample-wire", "extract show sample-wire --sections")
add(app, unlinked, "extract unlinked --label PERSON --min-articles 3")
add(app, doubtful, "extract doubtful", "extract doubtful --below 0.4 --csv overrides/doubts.csv")
add(app, fix, "extract fix", "extract fix --label PERSON --unlinked 3 --by H.")
add(app, overrides, "extract overrides", "extract overrides my-corrections --output tables --json")
add(app, check, "extract check", "extract check --models-dir my-models --json")
add(
    app,
    evaluate,
    "extract evaluate --gold tests/gold",
    "extract evaluate quotes --gold my-gold --articles my-articles --errors",
    "extract evaluate --gold tests/gold --json",
    "extract evaluate --overrides overrides --articles news",
)
add(app, history, "extract history", "extract history --json")
add(app, rollback, "extract rollback", "extract rollback 7")
add(app, pull, "extract pull s3://bucket/iraq --output tables")
add(app, push, "extract push s3://bucket/iraq --output tables")
add(app, doctor, "extract doctor", "extract doctor --mend")
app.add_typer(lexicon, name="lexicon")
add(
    lexicon,
    show_entry,
    "extract lexicon show kataib-hezbollah",
    "extract lexicon show kataib-hezbollah --json",
)
add(lexicon, check, "extract lexicon check")
