"""Weights of a greedy transition parser, and what each token adds to the scores of its moves."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from spacy.pipeline import DependencyParser, EntityRecognizer

from extract.engines.fast.layers import Layer, floats, only, parameter, require
from extract.engines.fast.library import Floats, Kernels, MovesStruct, address

# Tokens whose features fit into memory that is kept from Doc to Doc; mapping it anew takes time.
_KEPT = 2048


class Transitions:
    """The layers of spaCy's `TransitionBasedParser` after its tok2vec.

    Args:
        pipe: The parser or entity recogniser.
        kernels: The kernels.
        kinds: The letters of the moves, in the order of their numbers in kernels.c.
        n_features: Tokens that the next move looks at.

    Attributes:
        labels: Label of each move; empty for moves without one.
        moves: The weights, for the kernels.

    Raises:
        NotFastError: The model is built in another way.
    """

    def __init__(
        self, pipe: DependencyParser | EntityRecognizer, kernels: Kernels, kinds: str, n_features: int
    ) -> None:
        model: Layer = pipe.model
        require(pipe.cfg["beam_width"] == 1, "a beam search")
        require(model.attrs["has_upper"] and not model.attrs["unseen_classes"], "another parser model")
        names = [pipe.moves.get_class_name(number) for number in range(pipe.moves.n_moves)]
        require(len(names) <= kernels.shapes.max_moves, f"{len(names)} moves")
        require(all(name[0] in kinds for name in names), "other moves")
        self.labels = [name[2:] for name in names]
        linear, upper = only(model.get_ref("tok2vec"), "linear"), model.get_ref("upper")
        self._linear = floats(parameter(linear, "W").T), parameter(linear, "b")
        self._lower, missing, bias = _lower_layer(model.get_ref("lower"), kernels, n_features)
        self._arrays = (
            *(missing, bias, floats(parameter(upper, "W").T), parameter(upper, "b")),
            *(np.array([_kind(name, kinds) for name in names], np.int32), _numbers(self.labels)),
        )  # kept alive for `moves`
        self.moves = MovesStruct(*map(address, self._arrays), len(names))
        self._kept = np.empty((_KEPT, self._lower.shape[1]), np.float32)

    def features(self, vectors: Floats) -> Floats:
        """Return what each token adds at each position of a state.

        The shape is (tokens, positions * pieces * hidden); the array is valid until the next call.
        """
        weights, bias = self._linear
        hidden = vectors @ weights
        hidden += bias
        out = self._kept[: len(vectors)] if len(vectors) <= len(self._kept) else None
        return np.matmul(hidden, self._lower, out=out)


def _lower_layer(lower: Layer, kernels: Kernels, n_features: int) -> tuple[Floats, Floats, Floats]:
    """Return weights (inputs, positions * pieces * hidden), a missing token's sums, and the bias.

    thinc orders the outputs by position, hidden unit and piece; the kernels have the pieces before the units.
    """
    weights, bias, missing = (parameter(lower, name) for name in ("W", "b", "pad"))
    n_inputs = weights.shape[-1]
    wanted = (n_features, kernels.shapes.hidden, kernels.shapes.hidden_pieces, n_inputs)
    require(weights.shape == wanted, f"a parser of the shape {weights.shape}")
    return (
        floats(weights.transpose(3, 0, 2, 1).reshape(n_inputs, -1)),
        floats(missing[0].transpose(0, 2, 1)),
        floats(bias.T),
    )


def _kind(name: str, kinds: str) -> int:
    """Return the number of a move's kind; -1 for a move that only preset names allow.

    >>> _kind("B-ORG", "BILUO"), _kind("O", "BILUO"), _kind("U-", "BILUO"), _kind("S", "SDLRB")
    (0, 4, -1, 0)
    """
    return -1 if name == "U-" else kinds.index(name[0])


def _numbers(labels: Sequence[str]) -> npt.NDArray[np.int32]:
    """Return the number of each move's label: the first move with that label."""
    return np.array([labels.index(label) for label in labels], np.int32)
