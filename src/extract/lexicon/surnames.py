"""The surname in a person's full name."""

from dataclasses import dataclass

from extract.lexicon.keys import HYPHENS, Word, split_words


@dataclass(frozen=True, slots=True)
class SurnameWords:
    """Words that decide what the surname is, as match keys (`surnames` in models/lexicon/names.toml).

    Attributes:
        bound: First words of surnames that are one with the next word: Abdul Mahdi, Abu Fadak. Their
            spellings are not folded.
        ignored: Words at the end of a name that are not a surname: Jr, III.
        suffixes: Words that may follow a surname.
        abbreviations: Suffixes that may end with a full stop: Jr.
        honours: Words after a name that are no part of it: MP.
    """

    bound: frozenset[str]
    ignored: frozenset[str]
    suffixes: frozenset[str]
    abbreviations: frozenset[str]
    honours: frozenset[str] = frozenset()

    def surname_of(self, full_name: str) -> tuple[str, ...]:
        """Return the surname of a full name in a tuple, which is empty for a name of one word.

        Words with a hyphen between them are one surname.

        >>> words = SurnameWords(frozenset({"abdul"}), frozenset({"jr"}), frozenset(), frozenset())
        >>> [words.surname_of(name) for name in ("Adel Abdul Mahdi", "Otto Reed Jr.", "Saddam")]
        [('Abdul Mahdi',), ('Reed',), ()]
        >>> [words.surname_of(name) for name in ("Ines Jean-Pierre", "Jean-Pierre")]
        [('Jean-Pierre',), ()]
        """
        words = [word for word in split_words(full_name) if word.key not in self.ignored]
        first = len(words) - 1
        while first > 0 and self._is_joined(full_name, words[first - 1], words[first]):
            first -= 1
        return (full_name[words[first].start : words[-1].end],) if first > 0 else ()

    def _is_joined(self, name: str, word: Word, following: Word) -> bool:
        return word.key in self.bound or name[word.end : following.start] in set(HYPHENS)
