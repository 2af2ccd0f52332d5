"""What every reader is given besides its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.reading.page.forms import Forms
from extract.reading.sidecar import Sidecar


@dataclass(frozen=True, slots=True)
class Context:
    """The limits and knowledge of one reading.

    Attributes:
        max_chars: Longest text accepted.
        sidecars: Folder -> its articles.csv.
    """

    max_chars: int
    forms: Forms
    sidecars: Mapping[Path, Sidecar]
