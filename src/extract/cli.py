"""The `extract` command: thin, one function a command.

Exit codes: 0 done, 1 some articles failed (or a score below its floor), 2 cannot run.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from extract.console import CANNOT_RUN, SOME_FAILED, print_error, print_summary, progress_bar
from extract.errors import ExtractError
from extract.evaluate import check_floors, evaluate_tables, format_errors, format_scores, read_gold
from extract.pipeline import run as run_pipeline
from extract.schema import TABLES
from extract.settings import Settings
from extract.store import open_snapshot

app = typer.Typer(
    help=__doc__.split("\n")[0], no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def extract() -> None:
    """Entities, quotes and dates from news on Iraqi politics and armed factions."""


@app.command()
def run(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders or globs of .txt and .jsonl articles.")],
    output: Annotated[Path | None, typer.Option(help="Folder of the published tables.")] = None,
    engine: Annotated[str | None, typer.Option(help="Language engine: spacy.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that annotate in parallel.")] = None,
    batch_size: Annotated[int | None, typer.Option(min=1, max=25, help="Articles a batch.")] = None,
) -> None:
    """Read the articles, annotate what changed, publish the six tables."""
    settings = settings_with(output=output, engine=engine, workers=workers, batch_size=batch_size)
    with progress_bar() as progress:
        summary = run_pipeline([Path(path) for path in inputs], settings, progress)
    print_summary(summary)
    raise typer.Exit(SOME_FAILED if summary.failed else 0)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Option(help="Folder with entities, quotes and dates as .jsonl.")],
    articles: Annotated[
        Path | None, typer.Option(help="The annotated articles. Default: `seeds` beside the gold folder.")
    ] = None,
    engine: Annotated[str | None, typer.Option(help="Language engine: spacy.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every difference from the gold.")] = False,
    floors: Annotated[Path | None, typer.Option(help="JSON of scores that must be reached.")] = None,
) -> None:
    """Extract the annotated articles and print precision, recall and F1."""
    expected = read_gold(gold)
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_with(output=Path(folder), engine=engine)
        run_pipeline([articles or gold.resolve().parent / "seeds"], settings)
        tables = {name: pd.read_parquet(open_snapshot(Path(folder)) / name) for name in TABLES}
    scores = evaluate_tables(tables, expected)
    typer.echo(format_scores(scores))
    if errors:
        typer.echo(format_errors(scores, tables["articles"]))
    violations = check_floors(scores, json.loads(floors.read_text(encoding="utf-8"))) if floors else []
    for violation in violations:
        typer.echo(violation, err=True)
    raise typer.Exit(SOME_FAILED if violations else 0)


def settings_with(**options: object) -> Settings:
    """Return the settings with the options that were given on the command line."""
    return Settings.model_validate({name: value for name, value in options.items() if value is not None})


def main() -> None:
    """Run the command; an error that we foresee is told in two lines, not in a traceback."""
    try:
        app()
    except ExtractError as error:
        print_error(error)
        sys.exit(CANNOT_RUN)


if __name__ == "__main__":
    main()
