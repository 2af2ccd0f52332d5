"""`extract check`."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from extract.console import SOME_FAILED


def check(
    models_dir: Annotated[
        Path | None, typer.Option(help="The models/ folder to check.", show_default="the one in use")
    ] = None,
) -> None:
    """Check the files under models/: findings with file and line.

    The exit code is 1 if there are errors.
    """
    from extract.check import check_models
    from extract.cli.entries import shown
    from extract.settings import load_settings

    findings = check_models(load_settings(models_dir=models_dir).models_dir)
    for finding in findings:
        place = f"{shown(finding.path)}:{finding.line}"
        typer.echo(f"{place}: {finding.severity}: {finding.message} {finding.advice}")
    counts = Counter(finding.severity for finding in findings)
    typer.echo(f"errors: {counts['error']}, warnings: {counts['warning']}")
    raise typer.Exit(SOME_FAILED if counts["error"] else 0)
