"""Conditions under which a name means its entity at a place in a text (models/lexicon/contexts.toml)."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from extract.entities.offices.countries import is_in_passing
from extract.entities.orthography import fits, may_join
from extract.lexicon import ALWAYS, INTRODUCED, Entity, Lexicon, Name
from extract.lexicon.entries import EVERY_FACTION, Context, as_written
from extract.lexicon.keys import Word

_MAX_NEIGHBOUR_WORDS = 2
_CLEAR = 2 / 3  # share of the mentions up to which it is not clear that a text is about a country


class NameContext:
    """A text with everything that decides which names are valid in it.

    Attributes:
        text: The text.
        words: All its words.
        lexicon: The known names.
        introduced: Ids of the entities named so far; their short names are valid.
        with_foreign_namesake: Ids of bodies whose namesake in another country has been named so far
            ("Turkey's Foreign Ministry"): their bare names are invalid until they are introduced themselves.

    Args:
        text: The text.
        sentence_starts: Start offsets of the sentences, ascending.
        lexicon: The known names.
    """

    def __init__(self, text: str, sentence_starts: Sequence[int], lexicon: Lexicon) -> None:
        self.text = text
        self.words = lexicon.spelling.split(text)
        self.lexicon = lexicon
        self.introduced: set[str] = set()
        self.with_foreign_namesake: set[str] = set()
        self._met: set[Name] = set()
        self._starts = sentence_starts
        self._context_cache: dict[tuple[str, int], bool] = {}

    def allows(self, name: Name, first: int, last: int, country: str | None) -> bool:
        """Return whether a name means its entity at a place; note a foreign namesake.

        Args:
            name: The name that was matched.
            first: Index of its first word.
            last: Index of its last word.
            country: The country named directly before it ("Iran's Foreign Ministry"), None if there is none.
        """
        if self._belongs_to_country_before(name, country):
            return False
        if self._is_foreign_namesake(name, country) or self._is_part_of_other_name(name, first, last):
            return False
        if country is None and self._is_likely_foreign(name, first, last):
            return False
        return self._meets_condition(name, first, last)

    @property
    def is_about_home(self) -> bool:
        """Whether the article is about the country to which offices without a country belong."""
        return self.is_about(self.lexicon.words.roles.home)

    def is_about(self, country: str | None) -> bool:
        """Return whether the article names a country, by its name or by its actors or places."""
        return country in self._countries

    def _meets_condition(self, name: Name, first: int, last: int) -> bool:
        if name.when == ALWAYS or name in self._met:
            return True
        if name.when == INTRODUCED:
            return name.entity_id in self.introduced
        context = self.lexicon.contexts[name.when]
        if not self._has_neighbours(context, first, last):
            return False
        return self._in_context(name.when, bisect_right(self._starts, self.words[first].start) - 1)

    def introduce(self, name: Name, first: int, last: int) -> None:
        """Note that the text names an entity, so that its short names are valid from here on.

        Args:
            name: The name of the entity.
            first: Index of the name's first word.
            last: Index of its last word.
        """
        self.introduced.add(name.entity_id)
        context = self.lexicon.contexts.get(name.when)
        # Words of one sentence settle it for the article; of one word they do not, nor does a neighbour.
        if context is not None and context.sentence and len(name.shapes) > 1:
            self._met.add(name)
        country = self.lexicon.entities[name.entity_id].country
        rest = " ".join(word.key for word in self.words[first + 1 : last + 1])
        for other in self.lexicon.names.get(rest, ()):
            if country is not None and self.lexicon.entities[other.entity_id].country not in {None, country}:
                self.with_foreign_namesake.add(other.entity_id)

    def _belongs_to_country_before(self, name: Name, country: str | None) -> bool:
        """Return whether another country's name before a body makes it that country's; note the namesake."""
        entity = self.lexicon.entities[name.entity_id]
        if country is None or entity.country in (None, country):
            return False
        self.with_foreign_namesake.add(entity.id)
        return entity.kind in self.lexicon.national_kinds or name.when != ALWAYS

    def _is_foreign_namesake(self, name: Name, country: str | None) -> bool:
        """Return whether a bare name means another country's body: the Foreign Ministry, after Turkey's."""
        if name.when == ALWAYS or country is not None or name.entity_id not in self.with_foreign_namesake:
            return False
        is_national = self.lexicon.entities[name.entity_id].kind in self.lexicon.national_kinds
        return is_national and name.entity_id not in self.introduced

    def _is_likely_foreign(self, name: Name, first: int, last: int) -> bool:
        """Return whether a bare name may mean the body of another country, of which the text tells first.

        `The UK sent soldiers to Iraq. The Ministry of Defence said ...`. A country without such bodies does
        not count, and the text names the body's own one much more often where it is about that one.
        """
        entity = self.lexicon.entities[name.entity_id]
        context = self.lexicon.contexts.get(name.when)
        is_national = context is not None and entity.country in context.countries
        if not is_national or entity.id in self.introduced or not self._is_state_body(entity):
            return False
        known = self.lexicon.words.roles.without
        without = {code for word in self.words[first : last + 1] for code in known.get(word.key, ())}
        told = [code for code in self._places_and_bodies if code not in without]
        own, is_first = told.count(entity.country or ""), entity.country in told[:1]
        is_clear = own > _CLEAR * len(told) and (is_first or is_in_passing(told.count(told[0]), own))
        is_told_of = is_first and not self._is_of_others(entity, first, without)
        return bool(told) and not is_told_of and not is_clear

    def _is_of_others(self, entity: Entity, first: int, without: Collection[str]) -> bool:
        """Return whether a sentence names only other states before a body: `Two Britons died, |the`."""
        start = self._starts[max(bisect_right(self._starts, self.words[first].start) - 1, 0)]
        states = {
            state.country
            for index, state in self._named
            if index < first and self.words[index].start >= start and state.kind == "country"
        }
        return bool(states - set(without)) and entity.country not in states

    def _is_state_body(self, entity: Entity) -> bool:
        return entity.kind in self.lexicon.national_kinds and entity.label == "ORG"

    def _is_part_of_other_name(self, name: Name, first: int, last: int) -> bool:
        """Return whether a name is only part of another one here: Badr Hospital, Hussein al-Houthi."""
        if self._is_in_never_span(name, first, last):
            return True
        word = self.words[first]
        if name.method == "short_name" and name.label == "PERSON":
            return self.lexicon.is_anothers_surname(self.text, word.start)
        has_article = first == last and word.start < word.core
        if has_article and self.lexicon.follows_given_name(self.text, word.start):
            return True
        return name.label == "FACTION" and not self._has_faction_neighbours(first, last)

    def _is_in_never_span(self, name: Name, first: int, last: int) -> bool:
        spans = self._never_spans.get(name.entity_id, ())
        return any(start <= first and last <= end for start, end in spans)

    def _has_faction_neighbours(self, first: int, last: int) -> bool:
        everywhere = self.lexicon.contexts.get(EVERY_FACTION)
        return everywhere is None or self._has_neighbours(everywhere, first, last)

    def _has_neighbours(self, context: Context, first: int, last: int) -> bool:
        """Return whether a context permits the words directly before and after a name."""
        if context.not_after and not context.not_after.isdisjoint(self._before(first)):
            return False
        after = list(self._after(last))
        return context.not_before.isdisjoint(after) and (
            not context.before or not context.before.isdisjoint(after)
        )

    def _before(self, index: int) -> Iterator[str]:
        """Yield the word before a word, then the two words before it, as match keys."""
        for start in range(index - 1, max(-1, index - 1 - _MAX_NEIGHBOUR_WORDS), -1):
            if not self._are_neighbours(start):
                return
            yield " ".join(word.key for word in self.words[start:index])

    def _after(self, index: int) -> Iterator[str]:
        """Yield the word after a word, then the two words after it, as written."""
        for end in range(index + 1, min(index + 1 + _MAX_NEIGHBOUR_WORDS, len(self.words))):
            if not self._are_neighbours(end - 1):
                return
            yield as_written(self.words[index + 1 : end + 1], self.text)

    def _are_neighbours(self, index: int) -> bool:
        return may_join(self.text, self.words[index], self.words[index + 1])

    def _in_context(self, context: str, sentence: int) -> bool:
        key = (context, sentence)
        if key not in self._context_cache:
            wanted = self.lexicon.contexts[context]
            in_sentence = not wanted.sentence or _contains_any(self._sentence(sentence), wanted.sentence)
            self._context_cache[key] = in_sentence and self._is_article_on(wanted)
        return self._context_cache[key]

    def _is_article_on(self, wanted: Context) -> bool:
        if not wanted.article and not wanted.countries:
            return True
        has_word = _contains_any(self._all_keys, wanted.article)
        return has_word or not wanted.countries.isdisjoint(self._countries)

    @cached_property
    def _all_keys(self) -> str:
        return _join(self.words)

    def _sentence(self, index: int) -> str:
        start = self._starts[index] if index >= 0 else 0
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        first = bisect_left(self.words, start, key=lambda word: word.start)
        last = bisect_left(self.words, end, key=lambda word: word.start)
        return _join(self.words[first:last])

    @cached_property
    def _countries(self) -> frozenset[str]:
        """ISO codes of the countries whose actors or places the text names unambiguously."""
        return frozenset(entity.country or "" for _, entity in self._named)

    @cached_property
    def _named(self) -> tuple[tuple[int, Entity], ...]:
        """The entities that the text names unambiguously, each after the index of its first word."""
        found = []
        for index, word in enumerate(self.words):
            for end in range(index + 1, index + 1 + self.lexicon.longest.get(word.key, 0)):
                words = self.words[index:end]
                for name in self.lexicon.names.get(" ".join(one.key for one in words), ()):
                    entity = self.lexicon.entities[name.entity_id]
                    if name.when == ALWAYS and entity.role != "named" and fits(name.shapes, self.text, words):
                        found.append((index, entity))
        return tuple(found)

    @cached_property
    def _places_and_bodies(self) -> tuple[str, ...]:
        """ISO codes of the states, places and bodies named, in order; persons and groups act abroad."""
        abroad = self.lexicon.abroad_kinds
        found = (
            (index, entity.country)
            for index, entity in self._named
            if entity.country and entity.label != "PERSON" and entity.kind not in abroad
        )
        return tuple(country for _, country in dict.fromkeys(found))

    @cached_property
    def _never_spans(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Word spans that never name an entity (field `never`), by entity id."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for first, word in enumerate(self.words):
            for length in self.lexicon.never.lengths.get(word.key, ()):
                surface = as_written(self.words[first : first + length], self.text)
                for entity_id in self.lexicon.never.entities.get(surface, ()):
                    found[entity_id].append((first, first + length - 1))
        return found


def _join(words: Sequence[Word]) -> str:
    return f" {' '.join(word.key for word in words)} "


def _contains_any(keys: str, wanted: frozenset[str]) -> bool:
    return any(f" {key} " in keys for key in wanted)
