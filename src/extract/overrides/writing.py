"""Writes corrections: as entries at the end of a TOML file, or as a CSV table to be filled in."""

import os
import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from extract.printable import toml_string

Fields = Mapping[str, object]
Key = tuple[object, ...]
_PLACE = ("article", "text", "start")
_DROP = "drop"
# What an entry with a field corrects; with none of them, a name.
_TARGETS = {
    "speaker": "quote",
    "quote": "quote",
    "value": "date",
    "relation": "date",
    "section": "section",
    _DROP: _DROP,
}
_DROPPED = {"name": "mention"}  # the others are called as what they correct


def entry_text(fields: Fields) -> str:
    r"""Return a correction as it stands in a file; fields without a value are left out.

    >>> print(entry_text({"text": "Badr", "start": None, "entity": ""}), end="")
    [[override]]
    text = "Badr"
    entity = ""
    """
    lines = (f"{name} = {_value(value)}" for name, value in fields.items() if value not in (None, False, ()))
    return "\n".join(("[[override]]", *lines, ""))


def append_entry(path: Path, fields: Fields) -> int:
    """Write a correction at the end of a file, and to the disk; return the length of the file before.

    What is cut off by a crash is the last entry at most.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        before = file.tell()
        file.write(("\n" if before else "").encode() + entry_text(fields).encode())
        file.flush()
        os.fsync(file.fileno())
    return before


def merge_entries(path: Path, entries: Iterable[Fields]) -> None:
    """Add corrections to a file that programs write; one of the same in a place replaces the one before.

    With `drop = true` it is neither name nor quote nor date: it replaces, and is replaced by, all of them.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    known = {_key(one): one for one in tomllib.loads(text).get("override", [])}
    added = {_key(one): one for one in entries}
    merged = {key: one for key, one in known.items() if not _is_rival(key, added)} | added
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write("\n".join(map(entry_text, merged.values())))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _key(fields: Fields) -> Key:
    """Return what a correction corrects: its target first, then its place."""
    target = next((target for name, target in _TARGETS.items() if name in fields), "mention")
    dropped = fields.get(_DROP)
    if isinstance(dropped, str):
        target = _DROPPED.get(dropped, dropped)
    return target, *(fields.get(name) for name in _PLACE)


def _is_rival(key: Key, added: Collection[Key]) -> bool:
    """Return whether one of two corrections of a place drops what the other corrects."""
    target, *place = key
    rivals = {"mention", *_TARGETS.values()} - {target} if target == _DROP else {_DROP}
    return any((rival, *place) in added for rival in rivals)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_string, value))}]"
    return str(value) if isinstance(value, int) else toml_string(str(value))
