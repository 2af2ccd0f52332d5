"""Whether two texts tell the same story in nearly the same words.

Measured are the passages that both texts have: a passage counts if a quarter of its shingles also stand in
the other text. A copy in which every third word was changed passes; a paragraph of background that an
outlet repeats in other articles is only a part of them. Reports on a form (weather, appointments, daily
figures) have whole texts in common, but other names and figures in them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extract.stories.sketch import shingles_of
from extract.stories.words import IS_FACT, WORD, Codes

# Shingles in a passage, and the share of them that a copied passage keeps.
_PASSAGE = 12
_KEPT = 0.25
# Least share of the shorter and of the longer text that stands in common passages. A digest of four stories
# is none of them; half of a text may be background.
_LEAST_OF_SHORTER = 0.65
_LEAST_OF_LONGER = 0.25
# Least share of the shorter text's shingles that stand in the longer one: where a third of the words was
# changed, four in nine are left. Reports on two events of a kind have the same phrases, but fewer.
_LEAST_SHARED = 0.38
# Least share of the names and figures in common passages that both have, and how much lower than that of
# other words it may be: editors change words and figures alike, forms differ in what is filled in.
_LEAST_FACTS = 0.55
_LARGEST_GAP = 0.15
# Least share of facts and of other words of a text that was taken over unchanged.
_VERBATIM = 0.9

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Similarity:
    """How similar two texts are that tell the same story.

    Attributes:
        share: Share of all their shingles that they have in common.
        is_verbatim: Whether hardly a word was changed in what they have in common.
    """

    share: float
    is_verbatim: bool


def compare(one: Codes, other: Codes) -> Similarity | None:
    """Return how similar two texts are; None if they do not tell the same story."""
    shingles = shingles_of(one), shingles_of(other)
    common = _common(*shingles), _common(*shingles[::-1])
    shorter, longer = sorted(zip(map(len, shingles), common, strict=True), key=lambda pair: pair[0])
    if shorter[1].mean() < _LEAST_OF_SHORTER or longer[1].mean() < _LEAST_OF_LONGER:
        return None
    facts, others = _agreement(one, other, common, IS_FACT), _agreement(one, other, common, 0)
    if facts < _LEAST_FACTS or others - facts > _LARGEST_GAP:
        return None
    both, sizes = len(np.intersect1d(*shingles)), [len(np.unique(each)) for each in shingles]
    if both < _LEAST_SHARED * min(sizes):
        return None
    return Similarity(both / (sum(sizes) - both), min(facts, others) >= _VERBATIM)


def _common(own: npt.NDArray[np.uint32], other: npt.NDArray[np.uint32]) -> _Mask:
    """Return which shingles stand in a passage that the other text has too."""
    passage = min(_PASSAGE, len(own))
    shared = np.convolve(np.isin(own, other), np.ones(passage), "same")
    common: _Mask = shared >= _KEPT * passage
    return common


def _agreement(one: Codes, other: Codes, common: tuple[_Mask, _Mask], kind: int) -> float:
    """Return the share of the words of a kind in common passages that the other text has as well."""
    shares = []
    for own, theirs, inside in ((one, other, common[0]), (other, one, common[1])):
        words = np.unique(own[:-1][inside & (own[:-1] & IS_FACT == kind)] & WORD)
        if len(words):
            shares.append(float(np.isin(words, theirs & WORD).mean()))
    return sum(shares) / len(shares) if shares else 1.0
