"""`extract overrides`."""

from typing import TYPE_CHECKING

import typer

from extract.cli.corrections.folder import Folder, corrections_folder
from extract.cli.options import AsJson, Output
from extract.console import SOME_FAILED
from extract.printable import printable

if TYPE_CHECKING:  # `--help` must not import them
    from extract.overrides import Override

_TABLES = {"articles": ("article_id",), "entities": ("rule",), "dates": ("rule",)} | {
    "quotes": ("article_id", "text", "rule", "speaker_method"),
    "issues": ("article_id", "code", "message"),
}
_SHOWN = ("file", "words", "in", "says", "rows")


def overrides(folder: Folder = None, *, output: Output = None, as_json_: AsJson = False) -> None:
    """List corrections by hand, and the rows each has made.

    The exit code is 1 if an entry is invalid.
    """
    from extract.cli.screen.rows import as_json, print_table, write_text
    from extract.errors import InputError
    from extract.lexicon import load_lexicon
    from extract.overrides import check_overrides, load_overrides
    from extract.overrides.effects import count_effects
    from extract.settings import load_settings
    from extract.store import read_table

    settings = load_settings(output=output)
    folder = folder or corrections_folder(settings)
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", advice="docs/overrides.md shows how to begin one.")
    lexicon = load_lexicon(settings.models_dir)
    findings = check_overrides(folder, lexicon)
    for finding in findings:
        typer.echo(printable(f"{finding.path}:{finding.line}: {finding.message} {finding.advice}"))
    if findings:
        raise typer.Exit(SOME_FAILED)
    tables = {name: read_table(settings.output, name, columns) for name, columns in _TABLES.items()}
    effects = count_effects(load_overrides(folder, lexicon).entries, tables)
    told = [_told(one, effects[one]) for one in sorted(effects, key=lambda one: (one.path, one.line))]
    if as_json_:
        write_text(as_json(told))
    else:
        shown = [*_SHOWN, *(["by"] if any(one["by"] for one in told) else [])]
        print_table(shown, ([one[name] for name in shown] for one in told))


def _told(one: "Override", effect: str) -> dict[str, str]:
    return {
        "file": f"{one.path.name}:{one.line}",
        "words": one.text,
        "in": one.scope.describe(),
        "says": one.describe(),
        "rows": effect,
        "rule": one.rule,
        **{name: one.record.get(name, "") for name in ("by", "on", "why")},
    }
