"""Which articles tell the same story in nearly the same words: pure functions of texts and dates.

    words       text -> the words that matter, as numbers
    sketch      words -> a key that equal texts share, and a MinHash signature
    candidates  signatures -> pairs of texts that may be similar
    similarity  two texts -> whether they are similar
    grouping    similar pairs and dates -> stories

The store calls them at publication; `extract.store.stories.snapshot_stories`.
"""

from extract.stories.candidates import candidate_pairs
from extract.stories.grouping import Text, group_texts
from extract.stories.similarity import Similarity, compare
from extract.stories.sketch import HASHES, Signatures, Sketch, signatures_of, sketch_of
from extract.stories.words import Codes, words_key

__all__ = [
    "HASHES",
    "Codes",
    "Signatures",
    "Similarity",
    "Sketch",
    "Text",
    "candidate_pairs",
    "compare",
    "group_texts",
    "signatures_of",
    "sketch_of",
    "words_key",
]
