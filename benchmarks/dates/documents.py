"""Documents of corpora annotated with TIMEX3."""

from dataclasses import dataclass
from datetime import date

from extract.evaluate import DateRow


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a corpus.

    Attributes:
        created: The document creation time as a day, None if the file has none.
        gold: The TIMEX3 annotations, without surrounding white space.
    """

    name: str
    text: str
    created: date | None
    gold: tuple[DateRow, ...]
