"""articles.csv: metadata beside text files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.model import Article, Issue
from extract.reading import read_inputs

TEXT = "Council Meets\nBy Tara Sample\nJuly 1, 2021\nThe council met and they said that it will meet again."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2021").mkdir()
    for name in ("a.txt", "2021/b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return tmp_path


def read(*inputs: Path) -> tuple[dict[str, Article], list[Issue]]:
    found = list(read_inputs(inputs, max_chars=1000))
    articles = {item.article_id: item for item in found if isinstance(item, Article)}
    return articles, [item for item in found if isinstance(item, Issue)]


def write(folder: Path, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    (folder / "articles.csv").write_bytes(data)


def test_its_values_win_and_the_others_stay(folder: Path) -> None:
    write(folder, "file,published,outlet,url\na.txt,2021-07-28,The Example,https://example.org\n")
    articles, issues = read(folder)
    told, untold = articles["a"], articles["2021/b"]
    assert issues == []
    assert (told.published_at, told.published_source) == (datetime(2021, 7, 28, tzinfo=UTC), "metadata")
    assert (told.outlet, told.url) == ("The Example", "https://example.org")
    assert (told.title, told.author) == ("Council Meets", "Tara Sample")
    assert (untold.published_source, untold.outlet) == ("byline", None)
    assert told.content_hash != untold.content_hash


@pytest.mark.parametrize("name", ["2021/b", "2021/b.txt", "./2021/b.txt", "2021\\b.txt", " 2021/b "])
def test_names_of_files(folder: Path, name: str) -> None:
    write(folder, f"File;Title\n{name};Given\n")
    articles, issues = read(folder)
    assert articles["2021/b"].title == "Given"
    assert issues == []


def test_the_nearest_counts(folder: Path) -> None:
    write(folder, "file,outlet\na,Outer\n2021/b,Outer\n")
    write(folder / "2021", "file,outlet\nb,Inner\n")
    articles, _ = read(folder)
    assert (articles["a"].outlet, articles["2021/b"].outlet) == ("Outer", "Inner")


def test_a_file_named_alone_has_the_same_metadata(folder: Path) -> None:
    write(folder, "file,outlet\na,The Example\n")
    assert read(folder / "a.txt")[0]["a"] == read(folder)[0]["a"]


def test_a_spreadsheet_programs_encodings(folder: Path) -> None:
    write(folder, "file,outlet\na,Caf\u00e9\n".encode("utf-8-sig"))
    assert read(folder)[0]["a"].outlet == "Café"


@pytest.mark.parametrize(
    ("content", "severity", "line"),
    [
        ("", "warning", ""),
        ("name,outlet\na,b\n", "warning", ""),
        ('file,outlet\na,"never closed\n', "warning", ""),
        (b"\xff\xfefile", "warning", ""),
        ("file,outlet\na,b,c\n", "warning", ":2"),
        ("file,outlet\n,b\n", "warning", ":2"),
        ("file,outlet\na,b\na,c\n", "warning", ":3"),
        ("file,outlet\nmissing,b\n", "info", ":2"),
        (f"file,outlet\n{'x' * 5000},b\n", "info", ":2"),
        ("file,outlet\n..,b\n", "info", ":2"),
        ("file,outlet\n/,b\n", "info", ":2"),
    ],
)
def test_what_is_wrong_is_told_and_the_articles_are_read(
    folder: Path, content: str | bytes, severity: str, line: str
) -> None:
    write(folder, content)
    articles, [issue] = read(folder)
    assert list(articles) == ["a", "2021/b"]
    assert (issue.severity, issue.code) == (severity, "bad_sidecar")
    assert issue.source == f"{folder / 'articles.csv'}{line}"


def test_a_date_that_is_not_understood_is_told_on_the_article(folder: Path) -> None:
    write(folder, "file,published\na,some day\n")
    issues = read(folder)[0]["a"].issues
    assert [issue.code for issue in issues] == ["bad_published"]
