"""Writes corrections: as entries at the end of a TOML file, or as a CSV table to be filled in."""

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

Fields = Mapping[str, object]
_PLACE = ("article", "text", "start")


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
    """Add corrections to a file that programs write; one for the same place replaces the one before."""
    known = tomllib.loads(path.read_text(encoding="utf-8"))["override"] if path.exists() else []
    places = {tuple(one.get(name) for name in _PLACE): one for one in (*known, *entries)}
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write("\n".join(map(entry_text, places.values())))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def toml_string(text: str) -> str:
    """Return a text as a TOML string: a JSON string is one too, except for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_string, value))}]"
    return str(value) if isinstance(value, int) else toml_string(str(value))
