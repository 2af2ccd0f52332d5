"""Chooses between places with one name by the governorates, districts and countries that the text names.

The Husseiniya of an article is the one in Karbala if the paragraph names Karbala and not Baghdad. The
paragraph counts before the article, and what lies around a place before its country.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import product

from extract.lexicon import Lexicon
from extract.model import Mention

_PLACE = "place"


class NamedPlaces:
    """The places that the mentions of an article name without doubt.

    Args:
        mentions: The mentions of one article.
        lexicon: The known entities.
        paragraphs: The starts of the article's paragraphs.
    """

    def __init__(self, mentions: Sequence[Mention], lexicon: Lexicon, paragraphs: Sequence[int]) -> None:
        self._lexicon = lexicon
        self._paragraphs = paragraphs
        certain = [(one.start, one.candidates[0]) for one in mentions if len(one.candidates) == 1]
        self._named = [
            (self._paragraph(start), entity_id)
            for start, entity_id in certain
            if lexicon.entities[entity_id].role == _PLACE
        ]

    def choose(self, mention: Mention) -> tuple[str, ...]:
        """Return the only candidate that fits the places named around a mention, else all candidates."""
        candidates = mention.candidates
        if any(self._lexicon.entities[one].role != _PLACE for one in candidates):
            return candidates
        number = self._paragraph(mention.start)
        near = {named for paragraph, named in self._named if paragraph == number}
        everywhere = {named for _, named in self._named}
        for surrounds, named in product((self._regions, self._countries), (near, everywhere)):
            around = {region for one in named for region in (one, *surrounds(one))}
            fitting = tuple(one for one in candidates if around.intersection(surrounds(one)))
            if len(fitting) == 1:
                return fitting
        return candidates

    def _regions(self, entity_id: str) -> Iterator[str]:
        """Yield the regions in which a place lies, without its state; each once, even in a circle."""
        left, seen = [entity_id], {entity_id}
        while left:
            for part in self._lexicon.entities[left.pop()].part_of:
                region = self._lexicon.entities[part.entity_id]
                if region.kind != "country" and region.id not in seen:
                    seen.add(region.id)
                    left.append(region.id)
                    yield region.id

    def _countries(self, entity_id: str) -> Iterator[str]:
        """Yield the state of a place."""
        state = self._lexicon.states.get(self._lexicon.entities[entity_id].country or "")
        if state is not None:
            yield state

    def _paragraph(self, start: int) -> int:
        return bisect_right(self._paragraphs, start)
