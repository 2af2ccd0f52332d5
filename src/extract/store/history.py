"""The publications on disk, and what the runs that made them did."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from extract.errors import StoreError
from extract.store.facts import read_bytes
from extract.store.manifest import read_head
from extract.store.snapshots import open_snapshot, publications

RUN = "run.json"


@dataclass(frozen=True, slots=True)
class Published:
    """A publication on disk.

    Attributes:
        number: Its number; later publications have larger ones.
        is_current: Whether readers see this one.
        published_at: Time in UTC; None if the record is damaged.
        rows: Number of rows of each table.
        run: What the run recorded: counts, seconds, versions.
        damage: Why the record cannot be read; empty if it can.
    """

    number: int
    is_current: bool
    published_at: datetime | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    run: Mapping[str, str | int | float] = field(default_factory=dict)
    damage: str = ""


def write_run(
    snapshot: Path,
    published_at: datetime | None,
    rows: Mapping[str, int],
    run: Mapping[str, str | int | float],
) -> None:
    """Record the row counts of a publication and the run that made it."""
    when = published_at.isoformat() if published_at else None
    content = {"published_at": when, "rows": dict(rows), "run": dict(run)}
    (snapshot / RUN).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def read_history(root: Path) -> list[Published]:
    """Return the publications on disk, oldest first.

    Raises:
        StoreError: Nothing is published in `root`.
    """
    current = open_snapshot(root)
    return [_read(folder, is_current=folder == current) for folder in publications(root)]


def _read(folder: Path, *, is_current: bool) -> Published:
    try:
        facts = read_head(folder).facts
        content = json.loads(read_bytes(folder, RUN, facts) if RUN in facts else (folder / RUN).read_bytes())
        return Published(
            number=int(folder.name),
            is_current=is_current,
            published_at=datetime.fromisoformat(content["published_at"]),
            rows=content["rows"],
            run=content["run"],
        )
    except (StoreError, OSError, ValueError, KeyError, TypeError) as error:
        return Published(int(folder.name), is_current, damage=str(error))
