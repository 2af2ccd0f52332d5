"""Batches of articles, stored in files so that memory use does not grow with the input."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC
from math import ceil
from pathlib import Path

from pydantic import TypeAdapter

from extract.model import Article
from extract.store.files import disk_errors

# So many characters of articles with cached Docs are derived while a further process would start.
_CACHED_CHARS = 400_000
# JSON: whoever can write to the output folder must not be able to have a worker execute code.
_ARTICLES = TypeAdapter(tuple[Article, ...])


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that a worker annotates together, stored in a file in the run's folder.

    Attributes:
        n_chars: Number of characters of all articles together.
        docs: Cache files with their Docs; empty if they have to be parsed.
    """

    name: str
    folder: Path
    n_articles: int
    n_chars: int
    docs: tuple[Path, ...] = ()

    def read(self) -> tuple[Article, ...]:
        """Return the articles."""
        return tuple(map(_in_utc, _ARTICLES.validate_json(self.file.read_bytes())))

    @property
    def file(self) -> Path:
        """Where they are stored."""
        return self.folder / f"{self.name}.json"


def n_processes(batches: Iterable[Batch]) -> int:
    """Return how many processes batches can occupy: one each, or few if their Docs are cached."""
    chars = [(batch.n_chars, bool(batch.docs)) for batch in batches]
    n_new = sum(not is_cached for _, is_cached in chars)
    return _n_processes(n_new, sum(count for count, is_cached in chars if is_cached))


def _n_processes(n_new: int, cached_chars: int) -> int:
    return n_new + ceil(cached_chars / _CACHED_CHARS)


def write_batch(folder: Path, name: str, articles: tuple[Article, ...], docs: tuple[Path, ...] = ()) -> Batch:
    """Write articles to a file in the folder.

    Raises:
        StoreError: The file cannot be written.
    """
    batch = Batch(name, folder, len(articles), sum(len(article.text) for article in articles), docs)
    with disk_errors(folder):
        batch.file.write_bytes(_ARTICLES.dump_json(articles))
    return batch


def _in_utc(article: Article) -> Article:
    """Return the article with Python's own object for UTC; pydantic has another, which is equal."""
    if article.published_at is None:
        return article
    return replace(article, published_at=article.published_at.astimezone(UTC))


class BatchWriter:
    """Collects articles into batches; those with a cached Doc are kept separate and grouped by cache file.

    Args:
        folder: Where the batches are written.
        size: Articles per batch.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size
        self._waiting: dict[Path | None, list[Article]] = defaultdict(list)
        self._batches: list[Batch] = []
        self._n_new = self._cached_chars = 0

    @property
    def n_processes(self) -> int:
        """Number of processes that the articles so far will occupy."""
        return _n_processes(ceil(self._n_new / self._size), self._cached_chars)

    def add(self, article: Article, docs: Path | None = None) -> None:
        """Add an article to the current batch, and write the batch when it is full.

        Args:
            article: The article.
            docs: Cache file with its Doc; None if it has to be parsed.
        """
        self._waiting[docs].append(article)
        if docs is None:
            self._n_new += 1
        else:
            self._cached_chars += len(article.text)
        if len(self._waiting[docs]) == self._size:
            self._write(self._waiting.pop(docs), docs)

    def close(self) -> tuple[Batch, ...]:
        """Write the remaining articles, combining several cache files in a batch, and return all batches."""
        self._write(self._waiting.pop(None, []))
        articles: list[Article] = []
        files: list[Path] = []
        for docs in sorted(filter(None, self._waiting)):
            if len(articles) + len(self._waiting[docs]) > self._size:
                self._write(articles, *files)
                articles, files = [], []
            articles += self._waiting[docs]
            files.append(docs)
        self._write(articles, *files)
        return tuple(self._batches)

    def _write(self, articles: list[Article], *docs: Path | None) -> None:
        if articles:
            name, files = f"{len(self._batches):06d}", tuple(filter(None, docs))
            self._batches.append(write_batch(self._folder, name, tuple(articles), files))
