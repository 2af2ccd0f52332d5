"""What a whole article says about each named referent: gender, what it is called, number of mentions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.quotes.speakers.discourse import DiscourseMention
from extract.quotes.speakers.referents import Referent


class Profiles:
    """Gender, callings and number of mentions of each named referent, gathered from all its mentions.

    Args:
        mentioned: The article's mentions of named persons, groups and places.
    """

    def __init__(self, mentioned: Iterable[DiscourseMention]) -> None:
        genders: defaultdict[str, Counter[str]] = defaultdict(Counter)
        words: defaultdict[str, set[str]] = defaultdict(set)
        nouns: defaultdict[str, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        for seen in mentioned:
            key = _key(seen.referent)
            counts[key] += 1
            words[key] |= seen.referent.words
            nouns[key] |= seen.referent.nouns
            if seen.referent.gender is not None:
                genders[key][seen.referent.gender] += 1
        self._known = {
            key: (_most_frequent(genders[key]), frozenset(words[key]), frozenset(nouns[key]), count)
            for key, count in counts.items()
        }

    def complete(self, referent: Referent) -> Referent:
        """Return a referent with its profile from the whole article; unchanged if it was never named."""
        known = self._known.get(_key(referent))
        if known is None:
            return referent
        gender, words, nouns, count = known
        return replace(
            referent,
            gender=referent.gender or gender,
            article_words=words,
            article_nouns=nouns,
            count=count,
        )

    def completed(self, mentioned: Iterable[DiscourseMention]) -> Iterator[DiscourseMention]:
        """Yield the mentions with complete referents; mark the first mention of each."""
        introduced: set[str] = set()
        for seen in mentioned:
            key = _key(seen.referent)
            yield replace(seen, referent=self.complete(seen.referent), introduces=key not in introduced)
            introduced.add(key)


def _key(referent: Referent) -> str:
    return referent.name_id or referent.name


def _most_frequent(genders: Counter[str]) -> str | None:
    return genders.most_common(1)[0][0] if genders else None
