"""Which country an article is about, and a place in it: evidence for whose `the president` is."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.lexicon import Lexicon
from extract.model import Mention

_MOSTLY = 0.5  # share of the mentions above which an article is about a country
_CLEARLY = 2 / 3  # share above which it is clearly about the country
_TOLD = 2  # mentions of another country than the home country
_ENOUGH = 1 / 3  # share that is enough if no other country has such an office
_PASSING = 4  # times that another country is mentioned for each mention of one that it names in passing
_BORDER = re.compile(r"[.!?…][\"”’')]?\s|\n")
_REACH = 500  # characters before a place within which its sentence begins


def is_in_passing(mentions: int, others: int) -> bool:
    """Return whether a country is only mentioned in passing, by its mentions and those of another one."""
    return mentions < _TOLD or mentions * _PASSING <= others


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
        office. The sentence names no other country alone, and neither does what the text told before; where
        the article is not clearly about it, that must begin with it: in `Turkey bombed Sinjar in Iraq. |The
        army` is Turkey's. An article that begins with another country and comes back to it may be about that
        one. One mention is enough for the home country.

        Args:
            offset: The place.
            without: Countries that have no such office.
        """
        rivals = [country for country in self.named if country not in without]
        found = next(iter(rivals), None)
        if found is None or not self._is_enough(found, rivals) or self._begins_elsewhere(found, without):
            return None
        here = frozenset(self._in_sentence(offset, without))
        if here and found not in here:
            return None
        told = self._told_before(offset, without)
        is_in_focus = found in (told if self.share(found) > _CLEARLY else told[:1])
        return found if not told or is_in_focus else None

    def _is_enough(self, country: str, rivals: Sequence[str]) -> bool:
        others = rivals[1:]
        if country != self._lexicon.words.roles.home and self._counts[country] < _TOLD:
            return False
        if self.share(country) > _MOSTLY:
            return True
        return not others and self.share(country) >= _ENOUGH

    def _begins_elsewhere(self, country: str, without: frozenset[str]) -> bool:
        """Return whether the article names another country first, and that not in passing."""
        first = next((one for _, one in self._seen if one not in without), country)
        return first != country and not is_in_passing(self._counts[first], self._counts[country])

    def _told_before(self, offset: int, without: frozenset[str]) -> tuple[str, ...]:
        """Return the countries, in order, of the last sentence up to an offset that names any."""
        last = bisect_left(self._seen, (offset, "")) - 1
        while last >= 0 and self._seen[last][1] in without:
            last -= 1
        return () if last < 0 else self._in_sentence(self._seen[last][0], without, offset)

    def _in_sentence(
        self, offset: int, without: frozenset[str], before: int | None = None
    ) -> tuple[str, ...]:
        """Return the countries in the sentence at an offset, in order; only those before another one."""
        start = max(offset - _REACH, 0)
        for border in _BORDER.finditer(self._text, start, offset):
            start = border.end()
        following = _BORDER.search(self._text, offset)
        end = following.start() if following else len(self._text)
        first = bisect_left(self._seen, (start, ""))
        last = bisect_left(self._seen, (end if before is None else min(end, before), ""))
        return tuple(country for _, country in self._seen[first:last] if country not in without)

    def _of(self, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
        for mention in mentions:
            entity = self._lexicon.entities.get(mention.candidates[0]) if mention.candidates else None
            if entity is None or entity.country is None or mention.label == "PERSON":
                continue
            if entity.kind not in self._lexicon.abroad_kinds:
                yield mention, entity.country
