"""The code of a process that reads files one by one: a file that kills or hangs it costs itself only."""

import pickle
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from extract.errors import ExtractError
from extract.model import Article, Issue
from extract.reading.arrival import FileStat
from extract.reading.context import Context
from extract.reading.inputs import Listing, read_source
from extract.reading.problems import Problem
from extract.reading.records.columns import Columns, load_columns
from extract.reading.sidecar import Sidecar, sidecar_of
from extract.reading.sources import Source

LENGTH = struct.Struct("!Q")  # stands before every answer

Item = Article | Issue | None
"""An item of the file; None at its end, and when the process is ready."""
Answer = Item | ExtractError
"""An item, or why the process cannot become ready."""


@dataclass(frozen=True, slots=True)
class FileToRead:
    """What a process must know to read one file of a listing."""

    source: Source
    stat: FileStat | None
    sidecar: Sidecar

    @classmethod
    def from_listing(cls, listing: Listing, source: Source) -> "FileToRead":
        """Take what the listing knows about the file."""
        return cls(source, listing.stats[source.path], sidecar_of(source, listing.context.sidecars))


def serve(
    connection: "Connection[None, FileToRead]", max_chars: int, models_dir: Path, mapping: Mapping[str, str]
) -> None:
    """Read the files received through a connection, until it closes.

    Args:
        connection: Receives files; each is answered with its items and None, as pickles after their length.
        max_chars: Longest text accepted, in characters.
        models_dir: The models folder with the vocabulary of page layouts.
        mapping: Field -> the column that the user names for it.
    """
    with open(connection.fileno(), "wb", closefd=False) as pipe:

        def answer(item: Answer) -> None:
            data = pickle.dumps(item)
            pipe.write(LENGTH.pack(len(data)))
            pipe.write(data)
            pipe.flush()

        try:
            columns = _loaded(models_dir, mapping)
        except ExtractError as error:
            answer(error)
            return
        answer(None)
        while True:
            try:
                file = connection.recv()
            except EOFError:
                return
            sidecars = {file.source.path.parent: file.sidecar}
            for item in _items(file, Context(max_chars, models_dir, sidecars, columns)):
                answer(item)
            answer(None)


def _loaded(models_dir: Path, mapping: Mapping[str, str]) -> Columns:
    """Load what reading needs, before the first file, whose time is limited.

    Raises:
        LexiconError: A knowledge file is missing or broken.
        SettingsError: The mapping names a field that articles do not have.
    """
    # Here, as the run imports this module too and reads no file.
    from extract.reading.page.forms import load_forms  # noqa: PLC0415

    load_forms(models_dir)
    return load_columns(models_dir, mapping)


def _items(file: FileToRead, context: Context) -> Iterator[Article | Issue]:
    try:
        yield from read_source(file.source, {file.source.path: file.stat}, context)
    except Exception as error:  # noqa: BLE001 - an error on one file must not stop the others
        message = f"Reading the file raised an error: {type(error).__name__}: {error}."
        yield Problem("error", "reader_died", message, "Please report this and the file.").at(
            file.source.name
        )
