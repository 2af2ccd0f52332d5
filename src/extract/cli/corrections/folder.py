"""Where corrections are written and read: in the folder in which a run of these tables looks for them."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.reading.names import address_of, is_stdin, source_path

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
    """Return the command that applies the corrections of a folder.

    What came through standard input cannot be named again.
    """
    inputs = [*_inputs(settings)]
    is_short = 0 < len(inputs) <= _MOST_SHOWN and not any(map(is_stdin, inputs))
    command = ["extract", "run", *(map(_shown, inputs) if is_short else ["INPUT..."])]
    if _shown(settings.output) != "outputs":
        command += ["--output", _shown(settings.output)]
    if _read_by_default(settings) != _shown(folder):
        command += ["--overrides", _shown(folder)]
    return " ".join(one if one.endswith("...") else shlex.quote(one) for one in command)


def _read_by_default(settings: "Settings") -> str | None:
    """Return the folder that the next run reads unless it is told another one; None if there is none."""
    read = settings.overrides or next(iter(_beside_inputs(settings)), None)
    return None if read is None else _shown(read)


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
        yield Path(source_path(name, settings.source_base))


def _shown(path: Path) -> str:
    """Return a path, from the working directory if it is below it; of an address, the address."""
    if address := address_of(path):
        return address
    full, here = os.path.abspath(path), os.getcwd()  # noqa: PTH100, PTH109 - links stay as they are
    return os.path.relpath(full, here) if full.startswith(f"{here}{os.sep}") else os.fspath(path)
