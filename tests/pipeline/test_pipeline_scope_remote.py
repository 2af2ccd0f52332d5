"""Which articles a run may replace or remove: the same in a bucket as in folders."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from desks import BucketDesk, Desk, taken

from extract.errors import InputError
from s3_server import s3_server

pytestmark = pytest.mark.usefixtures("forked")


@pytest.fixture(scope="module")
def server() -> Iterator[fsspec.AbstractFileSystem]:
    with s3_server("desks") as files:
        yield files


@pytest.fixture(params=["folders", "bucket"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    if request.param == "folders":
        return Desk(tmp_path)
    return BucketDesk(tmp_path, f"s3://desks/{tmp_path.name}", request.getfixturevalue("server"))


def names(count: int) -> list[str]:
    return [f"news/{number:03d}.txt" for number in range(count)]


def test_of_two_inputs_with_one_path_the_published_one_keeps_the_id(desk: Desk) -> None:
    desk.write("reuters/001.txt", word="May")
    desk.write("ap/001.txt", word="June")
    desk.run("reuters")
    for inputs in (["ap"], ["ap", "reuters"], ["reuters", "ap"]):
        work = desk.run(*inputs)
        assert not work.changes.removed
        assert not work.changes.edited
        assert desk.sources() == {"001": "reuters/001.txt"}
        told = [desk.short(source) for source, _ in taken(work)]
        assert told == ["ap/001.txt"] * (inputs == ["ap"] or bool(told))


def test_of_two_archives_whose_members_have_one_path_the_published_one_keeps_the_id(desk: Desk) -> None:
    desk.pack("reuters/week.zip", a="May", b="June")
    desk.pack("ap/week.zip", a="July", c="August")
    desk.run("reuters")
    desk.run("ap")
    desk.run("ap", "reuters")
    assert desk.sources() == {
        "week/a": "reuters/week.zip",
        "week/b": "reuters/week.zip",
        "week/c": "ap/week.zip",
    }
    desk.pack("reuters/week.zip", b="June")
    desk.run("ap", "reuters")
    assert desk.sources() == {
        "week/a": "ap/week.zip",  # free now
        "week/b": "reuters/week.zip",
        "week/c": "ap/week.zip",
    }


def test_an_input_that_is_suddenly_empty_removes_nothing(desk: Desk) -> None:
    desk.write(*names(3), "wire/a.txt", "news-of-others/b.txt")
    desk.run("news", "wire", "news-of-others")
    desk.delete(*names(3))
    refused = r"news has 0 articles; it had 3 before|There is no file at .*news\."
    with pytest.raises(InputError, match=refused):
        desk.run("news", "wire")
    assert len(desk.sources()) == 5


def test_an_input_may_lose_a_share_of_its_articles(desk: Desk) -> None:
    desk.write(*names(10), "news-of-others/b.txt")
    desk.run("news", "news-of-others")
    desk.delete(*names(5))
    assert len(desk.run("news").changes.removed) == 5
    desk.delete("news/005.txt")
    with pytest.raises(InputError, match=r"news has 4 articles; it had 10 before.*--allow-removals"):
        desk.run("news")
    assert desk.run("news", allow_removals=True).changes.removed == ("005",)
    assert "b" in desk.sources()


def test_what_is_not_an_input_of_the_run_stays(desk: Desk) -> None:
    desk.write("news/a.txt", "wire/b.txt")
    desk.run("news", "wire")
    desk.delete("wire/b.txt")
    assert not desk.run("news").changes.removed
    assert sorted(desk.sources()) == ["a", "b"]
