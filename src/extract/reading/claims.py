"""The ids of articles: two sources never silently take each other's place."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.model import Article, Issue
from extract.reading.names import file_of
from extract.reading.problems import SAME_ARTICLE, Problem, may_hide_article


class Published(NamedTuple):
    """What an earlier run published under an id."""

    source: str
    content_hash: str


Owner = Callable[[Article], Published | None]
"""Returns what another run published under the id of an article, if its source still has it."""


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
    # Of id and content, as numbers: there may be millions.
    _contents: set[int] = field(default_factory=set)
    _copies: Counter[tuple[str, str]] = field(default_factory=Counter)
    _waiting: list[Article] = field(default_factory=list)

    def are_free(self, ids: Collection[str]) -> bool:
        """Return whether no file that was read has an article with one of these ids."""
        return self._sources.keys().isdisjoint(ids)

    def keep(self, contents: Mapping[str, str], file: str) -> None:
        """Let a file that is not read again keep the ids of its articles, which have these hashes."""
        self._sources.update(dict.fromkeys(contents, file))
        self._contents.update(map(hash, contents.items()))
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
                yield from self._decide(item)
        self._read.add(file)
        yield from self._notes()

    def settle(self) -> Iterator[Article | Issue]:
        """Yield the articles that waited, or the issues in their place, when all files have been read."""
        for article in self._waiting:
            yield from self._decide(article)
        yield from self._notes()

    def _must_wait(self, article: Article) -> bool:
        owner = None if article.article_id in self._sources else self.owner(article)
        return owner is not None and file_of(owner.source) in self.files - self._read

    def _decide(self, article: Article) -> Iterator[Article | Issue]:
        """Yield an article if its id is free, the issue of another content; of a copy nothing yet."""
        owner = self._sources.get(article.article_id) or self._published_source(article)
        content = hash((article.article_id, article.content_hash))
        if owner is None:
            self._sources[article.article_id] = article.source
            self._contents.add(content)
            yield article
        elif content in self._contents and file_of(owner) != file_of(article.source):
            self._copies[article.source, file_of(owner)] += 1
        else:
            yield _taken(article, owner)

    def _published_source(self, article: Article) -> str | None:
        """Return the source that keeps the id; a file that was read as a whole would have claimed it."""
        owner = self.owner(article)
        if owner is None:
            return None
        if file_of(owner.source) in self.files and file_of(owner.source) not in self._broken:
            return None
        self._contents.add(hash((article.article_id, owner.content_hash)))
        return owner.source

    def _notes(self) -> Iterator[Issue]:
        """Yield what is to be told of copies; an overlapping export of a channel may have thousands."""
        for (source, other), count in self._copies.items():
            yield _same_note(count, other).at(source)
        self._copies.clear()


def _same_note(count: int, other: str) -> Problem:
    which = "1 article is" if count == 1 else f"{count:,} articles are"
    message = f"{which} the same as in {other}, by id, text and metadata, and left out here."
    return Problem("info", SAME_ARTICLE, message, "Nothing is lost.")


def _taken(article: Article, owner: str) -> Issue:
    problem = Problem(
        "error",
        "duplicate_id",
        f"The id {article.article_id!r} is already used by {owner}.",
        "The first one is kept. Give every article its own id or file name, or set folder_ids (--folder-ids, "
        "EXTRACT_FOLDER_IDS=1), which puts the name of the input folder in front of every id.",
    )
    return problem.at(article.source, article.article_id)
