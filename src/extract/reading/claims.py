"""The ids of articles: two sources never silently take each other's place."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from extract.model import Article, Issue
from extract.reading.names import file_of
from extract.reading.problems import Problem, may_hide_article

Owner = Callable[[Article], str | None]
"""Returns the source from which another run published the id of an article, if that source still has it."""


def no_owner(_article: Article) -> None:
    """Return None: nothing is published."""


@dataclass(slots=True)
class Claims:
    """Which source has which article id.

    Attributes:
        owner: See `Owner`.
        files: The files of this run.
    """

    owner: Owner
    files: frozenset[str]
    _read: set[str] = field(default_factory=set)
    _broken: set[str] = field(default_factory=set)
    _sources: dict[str, str] = field(default_factory=dict)
    _waiting: list[Article] = field(default_factory=list)

    def are_free(self, ids: Collection[str]) -> bool:
        """Return whether no file that was read has an article with one of these ids."""
        return self._sources.keys().isdisjoint(ids)

    def keep(self, ids: Collection[str], file: str) -> None:
        """Let a file that is not read again keep the ids of its articles."""
        self._sources.update(dict.fromkeys(ids, file))
        self._read.add(file)

    def admit(self, items: Iterable[Article | Issue], file: str) -> Iterator[Article | Issue]:
        """Yield the items of a file, with an Issue in place of each article that may not have its id.

        An article waits for `settle` if its id was published from a file that is still to be read.
        """
        for item in items:
            if isinstance(item, Issue):
                if may_hide_article(item):
                    self._broken.add(file)
                yield item
            elif self._must_wait(item):
                self._waiting.append(item)
            else:
                yield self._decide(item)
        self._read.add(file)

    def settle(self) -> Iterator[Article | Issue]:
        """Yield the articles that waited, or the issues in their place, when all files have been read."""
        yield from map(self._decide, self._waiting)

    def _must_wait(self, article: Article) -> bool:
        owner = None if article.article_id in self._sources else self.owner(article)
        return owner is not None and file_of(owner) in self.files - self._read

    def _decide(self, article: Article) -> Article | Issue:
        owner = self._sources.get(article.article_id) or self._published_owner(article)
        if owner is not None:
            return _taken(article, owner)
        self._sources[article.article_id] = article.source
        return article

    def _published_owner(self, article: Article) -> str | None:
        """Return the source that keeps the id; a file that was read as a whole would have claimed it."""
        owner = self.owner(article)
        if owner is None or file_of(owner) not in self.files:
            return owner
        return owner if file_of(owner) in self._broken else None


def _taken(article: Article, owner: str) -> Issue:
    problem = Problem(
        "error",
        "duplicate_id",
        f"The id {article.article_id!r} is already used by {owner}.",
        "The first one is kept. Give every article its own id or file name, or set folder_ids (--folder-ids, "
        "EXTRACT_FOLDER_IDS=1), which puts the name of the input folder in front of every id.",
    )
    return problem.at(article.source, article.article_id)
