"""Finds the input files that need not be read, because they have not changed since the last run.

outputs/.cache/sources.json records the state of each file at the last run. It is valid only for the
publication of that run and for the same reading rules. Losing it costs time, never rows.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from extract.pipeline.fingerprint import reading_hash
from extract.reading.names import file_of
from extract.settings import Settings
from extract.store import CACHE, Manifest
from extract.store.files import replace_text
from extract.tables import schema_version

SOURCES = CACHE / "sources.json"


@dataclass(frozen=True, slots=True)
class Stamps:
    """The states of input files at the last run.

    Attributes:
        states: State of each file, from `reading.Listing.states`.
        are_corrected: Whether there are none because corrections by hand have changed, and nothing else.
    """

    states: Mapping[str, str]
    are_corrected: bool = False

    def unread(
        self, manifest: Manifest, states: Mapping[str, str], fingerprint: str
    ) -> dict[str, dict[str, str]]:
        """Return the files that need not be read, with the keys of their entries and the hashes of these.

        Args:
            manifest: The published state.
            states: The current states of the files.
            fingerprint: Fingerprint of the current pipeline; articles made by another one have to be read.
        """
        same = {file for file, state in states.items() if self.states.get(file) == state}
        contents: dict[str, dict[str, str]] = defaultdict(dict)
        for key, entry in manifest.entries.items():
            file = file_of(entry.source)
            contents[file][key] = entry.content_hash
            if entry.status == "failed" or entry.fingerprint != fingerprint:
                same.discard(file)
        return {file: contents[file] for file in same & contents.keys()}


NO_STAMPS = Stamps({})


def read_stamps(manifest: Manifest, settings: Settings, corrections: str = "") -> Stamps:
    """Return the states at the last run; none if another publication, schema or setting is in force now.

    Args:
        manifest: The published state.
        settings: What the run is told.
        corrections: Hash of the corrections by hand.
    """
    try:
        content = json.loads((settings.output / SOURCES).read_text(encoding="utf-8"))
        before, now = content["valid_for"], _valid_for(manifest.published_at, settings, corrections)
        if manifest.schema_version != schema_version() or before[:-1] != now[:-1]:
            return NO_STAMPS
        return Stamps(content["states"]) if before == now else Stamps({}, are_corrected=True)
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
    content = {"valid_for": _valid_for(published_at, settings, corrections), "states": dict(states)}
    replace_text(settings.output / SOURCES, json.dumps(content))


def _valid_for(published_at: datetime | None, settings: Settings, corrections: str) -> list[object]:
    when = published_at.isoformat() if published_at else ""
    reading = reading_hash(settings.models_dir)
    return [when, settings.max_chars, settings.folder_ids, settings.map, reading, corrections]
