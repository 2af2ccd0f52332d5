"""JSON: the list of articles wherever it stands, one article, broken and huge files, Telegram exports."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import ReadError, TooLargeError
from extract.reading.records.columns import load_columns
from extract.reading.records.json_records import find_records
from extract.reading.records.json_values import JsonReader
from reading.records import RECORD, TEXT, assert_is_record, codes, read

COLUMNS = load_columns()
OTHER = RECORD | {"url": "https://riverbend.example/b"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "news.json"


def found(text: str, piece: int, longest: int = 10_000) -> list[object]:
    pieces = (text[at : at + piece] for at in range(0, len(text), piece))
    return [one.value for one in find_records(JsonReader(pieces, longest), COLUMNS)]


@pytest.mark.parametrize(
    "value",
    [
        [RECORD],
        RECORD,
        {"status": "ok", "articles": [RECORD]},
        {"data": {"items": [RECORD]}, "count": 1},
        {"response": {"numFound": 1, "docs": [RECORD]}},
        {"hits": {"total": 1, "hits": [{"_id": "7", "_source": RECORD}]}},
        {"data": [{"id": None, "attributes": RECORD}]},
        [{"page": 1, "results": [RECORD]}],
        {"anything": [RECORD], "links": ["https://riverbend.example"], "tags": []},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_list_of_articles_is_found(file: Path, value: object, indent: int | None, encoding: str) -> None:
    file.write_text(json.dumps(value, indent=indent), encoding=encoding)
    [article], issues = read(file)
    assert_is_record(article)
    assert (article.format, issues) == ("json", [])


def test_an_article_with_comments_is_one_article(file: Path) -> None:
    file.write_text(json.dumps({"comments": [{"text": "I agree."}], **RECORD}), encoding="utf-8")
    [article], _ = read(file)
    assert_is_record(article)


@pytest.mark.parametrize("name", ["news.json", "news.jsonl", "news.ndjson"])
@pytest.mark.parametrize(
    "content",
    [
        json.dumps([RECORD, OTHER]),
        json.dumps([RECORD, OTHER], indent=2),
        f"{json.dumps(RECORD)}\n{json.dumps(OTHER)}\n",
        f"{json.dumps(RECORD, indent=2)}\n{json.dumps(OTHER, indent=2)}",
    ],
)
def test_lists_and_lines_are_read_under_either_name(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    articles, issues = read(tmp_path / name)
    assert [article.url for article in articles] == [RECORD["url"], OTHER["url"]]
    assert issues == []


@pytest.mark.parametrize(
    ("content", "code", "seen"),
    [
        ("[]", "no_records", "no records"),
        ('{"type": "FeatureCollection", "features": [{"geometry": {}}]}', "no_text", "type, features"),
        ("[1, 2]", "bad_record", "int"),
        ('"text"', "bad_record", "str"),
        ("[" * 100_000, "bad_record", "nested too deeply"),
        ('{"a":' * 100_000, "bad_record", "nested too deeply"),
        ("not JSON", "bad_record", "character 0"),
    ],
)
def test_what_is_no_article_is_told(file: Path, content: str, code: str, seen: str) -> None:
    file.write_text(content, encoding="utf-8")
    articles, [issue, *_] = read(file)
    assert articles == []
    assert issue.code == code
    assert seen in issue.message


@pytest.mark.parametrize("cut", [10, 40])
def test_the_records_before_a_break_are_read(file: Path, cut: int) -> None:
    file.write_text(json.dumps([RECORD, OTHER])[:-cut], encoding="utf-8")
    [article], [issue] = read(file)
    assert_is_record(article)
    assert (issue.code, issue.source) == ("bad_record", f"{file}:2")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(values=st.lists(VALUES, max_size=4), piece=st.integers(1, 9), indent=st.none() | st.just(1))
def test_values_are_read_in_pieces_as_they_are_read_whole(
    values: list[object], piece: int, indent: int | None
) -> None:
    text = json.dumps(values, indent=indent)
    reader = JsonReader((text[at : at + piece] for at in range(0, len(text), piece)), 10_000)
    assert [reader.value() for _ in reader.items()] == values
    assert reader.next_sign() == ""


@pytest.mark.parametrize("piece", [7, 1000])
def test_an_object_too_long_to_be_held_is_gone_through(piece: int) -> None:
    records = [{"text": f"Report {index} " * 200} for index in range(100)]
    text = json.dumps({"meta": {"n": [1, 2]}, "deep": {"news": records}, "end": True})
    assert found(text, piece, longest=5_000) == records


def test_a_value_too_long_to_be_held_is_an_error() -> None:
    with pytest.raises(TooLargeError, match="10,000 characters"):
        found(f'["{"a" * 200_000}"]', 1_000, longest=10_000)


@pytest.mark.parametrize("text", ["[1, 2", '[{"a": tru}]', "[1 2]", '{"a" 1}', "[1,]", "{1: 2}"])
def test_what_is_not_whole_is_an_error(text: str) -> None:
    with pytest.raises(ReadError):
        found(text, 3, longest=1)


def test_a_huge_list_is_never_held(file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write('{"articles": [')
        for index in range(30_000):
            out.write(f'{{"id": {index}, "x": "{"long " * 200}", "lat": 1}},')
        out.write("{}]}")
    size = file.stat().st_size

    def pieces() -> Iterator[str]:
        with file.open(encoding="utf-8") as text:
            while piece := text.read(1 << 16):
                yield piece

    tracemalloc.start()
    columns = load_columns(mapping={"text": "x"})
    number = sum(1 for _ in find_records(JsonReader(pieces(), 100_000), columns))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 30_001 - 1  # the last has no text
    assert peak < size / 10


def test_a_telegram_export(file: Path) -> None:
    chat = {
        "name": "Riverbend Channel",
        "type": "public_channel",
        "id": 77,
        "messages": [
            {
                "id": 1,
                "type": "service",
                "date": "2021-09-05T11:00:00",
                "action": "create_channel",
                "text": "",
            },
            {
                "id": 2,
                "type": "message",
                "date": "2021-09-05T11:20:00",
                "date_unixtime": "1630830000",
                "edited_unixtime": "1630916400",
                "from": "Riverbend Channel",
                "text": ["Breaking: ", {"type": "bold", "text": "talks failed"}, "."],
            },
            {"id": 3, "type": "message", "date": "2021-09-05T12:00:00", "text": "", "photo": "a.jpg"},
            {
                "id": 4,
                "type": "message",
                "date": "2021-09-05T13:00:00",
                "from": "Riverbend Channel",
                "forwarded_from": "Marsh Channel",
                "text": "They left.",
            },
        ],
    }
    file.write_text(json.dumps(chat), encoding="utf-8")
    [first, second], [note] = read(file)
    assert (first.article_id, first.text) == ("77/2", "Breaking: talks failed.")
    assert (first.outlet, first.author) == ("Riverbend Channel", None)
    assert str(first.published_at) == "2021-09-05 08:20:00+00:00"
    assert "edited" in codes([first])
    assert "2021-09-06" in first.issues[0].message
    assert "forwarded" in codes([second])
    assert "Marsh Channel" in second.issues[0].message
    assert (note.code, note.source) == ("skipped_messages", str(file))
    assert note.message == "Left out are messages without text: 1, service messages: 1."


def test_messages_as_telethon_writes_them(file: Path) -> None:
    def message(number: int, kind: str = "Message", **more: object) -> dict[str, object]:
        peer = {"_": "PeerChannel", "channel_id": 77}
        return {"_": kind, "id": number, "peer_id": peer, "date": "2021-09-05T08:20:00+00:00", **more}

    messages = [
        message(1, "MessageService", action={"_": "MessageActionPinMessage"}),
        message(2, message="Talks failed.", post_author="Rana Odeh", edit_date="2021-09-06T08:00:00+00:00"),
        message(
            3, message="They left.", fwd_from={"from_name": "Marsh Channel"}, edit_hide=True, edit_date="x"
        ),
        message(4, message=""),
    ]
    file.write_text(json.dumps(messages), encoding="utf-8")
    [first, second], [note] = read(file)
    assert (first.article_id, first.text, first.author) == ("77/2", "Talks failed.", "Rana Odeh")
    assert str(first.published_at) == "2021-09-05 08:20:00+00:00"
    assert (codes([first]), codes([second])) == ({"edited"}, {"forwarded"})
    assert note.message == "Left out are messages without text: 1, service messages: 1."


def test_a_number_is_no_author(file: Path) -> None:
    record = {"id": "a", "text": TEXT, "author": 1234567}
    file.write_text(json.dumps([record, record | {"id": "b", "author_name": "Rana Odeh"}]), encoding="utf-8")
    assert [article.author for article in read(file)[0]] == [None, "Rana Odeh"]


def test_the_chats_of_a_whole_telegram_account(file: Path) -> None:
    message = {"id": 1, "type": "message", "date": "2021-09-05T11:20:00", "from": "Rana Odeh", "text": TEXT}
    chats = [
        {"name": f"Group {index}", "type": "private_group", "id": index, "messages": [message]}
        for index in (1, 2)
    ]
    file.write_text(json.dumps({"about": "Here is your data", "chats": {"list": chats}}), encoding="utf-8")
    articles, issues = read(file)
    assert [(one.article_id, one.outlet, one.author) for one in articles] == [
        ("1/1", "Group 1", "Rana Odeh"),
        ("2/1", "Group 2", "Rana Odeh"),
    ]
    assert issues == []
