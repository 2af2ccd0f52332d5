"""The words that date expressions are made of, gathered from the tables and patterns of models/dates/.

An expression is a run of such words and of numbers: all other words of a text need no search.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_NOTE_KEYS = {"example", "needs", "not_before", "not_after"}
# What stands in a pattern beside words: pieces, escapes, flags.
_NO_WORD = re.compile(r"\{[^{}]*[a-z][^{}]*\}|\\x[0-9a-f]{2}|\\[a-zA-Z]|\(\?[a-zA-Z-]*:?")
# `[ap]m`, `gr[ea]y`, `yrs?`
_LETTER_CHOICE = re.compile(r"(\w*)\[(\w+)\](\w*)")
_OPTIONAL_LETTER = re.compile(r"(\w*)(\w)\?")
_WORD = re.compile(r"\w+")


def date_words(names: Mapping[str, Any], grammar: Mapping[str, Any]) -> frozenset[str]:
    """Return every word, in small letters, that a rule may match; numbers are not among them.

    Patterns may glue numbers to letters (`Q{quarter}`) and to a piece only the ending of the plural
    (`{daypart}s`): so each word is returned with that too.

    Args:
        names: The content of names.toml.
        grammar: The content of rules.toml.
    """
    words = {word for surface in _keys(names) for word in _WORD.findall(surface.lower())}
    words.update(word for pattern in _patterns(grammar) for word in _words_of(pattern))
    return frozenset(words | {word + "s" for word in words})


def _keys(tables: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of all tables."""
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from _keys(value)
        else:
            yield name


def _patterns(entry: Any) -> Iterator[str]:  # noqa: ANN401 - what a TOML file holds
    """Yield every string of the rules that is part of a pattern."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, Mapping):
        for key, value in entry.items():
            if key not in _NOTE_KEYS:
                yield from _patterns(value)
    elif isinstance(entry, Iterable):
        for value in entry:
            yield from _patterns(value)


def _words_of(pattern: str) -> Iterator[str]:
    """Yield the words that a pattern spells out.

    >>> sorted(_words_of("({day}-)?yrs?|[ap]m"))
    ['am', 'pm', 'yr', 'yrs']
    """
    plain = _NO_WORD.sub(" ", pattern)
    plain = _LETTER_CHOICE.sub(lambda match: _each(match[1], match[2], match[3]), plain)
    plain = _OPTIONAL_LETTER.sub(r" \1 \1\2 ", plain)
    yield from _WORD.findall(plain.lower())


def _each(before: str, letters: str, after: str) -> str:
    return " ".join(before + letter + after for letter in letters)
