"""Whether a name may stand for its entity at one place of one text: models/lexicon/contexts.toml."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from extract.entities.orthography import fits, may_join
from extract.lexicon import ALWAYS, INTRODUCED, Lexicon, Name
from extract.lexicon.entries import EVERY_FACTION, Context, as_written
from extract.lexicon.keys import Word

# Bodies that every state has: after another country's name they are that country's.
NATIONAL_KINDS = frozenset({"government_body", "state_security_force", "political_party"})
_LONGEST_NEIGHBOUR = 2


class NameContext:
    """A text with what decides about the names in it.

    Attributes:
        text: The text.
        words: All its words.
        lexicon: The known names.
        introduced: Ids of the entities that the text has named so far; their short names count.
        abroad: Ids of bodies whose namesakes of another country the text has named so far ("Turkey's Foreign
            Ministry"): their bare names do not count until they are introduced themselves.

    Args:
        sentence_starts: Where the sentences start, ascending.
    """

    def __init__(self, text: str, sentence_starts: Sequence[int], lexicon: Lexicon) -> None:
        self.text = text
        self.words = lexicon.spelling.split(text)
        self.lexicon = lexicon
        self.introduced: set[str] = set()
        self.abroad: set[str] = set()
        self._starts = sentence_starts
        self._known: dict[tuple[str, int], bool] = {}

    def allow(self, name: Name, first: int, last: int, country: str | None) -> bool:
        """Return whether `name` may stand for its entity at one place.

        Args:
            name: The name that was matched.
            first: Index of its first word.
            last: Index of its last word.
            country: The country named directly before it ("Iran's Foreign Ministry"), None for none.
        """
        entity = self.lexicon.entities[name.entity_id]
        if country is not None and entity.country is not None and country != entity.country:
            self.abroad.add(entity.id)
            if entity.kind in NATIONAL_KINDS or name.when != ALWAYS:
                return False
        if self._is_abroad(name, country) or self._is_part_of_other_name(name, first, last):
            return False
        if name.when == ALWAYS:
            return True
        if name.when == INTRODUCED:
            return name.entity_id in self.introduced
        context = self.lexicon.contexts[name.when]
        if not self._has_neighbours(context, first, last):
            return False
        return self._in_context(name.when, bisect_right(self._starts, self.words[first].start) - 1)

    def introduce(self, name: Name, first: int, last: int) -> None:
        """Note that the text names an entity; its short names count from here on.

        Args:
            name: The name that stands for it.
            first: Index of the name's first word.
            last: Index of its last word.
        """
        self.introduced.add(name.entity_id)
        country = self.lexicon.entities[name.entity_id].country
        rest = " ".join(word.key for word in self.words[first + 1 : last + 1])
        for other in self.lexicon.names.get(rest, ()):
            if country is not None and self.lexicon.entities[other.entity_id].country not in {None, country}:
                self.abroad.add(other.entity_id)

    def _is_abroad(self, name: Name, country: str | None) -> bool:
        """Return whether a body's bare name means another country's: the Foreign Ministry, after Turkey's."""
        if name.when == ALWAYS or country is not None or name.entity_id not in self.abroad:
            return False
        is_national = self.lexicon.entities[name.entity_id].kind in NATIONAL_KINDS
        return is_national and name.entity_id not in self.introduced

    def _is_part_of_other_name(self, name: Name, first: int, last: int) -> bool:
        """Return whether a name is only a part of another's here: Badr Hospital, Hussein al-Houthi."""
        spans = self._never.get(name.entity_id, ())
        if any(start <= first and last <= end for start, end in spans):
            return True
        word = self.words[first]
        if name.method == "short_name" and name.label == "PERSON":
            return self.lexicon.is_anothers_surname(self.text, word.start)
        is_articled = first == last and word.start < word.core
        if is_articled and self.lexicon.follows_given_name(self.text, word.start):
            return True
        everywhere = self.lexicon.contexts.get(EVERY_FACTION) if name.label == "FACTION" else None
        return everywhere is not None and not self._has_neighbours(everywhere, first, last)

    def _has_neighbours(self, context: Context, first: int, last: int) -> bool:
        """Return whether the words directly before and after a name are such as a context wants."""
        if context.not_after and not context.not_after.isdisjoint(self._before(first)):
            return False
        after = list(self._after(last))
        return context.not_before.isdisjoint(after) and (
            not context.before or not context.before.isdisjoint(after)
        )

    def _before(self, index: int) -> Iterator[str]:
        """Yield the one and the two words before a word, as keys."""
        for start in range(index - 1, max(-1, index - 1 - _LONGEST_NEIGHBOUR), -1):
            if not self._are_neighbours(start):
                return
            yield " ".join(word.key for word in self.words[start:index])

    def _after(self, index: int) -> Iterator[str]:
        """Yield the one and the two words after a word, as written."""
        for end in range(index + 1, min(index + 1 + _LONGEST_NEIGHBOUR, len(self.words))):
            if not self._are_neighbours(end - 1):
                return
            yield as_written(self.words[index + 1 : end + 1], self.text)

    def _are_neighbours(self, index: int) -> bool:
        return may_join(self.text, self.words[index], self.words[index + 1])

    def _in_context(self, context: str, sentence: int) -> bool:
        known = (context, sentence)
        if known not in self._known:
            wanted = self.lexicon.contexts[context]
            near = not wanted.sentence or _holds(self._sentence(sentence), wanted.sentence)
            self._known[known] = near and self._is_article_on(wanted)
        return self._known[known]

    def _is_article_on(self, wanted: Context) -> bool:
        if not wanted.article and not wanted.countries:
            return True
        return _holds(self._all, wanted.article) or not wanted.countries.isdisjoint(self._countries)

    @cached_property
    def _all(self) -> str:
        return _join(self.words)

    def _sentence(self, index: int) -> str:
        start = self._starts[index] if index >= 0 else 0
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        first = bisect_left(self.words, start, key=lambda word: word.start)
        last = bisect_left(self.words, end, key=lambda word: word.start)
        return _join(self.words[first:last])

    @cached_property
    def _countries(self) -> frozenset[str]:
        """ISO codes of the countries whose actors and places the text names beyond doubt."""
        found = set()
        for index, word in enumerate(self.words):
            for end in range(index + 1, index + 1 + self.lexicon.longest.get(word.key, 0)):
                words = self.words[index:end]
                for name in self.lexicon.names.get(" ".join(one.key for one in words), ()):
                    entity = self.lexicon.entities[name.entity_id]
                    if name.when == ALWAYS and entity.role != "named" and fits(name.shapes, self.text, words):
                        found.add(entity.country or "")
        return frozenset(found)

    @cached_property
    def _never(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where the text has words that are never a name of an entity (field `never`), by entity."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for first, word in enumerate(self.words):
            for length in self.lexicon.never.lengths.get(word.key, ()):
                surface = as_written(self.words[first : first + length], self.text)
                for entity_id in self.lexicon.never.entities.get(surface, ()):
                    found[entity_id].append((first, first + length - 1))
        return found


def _join(words: Sequence[Word]) -> str:
    return f" {' '.join(word.key for word in words)} "


def _holds(keys: str, wanted: frozenset[str]) -> bool:
    return any(f" {key} " in keys for key in wanted)
