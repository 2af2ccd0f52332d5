"""The layers of a thinc model that the kernels can run, found by name and checked.

Every search ends in a `NotFastError` if the model is built otherwise than en_core_web_sm 3.8, so that no
weights are used in a place that they were not trained for.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from thinc.api import Model

from extract.engines.fast.library import Floats, NotFastError, Shapes

Layer = Model[Any, Any]

_MIXING = "with_array(maxout>>layernorm>>dropout)"
_CONVOLUTION = "residual(expand_window>>maxout>>layernorm>>dropout)"


def embedding_layers(tok2vec: Layer) -> tuple[list[str], Layer, Layer]:
    """Return the attributes of a token that are embedded, and the layers that embed and that mix them."""
    for node in tok2vec.walk():
        match node.layers:
            case [extract, ragged, embed, mix, _] if extract.name == "extract_features":
                columns = list(extract.attrs["columns"])
                require(ragged.name == "list2ragged" and mix.name == _MIXING, node.name)
                require(embed.name.count("ints-getitem>>hashembed") == len(columns), node.name)
                return columns, embed.layers[0], mix.layers[0]
    raise NotFastError(f"The model {tok2vec.name} embeds tokens in another way.")


def convolution_layers(tok2vec: Layer, shapes: Shapes) -> list[tuple[Layer, Layer]]:
    """Return the maxout and the layer norm of each convolution."""
    layers = [(only(node, "maxout"), only(node, "layernorm")) for node in named(tok2vec, _CONVOLUTION)]
    padded = [node for node in tok2vec.walk() if node.attrs.get("pad") == len(layers)]
    require(bool(layers) and len(padded) == 1, "other convolutions")
    windows = [node.attrs["window_size"] for node in named(tok2vec, "expand_window")]
    require(windows == [shapes.window // 2] * len(layers), f"windows of the sizes {windows}")
    for maxout, _ in layers:
        shape = parameter(maxout, "W").shape
        wanted = (shapes.width, shapes.pieces, shapes.window * shapes.width)
        require(shape == wanted, f"convolutions of the shape {shape}")
    return layers


def named(model: Layer, name: str) -> list[Layer]:
    """Return the nodes of a model with this name."""
    return [node for node in model.walk() if node.name == name]


def only(model: Layer, name: str) -> Layer:
    """Return the only node of a model with this name."""
    found = named(model, name)
    require(len(found) == 1, f"{len(found)} layers named {name}")
    return found[0]


def require(fits: bool, found: str) -> None:
    """Raise a NotFastError unless the model fits."""
    if not fits:
        raise NotFastError(f"The model is not built like en_core_web_sm 3.8: {found}.")


def parameter(layer: Layer, name: str) -> Floats:
    """Return a layer's weights, bias or the like."""
    found: Any = layer.get_param(name)
    return floats(found)


def floats(array: npt.NDArray[Any]) -> Floats:
    """Return the array as contiguous 32-bit floats."""
    return np.ascontiguousarray(array, dtype=np.float32)


def stacked(arrays: Sequence[npt.NDArray[Any]]) -> Floats:
    """Return arrays of one shape as one array of floats."""
    return floats(np.stack(arrays))
