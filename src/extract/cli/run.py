"""`extract run`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from extract.cli.options import Engine, Output
from extract.console import SOME_FAILED, print_report, print_summary
from extract.errors import InputError
from extract.permanent import permanent
from extract.reading.formats import READERS

_STDIN = "-"


Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, globs, addresses such as s3://bucket/news, or - for standard input. "
        f"Formats: {READERS.help()}.",
        show_default=False,
    ),
]
Workers = Annotated[int | None, typer.Option(min=1, help="Number of worker processes.", show_default="2")]
Cluster = Annotated[
    str | None,
    typer.Option(
        help="Dask cluster that annotates instead: tcp://host:8786, or local:N.",
        show_default="none",
        metavar="ADDRESS",
    ),
]
BatchSize = Annotated[int | None, typer.Option(min=1, max=25, help="Articles per batch.", show_default="10")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="Column (or key) of your files that holds a field, such as text=content; repeatable.",
        show_default="the usual names",
    ),
]
Full = Annotated[bool, typer.Option("--full", help="Annotate everything again.")]
MaxDrop = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        help="Largest share of an input's articles, of rows or of cells to lose.",
        show_default="0.5",
    ),
]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Retry articles that failed before.")]
AllowRemovals = Annotated[
    bool, typer.Option("--allow-removals", help="Let an input lose more of its articles, or all of them.")
]
FolderIds = Annotated[
    bool, typer.Option("--folder-ids", help="Begin article ids with the name of their input folder.")
]
StdinName = Annotated[
    str | None,
    typer.Option(
        "--stdin-name", help="Name of what comes through standard input (`-`).", show_default="stdin"
    ),
]
FollowLinks = Annotated[
    bool, typer.Option("--follow-links", help="Follow links that lead out of an input folder.")
]
Overrides = Annotated[
    Path | None,
    typer.Option(help="Folder with corrections by hand.", show_default="overrides/ beside the first input"),
]
Report = Annotated[bool, typer.Option("--report", help="Make the report of the tables as well.")]


def run(  # noqa: PLR0917 - typer's way to declare options
    inputs: Inputs,
    output: Output = None,
    engine: Engine = None,
    workers: Workers = None,
    cluster: Cluster = None,
    batch_size: BatchSize = None,
    columns: Columns = None,
    full: Full = False,
    max_drop: MaxDrop = None,
    retry_failed: RetryFailed = False,
    allow_removals: AllowRemovals = False,
    folder_ids: FolderIds = False,
    stdin_name: StdinName = None,
    follow_links: FollowLinks = False,
    overrides: Overrides = None,
    report: Report = False,
) -> None:
    """Read articles, annotate what changed, publish tables."""
    with permanent():
        import extract.light_arrow  # noqa: F401 - before Arrow is used
        from extract.cli.screen.progress import progress_bar
        from extract.pipeline import run as run_pipeline
        from extract.remote.mirror import at_hand
        from extract.settings import load_settings

    settings = load_settings(
        output=output,
        engine=engine,
        workers=workers,
        cluster=cluster,
        batch_size=batch_size,
        map=columns or None,
        max_drop=max_drop,
        full=full or None,
        retry_failed=retry_failed or None,
        allow_removals=allow_removals or None,
        folder_ids=folder_ids or None,
        follow_links=follow_links or None,
        overrides=overrides,
    )
    with _paths(inputs, stdin_name) as paths, at_hand(settings) as here, progress_bar() as progress:
        summary = run_pipeline(paths, here, progress)
    print_summary(summary)
    if report:
        print_report(here.output)
    raise typer.Exit(0 if summary.is_flawless else SOME_FAILED)


@contextmanager
def _paths(inputs: Sequence[str], stdin_name: str | None) -> Iterator[list[Path]]:
    """Provide the inputs as paths; what comes through standard input is kept as long as the block runs.

    Raises:
        InputError: An input is blank, or standard input has a name but is no input.
    """
    if stdin_name is not None and _STDIN not in inputs:
        raise InputError(
            "--stdin-name is given, but - is not among the inputs.", advice="Add it, or leave it out."
        )
    from extract.reading.copies.standard_input import kept_input
    from extract.reading.sources import input_path

    with ExitStack() as stack:
        yield [
            stack.enter_context(kept_input(sys.stdin.buffer, stdin_name))
            if given == _STDIN
            else input_path(given)
            for given in dict.fromkeys(inputs)
        ]
