"""Checks of every TOML file under models/: it can be read, and no list holds a word twice."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.knowledge import Finding, check_toml, line_at


def check_every_file(models_dir: Path) -> Iterator[Finding]:
    """Yield an error for each file that is not TOML, and a warning for each word that a list holds twice."""
    for path in sorted(models_dir.rglob("*.toml")):
        tables = check_toml(path)
        if isinstance(tables, Finding):
            yield tables
        else:
            yield from _repeated(path, tables, ())


def _repeated(path: Path, tables: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[Finding]:
    for key, value in tables.items():
        keys = (*above, key)
        if isinstance(value, Mapping):
            yield from _repeated(path, value, keys)
        elif isinstance(value, list):
            words = [word for word in value if isinstance(word, str)]
            for word in sorted({word for word in words if words.count(word) > 1}):
                message = f"{word!r} is in `{'.'.join(keys)}` more than once."
                line = line_at(path, keys, word)
                yield Finding(path, line, "warning", message, "Remove all but one.")
