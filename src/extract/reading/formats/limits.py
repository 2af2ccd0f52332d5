"""Files read whole, within limits, and the issue of one that cannot be opened."""

from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from extract.errors import ReadError
from extract.ids import article_id_of
from extract.model import Issue
from extract.reading.formats import COMPRESSIONS
from extract.reading.problems import Problem
from extract.reading.sources import Source

_MEGA = 1_000_000


def read_limited(path: Path, most_bytes: int) -> bytes:
    """Return the content of a file, decompressed if it is `.gz` or `.zst`.

    Raises:
        OSError: The file cannot be read.
        ReadError: Its content is larger than the limit.
    """
    with _open(path) as file:
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        message = f"The file holds more than {most_bytes // _MEGA} MB, the most for a file of its kind."
        raise ReadError(message, advice="Split it, or save its text alone.")
    return bytes(data)


def damaged_issue(error: ReadError, source: Source) -> Issue:
    """Return the issue of a file that is not what its suffix says, or is damaged."""
    problem = Problem("error", "damaged_file", error.message, error.advice)
    return problem.at(source.name, article_id_of(source.path, source.folder))


def _open(path: Path) -> BinaryIO:
    if path.suffix.lower() in COMPRESSIONS:
        return cast("BinaryIO", pa.input_stream(str(path), compression="detect"))
    return path.open("rb")
