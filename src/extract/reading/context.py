"""What every reader receives in addition to its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extract.reading.records.columns import Columns, load_columns
from extract.reading.sidecar import Sidecar

if TYPE_CHECKING:
    from extract.reading.page.forms import Forms


@dataclass(frozen=True, slots=True)
class Context:
    """The limits and knowledge shared by all readers of a run.

    Attributes:
        max_chars: Longest text accepted, in characters.
        models_dir: The models folder; the project's own if None.
        sidecars: Folder -> its articles.csv.
        columns: The names of columns and keys, and what the user says of them.
        nesting: In how many archives and mails the file lies.
    """

    max_chars: int
    models_dir: Path | None
    sidecars: Mapping[Path, Sidecar]
    columns: Columns = field(default_factory=load_columns)
    nesting: int = field(default=0, kw_only=True)

    @property
    def forms(self) -> "Forms":
        """The vocabulary of page layouts.

        Raises:
            LexiconError: A knowledge file is missing or broken.
        """
        # Here, as a run lists its files in a process that reads none of them.
        from extract.reading.page.forms import load_forms  # noqa: PLC0415

        return load_forms(self.models_dir)
