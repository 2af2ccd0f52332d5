"""`extract doctor`."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from extract.cli.options import AsJson, Engine, Output
from extract.cli.screen.rows import as_json, write_text
from extract.console import SOME_FAILED, make_console
from extract.errors import SettingsError
from extract.printable import printable

if TYPE_CHECKING:
    from extract.cli.doctor.checks import Finding

_STYLES: Mapping[str, str] = {"ok": "green", "note": "yellow", "problem": "red"}


def doctor(
    output: Output = None,
    engine: Engine = None,
    mend: Annotated[
        bool,
        typer.Option("--mend", help="First mend the output folder, as the advice says."),
    ] = False,
    as_json_: AsJson = False,
) -> None:
    """Check installation, models and tables; give advice."""
    from extract.settings import load_settings

    if mend:
        _mend(load_settings(output=output).output)
    sections = examine({"output": output, "engine": engine})
    states = [finding.state for findings in sections.values() for finding in findings]
    n_problems = states.count("problem")
    if as_json_:
        write_text(as_json({title: list(map(asdict, findings)) for title, findings in sections.items()}))
    else:
        _print_sections(sections)
        typer.echo(_last_line(n_problems, states.count("note")))
    raise typer.Exit(SOME_FAILED if n_problems else 0)


def _mend(output: Path) -> None:
    """Mend the output folder and print what was done."""
    from extract.store import mend

    for done in mend(output) or ["There was nothing to mend."]:
        typer.echo(done, err=True)


def _last_line(n_problems: int, n_notes: int) -> str:
    if n_problems:
        return f"Problems: {n_problems}. Fix them before the next run."
    return f"No problems. Notes: {n_notes}, see above." if n_notes else "Ready to run."


def examine(options: Mapping[str, object]) -> "dict[str, list[Finding]]":
    """Run all checks; if the settings are invalid, only those that do not need them.

    Args:
        options: Settings given on the command line; None for options not given.

    Returns:
        Findings by section, in display order.
    """
    import extract.light_spacy  # noqa: F401 - before spaCy
    from extract.cli.doctor.checks import (
        Finding,
        check_engines,
        check_knowledge,
        check_output,
        check_settings,
        check_versions,
    )
    from extract.cli.doctor.prefect import check_prefect
    from extract.settings import load_settings

    versions = {"versions": check_versions()}
    try:
        settings = load_settings(**options)
    except SettingsError as error:
        broken = [Finding("settings", error.message, "problem", error.advice)]
        return {**versions, "prefect": check_prefect(os.environ), "settings": broken}
    given = [name for name, value in options.items() if value is not None]
    return {
        **versions,
        "engines": check_engines(settings),
        "knowledge": check_knowledge(settings.models_dir),
        "output": check_output(settings),
        "prefect": check_prefect(os.environ),
        "settings": check_settings(os.environ, settings, given),
    }


def _print_sections(sections: "Mapping[str, Sequence[Finding]]") -> None:
    console = make_console()
    for title, findings in sections.items():
        _print_section(console, title, findings)


def _print_section(console: Console, title: str, findings: "Sequence[Finding]") -> None:
    """Print one line per finding, with its advice below; lines are not wrapped, for grep."""
    console.print(title, style="bold")
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        state = (f"  {finding.state:<7}", _STYLES[finding.state])
        console.print(
            Text.assemble(state, f"  {finding.name:<{width}}  {printable(finding.value)}"), soft_wrap=True
        )
        if finding.advice:
            console.print(Text(f"{'':{width + 13}}{printable(finding.advice)}"), soft_wrap=True)
