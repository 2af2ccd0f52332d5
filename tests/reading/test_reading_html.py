"""Web pages: text, sections and metadata from markup; pages that hold no article."""

import time
from pathlib import Path

import pytest

from extract.model import Article, Issue
from extract.reading import READERS, read_inputs
from extract.reading.context import Context
from extract.reading.html.authors import agreed, is_person, names_in
from extract.reading.html.document import decode_page
from extract.reading.html.publication import parse_moment, url_day
from extract.reading.html.titles import find_outlet, find_title, is_host
from extract.reading.page.forms import load_forms
from extract.reading.sources import Source

FORMS = load_forms()
CONTEXT = Context(max_chars=1_000_000, models_dir=None, sidecars={})
TITLE = "Ferry service resumes on the lower river"
BODY = (
    "The ferry between the two halves of the town ran again on Saturday after nine weeks without service.",
    '"The hull has been welded and the engine is new," said Karl Brandt, who runs the ferry with his sons.',
    "Passengers waited on both banks from early morning, some with bicycles and one with a piano.",
    "The council had paid for a bus over the bridge in the meantime, which few people used.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)


def page(head: str = "", body: str = PARAGRAPHS, *, title: str = TITLE, around: str = "") -> bytes:
    document = (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a><a href='/world'>World</a></nav>{around}"
        f"<article><h1>{TITLE}</h1>{body}</article><footer>All rights reserved</footer></body></html>"
    )
    return document.encode()


def read(data: bytes, tmp_path: Path, name: str = "a.html") -> Article | Issue:
    path = tmp_path / name
    path.write_bytes(data)
    [item] = READERS[path.suffix](Source(path, tmp_path, named=True), CONTEXT)
    return item


def article(data: bytes, tmp_path: Path) -> Article:
    item = read(data, tmp_path)
    assert isinstance(item, Article), item
    return item


def parts(found: Article) -> list[tuple[str, str]]:
    return [(section.kind, found.text[section.start : section.end]) for section in found.sections]


def test_the_text_is_title_byline_date_and_body_one_paragraph_a_line(tmp_path: Path) -> None:
    byline = "<p class='byline'>By Rana Odeh</p><p>5 September 2021</p>"
    found = article(page(body=byline + PARAGRAPHS), tmp_path)
    assert found.text.split("\n\n") == [TITLE, "By Rana Odeh", "5 September 2021", *BODY]
    assert [kind for kind, _ in parts(found)] == ["title", "byline", "dateline", "body"]
    assert (found.title, found.author, str(found.published_at)[:10]) == (TITLE, "Rana Odeh", "2021-09-05")


def test_captions_stand_in_their_place_and_are_no_body(tmp_path: Path) -> None:
    figure = "<figure><img src='a.jpg'><figcaption>The ferry at the east bank</figcaption></figure>"
    lines = [f"<p>{line}</p>" for line in BODY]
    found = article(page(body="".join([*lines[:2], figure, *lines[2:]])), tmp_path)
    assert parts(found)[1:4] == [
        ("body", "\n\n".join(BODY[:2])),
        ("caption", "The ferry at the east bank"),
        ("body", "\n\n".join(BODY[2:])),
    ]


def test_an_embedded_post_stands_in_its_place_with_its_signature(tmp_path: Path) -> None:
    post = (
        "<blockquote class='twitter-tweet'><p>We sail again at noon.</p>"
        "&mdash; Karl Brandt (@kbrandt) <a href='https://x.example/1'>September 4, 2021</a></blockquote>"
    )
    lines = [f"<p>{line}</p>" for line in BODY]
    found = article(page(body="".join([*lines[:2], post, *lines[2:]])), tmp_path)
    assert "We sail again at noon.\n\n— Karl Brandt (@kbrandt) September 4, 2021" in found.text
    assert found.text.index("welded") < found.text.index("We sail") < found.text.index("piano")


@pytest.mark.parametrize(
    ("text", "kind"), [("“The engine is new”", "body"), ("The engine is new", "boilerplate")]
)
def test_a_pull_quote_without_marks_is_not_read_as_prose(text: str, kind: str, tmp_path: Path) -> None:
    lines = [f"<p>{line}</p>" for line in BODY]
    aside = f"<aside class='wp-block-pull-quote'>{text}</aside>"
    found = article(page(body="".join([*lines[:2], aside, *lines[2:]])), tmp_path)
    assert [part for part, content in parts(found) if text in content] == [kind]


def test_scripts_styles_and_hidden_elements_are_not_shown(tmp_path: Path) -> None:
    hidden = (
        "<script>document.write('SECRET')</script><style>.SECRET{}</style><noscript>SECRET</noscript>"
        "<div hidden>SECRET SECRET</div><p style='display: none'>SECRET SECRET</p><!-- SECRET -->"
    )
    assert "SECRET" not in article(page(body=PARAGRAPHS + hidden), tmp_path).text


JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "@id": "#org", "name": "Riverbend News"},
 {"@type": "Person", "@id": "#rana", "name": "Rana Odeh"},
 {"@type": ["NewsArticle", "Article"], "headline": "Ferry service resumes on the lower river",
  "datePublished": "2021-09-05T11:20:00+03:00", "dateModified": "2021-09-07T08:00:00+03:00",
  "author": [{"@id": "#rana"}, {"@type": "Person", "name": "Laith Sader"}], "publisher": {"@id": "#org"},
  "mainEntityOfPage": {"@id": "https://riverbend.example/ferry"}}]}</script>"""


def test_json_ld_tells_authors_outlet_address_hour_and_zone(tmp_path: Path) -> None:
    found = article(page(JSON_LD), tmp_path)
    assert (found.author, found.outlet) == ("Rana Odeh and Laith Sader", "Riverbend News")
    assert found.url == "https://riverbend.example/ferry"
    assert str(found.published_at) == "2021-09-05 08:20:00+00:00"
    assert found.published_source == "metadata"


def meta(**values: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items()
    )


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        (
            meta(article__published_time="2021-09-05T11:20:00+03:00"),
            "published_at",
            "2021-09-05 08:20:00+00:00",
        ),
        (meta(article__modified_time="2021-09-07T08:00:00Z"), "published_at", "None"),
        (meta(pubdate="Sun, 05 Sep 2021 11:20:00 +0300"), "published_at", "2021-09-05 08:20:00+00:00"),
        (
            meta(author="By Rana Odeh, Riverbend News") + meta(og__site_name="Riverbend News"),
            "author",
            "Rana Odeh",
        ),
        (meta(author="Rana Odeh") + meta(byl="By Karl Brandt"), "author", "None"),  # two that contradict
        (
            meta(article__published_time="2021-09-05 11:20") + meta(published_at="2021-09-05T11:20:00+03:00"),
            "published_at",
            "2021-09-05 08:20:00+00:00",
        ),
        (meta(author="Staff Writer"), "author", "None"),
        (meta(author="@riverbend"), "author", "None"),
        (meta(author="https://social.example/riverbend"), "author", "None"),
        (meta(og__site_name="Riverbend News") + meta(author="Riverbend News"), "author", "None"),
        (meta(og__site_name="Riverbend News | Boats, fish, weather"), "outlet", "Riverbend News"),
        (meta(og__site_name="Magazine"), "outlet", "None"),  # a section
        (
            '<link rel="canonical" href="https://riverbend.example/ferry">',
            "url",
            "https://riverbend.example/ferry",
        ),
        ('<link rel="canonical" href="/ferry">', "url", "None"),
        (meta(og__title=f"{TITLE} - Riverbend News") + meta(og__site_name="Riverbend News"), "title", TITLE),
    ],
)
def test_tags_tell(head: str, field: str, expected: str, tmp_path: Path) -> None:
    assert str(getattr(article(page(head), tmp_path), field)) == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ('<p class="byline"><a>Rana Odeh</a> and <a>Laith Sader</a></p>', "Rana Odeh and Laith Sader"),
        (
            '<div><a class="author">Rana Odeh</a> and <a class="author">Laith Sader</a></div>',
            "Rana Odeh and Laith Sader",
        ),
        ('<p class="byline"><a class="author">Rana Odeh</a><a>Follow</a></p>', "Rana Odeh"),
        (
            '<p class="byline"><a class="author">Rana Odeh</a> and Laith Sader</p>',
            "Rana Odeh and Laith Sader",
        ),
        ('<p>Today <a href="/staff/rana-odeh/?ref=top">Rana Odeh</a></p>', "Rana Odeh"),
        ('<p>Today <a href="/topics/rana-odeh/">Rana Odeh</a></p>', "None"),
        ('<p>Today <a href="/staff/laith-sader/">Rana Odeh</a></p>', "None"),
        ("<p>By Rana Odeh Sep 5, 2021 2:00 PMTags</p>", "Rana Odeh"),
    ],
)
def test_the_byline_below_the_title(byline: str, expected: str, tmp_path: Path) -> None:
    body = f"<h1>{TITLE}</h1>{byline}{PARAGRAPHS}"
    assert str(article(page(body=body), tmp_path).author) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Rana Odeh", ("Rana Odeh",)),
        ("ByRana Odeh", ("Rana Odeh",)),
        ("Byby RANA ODEH, KARL BRANDT and LAITH SADER", ("RANA ODEH", "KARL BRANDT", "LAITH SADER")),
        ("Rana OdehRana Odeh", ("Rana Odeh",)),
        ("Par Rana Odeh", ("Rana Odeh",)),
        ("Our Riverbend Odeh", ()),
        ("By Rana Odeh and Karl Brandt, Riverbend News", ("Rana Odeh", "Karl Brandt")),
        ("Rana Odeh, Karl Brandt, and Laith Sader", ("Rana Odeh", "Karl Brandt", "Laith Sader")),
        ("Rana Odeh And Karl Brandt For The Riverbend Review", ("Rana Odeh", "Karl Brandt")),
        ("Rana Odeh Education editor", ("Rana Odeh",)),
        ("By Rana OdehStaff Writer", ("Rana Odeh",)),
        ("Rana Odeh (@odeh) rana@riverbend.example", ("Rana Odeh",)),
        ("By Rana Odeh Jr.", ("Rana Odeh Jr.",)),
        ("By Letters To The Editor", ()),
        ("Editorial Staff", ()),
        ("Our Correspondent", ()),
        ("admin", ()),
        ("The Riverbend Review", ()),
        ("5 September 2021", ()),
    ],
)
def test_names_are_those_of_persons(text: str, expected: tuple[str, ...]) -> None:
    assert names_in(text, FORMS) == expected


def test_a_name_that_two_places_share_beats_one_that_stands_alone() -> None:
    rana, karl = ("Rana Odeh",), ("Karl Brandt",)
    assert agreed(rana, [karl, rana]) == rana
    assert agreed((), [karl, rana, (*rana, "Laith Sader")]) == (*rana, "Laith Sader")
    assert agreed((), [rana, karl]) == ()
    assert agreed(rana, [karl]) == rana  # what the page shows below its title


def test_an_outlet_is_no_person() -> None:
    assert is_person("Rana Odeh", FORMS)
    assert not is_person("Rana Odeh", FORMS, {"rana odeh"})


@pytest.mark.parametrize(
    ("stated", "tag", "headings", "expected"),
    [
        ([], f"{TITLE} | Riverbend News", [TITLE], TITLE),
        ([], f"{TITLE} | World | Riverbend News", [], TITLE),
        ([TITLE], TITLE, [f"Local News | {TITLE}"], TITLE),
        ([f"{TITLE}..."], f"{TITLE} - Riverbend News", ["Log In"], TITLE),
        ([], "Home", [], None),
        ([], "", ["Visit the harbour this fall", "See the wild horses here"], None),
    ],
)
def test_the_title_is_what_tags_and_headings_agree_on(
    stated: list[str], tag: str, headings: list[str], expected: str | None
) -> None:
    assert find_title(stated, tag, headings, ["Riverbend News"], FORMS) == expected


def test_an_outlet_at_the_end_of_the_title_needs_support() -> None:
    title = f"{TITLE} - Riverbend News"
    assert find_outlet([], title, "https://www.riverbendnews.example/a", (), FORMS) == "Riverbend News"
    assert find_outlet([], title, None, {"riverbend news"}, FORMS) == "Riverbend News"
    assert find_outlet([], title, "https://other.example/a", (), FORMS) is None
    assert is_host("Riverbend News", "https://riverbendnews.example")
    assert not is_host("Riverbend News", "https://river.example")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-09-05T11:20:00+0300", "2021-09-05T11:20:00+03:00"),
        ("20210905", "2021-09-05"),
        ("September 5, 2021", "2021-09-05"),
        ("Sun, 05 Sep 2021 11:20:00 GMT", "2021-09-05T11:20:00+00:00"),
        ("yesterday", None),
        ("0001-01-01T00:00:00", None),
    ],
)
def test_moments_in_tags(value: str, expected: str | None) -> None:
    assert parse_moment(value, FORMS.dates) == expected


def test_a_day_in_a_table_of_the_article_is_not_its_day(tmp_path: Path) -> None:
    rows = [("Capital", "Reedham"), ("Largest town", "Riverbend"), ("Dominion", "26 September 1907")]
    cells = "".join(f"<tr><td><p>{name}</p></td><td><p>{value}</p></td></tr>" for name, value in rows)
    found = article(page(body=f"<table>{cells}</table>{PARAGRAPHS}"), tmp_path)
    assert "26 September 1907" in found.text
    assert found.published_source != "byline"


def test_the_day_in_an_address() -> None:
    assert url_day("https://riverbend.example/2021/09/05/ferry") == "2021-09-05"
    assert url_day("https://riverbend.example/news/123456789/ferry") is None
    assert url_day("https://riverbend.example/2021/13/45/ferry") is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<p>café</p>".encode(), "café"),
        (b"<meta charset='iso-8859-1'><p>\x93caf\xe9\x94</p>", "“café”"),  # as browsers do: Windows-1252
        ("<meta charset='windows-1256'><p>نعم</p>".encode("cp1256"), "نعم"),
        ("<meta charset='latin-1'><p>café</p>".encode(), "café"),  # it says so, but is UTF-8
        ("<p>café</p>".encode("utf-16"), "café"),
    ],
)
def test_pages_are_decoded_as_they_are(data: bytes, expected: str) -> None:
    assert expected in decode_page(data)[0]


@pytest.mark.parametrize(
    "data",
    [
        page(body="<p>Sorry.</p>", title="404 Not Found"),
        page(body="<form><input name=a></form>", title="Log in"),
        b"<title>Riverbend</title><p>We value your privacy. Accept all cookies to read our pages.</p>",
        b"<html><body></body></html>",
        page('<link rel="canonical" href="https://riverbend.example/">'),
        page(body="".join(f"<p><a href='/{n}'>{line}</a></p>" for n, line in enumerate(BODY))),
    ],
)
def test_pages_without_article_say_so(data: bytes, tmp_path: Path) -> None:
    item = read(data, tmp_path)
    assert isinstance(item, Issue)
    assert item.code in {"no_article", "empty_text"}
    assert item.advice


def test_a_page_that_is_cut_by_a_paywall_is_told(tmp_path: Path) -> None:
    wall = "<div class='wall'>Subscribe to continue reading. Already a subscriber? Log in</div>"
    assert [
        issue.code
        for issue in article(page(body=PARAGRAPHS + wall), tmp_path).issues
        if issue.code == "cut_by_paywall"
    ]
    assert not [issue.code for issue in article(page(), tmp_path).issues if issue.code == "cut_by_paywall"]


def test_the_folder_of_a_saved_page_is_told_once_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_bytes(page())
    (tmp_path / "ferry_files").mkdir()
    for name in ("frame1.html", "frame2.html", "style.css"):
        (tmp_path / "ferry_files" / name).write_bytes(page())
    (tmp_path / "old_files").mkdir()
    (tmp_path / "old_files" / "b.html").write_bytes(page())
    for given in (tmp_path, tmp_path / "**" / "*.html"):
        items = list(read_inputs([given], max_chars=1_000_000))
        assert [item.article_id for item in items if isinstance(item, Article)] == ["ferry", "old_files/b"]
        assert [item.code for item in items if isinstance(item, Issue)] == ["page_resources"]


def test_an_archive_of_a_page_is_its_main_part(tmp_path: Path) -> None:
    frame = b"<html><body><p>Buy a boat.</p></body></html>"
    content = (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://riverbend.example/ferry\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=cut\r\n\r\n--cut\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page() + b"\r\n--cut\r\n"
        b"Content-Type: text/html\r\nContent-Location: https://ads.example/1\r\n\r\n"
        + frame
        + b"\r\n--cut--\r\n"
    )
    found = read(content, tmp_path, "ferry.mhtml")
    assert isinstance(found, Article)
    assert (found.title, found.url) == (TITLE, "https://riverbend.example/ferry")
    assert "boat" not in found.text


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 10_000 + PARAGRAPHS,
        f"<div {' '.join(f'a{number}=1' for number in range(20_000))}></div>{PARAGRAPHS}",
        PARAGRAPHS * 2_000,
        "<p>" + "<b>word </b>" * 12_000,
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + PARAGRAPHS,
        "<img src='data:image/png;base64," + "A" * 9_000_000 + "'>" + PARAGRAPHS,
        "<p>" + "long page " * 1_300_000,
    ],
    ids=["nested", "attributes", "long", "inline", "json", "picture", "huge"],
)
def test_hostile_pages_end_in_seconds(body: str, tmp_path: Path) -> None:
    started = time.process_time()
    item = read(page(body=body), tmp_path)
    assert isinstance(item, Article) or item.message
    assert time.process_time() - started < 20
