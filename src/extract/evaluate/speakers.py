"""Whether the linked speakers of quotes are right, by how the text names them.

Gold says who a linked speaker should be only in lines with a `speaker_id`: the id of an actor or place, or
null where the text names nobody whom the lexicon knows. Rows that match no gold quote are not judged here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from extract.evaluate.measures import share
from extract.evaluate.rows import QuoteRow

# How a text names a speaker: by name, by a description (`the army`), or by a pronoun of persons or of others.
FORMS = ("name", "description", "he or she", "it or they")
_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "who", "i"})


@dataclass(frozen=True, slots=True)
class SpeakerLinks:
    """Linked speakers of one form.

    Attributes:
        known: Found quotes whose speaker has an id in gold.
        linked: Found quotes whose row has a speaker id.
        right: Linked quotes with the id of gold.
    """

    known: int
    linked: int
    right: int

    def measures(self) -> dict[str, float | None]:
        """Return the shares of wrong ids among linked speakers and of right ids among known ones, by name."""
        return {
            "wrong": share(self.linked - self.right, self.linked),
            "recall": share(self.right, self.known),
        }


def count_speaker_links(pairs: Iterable[tuple[QuoteRow, QuoteRow]]) -> dict[str, SpeakerLinks]:
    """Count linked speakers by form, and of all forms as `all`.

    Args:
        pairs: Gold quotes, each with the row that matches it.
    """
    judged = [(gold, row, form_of(row)) for gold, row in pairs]
    return {
        name: _count([(gold, row) for gold, row, form in judged if name in {form, "all"}])
        for name in (*FORMS, "all")
    }


def form_of(row: QuoteRow) -> str:
    """Return how the text names a speaker, one of `FORMS`."""
    if row.speaker_kind == "pronoun":
        words = (row.speaker_text or "").lower().split()
        return "he or she" if _PERSONAL.intersection(words) else "it or they"
    return "name" if row.speaker_method == "mention" else "description"


def _count(pairs: list[tuple[QuoteRow, QuoteRow]]) -> SpeakerLinks:
    return SpeakerLinks(
        known=sum(gold.speaker_id is not None for gold, _ in pairs),
        linked=sum(row.speaker_id is not None for _, row in pairs),
        right=sum(row.speaker_id is not None and row.speaker_id == gold.speaker_id for gold, row in pairs),
    )
