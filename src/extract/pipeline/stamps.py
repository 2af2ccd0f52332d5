"""Finds the input files that need not be read, because they have not changed since the last run.

outputs/.cache/sources.json records the state of each file at the last run. It is valid only for the
publication of that run and for the same reading rules. Losing it costs time, never rows.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from extract.pipeline.fingerprint import reading_hash
from extract.reading.names import file_of
from extract.settings import Settings
from extract.store import CACHE, Entry, Manifest
from extract.store.files import replace_text
from extract.tables import schema_version

SOURCES = CACHE / "sources.json"


@dataclass(frozen=True, slots=True)
class Stamps:
    """The states of input files at the last run.

    Attributes:
        states: State of each file, from `reading.Listing.states`.
        corrections: Hash of the corrections by hand at the last run.
    """

    states: Mapping[str, str]
    corrections: str = ""

    def unread(
        self, manifest: Manifest, states: Mapping[str, str], is_current: Callable[[str, Entry], bool]
    ) -> dict[str, dict[str, str]]:
        """Return the files that need not be read, with the keys of their entries and the hashes of these.

        Args:
            manifest: The published state.
            states: The current states of the files.
            is_current: Whether the rows of a key are what this run would make; if not, it has to be read.
        """
        same = {file for file, state in states.items() if self.states.get(file) == state}
        contents: dict[str, dict[str, str]] = defaultdict(dict)
        for key, entry in manifest.entries.items():
            file = file_of(entry.source)
            contents[file][key] = entry.content_hash
            if entry.status == "failed" or not is_current(key, entry):
                same.discard(file)
        return {file: contents[file] for file in same & contents.keys()}


NO_STAMPS = Stamps({})


def read_stamps(manifest: Manifest, settings: Settings) -> Stamps:
    """Return the states at the last run; none if another publication, schema or setting is in force now."""
    try:
        content = json.loads((settings.output / SOURCES).read_text(encoding="utf-8"))
        is_valid = content["valid_for"] == _valid_for(manifest.published_at, settings)
        if not is_valid or manifest.schema_version != schema_version():
            return NO_STAMPS
        return Stamps(content["states"], content["corrections"])
    except (OSError, ValueError, KeyError, TypeError):
        return NO_STAMPS


def write_stamps(
    states: Mapping[str, str], published_at: datetime | None, settings: Settings, corrections: str = ""
) -> None:
    """Record the states of the files behind a publication.

    Args:
        states: State of each file.
        published_at: Time of the publication.
        settings: What the run was told.
        corrections: Hash of the corrections by hand that the run planned with.
    """
    content = {
        "valid_for": _valid_for(published_at, settings),
        "corrections": corrections,
        "states": dict(states),
    }
    replace_text(settings.output / SOURCES, json.dumps(content))


def _valid_for(published_at: datetime | None, settings: Settings) -> list[object]:
    when = published_at.isoformat() if published_at else ""
    reading = reading_hash(settings.models_dir)
    return [when, settings.max_chars, settings.folder_ids, settings.map, reading]
