"""Feeds: RSS and Atom entries, summaries, other XML, entities that grow."""

from pathlib import Path

import pytest

from reading.records import codes, read

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Riverbend News</title><language>en-us</language>{items}</channel></rss>"""
ITEM = """<item><title>Council &amp;amp; governor meet</title><link>https://riverbend.example/{n}</link>
<guid isPermaLink="false">riverbend-{n}</guid><dc:creator>Rana Odeh</dc:creator>
<pubDate>Sun, 05 Sep 2021 11:20:00 +0300</pubDate><description>In short.</description>{content}</item>"""
CONTENT = (
    "<content:encoded><![CDATA[<p>The council met &amp; left.</p><script>x()</script><p>They will meet again."
    "</p>]]></content:encoded>"
)
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Riverbend News</title>
<entry><title>Talks</title><id>tag:riverbend.example,2021:1</id><link href="https://riverbend.example/1"/>
<published>2021-09-05T11:20:00+03:00</published><updated>2021-09-09T00:00:00Z</updated>
<author><name>Rana Odeh</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They <b>met</b>.</p></div></content>
</entry>
<entry><title>More</title><id>tag:riverbend.example,2021:2</id><updated>2021-09-06T00:00:00Z</updated>
<summary>They left.</summary></entry></feed>"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feed.xml"


@pytest.mark.parametrize("suffix", [".xml", ".rss", ".atom"])
def test_an_entry_is_an_article(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"feed{suffix}"
    file.write_text(RSS.format(items=ITEM.format(n=1, content=CONTENT)), encoding="utf-8")
    [article], issues = read(file)
    assert article.text == "The council met & left.\n\nThey will meet again."
    assert (article.title, article.outlet) == ("Council & governor meet", "Riverbend News")
    assert (article.author, article.url) == ("Rana Odeh", "https://riverbend.example/1")
    assert str(article.published_at) == "2021-09-05 08:20:00+00:00"
    assert (article.language, article.format) == ("en-us", "feed")
    assert article.article_id == f"feed{suffix}#riverbend-1"
    assert (article.issues, issues) == ((), [])


def test_a_summary_is_told(file: Path) -> None:
    items = ITEM.format(n=1, content="") + ITEM.format(n=2, content=CONTENT)
    file.write_text(RSS.format(items=items), encoding="utf-8")
    [short, whole], _ = read(file)
    assert short.text == "In short."
    assert "summary_only" in codes([short])
    assert "summary_only" not in codes([whole])


def test_atom(file: Path) -> None:
    file.write_text(ATOM, encoding="utf-8")
    [first, second], issues = read(file)
    assert (first.text, first.author) == ("They met.", "Rana Odeh")
    assert str(first.published_at) == "2021-09-05 08:20:00+00:00"
    assert (second.text, second.url) == ("They left.", None)
    assert str(second.published_at) == "2021-09-06 00:00:00+00:00"
    assert issues == []


def test_an_entry_without_words_is_told(file: Path) -> None:
    item = "<item><title>Only a title</title><link>https://riverbend.example/9</link></item>"
    file.write_text(RSS.format(items=item + ITEM.format(n=1, content=CONTENT)), encoding="utf-8")
    [_], [issue] = read(file)
    assert (issue.code, issue.source) == ("empty_text", f"{file}:1")
    assert "title, url" in issue.message


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (
            '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
            "sitemap",
        ),
        ("<!-- of May --><sitemapindex></sitemapindex>", "sitemap"),
        ('<?xml version="1.0"?><catalogue><book/></catalogue>', "<catalogue>"),
        ("no XML at all", "no XML element"),
    ],
)
def test_other_xml_is_told(file: Path, content: str, seen: str) -> None:
    file.write_text(content, encoding="utf-8")
    articles, [issue] = read(file)
    assert articles == []
    assert (issue.severity, issue.code) == ("error", "no_articles")
    assert seen in issue.message


def test_entities_neither_grow_nor_read_files(file: Path) -> None:
    names = "".join(f'<!ENTITY a{index} "{f"&a{index - 1};" * 10}">' for index in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY a0 "grown">{names}<!ENTITY host SYSTEM "file:///etc/hostname">]>'
    item = ITEM.format(n=1, content="<content:encoded>They met. &a9; &host;</content:encoded>")
    file.write_text(RSS.format(items=item).replace("<rss", f"{doctype}<rss", 1), encoding="utf-8")
    articles, _ = read(file)
    assert all(len(article.text) < 200 for article in articles)
    assert all(Path("/etc/hostname").read_text().strip() not in article.text for article in articles)
