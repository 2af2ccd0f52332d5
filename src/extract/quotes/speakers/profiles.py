"""What a whole article tells about those it names: their gender, their titles, how often they are named."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.quotes.speakers.discourse import DiscourseMention
from extract.quotes.speakers.referents import Referent


class Profiles:
    """The knowledge about everybody named, gathered from all the places where they are named.

    Args:
        mentioned: The article's appearances of named persons, groups and places.
    """

    def __init__(self, mentioned: Iterable[DiscourseMention]) -> None:
        genders: defaultdict[str, Counter[str]] = defaultdict(Counter)
        words: defaultdict[str, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        for seen in mentioned:
            key = _key(seen.referent)
            counts[key] += 1
            words[key] |= seen.referent.words
            if seen.referent.gender is not None:
                genders[key][seen.referent.gender] += 1
        self._known = {
            key: (_most_frequent(genders[key]), frozenset(words[key]), count) for key, count in counts.items()
        }

    def complete(self, referent: Referent) -> Referent:
        """Return a referent with what the article tells elsewhere; unchanged if it names nobody."""
        known = self._known.get(_key(referent))
        if known is None:
            return referent
        gender, called, count = known
        return replace(referent, gender=referent.gender or gender, called=called, count=count)

    def completed(self, mentioned: Iterable[DiscourseMention]) -> Iterator[DiscourseMention]:
        """Yield the appearances with all that the article tells, and which of them are the first."""
        introduced: set[str] = set()
        for seen in mentioned:
            key = _key(seen.referent)
            yield replace(seen, referent=self.complete(seen.referent), introduces=key not in introduced)
            introduced.add(key)


def _key(referent: Referent) -> str:
    return referent.name_id or referent.name


def _most_frequent(genders: Counter[str]) -> str | None:
    return genders.most_common(1)[0][0] if genders else None
