"""Writes an export: whole, or not at all."""

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.errors import ExportError
from extract.export import EXPORTS, Exporter
from extract.export.selection import Selection


def write_export(form: str, selection: Selection, path: Path) -> None:
    """Write a selection in a format; what was at the path before stays until all is written.

    Args:
        form: A name in `EXPORTS`.
        selection: What is exported.
        path: The file, or for `csv` the folder.

    Raises:
        ExportError: A package is missing, the path cannot be written, or the format cannot hold the tables.
        QueryError: The selection names a day or an actor that is not understood.
    """
    write = _exporter(form)
    try:
        with TemporaryDirectory(dir=path.absolute().parent, prefix=".export-") as folder:
            write(selection, Path(folder) / path.name)
            for made in sorted(file for file in Path(folder).rglob("*") if file.is_file()):
                target = path.absolute().parent / made.relative_to(folder)
                target.parent.mkdir(exist_ok=True)
                made.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise ExportError(
            f"The export {path} cannot be written: {error}.",
            advice="Check that its folder exists, that it may be written to, and that the disk has room.",
        ) from error


def _exporter(form: str) -> Exporter:
    try:
        return EXPORTS[form]
    except ModuleNotFoundError as error:
        raise ExportError(
            f"The format {form} needs the package {error.name}, which is not installed.",
            advice=f"Install it: pip install 'extract[{EXPORTS.lines[form].extra}]'.",
        ) from error
