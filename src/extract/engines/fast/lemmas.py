"""Lemmas, worked out once per word, part of speech and morphology, on which alone they depend."""

import numpy as np
import numpy.typing as npt
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.tokens import Doc

from extract.engines.fast.doc_arrays import Hashes, attributes_of, set_attributes
from extract.engines.fast.layers import require
from extract.engines.fast.library import Kernels
from extract.engines.fast.table import KeyTable, blocks

WORDS = 1 << 15  # kept; they take 4 MB
_KEY = ("ORTH", "POS", "MORPH")  # that of spaCy's own cache (spacy/pipeline/lemmatizer.py, rule_lemmatize)


class FastLemmas:
    """Sets the lemmas that the attribute ruler has not set."""

    def __init__(self, pipe: EnglishLemmatizer, kernels: Kernels) -> None:
        require(pipe.mode == "rule" and not pipe.overwrite, "another lemmatizer")
        self._lemmatize = pipe.lemmatize
        self._strings = pipe.vocab.strings
        self._table = KeyTable(kernels, len(_KEY), WORDS)
        self._lemmas: list[str] = []

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas."""
        keys = attributes_of(doc, (*_KEY, "LEMMA"))
        lemmas = keys[:, -1].copy()
        wanted = np.flatnonzero(lemmas == 0)
        for block in blocks(len(wanted)):
            tokens = wanted[block]
            lemmas[tokens] = self._look_up(doc, tokens, np.ascontiguousarray(keys[tokens, : len(_KEY)]))
        set_attributes(doc, {"LEMMA": lemmas})
        return doc

    def _look_up(self, doc: Doc, tokens: npt.NDArray[np.intp], keys: Hashes) -> Hashes:
        rows, fresh, first = self._table.find(keys)
        self._lemmas[first:] = [self._lemmatize(doc[index])[0] for index in tokens[fresh].tolist()]
        # A lemma may have been forgotten with the memory zone of an earlier Doc.
        used, places = np.unique(rows, return_inverse=True)
        add, known = self._strings.add, self._lemmas
        return np.array([add(known[row]) for row in used.tolist()], np.uint64)[places]
