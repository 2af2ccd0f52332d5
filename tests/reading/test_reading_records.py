"""What holds for the records of every format: names of columns, values, ids, dates, what is told."""

import json
from pathlib import Path

import pytest

from extract.errors import SettingsError
from extract.reading import read_inputs
from extract.reading.records.columns import load_columns
from reading.records import RECORD, TEXT, assert_is_record, codes, read

COLUMNS = load_columns()


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "news.jsonl"


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("text", ["text", "Full Text", "article_text", "maintext", "BODY", "content", "story"]),
        ("title", ["title", "Headline", "head", "article-title"]),
        (
            "published",
            ["published_at", "pubDate", "Publish Date", "datetime", "date", "created_at", "seendate"],
        ),
        ("outlet", ["outlet", "Source", "publisher", "site_name", "domain", "source.name"]),
        ("author", ["author", "Authors", "byline", "creator", "dc:creator", "author.name"]),
        ("url", ["url", "link", "source_url", "Article URL"]),
        ("id", ["id", "article_id", "_id", "uuid", "guid"]),
    ],
)
def test_columns_are_known_by_their_usual_names(field: str, names: list[str]) -> None:
    for name in names:
        assert COLUMNS.values_of({"other": 1, name: "value"}) == {field: "value"}


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ({"content": "short", "text": "long"}, "text", "long"),
        ({"text": "", "content": "filled"}, "text", "filled"),
        ({"text": None, "body": "filled"}, "text", "filled"),
        ({"text": float("nan"), "body": "filled"}, "text", "filled"),
        ({"date": "nan", "created_at": "2021-09-05"}, "published", "2021-09-05"),
        (
            {"source": {"id": None, "name": "Riverbend News"}},
            "outlet",
            {"id": None, "name": "Riverbend News"},
        ),
        ({"fields": {"bodyText": "nested"}}, "text", "nested"),
        ({"_source": {"body": "inside"}, "_id": "7"}, "text", "inside"),
        ({"_source": {"body": "inside"}, "_id": "7"}, "id", "7"),
    ],
)
def test_the_first_column_with_a_value_counts(record: dict[str, object], field: str, value: object) -> None:
    assert {**COLUMNS.values_of(record)}[field] == value  # type: ignore[misc]


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Rana Odeh", "Rana Odeh"),
        ("By Rana Odeh", "Rana Odeh"),
        (["Rana Odeh", "Nadia Haddad"], "Rana Odeh, Nadia Haddad"),
        (["Rana Odeh", "Rana Odeh"], "Rana Odeh"),
        ("['Rana Odeh', 'Nadia Haddad']", "Rana Odeh, Nadia Haddad"),
        ('["Rana Odeh"]', "Rana Odeh"),
        ([{"name": "Rana Odeh"}, {"name": "Nadia Haddad"}], "Rana Odeh, Nadia Haddad"),
        ({"name": "Rana Odeh", "url": "https://riverbend.example/rana"}, "Rana Odeh"),
        ([], None),
        ("nan", None),
        ("Staff Writer", None),
        ("Riverbend News", None),
        ("desk@riverbend.example", None),
        (17, None),
    ],
)
def test_authors(file: Path, authors: object, expected: str | None) -> None:
    [article], _ = read(write(file, RECORD | {"authors": authors}))
    assert article.author == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1630830000, "2021-09-05T08:20"),
        (1630830000000, "2021-09-05T08:20"),
        (1630830000.0, "2021-09-05T08:20"),
        ("1630830000", "2021-09-05T08:20"),
        (20210905, "2021-09-05T00:00"),
        ("20210905112000", "2021-09-05T11:20"),
        ("20210905T112000Z", "2021-09-05T11:20"),
        ("Sun, 05 Sep 2021 11:20:00 +0300", "2021-09-05T08:20"),
        ("Sun Sep 05 11:20:00 +0000 2021", "2021-09-05T11:20"),
        ("2021-09-05 11:20:00+00:00", "2021-09-05T11:20"),
        ("5 September 2021", "2021-09-05T00:00"),
        ({"$date": "2021-09-05T11:20:00Z"}, "2021-09-05T11:20"),
        ("28/09/2021", "2021-09-28T00:00"),
    ],
)
def test_dates_in_usual_forms(file: Path, value: object, expected: str) -> None:
    [article], _ = read(write(file, RECORD | {"date": value}))
    assert article.published_at is not None
    assert article.published_at.isoformat().startswith(expected)
    assert article.published_source == "metadata"


@pytest.mark.parametrize("value", ["03/04/2021", "some day", 44444.5, 12, "2021"])
def test_a_date_that_may_mean_several_days_is_told_and_not_guessed(file: Path, value: object) -> None:
    [article], _ = read(write(file, RECORD | {"date": value}))
    assert article.published_at is None
    assert {"bad_published", "bad_field"} & codes([article])


@pytest.mark.parametrize(
    ("other", "day"),
    [("28/09/2021", "2021-04-03"), ("09/28/2021", "2021-03-04"), ("2021-09-28", None), ("05/05/2021", None)],
)
def test_another_date_of_the_file_tells_the_order_of_day_and_month(
    file: Path, other: str, day: str | None
) -> None:
    records = [
        RECORD | {"date": date, "url": f"https://riverbend.example/{date}"} for date in ("03/04/2021", other)
    ]
    [first, _], _ = read(write(file, *records))
    assert (first.published_at and first.published_at.date().isoformat()) == day


def test_dates_that_contradict_tell_no_order(file: Path) -> None:
    dates = ("03/04/2021", "28/09/2021", "09/28/2021")
    [first, *_], _ = read(write(file, *(RECORD | {"date": date} for date in dates)))
    assert first.published_at is None


def test_an_id_stays_when_rows_are_added_and_the_same_record_is_told_once(file: Path) -> None:
    one, two = RECORD | {"url": None}, RECORD | {"url": None, "headline": "Another"}
    before, _ = read(write(file, one, RECORD))
    after, issues = read(write(file, two, RECORD, one, two, two, RECORD))
    ids = [article.article_id for article in after]
    assert {article.article_id for article in before} <= set(ids)
    assert len(ids) == len(set(ids)) == 3
    assert "news.jsonl#riverbend.example/a" in ids
    [issue] = issues
    assert (issue.code, issue.source) == ("same_record", str(file))
    assert issue.message.startswith("3 records")


def test_two_articles_with_one_address_are_both_read(file: Path) -> None:
    articles, issues = read(write(file, RECORD, RECORD | {"content": f"{TEXT} Updated."}))
    assert len({article.article_id for article in articles}) == 2
    assert issues == []


def test_the_same_article_in_two_files_is_two_articles(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", RECORD)
    write(tmp_path / "b.jsonl", RECORD)
    items = list(read_inputs([tmp_path], max_chars=10_000))
    assert [item.article_id for item in items] == [
        "a.jsonl#riverbend.example/a",
        "b.jsonl#riverbend.example/a",
    ]


@pytest.mark.parametrize(("given", "expected"), [(17, "17"), (17.0, "17"), ("x-1", "x-1")])
def test_numbers_are_ids(file: Path, given: object, expected: str) -> None:
    [article], _ = read(write(file, RECORD | {"id": given}))
    assert article.article_id == expected


@pytest.mark.parametrize("given", [True, 1.5, [1, 2]])
def test_what_cannot_be_an_id_is_told(file: Path, given: object) -> None:
    [article], _ = read(write(file, RECORD | {"id": given}))
    assert article.article_id.startswith("news.jsonl#")
    assert "bad_field" in codes([article])


def test_markup_becomes_visible_text_and_is_told(file: Path) -> None:
    content = "<p>Talks failed &amp; ended.</p><script>track()</script><p>Both<br>left.</p>"
    [article], _ = read(write(file, RECORD | {"content": content, "headline": "Q&amp;A: <b>Basra</b>"}))
    assert article.text == "Talks failed & ended.\n\nBoth\nleft."
    assert article.title == "Q&A: Basra"
    assert "html_in_record" in codes([article])


@pytest.mark.parametrize("text", ["Turnout was 5 < 6 and > 4.", "He wrote <unknown> below it.", "a <- b"])
def test_plain_text_with_angle_brackets_stays(file: Path, text: str) -> None:
    [article], _ = read(write(file, RECORD | {"content": text}))
    assert article.text == text
    assert "html_in_record" not in codes([article])


def test_a_text_that_an_interface_has_cut_is_told(file: Path) -> None:
    [article], _ = read(write(file, RECORD | {"content": f"{TEXT[:40]}… [+2310 chars]"}))
    assert "cut_text" in codes([article])


@pytest.mark.parametrize(
    ("record", "code", "seen"),
    [
        ({"title": "Council meets", "description": "In short."}, "no_text", "only: title, summary"),
        ({"text": " ", "title": "Council meets"}, "empty_text", "only: title"),
        ({"geometry": {}, "properties": {}}, "no_text", "geometry, properties"),
    ],
)
def test_a_record_without_text_is_told(file: Path, record: dict[str, object], code: str, seen: str) -> None:
    articles, [issue] = read(write(file, RECORD, record))
    assert len(articles) == 1
    assert (issue.severity, issue.code, issue.source) == ("error", code, f"{file}:2")
    assert seen in issue.message


def test_a_file_of_other_records_is_told_once(file: Path) -> None:
    articles, [issue] = read(write(file, *({"lat": index, "lon": index} for index in range(500))))
    assert articles == []
    assert (issue.code, issue.source) == ("no_articles", str(file))
    assert "lat, lon" in issue.message


def test_a_column_named_by_the_user_wins(file: Path) -> None:
    record = {"when": "2021-09-05", "Report": TEXT, "content": "Not this.", "date": "2020-01-01"}
    [article], issues = read(write(file, record), {"text": "report", "published": "when"})
    assert article.text == TEXT
    assert str(article.published_at).startswith("2021-09-05")
    assert issues == []


def test_a_named_column_that_no_record_has_is_told(file: Path) -> None:
    [article], [issue] = read(write(file, RECORD), {"published": "when"})
    assert_is_record(article)
    assert (issue.code, issue.severity, issue.source) == ("unknown_column", "warning", str(file))
    assert "'when'" in issue.message
    assert "headline" in issue.advice


def test_a_field_that_articles_do_not_have_is_refused(file: Path) -> None:
    write(file, RECORD)
    with pytest.raises(SettingsError, match="`body`") as caught:
        read(file, {"body": "content"})
    assert "text" in caught.value.advice
