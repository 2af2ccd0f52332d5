"""Where the entries of the lexicon stand, for advice that names file and line."""

from collections.abc import Callable
from pathlib import Path

from extract.knowledge import line_of
from extract.lexicon.lines import Entry, read_entries
from extract.lexicon.word_lists import read_labels


def entry_places(models_dir: Path) -> Callable[[str], str]:
    """Return a function from the id of an entry to its place, `file:line`."""
    folder = models_dir / "lexicon"
    entries = read_entries(folder, read_labels(folder / "kinds.toml"))
    files = {entry.id: entry.path for entry in entries if isinstance(entry, Entry)}
    return lambda entry_id: f"{shown(files[entry_id])}:{line_of(files[entry_id], entry_id)}"


def shown(path: Path) -> Path:
    """Return a path as short as people can use it: relative where it lies in the working folder."""
    absolute = path.resolve()
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute
