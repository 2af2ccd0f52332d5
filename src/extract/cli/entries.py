"""Locates the entries of the lexicon, for advice that names file and line."""

from collections.abc import Callable
from pathlib import Path

from extract.lexicon.lines import read_entries


def entry_places(models_dir: Path) -> Callable[[str], str]:
    """Return a function that maps the id of an entry to its place, `file:line`."""
    entries = read_entries(models_dir / "lexicon", None)
    lines = {entry.id: entry for entry in entries.readable}
    return lambda entry_id: f"{shown(lines[entry_id].path)}:{lines[entry_id].number}"


def shown(path: Path) -> Path:
    """Return a path for display: relative if it is in the working folder, else absolute."""
    absolute = path.resolve()
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute
