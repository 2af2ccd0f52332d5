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
    """Yield the pairs of rows with the same value, many at a time: each new row with those before it."""
    rows = _rows_with_new_values(band, is_new)
    # Rows of the same value in one run, the old ones first.
    rows = rows[np.lexsort((is_new[rows], band[rows]))]
    places = np.arange(len(rows))
    is_start = np.diff(band[rows], prepend=band[rows[:1]] + 1) != 0
    starts = np.maximum.accumulate(np.where(is_start, places, 0))
    later = np.flatnonzero(is_new[rows] & (places > starts))
    ends = np.cumsum(later - starts[later])
    for first in range(0, int(ends[-1]) if len(ends) else 0, _AT_ONCE):
        numbers = np.arange(first, min(first + _AT_ONCE, ends[-1]))
        which = np.searchsorted(ends, numbers, side="right")
        ones = later[which] - (ends[which] - numbers)
        yield np.stack([rows[ones], rows[later[which]]], axis=1)


def _rows_with_new_values(band: npt.NDArray[np.uint32], is_new: npt.NDArray[np.bool_]) -> _Numbers:
    """Return the rows whose value some new row has."""
    # By 16 bits first: a hundred new rows rule out nearly all known ones without a search.
    may_match = np.zeros(_LOW_BITS + 1, np.bool_)
    may_match[band[is_new] & _LOW_BITS] = True
    rows = np.flatnonzero(may_match[band & _LOW_BITS])
    return rows[np.isin(band[rows], band[is_new])]
