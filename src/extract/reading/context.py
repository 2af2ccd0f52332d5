"""What every reader receives in addition to its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.reading.page.forms import Forms
from extract.reading.records.columns import Columns, load_columns
from extract.reading.sidecar import Sidecar


@dataclass(frozen=True, slots=True)
class Context:
    """The limits and knowledge shared by all readers of a run.

    Attributes:
        max_chars: Longest text accepted, in characters.
        forms: The vocabulary of page layouts.
        sidecars: Folder -> its articles.csv.
        columns: The names of columns and keys, and what the user says of them.
        nesting: In how many archives and mails the file lies.
    """

    max_chars: int
    forms: Forms
    sidecars: Mapping[Path, Sidecar]
    columns: Columns = field(default_factory=load_columns)
    nesting: int = field(default=0, kw_only=True)
