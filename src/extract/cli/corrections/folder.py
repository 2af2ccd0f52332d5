"""Where corrections are written and read: in the folder in which a run of these tables looks for them."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # `--help` must not import it
    from extract.settings import Settings

_USUAL = Path("overrides")
_MOST_SHOWN = 3  # inputs in the command of the next run

Folder = Annotated[
    Path | None,
    typer.Argument(help="Folder with corrections by hand.", show_default="overrides, beside the inputs"),
]


def corrections_folder(settings: "Settings") -> Path:
    """Return the folder of `--overrides`, else the one beside the inputs of the published tables.

    Of several, it is the first that is there.
    """
    if settings.overrides is not None:
        return settings.overrides
    beside = _beside_inputs(settings)
    return next((one for one in beside if one.is_dir()), beside[0] if beside else _USUAL)


def next_run(settings: "Settings", folder: Path) -> str:
    """Return the command that applies the corrections of a folder."""
    inputs = [*_inputs(settings)]
    shown = [_shown(one) for one in inputs] if 0 < len(inputs) <= _MOST_SHOWN else ["INPUT..."]
    command = ["extract", "run", *shown]
    if _shown(settings.output) != "outputs":
        command += ["--output", _shown(settings.output)]
    if settings.overrides is None and [*map(_shown, _beside_inputs(settings)[:1])] != [_shown(folder)]:
        command += ["--overrides", _shown(folder)]
    return " ".join(one if one.endswith("...") else shlex.quote(one) for one in command)


def _beside_inputs(settings: "Settings") -> list[Path]:
    """Return where a run over each input would look for corrections."""
    from extract.overrides.files import place_beside

    places = (place_beside(one) for one in _inputs(settings))
    known = (Path(_shown(one)) for one in places if one is not None and one.parent.is_dir())
    return [*dict.fromkeys(known)]


def _inputs(settings: "Settings") -> Iterator[Path]:
    """Yield the inputs of the published tables; those of another machine may not be here."""
    from extract.store import Store

    for name in Store(settings.output, keep=settings.keep_snapshots).manifest().peaks:
        yield Path(settings.source_base or "", name)


def _shown(path: Path) -> str:
    """Return a path, from the working directory if it is below it."""
    full, here = os.path.abspath(path), os.getcwd()  # noqa: PTH100, PTH109 - links stay as they are
    return os.path.relpath(full, here) if full.startswith(f"{here}{os.sep}") else os.fspath(path)
