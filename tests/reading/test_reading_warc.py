"""Web archives: each page is read by the reader of web pages."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.model import Article, Issue
from extract.reading import READERS, read_inputs
from extract.reading.build import Draft, make_article
from extract.reading.context import Context
from extract.reading.sidecar import metadata_for
from extract.reading.sources import Source
from extract.registry import Registered

warcio = pytest.importorskip("warcio")
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402 - after the check that it is installed
from warcio.warcwriter import WARCWriter  # noqa: E402

BODY = "The council of Basra met on Sunday and chose nobody, members said after the session had ended."


def read_plainly(source: Source, context: Context) -> Iterator[Article | Issue]:
    """A reader of web pages that takes the whole file as the text."""
    text = source.path.read_text("utf-8")
    metadata = metadata_for(source, context.sidecars)
    draft = Draft("page", source.name, "html", text, metadata)
    yield make_article(draft, max_chars=context.max_chars, forms=context.forms)


@pytest.fixture(autouse=True)
def plain_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    target = f"{__name__}:read_plainly"
    monkeypatch.setitem(READERS.lines, ".html", Registered(target, "a page whose text is read as it stands"))


def write(path: Path, *answers: tuple[str, str, str, bytes]) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for address, status, kind, content in answers:
            head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(content), http_headers=head
            )
            writer.write_record(record)
    return path


def read(path: Path) -> tuple[dict[str, Article], list[Issue]]:
    items = list(read_inputs([path], max_chars=10_000))
    articles = {item.article_id: item for item in items if isinstance(item, Article)}
    return articles, [item for item in items if isinstance(item, Issue)]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_page_is_an_article_with_its_address(name: str, tmp_path: Path) -> None:
    page = ("200 OK", "text/html; charset=utf-8", BODY.encode())
    path = write(
        tmp_path / name,
        ("https://riverbend.example/a", *page),
        ("https://riverbend.example/a", *page),
        ("https://riverbend.example/b?page=2", *page),
        ("https://riverbend.example/map.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://riverbend.example/gone", "404 Not Found", "text/html", b"Gone."),
    )
    articles, [issue] = read(path)
    first, second, third = articles
    assert (first, second) == ("crawl#riverbend.example/a", "crawl#riverbend.example/a-2")
    assert third.startswith("crawl#riverbend.example/b-")
    assert articles[first].text == BODY
    assert articles[first].url == "https://riverbend.example/a"
    assert articles[first].published_at is None
    assert {article.source for article in articles.values()} == {str(path)}
    assert all(found.article_id == first for found in articles[first].issues)
    assert (issue.severity, issue.code) == ("info", "other_records")
    assert "1 image/png" in issue.message
    assert "1 answer 404" in issue.message


def test_a_page_without_text_is_told_with_its_address(tmp_path: Path) -> None:
    path = write(tmp_path / "crawl.warc", ("https://riverbend.example/a", "200 OK", "text/html", b" "))
    articles, [issue] = read(path)
    assert not articles
    assert issue.message.startswith("https://riverbend.example/a: ")
    assert issue.article_id == "crawl#riverbend.example/a"
