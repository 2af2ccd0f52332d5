"""Files read whole, within limits."""

from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from extract.errors import ReadError
from extract.reading.formats import COMPRESSIONS

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


def _open(path: Path) -> BinaryIO:
    if path.suffix.lower() in COMPRESSIONS:
        return cast("BinaryIO", pa.input_stream(str(path), compression="detect"))
    return path.open("rb")
