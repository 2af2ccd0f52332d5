"""Batches of articles for a neural network: large enough to keep it busy, small enough for memory."""

from collections.abc import Iterable, Iterator
from itertools import islice

from extract.model import Article

SIZE = 8


def in_batches(articles: Iterable[Article], size: int = SIZE) -> Iterator[list[Article]]:
    """Yield the articles in lists of at most `size`."""
    rest = iter(articles)
    while batch := list(islice(rest, size)):
        yield batch
