"""The words that date expressions are made of, collected from the tables and patterns in models/dates/.

An expression is a run of these words and of numbers; the rest of a text need not be searched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_NOTE_KEYS = {"example", "examples", "needs", "not_before", "not_after"}
# What a pattern contains besides words: pieces, escapes, flags.
_NO_WORD = re.compile(r"\{[^{}]*[a-z][^{}]*\}|\\x[0-9a-f]{2}|\\[a-zA-Z]|\(\?[a-zA-Z-]*:?")
# `[ap]m`, `gr[ea]y`, `yrs?`
_LETTER_CHOICE = re.compile(r"(\w*)\[(\w+)\](\w*)")
_OPTIONAL_LETTER = re.compile(r"(\w*)(\w)\?")
_WORD = re.compile(r"\w+")


def date_words(names: Mapping[str, Any], grammar: Mapping[str, Any]) -> frozenset[str]:
    """Return every word, in lower case, that a rule may match, excluding numbers.

    Patterns may join letters to a number (`Q{quarter}`); to a piece they may join only the plural ending
    (`{daypart}s`), so each word is returned with that ending too.

    Args:
        names: The content of names.toml.
        grammar: The content of rules.toml.
    """
    words = {word for surface in _keys(names) for word in _WORD.findall(surface.lower())}
    words.update(word for pattern in _patterns(grammar) for word in _words_of(pattern))
    return frozenset(words | {word + "s" for word in words})


def _keys(tables: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of all tables, including nested ones."""
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from _keys(value)
        else:
            yield name


def _patterns(entry: Any) -> Iterator[str]:  # noqa: ANN401 - any TOML value
    """Yield every string in the rules that is part of a pattern."""
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
    plain = _LETTER_CHOICE.sub(lambda match: _spelled_out(match[1], match[2], match[3]), plain)
    plain = _OPTIONAL_LETTER.sub(r" \1 \1\2 ", plain)
    yield from _WORD.findall(plain.lower())


def _spelled_out(before: str, letters: str, after: str) -> str:
    return " ".join(before + letter + after for letter in letters)
