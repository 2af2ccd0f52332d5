"""A table of bounded size that finds the row of a key: what was computed for it once need not be again."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from extract.engines.fast.doc_arrays import Hashes
from extract.engines.fast.library import Kernels, address

# Keys looked up at once; a table must have room for as many new ones.
BLOCK = 4096
Rows = npt.NDArray[np.int32]


class KeyTable:
    """Gives each new key the next row; its owner keeps what belongs to the rows. A full table is emptied.

    Args:
        kernels: The kernels.
        n_columns: Integers per key.
        size: The greatest number of keys, a power of two, at least `BLOCK`.
    """

    def __init__(self, kernels: Kernels, n_columns: int, size: int) -> None:
        self._kernels, self._size, self._used = kernels, size, 0
        # Pages of memory that are never written to are never taken up.
        self._slots = np.zeros(2 * size, np.int32)
        self._keys = np.empty((size, n_columns), np.uint64)

    def find(self, keys: Hashes) -> tuple[Rows, Rows, int]:
        """Find keys, at most `BLOCK` of them.

        Returns:
            The row of each key, the positions of the new ones in `keys`, and the row of the first new one;
            the others follow it in that order. No row from there on belongs to an older key.
        """
        n, n_columns = keys.shape
        if self._used + n > self._size:
            self._slots[:] = 0
            self._used = 0
        rows, fresh = np.empty(n, np.int32), np.empty(n, np.int32)
        first = self._used
        table = (address(self._slots), len(self._slots), address(self._keys), first)
        n_fresh = self._kernels.library.extract_find_rows(
            address(keys), n, n_columns, *table, address(rows), address(fresh)
        )
        self._used += n_fresh
        return rows, fresh[:n_fresh], first


def blocks(n: int) -> Iterator[slice]:
    """Cut n tokens into blocks.

    >>> [(block.start, block.stop) for block in blocks(5000)]
    [(0, 4096), (4096, 8192)]
    """
    return (slice(start, start + BLOCK) for start in range(0, n, BLOCK))
