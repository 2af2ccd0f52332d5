"""What every reader receives in addition to its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.reading.page.forms import Forms
from extract.reading.sidecar import Sidecar


@dataclass(frozen=True, slots=True)
class Context:
    """The limits and knowledge shared by all readers of a run.

    Attributes:
        max_chars: Longest text accepted, in characters.
        forms: The vocabulary of page layouts.
        sidecars: Folder -> its articles.csv.
        nesting: In how many archives and mails the file lies.
    """

    max_chars: int
    forms: Forms
    sidecars: Mapping[Path, Sidecar]
    nesting: int = field(default=0, kw_only=True)
