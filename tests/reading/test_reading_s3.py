"""Inputs on object storage: the files of a bucket, read from a server that speaks S3."""

from collections.abc import Iterator

import fsspec
import pytest

from extract.errors import InputError
from extract.model import Article, Issue
from extract.reading import input_path, list_inputs, read_inputs
from s3_server import s3_server

BODY = "The council of Basra met on Sunday and chose nobody, members said after the session had ended."
RECORD = '{"id": "r1", "text": "The second session is on Monday."}\n'
DESCRIBED = "file,outlet,published\n2021/a.txt,The Basra Letter,2021-07-28\n"


@pytest.fixture(scope="module")
def bucket() -> Iterator[fsspec.AbstractFileSystem]:
    with s3_server("news") as files:
        yield files


@pytest.fixture(autouse=True)
def _files(bucket: fsspec.AbstractFileSystem) -> None:
    bucket.pipe("news/2021/a.txt", BODY.encode())
    bucket.pipe("news/b.jsonl", RECORD.encode())
    bucket.pipe("news/articles.csv", DESCRIBED.encode())


def read(address: str) -> dict[str, Article]:
    items = list(read_inputs([input_path(address)], max_chars=10_000))
    assert not [item for item in items if isinstance(item, Issue)]
    return {item.article_id: item for item in items if isinstance(item, Article)}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("s3://news", {"2021/a": "s3://news/2021/a.txt", "r1": "s3://news/b.jsonl"}),
        ("s3://news/2021/a.txt", {"a": "s3://news/2021/a.txt"}),
        ("s3://news/*.jsonl", {"r1": "s3://news/b.jsonl"}),
    ],
)
def test_a_bucket_a_file_and_a_pattern_are_read(address: str, expected: dict[str, str]) -> None:
    assert {name: article.source for name, article in read(address).items()} == expected


def test_articles_csv_in_a_bucket_describes_the_files_beside_it() -> None:
    described = read("s3://news")["2021/a"]
    assert (described.text, described.outlet) == (BODY, "The Basra Letter")
    assert str(described.published_at) == "2021-07-28 00:00:00+00:00"


def test_an_object_that_others_write_anew_has_another_state(bucket: fsspec.AbstractFileSystem) -> None:
    states = list_inputs([input_path("s3://news")], max_chars=10_000).states()
    bucket.pipe("news/2021/a.txt", BODY.upper().encode())
    edited = list_inputs([input_path("s3://news")], max_chars=10_000).states()
    assert [name for name in states if states[name] != edited[name]] == ["s3://news/2021/a.txt"]


def test_a_bucket_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError):
        read("s3://no-such-bucket")
