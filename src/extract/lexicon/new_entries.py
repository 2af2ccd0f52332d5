"""Adds entries to the files of the lexicon."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from extract.errors import LexiconError
from extract.lexicon.keys import fold
from extract.model import Label
from extract.printable import toml_string

# Where a new entry with each label belongs: the file under models/lexicon and the table in it.
NEW_ENTRIES: Mapping[str, tuple[str, str]] = {
    "FACTION": ("actors/armed_factions.toml", "armed_faction"),
    "PERSON": ("actors/persons.toml", "person"),
    "ORG": ("organisations.toml", "organisation"),
    "GPE": ("places.toml", "city"),
    "LOC": ("places.toml", "region"),
    "FAC": ("places.toml", "facility"),
    "NORP": ("places.toml", "political_group"),
}


def id_of(name: str) -> str:
    """Return the id that a new entry gets.

    >>> id_of("Samir al-Qattan")
    'samir-al-qattan'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "new-entry"


def entry_line(name: str) -> str:
    """Return a minimal entry for a name."""
    return f'{id_of(name)} = {{name = {toml_string(name)}, sources = ["seed"]}}'


def add_entry(models_dir: Path, label: Label, name: str, evidence: str) -> Path:
    """Add an entry for a name at the end of its table; return the file.

    Args:
        models_dir: The models/ folder.
        label: Says in which table the entry belongs.
        name: The name of the new actor or place.
        evidence: Where it is named, for whoever checks the entry: a comment above it.

    Raises:
        LexiconError: The file has no such table.
    """
    file, table = NEW_ENTRIES[label]
    path = models_dir / "lexicon" / file
    lines = path.read_text(encoding="utf-8").split("\n")
    heads = [number for number, line in enumerate(lines) if line.startswith("[")]
    try:
        head = lines.index(f"[{table}]")
    except ValueError as error:
        raise LexiconError(f"{path} has no table [{table}].", advice="Add it.") from error
    end = next((number for number in heads if number > head), len(lines))
    while not lines[end - 1].strip() or (end < len(lines) and lines[end - 1].startswith("#")):
        end -= 1
    comment = f"# {' '.join(evidence.split())}"
    _replace(path, "\n".join([*lines[:end], comment, entry_line(name), *lines[end:]]))
    return path


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
