"""Stories: groups of texts around their first one.

Every text of a story is similar to its first text. Groups by chains would grow without end: each report on an
event resembles the one before, and the last has nothing left of the first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

from extract.stories.similarity import Similarity

# Further apart, only texts that were taken over unchanged are one story: a weekly report resembles the one of
# the week before. In microseconds.
_LONGEST_TIME = 6 * 24 * 60 * 60 * 1_000_000


class Text(NamedTuple):
    """A text, which several articles may have.

    Attributes:
        key: Its sketch's key.
        published_at: When its first article was published, in microseconds since 1970.
        article_id: That article.
    """

    key: str
    published_at: int | None
    article_id: str

    @property
    def place(self) -> tuple[bool, int, str]:
        """Its place among the others: by time, those without one last, then by article_id."""
        return self.published_at is None, self.published_at or 0, self.article_id


def group_texts(texts: Iterable[Text], similar: Mapping[tuple[str, str], Similarity]) -> dict[str, Text]:
    """Return the first text of the story of each text, by its key; the result depends on no order.

    In order of time, each text joins the story whose first text is most similar to it, or begins a story.
    """
    near: dict[str, list[tuple[str, Similarity]]] = defaultdict(list)
    for (one, other), similarity in similar.items():
        near[one].append((other, similarity))
        near[other].append((one, similarity))
    first_of: dict[str, Text] = {}
    for text in sorted(texts, key=attrgetter("place")):
        heads = [
            (similarity.share, first_of[key])
            for key, similarity in near[text.key]
            if key in first_of and first_of[key].key == key and _fit(text, first_of[key], similarity)
        ]
        best = max((share for share, _ in heads), default=0.0)
        nearest = (head for share, head in heads if share == best)
        first_of[text.key] = min(nearest, key=attrgetter("place"), default=text)
    return first_of


def _fit(text: Text, head: Text, similarity: Similarity) -> bool:
    if text.published_at is None or head.published_at is None or similarity.is_verbatim:
        return True
    return text.published_at - head.published_at <= _LONGEST_TIME
