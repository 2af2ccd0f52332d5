"""Inputs that are not on this machine: addresses of fsspec, and standard input."""

import io
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from extract.errors import InputError
from extract.model import Article, Issue
from extract.reading import input_path, list_inputs, read_inputs
from extract.reading.copies.standard_input import kept_input

BODY = "The council of Basra met on Sunday and chose nobody, members said after the session had ended."
RECORD = '{"id": "r1", "text": "The second session is on Monday."}'


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    files = fsspec.filesystem("memory")
    files.pipe("/news/2021/a.txt", BODY.encode())
    files.pipe("/news/b.jsonl", f"{RECORD}\nno record\n".encode())
    files.pipe("/news/.hidden.txt", BODY.encode())
    yield files
    files.rm("/news", recursive=True)


def read(*inputs: Path) -> tuple[dict[str, Article], list[Issue]]:
    items = list(read_inputs(inputs, max_chars=10_000))
    articles = {item.article_id: item for item in items if isinstance(item, Article)}
    return articles, [item for item in items if isinstance(item, Issue)]


@pytest.mark.usefixtures("memory")
def test_files_at_an_address_are_read_under_their_address() -> None:
    articles, [issue] = read(input_path("memory://news"))
    assert {name: article.source for name, article in articles.items()} == {
        "2021/a": "memory://news/2021/a.txt",
        "r1": "memory://news/b.jsonl",
    }
    assert articles["2021/a"].text == BODY
    assert all(found.source == "memory://news/2021/a.txt" for found in articles["2021/a"].issues)
    assert issue.source == "memory://news/b.jsonl:2"


def test_articles_csv_at_an_address_describes_the_files_beside_it(memory: fsspec.AbstractFileSystem) -> None:
    rows = "file,outlet,published\n2021/a.txt,The Basra Letter,2021-07-28\n2021/gone.txt,None,\n"
    memory.pipe("/news/articles.csv", rows.encode())
    articles, issues = read(input_path("memory://news"))
    described = articles["2021/a"]
    assert (described.outlet, str(described.published_at)) == (
        "The Basra Letter",
        "2021-07-28 00:00:00+00:00",
    )
    assert [issue.source for issue in issues] == ["memory://news/articles.csv:3", "memory://news/b.jsonl:2"]
    states = list_inputs([input_path("memory://news")], max_chars=10_000).states()
    memory.pipe("/news/articles.csv", rows.replace("Basra", "Erbil").encode())
    edited = list_inputs([input_path("memory://news")], max_chars=10_000).states()
    assert [name for name in states if states[name] != edited[name]] == ["memory://news/2021/a.txt"]


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    "address", ["memory://news/2021/a.txt", "memory://news/*/*.txt", "memory://news/2021"]
)
def test_a_file_or_a_pattern_can_be_an_address(address: str) -> None:
    articles, issues = read(input_path(address))
    assert [article.source for article in articles.values()] == ["memory://news/2021/a.txt"]
    assert not issues


def test_a_file_at_an_address_has_another_state_when_it_is_edited(memory: fsspec.AbstractFileSystem) -> None:
    address = [input_path("memory://news")]
    one, same = (list_inputs(address, max_chars=10_000).states() for _ in range(2))
    memory.pipe("/news/2021/a.txt", BODY.upper().encode())
    other = list_inputs(address, max_chars=10_000).states()
    assert one == same
    assert one.keys() == other.keys()
    assert {name for name in one if one[name] != other[name]} == {"memory://news/2021/a.txt"}


def test_a_file_that_is_deleted_meanwhile_waits(memory: fsspec.AbstractFileSystem) -> None:
    listing = list_inputs([input_path("memory://news/2021")], max_chars=10_000)
    memory.rm("/news/2021/a.txt")
    [issue] = listing.read()
    assert isinstance(issue, Issue)
    assert (issue.code, issue.severity) == ("waiting", "info")


REFUSED = {
    "https://riverbend.example/a.html": "pages are not fetched",
    "memory://nothing": "no file",
    "nosuch://bucket": "cannot be read",
}


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_cannot_be_read_is_refused_with_advice(address: str) -> None:
    with pytest.raises(InputError, match=REFUSED[address]) as caught:
        read(input_path(address))
    assert caught.value.advice


def test_an_address_of_this_machine_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    articles, _ = read(input_path(f"file://{tmp_path}"))
    assert articles["a"].source == str(tmp_path / "a.txt")


def test_a_text_from_standard_input_is_named_by_its_content() -> None:
    with kept_input(io.BytesIO(BODY.encode())) as path:
        [article] = read(path)[0].values()
    assert article.text == BODY
    assert article.article_id.startswith("stdin-")
    assert article.source == f"stdin://{article.article_id}.txt"
    with kept_input(io.BytesIO(BODY.encode())) as again, kept_input(io.BytesIO(b"Other.")) as other:
        assert article.article_id in read(again)[0]
        assert article.article_id not in read(other)[0]


def test_records_from_standard_input_keep_their_ids() -> None:
    with kept_input(io.BytesIO(f"{RECORD}\n".encode()), "daily") as path:
        articles, issues = read(path)
    assert not issues
    assert {name: article.source for name, article in articles.items()} == {"r1": "stdin://daily.jsonl"}


@pytest.mark.parametrize(("content", "name"), [(b"", None), (b"a", "a/b"), (b"a", ""), (b"a", "..")])
def test_empty_input_and_a_path_as_name_are_refused(content: bytes, name: str | None) -> None:
    with pytest.raises(InputError), kept_input(io.BytesIO(content), name):
        pass
