"""Batches of articles, written to files so that a run's memory does not grow with its input."""

import pickle
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from extract.model import Article


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that one worker annotates in one go, waiting in a file of the run's own folder.

    Attributes:
        docs: Files of the cache with their Docs; none where they have to be parsed.
    """

    name: str
    folder: Path
    n_articles: int
    docs: tuple[Path, ...] = ()

    def read(self) -> tuple[Article, ...]:
        """Return the articles."""
        articles: tuple[Article, ...] = pickle.loads(self._file.read_bytes())  # noqa: S301 - written below
        return articles

    @property
    def _file(self) -> Path:
        return self.folder / f"{self.name}.batch"


def write_batch(folder: Path, name: str, articles: tuple[Article, ...], docs: tuple[Path, ...] = ()) -> Batch:
    """Write articles to a file of the folder."""
    batch = Batch(name, folder, len(articles), docs)
    batch._file.write_bytes(pickle.dumps(articles))  # noqa: SLF001 - its maker
    return batch


class BatchWriter:
    """Collects articles into batches of a size: those with a Doc apart, and near those of the same file.

    Args:
        folder: Where the batches are written.
        size: Articles a batch.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size
        self._waiting: dict[Path | None, list[Article]] = defaultdict(list)
        self._batches: list[Batch] = []

    def add(self, article: Article, docs: Path | None = None) -> None:
        """Add an article to the batch at hand, and write that when it is full.

        Args:
            article: The article.
            docs: File of the cache with its Doc; None where it has to be parsed.
        """
        self._waiting[docs].append(article)
        if len(self._waiting[docs]) == self._size:
            self._write(self._waiting.pop(docs), docs)

    def close(self) -> tuple[Batch, ...]:
        """Write what is left, of several files together, and return all batches."""
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
