"""Compares published files with their checksums, and remembers which files have been compared.

outputs/.cache/verified.json records, by inode, the state in which a file had its checksum. A file in the same
state is not read again; losing the record costs time only.
"""

import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from extract.store.cache import CACHE
from extract.store.facts import UNKNOWN_SIZE, Facts, FileFacts, checksum
from extract.store.files import replace_text

VERIFIED = CACHE / "verified.json"

_State = tuple[int, int, int, int]
"""Inode, size, mtime and ctime of a file, the times in nanoseconds."""


class Verifier:
    """Checks the files of publications.

    Args:
        root: The output folder.
    """

    def __init__(self, root: Path) -> None:
        self._record = root / VERIFIED
        self._known = _read_record(self._record)
        self._intact: dict[int, _State] = {}

    def damaged(self, snapshot: Path, facts: Facts) -> frozenset[str]:
        """Return the files that are missing or differ from what the manifest says."""
        return frozenset(name for name, known in facts.items() if not self._is_intact(snapshot / name, known))

    def remember(self, snapshot: Path, facts: Facts) -> None:
        """Record the files of a whole publication, for the next run.

        Hard links and their removal change a file's ctime, so this is the last thing that a run does.
        """
        record: dict[str, list[object]] = {}
        for name, known in facts.items():
            state = _state(snapshot / name)
            if state is not None and self._intact.get(state[0], state)[:3] == state[:3]:
                record[str(state[0])] = [*state[1:], known.checksum]
        if record != self._known:
            with suppress(OSError):
                replace_text(self._record, json.dumps(record))
                self._known = record

    def _is_intact(self, path: Path, known: FileFacts) -> bool:
        state = _state(path)
        if state is None or known.size not in (UNKNOWN_SIZE, state[1]):
            return False
        if self._known.get(str(state[0])) != [*state[1:], known.checksum] and not _matches(path, known):
            return False
        self._intact[state[0]] = state
        return True


def _matches(path: Path, known: FileFacts) -> bool:
    try:
        return checksum(path) == known.checksum
    except OSError:
        return False


def _state(path: Path) -> _State | None:
    """Return the state of a regular file; None for anything else."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _read_record(path: Path) -> Mapping[str, list[object]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
