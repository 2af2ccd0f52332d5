"""What becomes of published articles that were read through a link."""

from dataclasses import replace
from pathlib import Path

import pytest

from extract.pipeline.fingerprint import Fingerprint
from extract.pipeline.plan import Work, plan_work
from extract.settings import Settings
from extract.store import Manifest

pytestmark = pytest.mark.usefixtures("forked")

ENGLISH = "The council of the city met on Monday and spoke about the roads of the province."
PIPELINE = Fingerprint("engine", {})


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ENGLISH, encoding="utf-8")


def plan(news: Path, manifest: Manifest, *, follow_links: bool) -> Work:
    staging = news.parent / "staging"
    staging.mkdir(exist_ok=True)
    settings = Settings(output=staging, settle_seconds=0, follow_links=follow_links, allow_removals=True)
    return plan_work([news], manifest, PIPELINE, settings, staging)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with an article of its own and links to a file and a folder of another owner."""
    write(tmp_path / "news" / "own.txt")
    write(tmp_path / "other" / "2021" / "old.txt")
    write(tmp_path / "other.txt")
    (tmp_path / "news" / "folder").symlink_to(tmp_path / "other")
    (tmp_path / "news" / "file.txt").symlink_to(tmp_path / "other.txt")
    return tmp_path / "news"


@pytest.fixture
def published(news: Path) -> Manifest:
    work = plan(news, Manifest(), follow_links=True)
    assert sorted(work.entries) == ["file", "folder/2021/old", "own"]
    return replace(Manifest(), entries=work.entries)


def test_articles_behind_a_link_that_is_no_longer_followed_stay(news: Path, published: Manifest) -> None:
    work = plan(news, published, follow_links=False)
    assert list(work.changes.removed) == []
    assert {issue.source for issue in work.issues} == {str(news / "file.txt"), str(news / "folder")}


def test_articles_behind_a_link_whose_end_is_gone_stay(news: Path, published: Manifest) -> None:
    (news.parent / "other.txt").unlink()
    (news.parent / "other").rename(news.parent / "away")
    for follow_links in (False, True):
        assert list(plan(news, published, follow_links=follow_links).changes.removed) == []


def test_articles_deleted_behind_a_followed_link_are_removed(news: Path, published: Manifest) -> None:
    (news.parent / "other" / "2021" / "old.txt").unlink()
    assert list(plan(news, published, follow_links=True).changes.removed) == ["folder/2021/old"]


def test_articles_of_a_link_that_is_gone_are_removed(news: Path, published: Manifest) -> None:
    (news / "folder").unlink()
    assert list(plan(news, published, follow_links=False).changes.removed) == ["folder/2021/old"]


@pytest.mark.parametrize("target", ["self.txt", "self.txt/below", "own.txt/self.txt"])
def test_a_link_to_itself_stops_nothing(news: Path, published: Manifest, target: str) -> None:
    (news / "self.txt").symlink_to(target)
    (news / "own.txt").unlink()
    work = plan(news, published, follow_links=True)
    assert [(issue.source, issue.code) for issue in work.issues] == [(str(news / "self.txt"), "unreadable")]
    assert list(work.changes.removed) == ["own"]
