"""The words that date expressions are made of, collected from the tables and patterns in models/dates/.

An expression is a run of these words and of numbers; the rest of a text need not be searched.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from extract.dates.rule_shapes import RulesFile

# What a pattern contains besides words: pieces, escapes, flags.
_NO_WORD = re.compile(r"\{[^{}]*[a-z][^{}]*\}|\\x[0-9a-f]{2}|\\[a-zA-Z]|\(\?[a-zA-Z-]*:?")
# `[ap]m`, `gr[ea]y`, `yrs?`
_LETTER_CHOICE = re.compile(r"(\w*)\[(\w+)\](\w*)")
_OPTIONAL_LETTER = re.compile(r"(\w*)(\w)\?")
_WORD = re.compile(r"\w+")


def date_words(names: Iterable[str], file: RulesFile) -> frozenset[str]:
    """Return every word, in lower case, that a rule may match, excluding numbers.

    Patterns may join letters to a number (`Q{quarter}`); to a piece they may join only the plural ending
    (`{daypart}s`), so each word is returned with that ending too.

    Args:
        names: The names in names.toml and calendars.toml.
        file: The content of rules.toml.
    """
    words = {word for name in names for word in _WORD.findall(name.lower())}
    words.update(word for pattern in _patterns(file) for word in _words_of(pattern))
    return frozenset(words | {word + "s" for word in words})


def _patterns(file: RulesFile) -> Iterator[str]:
    """Yield the words and patterns of rules.toml, except those for the text after or not before a match."""
    yield from (*file.triggers.values(), file.growth.left, file.growth.right)
    yield from (*file.fragments.values(), *chain.from_iterable(file.words.values()), *file.pieces.values())
    for variants in file.rules.values():
        for rule in variants.values():
            yield rule.pattern
            yield rule.before or ""


def _words_of(pattern: str) -> Iterator[str]:
    """Yield the words that a pattern spells out.

    >>> sorted(_words_of("({day}-)?yrs?|[ap]m"))
    ['am', 'pm', 'yr', 'yrs']
    """
    plain = _NO_WORD.sub(" ", pattern)
    plain = _LETTER_CHOICE.sub(lambda match: _spelled_out(match[1], match[2], match[3]), plain)
    plain = _OPTIONAL_LETTER.sub(r" \1 \1\2 ", plain)
    yield from _WORD.findall(plain.lower())


def _spelled_out(before: str, letters: str, after: str) -> str:
    return " ".join(before + letter + after for letter in letters)
