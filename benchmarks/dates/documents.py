"""The documents of corpora with TIMEX3."""

from dataclasses import dataclass
from datetime import date

from extract.evaluate import DateRow


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a corpus.

    Attributes:
        created: The document creation time as a day, None where the file has none.
        gold: The TIMEX3 of the text, without the white space that markup sometimes takes in.
    """

    name: str
    text: str
    created: date | None
    gold: tuple[DateRow, ...]
