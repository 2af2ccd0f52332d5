"""What a change of the lexicon can change in a text: most articles do not hold the name that was added."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from extract.lexicon.entries import Entity
from extract.lexicon.keys import Spelling, distinct_words
from extract.lexicon.lexicon import Lexicon

_REMEMBERED = 100_000


@dataclass(frozen=True)
class Difference:
    """Two lexicons that differ in names only.

    Attributes:
        old: The spellings of the one.
        new: Those of the other.
        phrases: The words of each match key that means something else now, or nothing.
    """

    old: Spelling
    new: Spelling
    phrases: frozenset[frozenset[str]]

    def concerns(self, text: str) -> bool:
        """Return whether a text's mentions may change: it holds all words of a phrase, or a respelt word.

        Everything is looked up by keys made of words of the text, so that a text without them gives what it
        gave before.
        """
        keys = frozenset(map(self._key_of, distinct_words(text)))
        return None in keys or any(phrase <= keys for phrase in self.phrases)

    @cached_property
    def _key_of(self) -> Callable[[str], str | None]:
        return lru_cache(maxsize=_REMEMBERED)(self._same_key)

    def _same_key(self, word: str) -> str | None:
        """Return the key of a word, None where it is respelt."""
        key = self.new.key(word)
        return key if key == self.old.key(word) else None


def difference(old: Lexicon, new: Lexicon) -> Difference | None:
    """Compare two lexicons.

    Returns:
        What is other in their names; None where more differs (an office, a context, a leader, a list of
        words), which may change any text.
    """
    if any(view(old) != view(new) for view in _BESIDE_NAMES) or not _same_entities(old, new):
        return None
    keys = {key for key in old.names.keys() | new.names.keys() if old.names.get(key) != new.names.get(key)}
    first = old.longest.keys() ^ new.longest.keys()
    apart = {
        spelling.key(word)
        for spelling in (old.spelling, new.spelling)
        for word in old.spelling.apart ^ new.spelling.apart
    }
    phrases = frozenset(frozenset(key.split()) for key in keys | first | apart)
    return Difference(old.spelling, new.spelling, phrases)


_BESIDE_NAMES: tuple[Callable[[Lexicon], object], ...] = (
    lambda lexicon: lexicon.contexts,
    lambda lexicon: lexicon.words,
    lambda lexicon: lexicon.offices,
    lambda lexicon: lexicon.office_titles,
    lambda lexicon: lexicon.never,
    lambda lexicon: (lexicon.spelling.words, lexicon.spelling.fixed, lexicon.spelling.countries),
)


def _same_entities(old: Lexicon, new: Lexicon) -> bool:
    """Return whether the entities of both differ in names only, and all are spelt by the same keys."""
    shared = old.entities.keys() & new.entities.keys()
    return all(
        _but_for_names(old.entities[one]) == _but_for_names(new.entities[one])
        and old.spelling.key(new.entities[one].name) == new.spelling.key(new.entities[one].name)
        for one in shared
    )


def _but_for_names(entity: Entity) -> Entity:
    return replace(entity, aliases=())
