"""Temporary folders for what is unpacked or fetched; those of a process that was killed can be removed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Provide an empty folder, which is removed at the end of the block."""
    with tempfile.TemporaryDirectory(prefix=_prefix(os.getpid())) as folder:
        yield Path(folder)


def clear_scratch(pid: int | None) -> None:
    """Remove the folders of a process that has ended."""
    if pid is not None:
        for folder in Path(tempfile.gettempdir()).glob(f"{_prefix(pid)}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _prefix(pid: int) -> str:
    return f"extract-{pid}-"
