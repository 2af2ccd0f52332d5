"""Standard input as an input: a text, or records in JSON Lines."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from extract.errors import InputError
from extract.ids import digest
from extract.reading.copies.scratch import scratch_folder
from extract.reading.names import STDIN

_CHUNK = 1 << 20
_HASH_LENGTH = 12


@contextmanager
def kept_input(stream: IO[bytes], name: str | None = None) -> Iterator[Path]:
    """Keep what a stream brings in a file, as long as the block runs.

    Args:
        stream: Standard input.
        name: The name under which it is published; None for one made from its content. A later stream of the
            same name replaces the articles of this one; one of another name leaves them.

    Yields:
        The input for `list_inputs`.

    Raises:
        InputError: There is nothing in it, or the name is that of a path.
    """
    if name is not None and (not name.strip(" .") or Path(name).name != name):
        raise InputError(f"The name {name!r} cannot be used.", advice="Give a plain name such as `daily`.")
    with scratch_folder() as scratch:
        spool = scratch / "spool"
        with spool.open("wb") as file:
            shutil.copyfileobj(stream, file, _CHUNK)
        if not spool.stat().st_size:
            raise InputError("Standard input is empty.", advice="Pipe a text or JSON Lines into the command.")
        path = spool.rename(scratch / f"{name or _name_of(spool)}{_suffix(spool)}")
        yield Path(f"{STDIN}:{path}")


def _name_of(path: Path) -> str:
    hashes = []
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            hashes.append(digest(chunk))
    return f"{STDIN}-{digest(''.join(hashes).encode())[:_HASH_LENGTH]}"


def _suffix(path: Path) -> str:
    """Return `.jsonl` if the first line is a whole JSON object, else `.txt`."""
    with path.open("rb") as file:
        first = file.readline(_CHUNK)
    try:
        return ".jsonl" if isinstance(json.loads(first), dict) else ".txt"
    except (ValueError, RecursionError):
        return ".txt"
