"""Web archives (`.warc`, `.warc.gz`): one article per archived page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from extract.ids import article_id_of, digest
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.copies.scratch import scratch_folder
from extract.reading.formats import READERS
from extract.reading.problems import Problem
from extract.reading.records.metadata import Metadata
from extract.reading.sidecar import Sidecar
from extract.reading.sources import Source

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MOST_BYTES = 50_000_000
_LONGEST_ADDRESS = 150
_HASH_LENGTH = 6
_PAGE = "page.html"


def read_warc(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the pages in a web archive; other records are counted in one issue.

    The day on which a page was captured says nothing of when it was published, and is not used.

    Raises:
        OSError: The file cannot be read.
    """
    name = source.path.name.lower().removesuffix(".gz")
    archive_id = article_id_of(source.path.with_name(name), source.folder)
    others: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    with scratch_folder() as scratch, source.path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                kind = _kind(record)
                if kind not in _PAGES:
                    others[kind] += 1
                    continue
                seen[address] += 1
                page = _Page(address, f"{archive_id}#{_key(address, seen[address])}", source)
                yield from _read_page(record, page, scratch, context)
        except (ArchiveLoadFailed, ValueError, EOFError) as error:
            message = f"It is no web archive, or breaks off: {error}."
            yield Problem("error", "bad_warc", message, "Fetch it again.").at(source.name)
            return
    if others or not seen:
        yield _others_problem(others).at(source.name)


def _kind(record: ArcWarcRecord) -> str:
    """Return the type of what a record answers, or what the record is instead of a page."""
    if record.rec_type != "response" or record.http_headers is None:
        return str(record.rec_type)
    if record.http_headers.get_statuscode() != "200":
        return f"answer {record.http_headers.get_statuscode()}"
    kind = record.http_headers.get_header("Content-Type") or "unknown type"
    return kind.partition(";")[0].strip().lower()


def _key(address: str, number: int) -> str:
    """Return the address without its scheme; of a second capture, with its number."""
    parts = urlsplit(address)
    plain = f"{parts.netloc}{parts.path}".rstrip("/")
    if parts.query or len(plain) > _LONGEST_ADDRESS or not plain.isprintable():
        hashed = digest(address.encode("utf-8", "replace"))[:_HASH_LENGTH]
        plain = f"{plain[:_LONGEST_ADDRESS]}-{hashed}" if plain.isprintable() else hashed
    return plain if number == 1 else f"{plain}-{number}"


class _Page(NamedTuple):
    """A page in a web archive."""

    address: str
    article_id: str
    archive: Source

    def own(self, item: Article | Issue) -> Article | Issue:
        """Return an article or issue that the reader of web pages gives as one of the archive."""
        # A page that is an export of several documents has their marks in its ids.
        inner = (item.article_id or "").partition("#")[2]
        whole = f"{self.article_id}#{inner}" if inner else self.article_id
        name = self.archive.name
        if isinstance(item, Issue):
            return replace(item, source=name, article_id=whole, message=f"{self.address}: {item.message}")
        issues = tuple(replace(issue, source=name, article_id=whole) for issue in item.issues)
        url = item.url or self.address or None
        return replace(item, source=name, article_id=whole, url=url, issues=issues)


def _read_page(
    record: ArcWarcRecord, page: _Page, folder: Path, context: Context
) -> Iterator[Article | Issue]:
    """Have a page read by the reader of web pages."""
    data = record.content_stream().read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = f"The page has more than {_MOST_BYTES:,} bytes."
        problem = Problem("error", "too_long", message, "Save the page alone.")
        yield page.own(problem.at(page.archive.name))
        return
    file = Source(folder / _PAGE, folder, named=False, base=folder)
    file.path.write_bytes(data)
    told = {folder: Sidecar({_PAGE: Metadata(url=page.address or None)})}
    for item in READERS[".html"](file, replace(context, sidecars=told, nesting=context.nesting + 1)):
        yield page.own(item)


def _others_problem(others: Counter[str]) -> Problem:
    if not others:
        return Problem("warning", "no_records", "The archive has no records.", "Fill it or remove it.")
    counted = ", ".join(f"{count:,} {kind}" for kind, count in others.most_common(10))
    message = f"Records that are no web pages were left out: {counted}."
    return Problem("info", "other_records", message, "Nothing need be done.")
