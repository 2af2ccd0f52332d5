"""Components that do to a Doc what spaCy's tok2vec, tagger, parser, lemmatizer and entity recogniser do.

Each takes the weights of spaCy's component, and sets the same attributes.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer, Tagger, Tok2Vec
from spacy.pipeline._parser_internals.nonproj import deprojectivize
from spacy.strings import StringStore
from spacy.tokens import Doc

from extract.engines.fast.doc_arrays import Hashes, attributes_of, set_attributes
from extract.engines.fast.encoder import Encoder
from extract.engines.fast.layers import floats, only, parameter, require
from extract.engines.fast.lemmas import FastLemmas
from extract.engines.fast.library import Floats, Kernels, address, load_kernels
from extract.engines.fast.transitions import Transitions

Component = Callable[[Doc], Doc]


class FastTok2Vec:
    """Sets `doc.tensor`, the vectors that tagger and parser share."""

    def __init__(self, pipe: Tok2Vec, kernels: Kernels) -> None:
        self._encode = Encoder(pipe.model, kernels)

    def __call__(self, doc: Doc) -> Doc:
        """Set the vectors."""
        tensor: Any = self._encode(doc)
        doc.tensor = tensor
        return doc


class FastTagger:
    """Sets tags: the best of a linear layer over `doc.tensor`."""

    def __init__(self, pipe: Tagger, kernels: Kernels) -> None:
        softmax = only(pipe.model, "softmax")
        self._weights, self._bias = floats(parameter(softmax, "W").T), parameter(softmax, "b")
        require(self._weights.shape == (kernels.shapes.width, len(pipe.labels)), "another tagger")
        self._tags = _hashes(pipe.vocab.strings, pipe.labels)

    def __call__(self, doc: Doc) -> Doc:
        """Set the tags."""
        scores = _tensor(doc) @ self._weights
        scores += self._bias
        set_attributes(doc, {"TAG": self._tags[scores.argmax(axis=1)]})
        return doc


class FastParser:
    """Sets heads, dependencies and sentences, from `doc.tensor` and the sentence starts known already."""

    def __init__(self, pipe: DependencyParser, kernels: Kernels) -> None:
        self._kernels = kernels
        self._transitions = Transitions(pipe, kernels, "SDLRB", kernels.shapes.parse_features)
        labels = self._transitions.labels
        require("subtok" not in labels, "a parser that merges tokens")
        self._deps = _hashes(pipe.vocab.strings, labels)
        self._root = np.uint64(pipe.vocab.strings.add("ROOT"))
        self._is_decorated = np.array(["||" in label for label in labels])

    def __call__(self, doc: Doc) -> Doc:
        """Set the parse."""
        n = len(doc)
        features = self._transitions.features(_tensor(doc))
        starts = attributes_of(doc, ["SENT_START"]).astype(np.int8)
        heads, moves = np.empty(n, np.int32), np.empty(n, np.int32)
        work, flags = np.empty(5 * n, np.int32), np.empty(n, np.uint8)
        arrays: list[npt.NDArray[Any]] = [starts, heads, moves, work, flags]
        self._kernels.library.extract_parse(
            self._transitions.moves, address(features), n, *map(address, arrays)
        )
        is_root = heads < 0
        offsets = np.where(is_root, 0, heads - np.arange(n))
        set_attributes(doc, {"HEAD": offsets, "DEP": np.where(is_root, self._root, self._deps[moves])})
        if self._is_decorated[moves[~is_root]].any():
            deprojectivize(doc)
        return doc


class FastNames:
    """Sets the entities."""

    def __init__(self, pipe: EntityRecognizer, kernels: Kernels) -> None:
        self._kernels = kernels
        self._encode = Encoder(pipe.model.get_ref("tok2vec"), kernels)
        self._transitions = Transitions(pipe, kernels, "BILUO", kernels.shapes.name_features)
        # The last one is the label of tokens outside names, whose number is -1.
        self._labels = _hashes(pipe.vocab.strings, [*self._transitions.labels, ""])

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities."""
        n = len(doc)
        features = self._transitions.features(self._encode(doc))
        starts, is_space = attributes_of(doc, ["SENT_START", "IS_SPACE"]).T.astype(np.int8, order="C")
        iob, labels = np.empty(n, np.int32), np.empty(n, np.int32)
        self._kernels.library.extract_find_names(
            self._transitions.moves, address(features), n, *map(address, (starts, is_space, iob, labels))
        )
        set_attributes(doc, {"ENT_IOB": iob, "ENT_TYPE": self._labels[labels]})
        return doc


_FAST: dict[type, Callable[[Any, Kernels], Component]] = {
    Tok2Vec: FastTok2Vec,
    Tagger: FastTagger,
    DependencyParser: FastParser,
    EntityRecognizer: FastNames,
    EnglishLemmatizer: FastLemmas,
}


def fast_components(nlp: Language) -> list[Component]:
    """Return the pipeline's components, those in whose place there is a fast one by that.

    Raises:
        NotFastError: The kernels are not there, or a component is built in another way.
    """
    kernels = load_kernels()
    return [_FAST[type(pipe)](pipe, kernels) if type(pipe) in _FAST else pipe for _, pipe in nlp.pipeline]


def _tensor(doc: Doc) -> Floats:
    tensor: Any = doc.tensor
    found: Floats = tensor
    return found


def _hashes(strings: StringStore, labels: Iterable[str]) -> Hashes:
    """Return the labels' numbers in the vocabulary."""
    return np.array([strings.add(label) if label else 0 for label in labels], np.uint64)
