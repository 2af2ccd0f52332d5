"""Pairs of texts that may be similar, by their signatures (locality-sensitive hashing).

A band is two neighbouring numbers of a signature. Texts with an equal band are looked at: of texts that share
a fifth of their shingles more than nine in ten pairs have one, of unrelated texts one pair in some thousands.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from extract.stories.sketch import Signatures

# Least share of equal numbers in the signatures: below the least share of shingles that similar texts have.
_LEAST_SHARE = 0.1
_LOW_BITS = 0xFFFF
_AT_ONCE = 50_000  # pairs; memory use is a kilobyte for each

_Numbers = npt.NDArray[np.int64]


def candidate_pairs(signatures: Signatures, is_new: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the rows of each two signatures, of which one is new, that have much in common."""
    bands = np.ascontiguousarray(signatures).view("<u4")
    for band in range(bands.shape[1]):
        for pairs in _pairs_in_band(bands[:, band], is_new):
            one, other = bands[pairs[:, 0]], bands[pairs[:, 1]]
            is_first_time = (one == other).argmax(axis=1) == band
            share = (one.view("<u2") == other.view("<u2")).mean(axis=1)
            yield from map(tuple, pairs[is_first_time & (share >= _LEAST_SHARE)].tolist())


def _pairs_in_band(band: npt.NDArray[np.uint32], is_new: npt.NDArray[np.bool_]) -> Iterator[_Numbers]:
    """Yield the pairs of rows with the same value, many at a time."""
    # By 16 bits first: a hundred new rows rule out nearly all known ones without a search.
    may_match = np.zeros(_LOW_BITS + 1, np.bool_)
    may_match[band[is_new] & _LOW_BITS] = True
    rows = np.flatnonzero(may_match[band & _LOW_BITS])
    rows = rows[np.isin(band[rows], band[is_new])]
    if not len(rows):
        return
    rows = rows[np.argsort(band[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(band[rows], prepend=band[rows[0]] + 1))
    lengths = np.diff(starts, append=len(rows))
    waiting: list[_Numbers] = []
    for start, length in zip(starts[lengths > 1], lengths[lengths > 1], strict=True):
        group = rows[start : start + length]
        for pairs in _pairs_of(group, is_new[group]):
            waiting.append(pairs)
            if sum(map(len, waiting)) >= _AT_ONCE:
                yield np.concatenate(waiting)
                waiting.clear()
    if waiting:
        yield np.concatenate(waiting)


def _pairs_of(group: _Numbers, is_new: npt.NDArray[np.bool_]) -> Iterator[_Numbers]:
    """Yield each new row with the old ones and the new ones before it."""
    ordered = np.concatenate([group[~is_new], group[is_new]])
    for position in range(int((~is_new).sum()), len(ordered)):
        before = ordered[:position]
        yield np.stack([before, np.full_like(before, ordered[position])], axis=1)
