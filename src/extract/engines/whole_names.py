"""Names with a hyphen that a parse has cut: `Haider |al|-|Abadi| said`, with three subjects.

The tokenizer splits words at hyphens, and the model, which was trained on few Arabic names, gives the parts
heads of their own: a subject `Abadi`, and beside it a subject `Haider al`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

_HYPHEN = "-"


def mend_cut_names(doc: Doc) -> Doc:
    """Let the parts of each name with a hyphen depend on one of them, the last where the parse allows it."""
    heads: dict[int, tuple[int, str]] = {}
    for start, end in _hyphenated(doc):
        parts = list(doc[start:end])
        if len([part for part in parts if _is_cut(part, start, end)]) > 1 and _is_name(parts):
            heads |= _mended(parts, start, end)
    return _with_heads(doc, heads) if heads else doc


def _hyphenated(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the token ranges of words that hyphens join without a space: `al-Abadi`, `Jean-Yves`."""
    columns: Any = doc.to_array(["ORTH", "SPACY"])
    orths, spaces = columns.T
    hyphens = np.flatnonzero(orths[1:-1] == doc.vocab.strings[_HYPHEN]) + 1
    joining = [int(at) for at in hyphens if not spaces[at] and not spaces[at - 1]]
    start = end = -1
    for at in joining:
        if at != end:
            if end > 0:
                yield start, end
            start = at - 1
        end = at + 2
    if end > 0:
        yield start, end


def _is_cut(part: Token, start: int, end: int) -> bool:
    """Return whether a part of a word depends on nothing inside it."""
    return part.dep_ == "ROOT" or not start <= part.head.i < end


def _is_name(parts: list[Token]) -> bool:
    """Return whether all parts between the hyphens are proper nouns, and of one sentence."""
    is_one = not any(part.is_sent_start for part in parts[1:])
    return is_one and all(part.pos_ == "PROPN" for part in parts if part.text != _HYPHEN)


def _mended(parts: list[Token], start: int, end: int) -> dict[int, tuple[int, str]]:
    """Return new heads and dependency labels of cut parts, by token index.

    All depend on the last part that depends on no other one. If that is a subject after a preposition with an
    object in the name, it is the object: `a commander |of Saraya al-Salam| said`.
    """
    cut = [part for part in parts if _is_cut(part, start, end)]
    tops = [part for part in cut if not any(start <= above.i < end for above in part.ancestors)]
    names = [part for part in tops if part.text != _HYPHEN]
    if not names:
        return {}
    top, governed = names[-1], next((part for part in names if part.dep_ == "pobj"), None)
    heads = {
        part.i: (top.i, "punct" if part.text == _HYPHEN else "compound") for part in cut if part.i != top.i
    }
    if governed is not None and top.dep_ in ("nsubj", "nsubjpass"):
        heads[top.i] = governed.head.i, governed.dep_
    return heads


def _with_heads(doc: Doc, heads: dict[int, tuple[int, str]]) -> Doc:
    columns: Any = doc.to_array(["HEAD", "DEP"])
    for index, (head, label) in heads.items():
        columns[index] = (np.int64(head - index).astype(np.uint64), doc.vocab.strings.add(label))
    return doc.from_array(["HEAD", "DEP"], columns)
