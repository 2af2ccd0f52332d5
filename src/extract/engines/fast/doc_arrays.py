"""Attributes of a Doc's tokens as arrays; spaCy's own types say less of them than they are."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

Hashes = npt.NDArray[np.uint64]  # all of spaCy's attributes; negative ones wrap around


def attributes_of(doc: Doc, names: Sequence[str]) -> Hashes:
    """Return attributes of the tokens, shape (tokens, attributes)."""
    array: Any = doc.to_array(list(names))
    found: Hashes = array.reshape(len(doc), len(names))
    return found


def set_attributes(doc: Doc, values: Mapping[str, npt.NDArray[Any]]) -> None:
    """Set attributes of all tokens.

    Args:
        doc: The Doc.
        values: Integers per token, by name of the attribute. With HEAD and DEP, spaCy also finds each token's
            children and the sentences.
    """
    columns: Any = np.stack([column.astype(np.uint64, copy=False) for column in values.values()], axis=1)
    doc.from_array(list(values), columns)
