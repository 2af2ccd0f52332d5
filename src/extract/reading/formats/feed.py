"""Feeds, RSS and Atom: one article per entry."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser

from extract.errors import NoArticlesError, ReadError, TooLargeError
from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.markup import text_of
from extract.reading.opening import read_source
from extract.reading.page.forms import Forms
from extract.reading.problems import Problem, id_problem
from extract.reading.records.articles import Record, read_records
from extract.reading.sources import Source

_MOST_BYTES = 50_000_000  # a feed is read whole, and takes about ten times its size in memory
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?(?P<name>[\w.-]+)")
_BEFORE_ROOT = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_START = 100_000
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_LONGEST_KEY = 300


def read_feed(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the entries of a feed; an Issue's source is `file:number`.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is another XML file, or too large.
    """
    content = read_source(source.path, _MOST_BYTES)
    if len(content) > _MOST_BYTES:
        message = f"The file has more than {_MOST_BYTES:,} bytes, too many for a feed."
        raise TooLargeError(message, advice="Split it, or convert it to JSON Lines.")
    # Its own cleaning of HTML is not needed: only text is taken.
    feed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    if content.strip() and not feed.version and not feed.entries:
        raise _not_a_feed(content)

    def records() -> Iterator[Record | Issue]:
        for number, entry in enumerate(feed.entries, 1):
            values = _values(entry, feed.feed, context.forms)
            problems = () if _content(entry) else (_SUMMARY_ONLY,)
            yield Record(values, number, problems if values["text"] else (), _key(entry))

    yield from read_records(records, source, "feed", context)


def _values(entry: Mapping[str, Any], feed: Mapping[str, Any], forms: Forms) -> dict[str, object]:
    """Return the fields of an entry by the names that all records use."""
    title = feed.get("title") or ""
    origin, link = entry.get("source") or {}, str(entry.get("link") or "")
    return {
        "text": text_of(_content(entry) or entry.get("summary") or ""),
        "title": entry.get("title"),
        "url": link if link.startswith("http") else None,  # an entry without link has its id here
        "outlet": origin.get("title") or forms.outlet_at_start(title) or title,
        "author": [author.get("name") for author in entry.get("authors") or () if author.get("name")],
        "language": (entry.get("content") or [{}])[0].get("language") or feed.get("language"),
        "published": _moment(entry),
    }


def _content(entry: Mapping[str, Any]) -> str:
    """Return the longest content, empty if the entry has none: then its summary may be all there is."""
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    return max(contents, key=len, default="")


def _moment(entry: Mapping[str, Any]) -> str | None:
    """Return the time of publication; RSS 1.0 and many an Atom feed have only that of the last version."""
    for name in ("published", "updated"):
        if entry.get(f"{name}_parsed"):
            try:
                return datetime(*entry[f"{name}_parsed"][:6]).replace(tzinfo=UTC).isoformat()  # noqa: DTZ001
            except ValueError:
                continue
        if entry.get(name):
            return str(entry[name])
    return None


def _key(entry: Mapping[str, Any]) -> str | None:
    """Return the entry's own id, which other feeds may have as well."""
    key = entry.get("id")
    return key if isinstance(key, str) and len(key) <= _LONGEST_KEY and not id_problem(key) else None


def _not_a_feed(content: bytes) -> ReadError:
    root = _ROOT.search(_BEFORE_ROOT.sub(b"", content[:_START]))
    name = root["name"].decode("ascii", "replace") if root else None
    if name in _SITEMAPS:
        return NoArticlesError(
            "The file is a sitemap: it lists addresses, and has no articles.",
            advice="Save the pages that it lists, as HTML; addresses are not fetched.",
        )
    seen = f"its outermost element is <{name}>" if name else "it has no XML element"
    return NoArticlesError(
        f"The file is no RSS or Atom feed: {seen}.", advice="Convert it to JSON Lines or CSV."
    )


_SUMMARY_ONLY = Problem(
    "warning",
    "summary_only",
    "The entry has no content element; its text is its description, perhaps only a summary.",
    "Save the page of the article if you need all of it.",
)
