"""Which country an article is about, and a place in it: evidence for whose `the president` is."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.lexicon import Lexicon
from extract.model import Mention

_MOSTLY = 0.5  # share of the mentions above which an article is about a country
_TOLD = 2  # mentions of another country than the home country
_ENOUGH = 1 / 3  # share that is enough if no other country has such an office
_BORDER = re.compile(r"[.!?…][\"”’')]?\s|\n")
_REACH = 500  # characters before a place within which its sentence begins


class Countries:
    """The countries that an article mentions, by name or by their people, places and bodies.

    `named` holds them all, the most frequent first.

    Persons do not count: the leaders of other countries are named in every article. Groups that act abroad
    say nothing of where they do.

    Args:
        mentions: The article's linked mentions, in order.
        lexicon: For the country of each entity.
        text: The article's text.
    """

    def __init__(self, mentions: Sequence[Mention], lexicon: Lexicon, text: str) -> None:
        self._lexicon = lexicon
        self._text = text
        self._seen = [(mention.start, country) for mention, country in self._of(mentions)]
        self._counts = Counter(country for _, country in self._seen)
        self.named = tuple(country for country, _ in self._counts.most_common())

    def share(self, country: str) -> float:
        """Return the share of a country in the mentions of countries."""
        return self._counts[country] / max(self._counts.total(), 1)

    def at(self, offset: int, without: frozenset[str]) -> str | None:
        """Return the country whose office a place in the text means; None if that is not clear.

        It has more than half of the article's mentions of countries, or a third where the others have no such
        office, and the sentence names no other country alone. One mention is enough for the home country.

        Args:
            offset: The place.
            without: Countries that have no such office.
        """
        rivals = [country for country in self.named if country not in without]
        found = next(iter(rivals), None)
        if found is None or not self._is_enough(found, rivals):
            return None
        here = self._in_sentence(offset) - without
        return found if not here or found in here else None

    def _is_enough(self, country: str, rivals: Sequence[str]) -> bool:
        others = rivals[1:]
        if country != self._lexicon.words.roles.home and self._counts[country] < _TOLD:
            return False
        if self.share(country) > _MOSTLY:
            return True
        return not others and self.share(country) >= _ENOUGH

    def _in_sentence(self, offset: int) -> frozenset[str]:
        start = max(offset - _REACH, 0)
        for before in _BORDER.finditer(self._text, start, offset):
            start = before.end()
        border = _BORDER.search(self._text, offset)
        end = border.start() if border else len(self._text)
        first = bisect_left(self._seen, (start, ""))
        return frozenset(country for _, country in self._seen[first : bisect_left(self._seen, (end, ""))])

    def _of(self, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
        for mention in mentions:
            entity = self._lexicon.entities.get(mention.candidates[0]) if mention.candidates else None
            if entity is None or entity.country is None or mention.label == "PERSON":
                continue
            if entity.kind not in self._lexicon.abroad_kinds:
                yield mention, entity.country
