"""JSON Lines: good records become articles, bad ones Issues that name their line."""

import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.model import Article, Issue
from extract.reading import read_inputs

GOOD = {"id": "good", "text": "The council met and the members said that they will meet again."}


def read(path: Path, data: str | bytes, max_chars: int = 1000) -> list[Article | Issue]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_inputs([path], max_chars=max_chars))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "news.jsonl"


def test_a_record_becomes_an_article(file: Path) -> None:
    record = GOOD | {
        "title": "Council Meets",
        "url": "https://example.org/1",
        "outlet": "The Example",
        "author": "Tara Sample",
        "published": "2021-07-28T08:30:00+03:00",
        "language": "en",
        "other": {"ignored": [1]},
    }
    [article] = read(file, json.dumps(record))
    assert isinstance(article, Article)
    assert (article.article_id, article.source, article.format) == ("good", str(file), "jsonl")
    assert (article.title, article.url, article.outlet) == (
        "Council Meets",
        "https://example.org/1",
        "The Example",
    )
    assert (article.author, article.language) == ("Tara Sample", "en")
    assert article.published_at == datetime(2021, 7, 28, 5, 30, tzinfo=UTC)
    assert (article.published_source, article.issues) == ("metadata", ())


def test_the_text_is_kept_as_given(file: Path) -> None:
    text = "\ufeffone\r\ntwo \U0001f600 \u200b\n\n"
    [article] = read(file, json.dumps(GOOD | {"text": text}))
    assert isinstance(article, Article)
    assert article.text == text


def test_numbers_are_ids_too(file: Path) -> None:
    [article] = read(file, json.dumps(GOOD | {"id": 17}))
    assert article.article_id == "17"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ('{"id": "a", "text": "cut off', "not a complete JSON value"),
        ("[1, 2]", "list"),
        ('"text"', "str"),
        ("null", "NoneType"),
        ('{"id": "a", "text": 5}', "text is of type int"),
        ('{"id": ' + "9" * 5000 + ', "text": "a"}', "not a complete JSON value"),
        ("[" * 100_000, "nested too deeply"),
        (b'{"id": "a", "text": "caf\xe9"}', "0xe9"),
    ],
)
def test_a_bad_record_is_told_and_the_rest_goes_on(file: Path, line: str | bytes, seen: str) -> None:
    data = line.encode() if isinstance(line, str) else line
    first, second = read(file, data + b"\n" + json.dumps(GOOD).encode())
    assert isinstance(first, Issue)
    assert (first.severity, first.code, first.source) == ("error", "bad_record", f"{file}:1")
    assert seen in first.message
    assert second.article_id == "good"


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "a", "text": "b", "x": NaN}',
        '{"id": "a", "text": "b", "x": [-Infinity, 1e999999]}',
        '{"id": "a", "text": "b", "x": ' + "9" * 1_000_000 + ".0}",
        '{"id": "a", "text": "b", "x": ' + "[" * 500 + "]" * 500 + "}",
        '{"id": "a", "text": "b", "x": [' + "[],{}," * 100_000 + "0]}",
        '{"id": "a", "text": "b", "x": {"id": 1, "id": 2}}',
        '{"id": "a", "text": "one\u2028two\u0085three"}',
        '\ufeff{"id": "a", "text": "b"}',
        '  {"id": "a", "text": "b"}\t\r',
        '{"id": "a", "text": "b", "title": "' + "long " * 100_000 + '"}',
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_odd_record_is_an_article_and_costs_no_other(file: Path, line: str, place: int) -> None:
    lines = [json.dumps(GOOD), json.dumps(GOOD | {"id": "last"})]
    lines.insert(place, line)
    found = [item.article_id for item in read(file, "\n".join(lines))]
    assert found.pop(place) == "a"
    assert found == ["good", "last"]


def test_a_line_of_any_length_is_told_and_never_held_in_memory(file: Path) -> None:
    with file.open("wb") as out:
        out.write(b'{"id": "a", "text": "')
        for _ in range(50):
            out.write(b"long " * 200_000)
        out.write(b'"}\n' + json.dumps(GOOD).encode())
    tracemalloc.start()
    first, second = read_inputs([file], max_chars=1000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(first, Issue)
    assert (first.code, first.source) == ("too_long", f"{file}:1")
    assert second.article_id == "good"
    assert peak < 10_000_000


def test_a_record_broken_in_two_lines_is_two_bad_lines(file: Path) -> None:
    found = read(file, '{"id": "a", "text": "one\ntwo"}\n' + json.dumps(GOOD))
    assert [(item.source, type(item)) for item in found] == [
        (f"{file}:1", Issue),
        (f"{file}:2", Issue),
        (str(file), Article),
    ]


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"id": "a", "text": " "}, "empty_text"),
        ({"id": "a", "text": "x" * 1001}, "too_long"),
        ({"id": "a", "text": "x" * 1_100_000}, "too_long"),
        ({"id": "a", "text": "nul \0"}, "binary"),
        ({"id": "a", "text": "half \ud83d pair"}, "lone_surrogate"),
        ({"id": "a", "text": "a", "title": "\ud83d"}, "lone_surrogate"),
        ({"id": "\ud83d", "text": "a"}, "lone_surrogate"),
    ],
)
def test_a_text_that_is_no_article_is_told(file: Path, record: dict[str, str], code: str) -> None:
    first, second = read(file, f"{json.dumps(record)}\n{json.dumps(GOOD)}")
    assert isinstance(first, Issue)
    assert (first.severity, first.code, first.source) == ("error", code, f"{file}:1")
    assert second.article_id == "good"


def test_a_lone_surrogate_is_told_with_its_place(file: Path) -> None:
    [issue] = read(file, '{"id": "a", "text": "half \\ud83d pair"}')
    assert isinstance(issue, Issue)
    assert issue.article_id == "a"
    assert "U+D83D at offset 5" in issue.message


def test_a_date_that_is_not_understood_is_told(file: Path) -> None:
    [article] = read(file, json.dumps(GOOD | {"published": "03/04/2021"}))
    assert isinstance(article, Article)
    assert article.published_at is None
    assert "bad_published" in [issue.code for issue in article.issues]


def test_other_languages_are_told(file: Path) -> None:
    [article] = read(file, json.dumps(GOOD | {"text": "اجتمع المجلس اليوم"}))
    assert isinstance(article, Article)
    assert article.language == "ar"
    assert "not_english" in [issue.code for issue in article.issues]


@pytest.mark.parametrize("data", ["", "\n \n", "\ufeff"])
def test_a_file_without_records_is_told(file: Path, data: str) -> None:
    [issue] = read(file, data)
    assert isinstance(issue, Issue)
    assert (issue.severity, issue.code) == ("warning", "no_records")


def test_byte_order_mark_and_windows_line_ends(file: Path) -> None:
    found = read(file, "\ufeff" + json.dumps(GOOD) + "\r\n\r\n" + json.dumps(GOOD | {"id": "b"}) + "\r\n")
    assert [(item.article_id, item.source) for item in found] == [("good", str(file)), ("b", str(file))]
