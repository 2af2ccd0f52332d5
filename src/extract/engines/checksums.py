"""Checksums of weights: the loaded models are the evaluated ones."""

import hashlib
from pathlib import Path

from extract.errors import ModelError


def check_files(folder: Path, checksums: Path, *, model: str, advice: str) -> None:
    """Compare the files of a model with their recorded checksums.

    Args:
        folder: Folder of the model's files.
        checksums: File in sha256sum format, paths relative to `folder`; lines starting with # are comments.
        model: Name of the model, for the message.
        advice: How to get the right files.

    Raises:
        ModelError: A file differs or is missing, or the checksums are missing; the message names it.
    """
    if not checksums.is_file():
        raise ModelError(f"{model} lacks its checksums {checksums}.", advice=advice)
    for line in checksums.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        expected, name = line.split(maxsplit=1)
        check_file(folder / name, expected, "sha256", model=model, advice=advice)


def check_file(file: Path, expected: str, algorithm: str, *, model: str, advice: str) -> None:
    """Compare one file of a model with its checksum.

    Raises:
        ModelError: The file is missing or differs.
    """
    if not file.is_file():
        raise ModelError(f"{model} lacks the file {file}.", advice=advice)
    with file.open("rb") as content:
        found = hashlib.file_digest(content, algorithm).hexdigest()
    if found != expected:
        raise ModelError(f"{model} is altered: its file {file} has {algorithm} {found}.", advice=advice)
