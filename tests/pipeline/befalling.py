"""What befalls the workers of warm runs, which are forks of the test."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from unittest import mock

from spacy.tokens import Doc

from extract.engines.spacy import SpacyEngine
from extract.model import Article


@contextmanager
def befalling(misfortunes: Mapping[str, Callable[[], object]]) -> Iterator[None]:
    """Let a misfortune befall the workers of warm runs at any article with its word."""
    plain = SpacyEngine.pipe

    def pipe(self: SpacyEngine, articles: Iterable[Article]) -> Iterator[Doc]:
        articles = list(articles)
        for word, misfortune in misfortunes.items():
            if any(word in article.text for article in articles):
                misfortune()
        return plain(self, articles)

    with mock.patch.object(SpacyEngine, "pipe", pipe):
        yield
