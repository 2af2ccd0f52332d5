"""CSV and TSV: delimiters, quoted line breaks, encodings, broken rows, tables that hold no articles."""

import csv
import io
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from reading.records import RECORD, TEXT, assert_is_record, codes, read

HEADER = tuple(RECORD)


def written(rows: Iterable[Iterable[object]], delimiter: str = ",", end: str = "\r\n") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    return file.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "news.csv"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("name", ["news.csv", "news.tsv"])
def test_a_row_is_an_article_whatever_the_delimiter(
    tmp_path: Path, delimiter: str, end: str, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(written([HEADER, RECORD.values()], delimiter, end).encode())
    [article], issues = read(file)
    assert_is_record(article)
    assert (article.format, article.source, issues) == ("csv", str(file), [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(file: Path, encoding: str) -> None:
    file.write_bytes(written([HEADER, (RECORD | {"authors": "Réna Odéh"}).values()]).encode(encoding))
    [article], issues = read(file)
    assert (article.author, issues) == ("Réna Odéh", [])


def test_an_encoding_that_was_guessed_is_told_once(file: Path) -> None:
    rows = [
        (RECORD | {"authors": "Réna Odéh", "url": f"https://riverbend.example/{index}"}).values()
        for index in "ab"
    ]
    file.write_bytes(written([HEADER, *rows]).encode("cp1252"))
    articles, [issue] = read(file)
    assert [article.author for article in articles] == ["Réna Odéh"] * 2
    assert (issue.code, issue.source) == ("guessed_encoding", str(file))


def test_the_line_of_a_broken_row_is_told_and_the_others_are_read(file: Path) -> None:
    rows = [HEADER, RECORD.values(), ("too", "few")]
    tail = written([(RECORD | {"url": "https://riverbend.example/b"}).values()])
    file.write_bytes((written(rows) + 'x,"open' + "\r\n" + tail).encode())
    articles, issues = read(file)
    assert [article.article_id for article in articles] == [
        "news.csv#riverbend.example/a",
        "news.csv#riverbend.example/b",
    ]
    assert [(issue.code, issue.source) for issue in issues] == [
        ("bad_record", f"{file}:5"),
        ("bad_record", f"{file}:6"),
    ]
    assert "2 fields, the header 6" in issues[0].message


def test_tabs_need_no_quotation_marks(tmp_path: Path) -> None:
    file = tmp_path / "news.tsv"
    file.write_text('title\ttext\nTalks\t"We keep it," she said.\n', encoding="utf-8")
    [article], issues = read(file)
    assert (article.text, issues) == ('"We keep it," she said.', [])


def test_excels_own_first_line_and_empty_rows(file: Path) -> None:
    file.write_bytes(b"sep=;\r\n" + written([HEADER, RECORD.values(), [""] * 6], ";").encode())
    [article], issues = read(file)
    assert_is_record(article)
    assert issues == []


def test_a_long_article_is_no_broken_row(file: Path) -> None:
    file.write_bytes(written([("title", "text"), ("Long", "Talks. " * 1_300)]).encode())
    [article], _ = read(file)
    assert len(article.text) == 9_100


@pytest.mark.parametrize(
    ("content", "code", "seen"),
    [
        ("country,year,deaths\nIraq,2021,3\n" + "Iraq,2022,4\n" * 5, "no_articles", "country, year, deaths"),
        ("title,url\nTalks,https://riverbend.example\n", "no_text", "title, url"),
        ("title,text\n", "no_records", ""),
        (",".join(f"c{index}" for index in range(10_000)), "binary", "more than 1000 fields"),
    ],
)
def test_a_table_without_articles_is_told(file: Path, content: str, code: str, seen: str) -> None:
    file.write_text(content, encoding="utf-8")
    articles, [issue] = read(file)
    assert articles == []
    assert issue.code == code
    assert seen in issue.message


def test_a_table_of_ten_thousand_columns_costs_no_time(file: Path) -> None:
    row = ",".join(["0"] * 10_000)
    with file.open("w", encoding="utf-8") as out:
        out.write(",".join(f"text{index}" for index in range(10_000)) + "\n")
        out.writelines(f"{row}\n" for _ in range(1_000))
    started = time.process_time()
    articles, [issue] = read(file)
    assert time.process_time() - started < 5
    assert articles == []
    assert issue.severity == "error"


def test_a_list_of_names_of_authors_is_read(file: Path) -> None:
    file.write_bytes(
        written([HEADER, (RECORD | {"authors": "['Rana Odeh', 'Nadia Haddad']"}).values()]).encode()
    )
    [article], _ = read(file)
    assert article.author == "Rana Odeh, Nadia Haddad"


def test_of_two_columns_with_one_name_the_first_counts(file: Path) -> None:
    file.write_bytes(written([("title", "text", "title"), ("First", TEXT, "Second")]).encode())
    [article], _ = read(file)
    assert article.title == "First"
    assert codes([article]) == {"no_date"}


class TestDataSetNamedLikeASidecar:
    """`articles.csv` is a data set unless it describes other files."""

    ROWS = written([HEADER, RECORD.values()])

    def test_alone_in_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "articles.csv").write_text(self.ROWS, encoding="utf-8")
        [article], issues = read(tmp_path)
        assert_is_record(article)
        assert issues == []

    def test_beside_files_that_it_does_not_name(self, tmp_path: Path) -> None:
        (tmp_path / "articles.csv").write_text(self.ROWS, encoding="utf-8")
        (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
        articles, issues = read(tmp_path)
        assert [article.article_id for article in articles] == ["articles.csv#riverbend.example/a", "note"]
        assert issues == []

    def test_alone_and_without_texts_it_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "articles.csv").write_text("file,outlet\na,Riverbend News\n", encoding="utf-8")
        articles, [issue] = read(tmp_path)
        assert articles == []
        assert issue.code == "no_text"

    def test_of_texts_in_a_folder_below_it_is_no_data_set(self, tmp_path: Path) -> None:
        (tmp_path / "2021").mkdir()
        (tmp_path / "2021" / "a.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / "articles.csv").write_text("file,outlet\n2021/a,Riverbend News\n", encoding="utf-8")
        [article], issues = read(tmp_path)
        assert (article.outlet, issues) == ("Riverbend News", [])
