"""Links in input folders: those that stay inside are followed, those that lead outside are told."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.model import Article, Issue
from extract.reading import read_inputs
from extract.reading.sources import find_sources

ENGLISH = "The council met and the members said that they will meet again.\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """An input folder with one article, beside a folder of another owner."""
    write(tmp_path / "news" / "own.txt")
    write(tmp_path / "private" / "secret.txt")
    write(tmp_path / "private" / "2021" / "old.txt")
    return tmp_path / "news"


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{ENGLISH}{path.name}", encoding="utf-8")


def read(*inputs: Path, follow_links: bool = False) -> tuple[list[str], list[Issue]]:
    found = list(read_inputs(inputs, max_chars=10_000, follow_links=follow_links))
    ids = [item.article_id for item in found if isinstance(item, Article)]
    return ids, [item for item in found if isinstance(item, Issue)]


def told(issues: Sequence[Issue]) -> list[tuple[str, str, str]]:
    return [(issue.source, issue.severity, issue.code) for issue in issues]


def test_a_link_to_a_file_outside_is_told_and_not_read(news: Path) -> None:
    (news / "link.txt").symlink_to(news.parent / "private" / "secret.txt")
    ids, [issue] = read(news)
    assert ids == ["own"]
    assert told([issue]) == [(str(news / "link.txt"), "warning", "outside_link")]
    assert str(news.parent / "private" / "secret.txt") in issue.message
    assert "follow_links" in issue.advice


def test_a_link_to_a_folder_outside_is_told_once_and_not_entered(news: Path) -> None:
    (news / "link").symlink_to(news.parent / "private")
    ids, issues = read(news)
    assert ids == ["own"]
    assert told(issues) == [(str(news / "link"), "warning", "outside_link")]


def test_the_setting_allows_it(news: Path) -> None:
    (news / "link").symlink_to(news.parent / "private")
    (news / "link.txt").symlink_to(news.parent / "private" / "secret.txt")
    assert read(news, follow_links=True) == (["link", "own", "link/secret", "link/2021/old"], [])


@pytest.mark.parametrize(
    ("target", "is_outside"),
    [
        ("../private/secret.txt", True),
        ("deep/../../private/secret.txt", True),
        ("../news-2/x.txt", True),  # its path begins with that of the folder
        ("..", True),
        ("/", True),
        ("../nowhere/x.txt", True),
        ("own.txt", False),
        ("../news/own.txt", False),
        ("deep/../own.txt", False),
    ],
)
def test_what_counts_is_where_a_link_ends(news: Path, target: str, *, is_outside: bool) -> None:
    write(news.parent / "news-2" / "x.txt")
    (news / "deep").mkdir()
    (news / "link.txt").symlink_to(target)
    ids, issues = read(news)
    assert [issue.code for issue in issues] == ["outside_link"] * is_outside
    assert ids == (["own"] if is_outside else ["link", "own"])


def test_a_chain_of_links_counts_by_its_end(news: Path) -> None:
    (news / "first.txt").symlink_to("second.txt")
    (news / "second.txt").symlink_to(news.parent / "back.txt")
    (news.parent / "back.txt").symlink_to(news / "own.txt")
    assert read(news) == (["first", "own", "second"], [])


def test_a_link_beyond_a_followed_link_is_told(news: Path) -> None:
    (news / "inner").mkdir()
    (news / "inner" / "out.txt").symlink_to(news.parent / "private" / "secret.txt")
    (news / "again").symlink_to("inner")
    assert told(read(news)[1]) == [(str(news / "again" / "out.txt"), "warning", "outside_link")]


def test_an_input_may_itself_be_a_link(news: Path) -> None:
    (news.parent / "today").symlink_to(news)
    (news.parent / "today.txt").symlink_to(news / "own.txt")
    (news / "inside.txt").symlink_to("own.txt")
    ids, issues = read(news.parent / "today", news.parent / "today.txt", news.parent / "today" / "o*.txt")
    assert ids == ["inside", "own", "today"]
    assert issues == []


@pytest.mark.parametrize(
    ("pattern", "links"),
    [
        ("*.txt", ["link.txt"]),
        ("*", ["link", "link.txt"]),
        ("l*/*.txt", ["link"]),
        ("*/20*/*.txt", ["link"]),
        ("*/20*", ["link"]),
    ],
)
def test_a_pattern_leads_no_further_than_its_folder(news: Path, pattern: str, links: list[str]) -> None:
    (news / "link").symlink_to(news.parent / "private")
    (news / "link.txt").symlink_to(news.parent / "private" / "secret.txt")
    ids, issues = read(news / pattern)
    assert set(ids) <= {"own"}
    assert told(issues) == [(str(news / link), "warning", "outside_link") for link in links]
    assert read(news / pattern, follow_links=True)[1] == []


def test_articles_csv_may_not_lead_outside(news: Path) -> None:
    (news.parent / "private" / "list.csv").write_text(
        "file,title\nown,Given\npassword,1234\n", encoding="utf-8"
    )
    (news / "articles.csv").symlink_to(news.parent / "private" / "list.csv")
    [issue, article] = read_inputs([news], max_chars=1000)
    assert isinstance(issue, Issue)
    assert told([issue]) == [(str(news / "articles.csv"), "warning", "outside_link")]
    assert article.title != "Given"
    [issue, article] = read_inputs([news], max_chars=1000, follow_links=True)
    assert article.title == "Given"


@pytest.mark.parametrize(
    "links",
    [
        {"self.txt": "self.txt"},
        {"one.txt": "two.txt", "two.txt": "one.txt"},
        {"self": "self"},
        {"self.txt": "self.txt/below"},
        {"link.txt": "self/x.txt", "self": "self"},
    ],
)
@pytest.mark.parametrize("follow_links", [False, True])
def test_a_link_to_itself_costs_itself_alone(
    news: Path, links: dict[str, str], *, follow_links: bool
) -> None:
    for name, target in links.items():
        (news / name).symlink_to(target)
    ids, issues = read(news, follow_links=follow_links)
    assert ids == ["own"]
    assert {issue.source for issue in issues} == {str(news / name) for name in links}


@pytest.mark.parametrize("follow_links", [False, True])
def test_folders_in_a_circle_are_read_once(news: Path, *, follow_links: bool) -> None:
    write(news / "a" / "x.txt")
    (news / "a" / "up").symlink_to("..")
    (news / "a" / "here").symlink_to(".")
    (news / "b").symlink_to("a")
    assert read(news, follow_links=follow_links) == (["own", "a/x"], [])


def test_only_links_are_looked_up(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred thousand plain files must not cost a system call each."""
    for number in range(50):
        write(news / f"{number}.txt")
        write(news / "deep" / f"{number}.txt")
    (news / "link.txt").symlink_to("own.txt")
    calls: list[str] = []
    real_path = os.path.realpath
    monkeypatch.setattr(os.path, "realpath", lambda path: calls.append(str(path)) or real_path(path))
    assert len(find_sources([news])) == 102
    assert set(calls) == {str(news), str(news / "link.txt")}
