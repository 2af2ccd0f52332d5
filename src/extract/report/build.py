"""Makes the report of the current publication."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.ids import digest
from extract.report.actors import Actors
from extract.report.addresses import article_page
from extract.report.corpus import ArticleRows, Corpus, Head, read_bucket, read_heads
from extract.report.folder import Folder
from extract.report.headlines import headlines
from extract.report.pages import PAGES
from extract.report.pages.article import write_article
from extract.report.publication import Publication, news_of, open_publication
from extract.report.site import Site
from extract.schema.table import Row
from extract.store.entries import gc_disabled
from extract.store.files import disk_errors

_HERE = Path(__file__).parent
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


def make_report(outputs: Path, to: Path | None = None) -> Report:
    """Make the report of the current publication, or bring it up to date.

    Args:
        outputs: The output folder.
        to: Where the report is to be; None for `report` in the output folder.

    Raises:
        StoreError: Nothing is published, a file is damaged, the disk is full, or something else is at that
            place.
    """
    folder = Folder(to or outputs / _REPORT)
    with disk_errors(folder.address.parent):
        publication = open_publication(outputs)
        made_from = {"code": _code(), "publication": str(publication.folder), "facts": _facts(publication)}
        index = folder.address / "index.html"
        state = folder.state()
        if state.get("made_from") == made_from and index.exists():
            return Report(index, 0, 0, tuple(state["headlines"]))
        with folder.building():
            site, states = _write_all(publication, folder)
            lines = headlines(site)
            folder.remember({"made_from": made_from, "articles": states, "headlines": lines})
        return Report(index, folder.n_files, folder.n_written, tuple(lines))


def _write_all(publication: Publication, folder: Folder) -> tuple[Site, Mapping[str, str]]:
    """Write all pages; return what they show, and what each article's page was made from."""
    corpus = Corpus(
        Actors(publication.all_rows("actors")),
        read_heads(publication),
        news_of(publication),
        list(publication.all_rows("issues")),
    )
    site = Site(corpus, publication, folder)
    states = _write_articles(site)
    for write in PAGES:
        write(site)
    for name in ("style.css", "script.js"):
        site.copy(name)
    return site, states


def _write_articles(site: Site) -> Mapping[str, str]:
    """Write the pages of articles as their rows pass by, and gather what the other pages need.

    A page is made again only if something that it shows is not as before.
    """
    corpus, old = site.corpus, site.folder.state().get("articles", {})
    neighbours = _neighbours(list(corpus.heads.values()))
    issues = _issues(corpus.issues)
    names = digest(repr([(key, corpus.actors.name(key)) for key in corpus.actors.rows]).encode())
    states = {}
    for bucket in site.publication.buckets():
        for rows in _read(site, bucket):
            key = rows.article["article_id"]
            path, near, problems = article_page(key), neighbours[key], issues.get(key, [])
            made_from = (_code(), names, _origin(site, rows), near, problems)
            states[path] = digest(repr(made_from).encode("utf-8", "surrogatepass"))
            if old.get(path) != states[path] or not site.folder.keep(path):
                write_article(site, rows, problems, near)
    return states


def _read(site: Site, bucket: int) -> Sequence[ArticleRows]:
    """Return the articles of a bucket, after what other pages need of them is gathered."""
    corpus = site.corpus
    with gc_disabled():  # which would scan all statements again and again
        articles = list(read_bucket(site.publication, bucket, corpus.actors, corpus.heads))
        for rows in articles:
            corpus.add(rows)
    return articles


def _origin(site: Site, rows: ArticleRows) -> tuple[object, ...]:
    """Return what an article's rows depend on: its content, the pipeline, the rest of its story."""
    article = rows.article
    entry = site.publication.entries[article["article_id"]]
    copies = [row["duplicate_of"] for row in rows.quotes]
    return entry.content_hash, entry.fingerprint, copies, site.corpus.heads.get(article["duplicate_of"])


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


@cache
def _code() -> str:
    """Return a hash of this package: a report of another version is made again."""
    files = (path for path in _HERE.rglob("*") if path.suffix in {".py", ".html", ".css", ".js"})
    return digest(b"".join(path.read_bytes() for path in sorted(files)))
