"""What a text says of a person that no known actor of that name is: a farmer, an Egyptian footballer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon import Entity, Lexicon
from extract.model import Mention

# The words up to the next punctuation: `, 34, a taxi driver from Kut`.
_APPOSITION = re.compile(
    r"(?:, (?:aged )?\d{1,3})?, (?:who (?:is|was|works as) )?(?:an?|the) ((?:[\w’'-]+ ?)+)"
)
# The words from the last punctuation: `Egyptian footballer N. N.`, `The baker N. N.`
_WORDS_BEFORE = re.compile(r"[\w’' -]+ \Z")
_PHRASE_END = re.compile(r" (?:of|from|in|at|for|with|on|to|by|who|whose|that|and|near)\b")
_LONGEST_PHRASE = 60
# Words that take back what the noun says.
_NO_LONGER = frozenset({"former", "ex", "onetime", "turned", "retired"})
_COUNTRIES = frozenset({"NORP", "GPE"})


@dataclass(frozen=True)
class Strangers:
    """Tells the persons whom a text calls what the actor of their name is not.

    Attributes:
        mentions: The article's mentions, in order, for the names of countries.
        text: The article's text.
        lexicon: The known words: `trades` and `professions` in models/lexicon/names.toml.
    """

    mentions: Sequence[Mention]
    text: str
    lexicon: Lexicon

    def starts(self) -> frozenset[int]:
        """Return the offsets of the names that mean a stranger."""
        return frozenset(
            mention.start
            for mention in self.mentions
            if mention.label == "PERSON" and len(mention.candidates) == 1 and self._is_one(mention)
        )

    def _is_one(self, mention: Mention) -> bool:
        """Return whether a phrase beside a name has a trade, or a profession in another country."""
        actor, words = self.lexicon.entities[mention.candidates[0]], self.lexicon.words
        for start, end in self._phrases_beside(mention):
            keys = [word.key for word in self.lexicon.spelling.split(self.text[start:end])]
            if not keys or not _NO_LONGER.isdisjoint(keys):
                continue
            if not words.trades.isdisjoint((keys[-1], " ".join(keys[-2:]))):
                return True
            if keys[-1] in words.professions and self._names_other_country(start, end, actor):
                return True
        return False

    def _phrases_beside(self, mention: Mention) -> Iterator[tuple[int, int]]:
        """Yield the offsets of the noun phrases directly before and after a name."""
        first = max(0, mention.start - _LONGEST_PHRASE)
        before = _WORDS_BEFORE.search(self.text, first, mention.start)
        if before is not None:
            yield before.start(), before.end() - 1
        after = _APPOSITION.match(self.text, mention.end)
        if after is not None:
            end = _PHRASE_END.search(self.text, *after.span(1))
            yield after.start(1), end.start() if end else after.end(1)

    def _names_other_country(self, start: int, end: int, actor: Entity) -> bool:
        """Return whether the last country in a phrase is not the actor's; of `British-Iraqi` none is."""
        inside = (one for one in self.mentions if start <= one.start and one.end <= end)
        named = [one for one in inside if one.label in _COUNTRIES]
        if not named or actor.country is None:
            return False
        last = named[-1]
        around = self.text[last.start - 1 : last.start] + self.text[last.end : last.end + 1]
        countries = {self.lexicon.entities[one].country for one in last.candidates}
        return "-" not in around and len(countries) == 1 and countries.isdisjoint({actor.country, None})
