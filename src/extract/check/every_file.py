"""Checks of every TOML file under models/: it can be read, and no list holds a word twice."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from extract.knowledge import Finding, check_toml, line_at


def check_every_file(models_dir: Path) -> Iterator[Finding]:
    """Yield an error for each file that is not TOML, and a warning for each word that a list holds twice."""
    for path in sorted(models_dir.rglob("*.toml")):
        tables = check_toml(path)
        if isinstance(tables, Finding):
            yield tables
        else:
            yield from _repeated(path, tables, ())


def _repeated(path: Path, value: object, keys: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a warning for each word that a list holds twice, in a value and in the values inside it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _repeated(path, inner, (*keys, key))
    elif isinstance(value, list):
        counts = Counter(item for item in value if isinstance(item, str))
        for word in (word for word, count in counts.items() if count > 1):
            message = f"{word!r} is in `{'.'.join(keys)}` more than once."
            yield Finding(path, line_at(path, keys, word), "warning", message, "Remove all but one.")
        for item in value:
            yield from _repeated(path, item, keys)
