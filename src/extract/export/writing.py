"""Writes an export: whole, or not at all."""

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.errors import ExportError
from extract.export import EXPORTS, Exporter
from extract.export.selection import Selection
from extract.printable import printable


def write_export(form: str, selection: Selection, path: Path) -> None:
    """Write a selection in a format; what was at the path before stays until all is written.

    Args:
        form: A name in `EXPORTS`.
        selection: What is exported.
        path: The file, or for `csv` the folder.

    Raises:
        ExportError: A package is missing, the path cannot be written, the format cannot hold the tables, or
            a folder has files of an earlier export that would be taken for a part of this one.
        QueryError: The selection names a day or an actor that is not understood.
    """
    write = _exporter(form)
    try:
        with TemporaryDirectory(dir=path.absolute().parent, prefix=".export-") as folder:
            write(selection, Path(folder) / path.name)
            _check_folder(path, Path(folder) / path.name)
            for made in sorted(file for file in Path(folder).rglob("*") if file.is_file()):
                target = path.absolute().parent / made.relative_to(folder)
                target.parent.mkdir(exist_ok=True)
                made.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise ExportError(
            f"The export {path} cannot be written: {error}.",
            advice="Check that its folder exists, that it may be written to, and that the disk has room.",
        ) from error


def _check_folder(path: Path, made: Path) -> None:
    """Check that a folder has no other files of the kinds that an export has written.

    They may be an annotator's work: to delete them is not for a program.
    """
    if not (made.is_dir() and path.is_dir()):
        return
    names = {file.name for file in made.iterdir()}
    kinds = {Path(name).suffix for name in names}
    others = sorted(file.name for file in path.iterdir() if file.suffix in kinds and file.name not in names)
    if others:
        raise ExportError(
            f"{path} has {len(others):,} files of another export, such as {printable(others[0])}.",
            advice="Delete them, or name another folder: they would be taken for a part of this export.",
        )


def _exporter(form: str) -> Exporter:
    try:
        return EXPORTS[form]
    except ModuleNotFoundError as error:
        raise ExportError(
            f"The format {form} needs the package {error.name}, which is not installed.",
            advice=f"Install it: pip install 'extract[{EXPORTS.lines[form].extra}]'.",
        ) from error
