"""Files that are not what their suffix says."""

import io
import zipfile
from pathlib import Path

import pytest

from extract.model import Article, Issue
from extract.reading.disguise import find_disguise
from extract.reading.inputs import read_inputs

ALL = frozenset(
    {".txt", ".html", ".json", ".jsonl", ".pdf", ".docx", ".xlsx", ".xml", ".mhtml", ".zip", ".csv"}
)
PAGE = "<!DOCTYPE html>\n<html><head><title>Talks</title></head><body><p>They met.</p></body></html>"
RECORD = '{"id": "a", "text": "They met."}'


def archive(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("suffix", "content", "found"),
    [
        (".txt", PAGE, ".html"),
        (".txt", f"\n<!-- saved from url=(0026)https://example.org/ -->\n{PAGE}", ".html"),
        (".txt", PAGE.encode("utf-16"), ".html"),
        (".txt", b"\xef\xbb\xbf" + PAGE.encode(), ".html"),
        (".txt", "<p>They <b>met</b>.</p><p>They left.</p>", ".html"),
        (".txt", '<?xml version="1.0"?><rss version="2.0"><channel/></rss>', ".xml"),
        (".txt", f"{RECORD}\n{RECORD}\n", ".jsonl"),
        (".txt", f"[\n  {RECORD},\n  {RECORD}\n]\n", ".json"),
        (".txt", b"%PDF-1.7\n", ".pdf"),
        (".txt", archive("word/document.xml"), ".docx"),
        (".txt", archive("a.txt"), ".zip"),
        (
            ".txt",
            "From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n",
            ".mhtml",
        ),
        (
            ".html",
            "From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n",
            ".mhtml",
        ),
        (".json", f"{RECORD}\n{RECORD}\n", ".jsonl"),
        (".jsonl", f"[\n{RECORD}\n]\n", ".json"),
        (".csv", PAGE, ".html"),
        (".csv", archive("xl/workbook.xml"), ".xlsx"),
        (".json", PAGE, ".html"),
    ],
)
def test_the_content_decides(suffix: str, content: str | bytes, found: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    disguise = find_disguise(path, suffix, ALL)
    assert disguise is not None
    assert (disguise.suffix, disguise.readable) == (found, True)
    assert f"named {suffix}" in disguise.problem.message
    assert found in disguise.problem.advice


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".txt", "They met in Basra.\n\n<b>More</b> </p> </p> </p> </p>"),
        (".txt", "< 5 % of voters came. </p>"),
        (".txt", "{They met} [and left]."),
        (".txt", '{"text": "cut off'),
        (".txt", ""),
        (".html", PAGE),
        (".htm", "They met."),
        (".json", RECORD),
        (".json", f"[{RECORD}]"),
        (".jsonl", f"{RECORD}\n{RECORD}"),
        (".xml", "<rss></rss>"),
        (".docx", archive("word/document.xml")),
        (".zip", archive("a.txt")),
        (".csv", "text,title\nThey met.,Talks\n"),
        (".md", "<p align=center>Talks</p>\n\n# They met\n"),
    ],
)
def test_an_honest_file_is_left_alone(suffix: str, content: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert find_disguise(path, suffix, ALL) is None


def test_what_nobody_reads_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    [issue] = read_inputs([tmp_path], max_chars=1_000)
    assert isinstance(issue, Issue)
    assert (issue.severity, issue.code) == ("error", "wrong_suffix")
    assert ".docx" in issue.advice


def test_json_lines_in_a_text_file_are_articles_with_one_issue(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('{"id": "a", "text": "They met."}\n{"id": "b", "text": "They left."}\n')
    first, second = read_inputs([tmp_path], max_chars=1_000)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.article_id, first.format) == ("a", "jsonl")
    assert first.source.endswith("a.txt")
    assert [issue.code for issue in first.issues if issue.code == "wrong_suffix"] == ["wrong_suffix"]
    assert not [issue for issue in second.issues if issue.code == "wrong_suffix"]


def test_a_page_in_a_text_file_is_read_as_a_page(tmp_path: Path) -> None:
    prose = "<p>The council of Basra met on Sunday and chose nobody, members said after the session.</p>"
    (tmp_path / "a.txt").write_text(PAGE.replace("<p>They met.</p>", f"<h1>Talks</h1>{prose * 3}"))
    [article] = read_inputs([tmp_path], max_chars=10_000)
    assert isinstance(article, Article)
    assert (article.format, article.title) == ("html", "Talks")
    assert "html_in_text" in [issue.code for issue in article.issues]
