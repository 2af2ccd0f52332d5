"""Decides whether a change of the lexicon can affect a text: most do not contain the name that was added."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from extract.lexicon.entries import Entity
from extract.lexicon.keys import Spelling, distinct_words
from extract.lexicon.lexicon import Lexicon

_REMEMBERED = 100_000


@dataclass(frozen=True)
class Difference:
    """The difference between two lexicons that differ only in names.

    Attributes:
        old: Spellings of the old lexicon.
        new: Spellings of the new lexicon.
        phrases: The words of each match key whose meaning has changed.
    """

    old: Spelling
    new: Spelling
    phrases: frozenset[frozenset[str]]

    def concerns(self, text: str) -> bool:
        """Return whether the mentions in a text may change.

        They cannot unless it contains all words of a phrase, or a word whose key has changed, because every
        look-up uses the keys of words in the text.
        """
        keys = frozenset(map(self._key_of, distinct_words(text)))
        return None in keys or any(phrase <= keys for phrase in self.phrases)

    @cached_property
    def _key_of(self) -> Callable[[str], str | None]:
        return lru_cache(maxsize=_REMEMBERED)(self._same_key)

    def _same_key(self, word: str) -> str | None:
        """Return the key of a word, None if it has changed."""
        key = self.new.key(word)
        return key if key == self.old.key(word) else None


def difference(old: Lexicon, new: Lexicon) -> Difference | None:
    """Compare two lexicons.

    Returns:
        The difference in their names; None if more has changed (an office, context, leader or list of words),
        which may affect any text.
    """
    if any(part(old) != part(new) for part in _OTHER_PARTS) or not _same_entities(old, new):
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


# Everything except names and entities.
_OTHER_PARTS: tuple[Callable[[Lexicon], object], ...] = (
    lambda lexicon: lexicon.contexts,
    lambda lexicon: lexicon.words,
    lambda lexicon: lexicon.phrases,
    lambda lexicon: lexicon.confidence,
    lambda lexicon: lexicon.probability,
    lambda lexicon: (lexicon.national_kinds, lexicon.abroad_kinds),
    lambda lexicon: (lexicon.offices, lexicon.as_of),
    lambda lexicon: lexicon.office_titles,
    lambda lexicon: lexicon.never,
    lambda lexicon: (lexicon.spelling.words, lexicon.spelling.fixed, lexicon.spelling.countries),
    lambda lexicon: lexicon.spelling.transliteration,
)


def _same_entities(old: Lexicon, new: Lexicon) -> bool:
    """Return whether shared entities differ only in their aliases, and their main names have equal keys."""
    shared = old.entities.keys() & new.entities.keys()
    return all(
        _without_aliases(old.entities[one]) == _without_aliases(new.entities[one])
        and old.spelling.key(new.entities[one].name) == new.spelling.key(new.entities[one].name)
        for one in shared
    )


def _without_aliases(entity: Entity) -> Entity:
    return replace(entity, aliases=())
