"""Parquet and Excel: rows with typed cells, sheets, damaged and outsized files."""

import random
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.errors import ReadError
from extract.reading import READERS
from extract.reading.context import Context
from extract.reading.sources import Source
from reading.records import RECORD, TEXT, assert_is_record, codes, read


def write_parquet(path: Path, **columns: list[object]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def write_sheets(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


class TestParquet:
    """One article per row."""

    def test_a_row_is_an_article(self, tmp_path: Path) -> None:
        [article], issues = read(write_parquet(tmp_path / "a.parquet", **{k: [v] for k, v in RECORD.items()}))
        assert_is_record(article)
        assert (article.format, issues) == ("parquet", [])

    def test_typed_cells(self, tmp_path: Path) -> None:
        moment = datetime(2021, 9, 5, 11, 20, tzinfo=UTC)
        path = write_parquet(
            tmp_path / "a.parquet",
            text=[TEXT, TEXT, None],
            id=[1.0, 2.0, None],
            date=[moment, None, moment],
            authors=[["Rana Odeh", "Nadia Haddad"], [], None],
            source=[{"name": "Riverbend News"}, None, None],
        )
        [first, second], [issue] = read(path)
        assert (first.article_id, first.published_at) == ("1", moment)
        assert (first.author, first.outlet) == ("Rana Odeh, Nadia Haddad", "Riverbend News")
        assert (second.article_id, second.author, second.published_at) == ("2", None, None)
        assert (issue.code, issue.source) == ("empty_text", f"{path}:3")

    def test_all_row_groups_are_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        table = pa.table({"text": [f"Report {index}." for index in range(300)], "vector": [[0.0] * 50] * 300})
        pq.write_table(table, path, row_group_size=100)
        assert len(read(path)[0]) == 300

    def test_a_table_without_texts_is_told(self, tmp_path: Path) -> None:
        articles, [issue] = read(write_parquet(tmp_path / "a.parquet", lat=[1.0], lon=[2.0]))
        assert articles == []
        assert (issue.severity, issue.code) == ("error", "no_articles")
        assert "lat, lon" in issue.message


class TestExcel:
    """One article per row of every sheet with a header."""

    def test_a_row_is_an_article(self, tmp_path: Path) -> None:
        path = write_sheets(tmp_path / "a.xlsx", News=[list(RECORD), list(RECORD.values())])
        [article], issues = read(path)
        assert_is_record(article)
        assert (article.format, issues) == ("xlsx", [])

    def test_sheets_with_remarks_above_the_header_and_sheets_without_one(self, tmp_path: Path) -> None:
        header = ["Headline", "Full Text", "Date", "ID"]
        path = write_sheets(
            tmp_path / "a.xlsx",
            May=[["Export of May"], [], header, ["One", TEXT, datetime(2021, 5, 4, 9, 30), 17], [None] * 4],  # noqa: DTZ001
            Notes=[["ask Rana"]],
            June=[header, ["Two", TEXT, date(2021, 6, 4), 18], ["Three", "", None, 19]],
        )
        [one, two], [issue, note] = read(path)
        assert [(one.article_id, one.title), (two.article_id, two.title)] == [("17", "One"), ("18", "Two")]
        assert str(one.published_at) == "2021-05-04 09:30:00+00:00"
        assert str(two.published_at) == "2021-06-04 00:00:00+00:00"
        assert (issue.code, issue.source) == ("empty_text", f"{path}:3")
        assert (note.code, note.severity) == ("skipped_sheets", "info")
        assert "Notes" in note.message

    def test_a_workbook_without_texts_is_told(self, tmp_path: Path) -> None:
        articles, [issue] = read(write_sheets(tmp_path / "a.xlsx", Sums=[["year", "deaths"], [2021, 3]]))
        assert articles == []
        assert (issue.severity, issue.code) == ("error", "no_articles")
        assert "year, deaths" in issue.message

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path) -> None:
        path = write_sheets(tmp_path / "a.xlsx", News=[list(RECORD), list(RECORD.values())])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book, book.open("xl/x.xml", "w") as part:
            for _ in range(1_100):
                part.write(b"0" * 1_000_000)
        assert path.stat().st_size < 5_000_000
        articles, [issue] = read(path)
        assert articles == []
        assert issue.code == "too_large"

    def test_a_sheet_of_many_columns_is_told(self, tmp_path: Path) -> None:
        path = write_sheets(tmp_path / "a.xlsx", Sums=[[f"c{index}" for index in range(3_000)]] * 30)
        articles, [issue] = read(path)
        assert articles == []
        assert issue.code == "no_articles"

    def test_entities_that_grow_are_no_danger(self, tmp_path: Path) -> None:
        path = write_sheets(tmp_path / "a.xlsx", News=[list(RECORD), list(RECORD.values())])
        names = [f'<!ENTITY a{index} "{f"&a{index - 1};" * 10}">' for index in range(1, 10)]
        bomb = f'<!DOCTYPE worksheet [<!ENTITY a0 "{"x" * 100}">{"".join(names)}]>'
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name).decode() for name in book.namelist()}
        sheet = parts["xl/worksheets/sheet1.xml"].partition("?>")[2] or parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = bomb + sheet.replace("Riverbend News", "&a9;")
        with zipfile.ZipFile(path, "w") as book:
            for name, content in parts.items():
                book.writestr(name, content)
        articles, [issue] = read(path)
        assert articles == []
        assert issue.severity == "error"


@pytest.mark.parametrize("suffix", [".parquet", ".xlsx"])
def test_a_damaged_file_gives_articles_or_issues_and_no_surprise(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    rows = [list(RECORD), *([*RECORD.values()] for _ in range(5))]
    if suffix == ".xlsx":
        write_sheets(path, News=rows)
    else:
        write_parquet(path, **{key: [value] * 5 for key, value in RECORD.items()})
    whole, dice = path.read_bytes(), random.Random(19)  # noqa: S311 - no secrets here
    context = Context(10_000, None, {})
    for _ in range(40):
        damaged = bytearray(whole[: dice.choice((len(whole), dice.randrange(1, len(whole))))])
        for _ in range(dice.randrange(4)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        path.write_bytes(damaged)
        try:
            list(READERS[suffix](Source(path, tmp_path, named=True), context))
        except (ReadError, OSError):
            continue  # becomes an issue of the file


def test_numbers_are_no_titles(tmp_path: Path) -> None:
    [article], _ = read(write_parquet(tmp_path / "a.parquet", text=[TEXT], title=[17]))
    assert article.title is None
    assert "bad_field" in codes([article])
