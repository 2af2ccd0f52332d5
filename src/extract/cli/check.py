"""`extract check`."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import AsJson
from extract.cli.screen.rows import as_json, write_text
from extract.console import SOME_FAILED
from extract.printable import printable

if TYPE_CHECKING:  # `--help` must not import it
    from extract.knowledge import Finding


def check(
    models_dir: Annotated[
        Path | None, typer.Option(help="The models/ folder to check.", show_default="the one in use")
    ] = None,
    overrides: Annotated[
        Path | None,
        typer.Option(
            help="Folder with corrections by hand; checked if it is there.",
            show_default="overrides",
            metavar="FOLDER",
        ),
    ] = None,
    *,
    as_json_: AsJson = False,
) -> None:
    """Find errors in models/ and overrides/, with the line.

    The exit code is 1 if there are errors.
    """
    from extract.check import check_models
    from extract.cli.entries import shown
    from extract.settings import load_settings

    settings = load_settings(models_dir=models_dir, overrides=overrides)
    models_dir, overrides = settings.models_dir, settings.overrides or Path("overrides")
    findings = check_models(models_dir)
    if overrides.is_dir() and not any(finding.severity == "error" for finding in findings):
        findings = (*findings, *_faults(overrides, models_dir))
    counts = Counter(finding.severity for finding in findings)
    if as_json_:
        write_text(as_json([asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            place = f"{shown(finding.path)}:{finding.line}"
            typer.echo(printable(f"{place}: {finding.severity}: {finding.message} {finding.advice}"))
        typer.echo(f"errors: {counts['error']}, warnings: {counts['warning']}")
    raise typer.Exit(SOME_FAILED if counts["error"] else 0)


def _faults(overrides: Path, models_dir: Path) -> "tuple[Finding, ...]":
    from extract.lexicon import load_lexicon
    from extract.overrides import check_overrides

    return check_overrides(overrides, load_lexicon(models_dir))
