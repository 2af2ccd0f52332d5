"""Vectors of tokens: hashed embeddings of a token's form, then convolutions over its neighbours.

The embedding of a token depends on its form alone (its `NORM`, `PREFIX`, `SUFFIX`, `SHAPE`...), so thinc
computes it once per form, and a table of bounded size keeps it. The convolutions run in the kernels.
"""

import numpy as np
from spacy.tokens import Doc

from extract.engines.fast.doc_arrays import Hashes, attributes_of
from extract.engines.fast.layers import Layer, convolution_layers, embedding_layers, parameter, stacked
from extract.engines.fast.library import Floats, Kernels, address
from extract.engines.fast.table import KeyTable, blocks

FORMS = 1 << 16  # kept per table; their vectors take 25 MB


class EmbeddingTable:
    """The embedded forms.

    Args:
        tok2vec: The model, whose layers embed the forms.
        kernels: The kernels.
        size: The greatest number of forms kept.
    """

    def __init__(self, tok2vec: Layer, kernels: Kernels, size: int = FORMS) -> None:
        self._attributes, self._embed, self._mix = embedding_layers(tok2vec)
        self._kernels = kernels
        self._table = KeyTable(kernels, len(self._attributes), size)
        self._vectors = np.empty((size, kernels.shapes.width), np.float32)

    def look_up(self, doc: Doc, vectors: Floats) -> None:
        """Write the embedding of every token into `vectors`, shape (tokens, width)."""
        keys = attributes_of(doc, self._attributes)
        for block in blocks(len(keys)):
            self._look_up(keys[block], vectors[block])

    def _look_up(self, keys: Hashes, vectors: Floats) -> None:
        rows, fresh, first = self._table.find(keys)
        if len(fresh):
            self._vectors[first : first + len(fresh)] = self._mix.predict(self._embed.predict(keys[fresh]))
        self._kernels.library.extract_gather(
            address(self._vectors), address(rows), len(rows), address(vectors)
        )


class Encoder:
    """A model that turns the tokens of a Doc into vectors.

    Args:
        tok2vec: The model.
        kernels: The kernels.

    Raises:
        NotFastError: The model is built in another way.
    """

    def __init__(self, tok2vec: Layer, kernels: Kernels) -> None:
        self._table = EmbeddingTable(tok2vec, kernels)
        self._kernels = kernels
        maxouts, norms = zip(*convolution_layers(tok2vec, kernels.shapes), strict=True)
        # thinc orders the outputs of a maxout by unit, then piece; the kernels have each piece in a row.
        self._weights = stacked([parameter(maxout, "W").transpose(1, 0, 2) for maxout in maxouts])
        self._bias = stacked([parameter(maxout, "b").T for maxout in maxouts])
        self._scale = stacked([parameter(norm, "G") for norm in norms])
        self._shift = stacked([parameter(norm, "b") for norm in norms])
        self._n_layers = len(maxouts)
        self._scratch = np.empty(kernels.scratch, np.float32)

    def __call__(self, doc: Doc) -> Floats:
        """Return the vectors of the tokens, shape (tokens, width).

        As in spaCy, there are as many rows of zeros before and after the tokens as convolutions. One more,
        which no convolution changes, is the right neighbour of the last row.
        """
        pad = self._n_layers
        rows = np.zeros((len(doc) + 2 * pad + 1, self._kernels.shapes.width), np.float32)
        vectors = rows[pad : pad + len(doc)]
        self._table.look_up(doc, vectors)
        arrays = (rows, self._weights, self._bias, self._scale, self._shift, self._scratch)
        self._kernels.library.extract_convolve(
            self._kernels.sgemm,
            self._kernels.wide_integers,
            self._n_layers,
            len(rows) - 1,
            *map(address, arrays),
        )
        return vectors
