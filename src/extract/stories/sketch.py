"""The sketch of an article: what is kept of its words in order to find its copies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extract.ids import digest
from extract.lexicon.keys import word_surfaces
from extract.stories.words import WORD, Codes, codes_of, words_key

Signatures = npt.NDArray[np.uint16]
"""One row of `HASHES` numbers per text; the share of equal numbers estimates how many shingles are shared."""

HASHES = 128
_SEED = 42
_BITS_KEPT = 0xFFFF
# Shorter texts (alerts, corrections, notes to subscribers) are copies only if all their words are equal.
_FEWEST_WORDS = 40
_BITS = 15  # of a word in a shingle
# Spreads the bits of a shingle: rensa expects hashes.
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of an article's words.

    Attributes:
        key: The same for articles with the same words; 32 hexadecimal digits.
        codes: The words to compare; none for a short text.
    """

    key: str
    codes: Codes


def sketch_of(title: str | None, text: str, body: Sequence[tuple[int, int]]) -> Sketch:
    """Return the sketch of an article.

    Args:
        title: Its headline, which only counts for short texts: editors write their own.
        text: Its text.
        body: Start and end of the passages that belong to the article itself.
    """
    surfaces = [surface for start, end in body for surface in word_surfaces(text[start:end])]
    codes = codes_of(surfaces)
    if len(surfaces) >= _FEWEST_WORDS and len(codes) > 1:
        return Sketch(digest(codes.tobytes()), codes)
    words = words_key(" ".join(surfaces))
    whole = f"{words_key(title or '')}\n{words}" if words else " ".join(text.split())
    return Sketch(digest(whole.encode("utf-8", "surrogatepass")), codes[:0])


def shingles_of(codes: Codes) -> npt.NDArray[np.uint32]:
    """Return the pairs of neighbouring words."""
    words = (codes & WORD).astype(np.uint32)
    return (words[:-1] << np.uint32(_BITS)) | words[1:]


def signatures_of(texts: Sequence[Codes]) -> Signatures:
    """Return the MinHash signatures of texts, of which each has two words or more."""
    from rensa import RMinHash  # noqa: PLC0415 - only what finds copies needs it

    hashes = [_spread(np.unique(shingles_of(codes))) for codes in texts]
    bounds = np.cumsum([0, *map(len, hashes)], dtype=np.uint64)
    flat = np.concatenate([np.empty(0, np.uint64), *hashes])
    rows = RMinHash.digest_matrix_from_flat_token_hashes(flat, bounds, HASHES, _SEED).to_rows()
    return (np.array(rows, np.uint32).reshape(-1, HASHES) & _BITS_KEPT).astype("<u2")


def _spread(shingles: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    mixed = shingles.astype(np.uint64) * _ODD
    return mixed ^ (mixed >> np.uint64(29))
