"""Patterns of several tokens in a row, sought in all of a Doc at once."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.vocab import Vocab

Mask = npt.NDArray[np.bool_]
Columns = Mapping[str, npt.NDArray[np.uint64]]

# What a token of a phrase may be asked for; a pattern that asks for more is left to spaCy's matcher.
ATTRIBUTES = ("TAG", "DEP", "LOWER")
_KEPT = 10_000  # words whose answer is kept per regular expression
_TESTS = frozenset({"IN", "REGEX"})
Spec = Mapping[str, Any]  # of one token, in the language of spaCy's Matcher


class Phrase:
    """Finds the places of a phrase.

    Args:
        vocab: The vocabulary of the Docs.
        specs: What is asked of each token; `is_phrase` must hold.
    """

    def __init__(self, vocab: Vocab, specs: Sequence[Spec]) -> None:
        self._length = len(specs)
        tests = [
            (shift, _Test(vocab, name, wanted))
            for shift, spec in enumerate(specs)
            for name, wanted in spec.items()
        ]
        self._tests = sorted(tests, key=lambda pair: pair[1].is_slow)

    def starts(self, columns: Columns) -> list[int]:
        """Return the indices at which the phrase starts, in a Doc with these attributes."""
        places = np.arange(max(len(columns[ATTRIBUTES[0]]) - self._length + 1, 0))
        for shift, test in self._tests:
            places = places[test.fits(columns[test.name][places + shift])]
            if not len(places):
                break
        return places.tolist()


class _Test:
    """One attribute, and the values that it may have."""

    def __init__(self, vocab: Vocab, name: str, wanted: str | Mapping[str, Any]) -> None:
        self.name = name
        words = [wanted] if isinstance(wanted, str) else wanted.get("IN", [])
        self._hashes = np.array([[vocab.strings.add(word)] for word in words], np.uint64)
        regex = None if isinstance(wanted, str) else wanted.get("REGEX")
        self.is_slow = regex is not None
        strings: Any = vocab.strings

        def search(value: int) -> bool:
            return re.search(regex or "", strings[value]) is not None

        self._search = lru_cache(_KEPT)(search)  # a word always has the same number

    def fits(self, values: npt.NDArray[np.uint64]) -> Mask:
        """Return which of the values fit."""
        if self.is_slow:
            return np.fromiter(map(self._search, values.tolist()), np.bool_, len(values))
        found: Mask = (values == self._hashes).any(axis=0)
        return found


def is_phrase(specs: Sequence[Spec]) -> bool:
    """Return whether `Phrase` can seek a pattern.

    >>> is_phrase([{"LOWER": "gon"}, {"LOWER": {"IN": ["na"]}}]), is_phrase([{"LOWER": "go", "OP": "+"}])
    (True, False)
    """
    return all(
        name in ATTRIBUTES and (isinstance(wanted, str) or (len(wanted) == 1 and wanted.keys() <= _TESTS))
        for spec in specs
        for name, wanted in spec.items()
    )


def columns_of(doc: Doc) -> Columns:
    """Return the attributes of a Doc's tokens by name."""
    array: Any = doc.to_array(list(ATTRIBUTES))
    return dict(zip(ATTRIBUTES, array.T, strict=True))
