"""Makes the report of the current publication."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extract.ids import digest
from extract.report.actors import Actors
from extract.report.addresses import article_page
from extract.report.buckets import ArticleRows, Bucket
from extract.report.corpus import Corpus
from extract.report.folder import Folder
from extract.report.headlines import headlines
from extract.report.heads import Head, read_heads
from extract.report.pages import PAGES
from extract.report.pages.article import write_article
from extract.report.publication import Publication, news_of, open_publication
from extract.report.site import Site, code, hash_of
from extract.schema.table import Row
from extract.store.entries import gc_disabled
from extract.store.files import disk_errors

_REPORT = "report"


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report.

    Attributes:
        index: Its first page.
        n_files: Number of its files; 0 if it was up to date and nothing was looked at.
        n_written: Number of those that changed.
        headlines: What is new, in a few lines.
    """

    index: Path
    n_files: int
    n_written: int
    headlines: tuple[str, ...]


def index_of(outputs: Path) -> Path:
    """Return where the first page of an output folder's report is, made or not."""
    return outputs / _REPORT / "index.html"


def make_report(outputs: Path, to: Path | None = None, since: date | None = None) -> Report:
    """Make the report of the current publication, or bring it up to date.

    Args:
        outputs: The output folder.
        to: Where the report is to be; None for `report` in the output folder.
        since: New is what came on that day or later; None: what the last publication brought.

    Raises:
        StoreError: Nothing is published, a file is damaged, the disk is full, something else is at that
            place, or no publication that is old enough is on disk.
    """
    folder = Folder(to or outputs / _REPORT)
    with disk_errors(folder.address.parent):
        publication = open_publication(outputs, since)
        made_from = {
            "code": code(),
            "publication": str(publication.folder),
            "compared with": str(publication.earlier),
            "facts": _facts(publication),
        }
        index = folder.address / "index.html"
        if folder.state.get("made_from") == made_from and index.exists():
            return Report(index, 0, 0, tuple(folder.state["headlines"]))
        with folder.building():
            lines = headlines(_write_all(publication, folder))
            folder.remember({"made_from": made_from, "headlines": lines})
        return Report(index, folder.n_files, folder.n_written, tuple(lines))


def _write_all(publication: Publication, folder: Folder) -> Site:
    """Write all pages; return what they show."""
    corpus = Corpus(
        Actors(publication.all_rows("actors")),
        read_heads(publication),
        news_of(publication),
        list(publication.all_rows("issues")),
    )
    site = Site(corpus, publication, folder)
    _write_articles(site)
    for write in PAGES:
        write(site)
    for name in ("style.css", "script.js"):
        site.copy(name)
    return site


def _write_articles(site: Site) -> None:
    """Write the pages of articles as their rows pass by, and gather what the other pages need."""
    corpus = site.corpus
    neighbours = _neighbours(list(corpus.heads.values()))
    issues = _issues(corpus.issues)
    for number in site.publication.buckets():
        bucket, changed = Bucket(site.publication, number), []
        with _gathering():
            for rows in bucket.gathered(corpus.actors, corpus.heads):
                key = rows.article["article_id"]
                corpus.add(rows, _origin(site, rows))
                if not site.keep(article_page(key), corpus.origins[key], neighbours[key], issues.get(key)):
                    changed.append(rows)
        for rows in bucket.whole(changed):
            key = rows.article["article_id"]
            write_article(site, rows, issues.get(key, []), neighbours[key])


@contextmanager
def _gathering() -> Iterator[None]:
    """Keep the garbage collector from scanning again and again what is made here, and stays to the end."""
    with gc_disabled():
        yield
        gc.freeze()


def _origin(site: Site, rows: ArticleRows) -> str:
    """Return a hash of what an article's rows depend on: its content, the pipeline, the rest of its story."""
    article = rows.article
    entry = site.publication.entries[article["article_id"]]
    copies = [row["duplicate_of"] for row in rows.quotes]
    original = site.corpus.heads.get(article["duplicate_of"])
    return hash_of(entry.content_hash, entry.fingerprint, copies, original)


def _neighbours(heads: Sequence[Head]) -> Mapping[str, tuple[Head | None, Head | None]]:
    """Return the next newer and the next older article of each."""
    around: list[Head | None] = [None, *heads, None]
    return {head.article_id: (around[at], around[at + 2]) for at, head in enumerate(heads)}


def _issues(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    grouped = defaultdict(list)
    for row in rows:
        if row["article_id"] is not None:
            grouped[row["article_id"]].append(row)
    return grouped


def _facts(publication: Publication) -> str:
    return digest(repr(sorted((name, one.checksum) for name, one in publication.facts.items())).encode())
