"""articles.csv: metadata beside text files."""

import csv
import io
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Article, Issue
from extract.reading import read_inputs
from extract.reading.records.csv_rows import read_rows

TEXT = "Council Meets\nBy Tara Sample\nJuly 1, 2021\nThe council met and they said that it will meet again."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2021").mkdir()
    for name in ("a.txt", "2021/b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return tmp_path


def read(*inputs: Path) -> tuple[dict[str, Article], list[Issue]]:
    found = list(read_inputs(inputs, max_chars=1000))
    articles = {item.article_id: item for item in found if isinstance(item, Article)}
    return articles, [item for item in found if isinstance(item, Issue)]


def write(folder: Path, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    (folder / "articles.csv").write_bytes(data)


def test_its_values_win_and_the_others_stay(folder: Path) -> None:
    write(folder, "file,published,outlet,url\na.txt,2021-07-28,The Example,https://example.org\n")
    articles, issues = read(folder)
    told, untold = articles["a"], articles["2021/b"]
    assert issues == []
    assert (told.published_at, told.published_source) == (datetime(2021, 7, 28, tzinfo=UTC), "metadata")
    assert (told.outlet, told.url) == ("The Example", "https://example.org")
    assert (told.title, told.author) == ("Council Meets", "Tara Sample")
    assert (untold.published_source, untold.outlet) == ("byline", None)
    assert told.content_hash != untold.content_hash


@pytest.mark.parametrize("name", ["2021/b", "2021/b.txt", "./2021/b.txt", "2021\\b.txt", " 2021/b "])
def test_names_of_files(folder: Path, name: str) -> None:
    write(folder, f"File;Title\n{name};Given\n")
    articles, issues = read(folder)
    assert articles["2021/b"].title == "Given"
    assert issues == []


def test_the_nearest_counts(folder: Path) -> None:
    write(folder, "file,outlet\na,Outer\n2021/b,Outer\n")
    write(folder / "2021", "file,outlet\nb,Inner\n")
    articles, _ = read(folder)
    assert (articles["a"].outlet, articles["2021/b"].outlet) == ("Outer", "Inner")


def test_a_file_named_alone_has_the_same_metadata(folder: Path) -> None:
    write(folder, "file,outlet\na,The Example\n")
    assert read(folder / "a.txt")[0]["a"] == read(folder)[0]["a"]


def test_a_spreadsheet_programs_encodings(folder: Path) -> None:
    write(folder, "file,outlet\na,Caf\u00e9\n".encode("utf-8-sig"))
    assert read(folder)[0]["a"].outlet == "Café"


@pytest.mark.parametrize(
    ("content", "severity", "line"),
    [
        ("", "warning", ""),
        ("name,outlet\na,b\n", "warning", ""),
        ('file,outlet\na,"never closed\n', "warning", ":2"),
        (b"\xff\xfefile", "warning", ""),
        ("file,outlet\na,b,c\n", "warning", ":2"),
        ("file,outlet\n,b\n", "warning", ":2"),
        ("file,outlet\na,b\na,c\n", "warning", ":3"),
        ("file,outlet\nmissing,b\n", "info", ":2"),
        (f"file,outlet\n{'x' * 5000},b\n", "info", ":2"),
        ("file,outlet\n..,b\n", "info", ":2"),
        ("file,outlet\n/,b\n", "info", ":2"),
    ],
)
def test_what_is_wrong_is_told_and_the_articles_are_read(
    folder: Path, content: str | bytes, severity: str, line: str
) -> None:
    write(folder, content)
    articles, [issue] = read(folder)
    assert list(articles) == ["a", "2021/b"]
    assert (issue.severity, issue.code) == (severity, "bad_sidecar")
    assert issue.source == f"{folder / 'articles.csv'}{line}"


def test_a_date_that_is_not_understood_is_told_on_the_article(folder: Path) -> None:
    write(folder, "file,published\na,some day\n")
    issues = read(folder)[0]["a"].issues
    assert [issue.code for issue in issues] == ["bad_published"]


OPEN = "a quotation mark"
BROKEN_LINES = [
    ('x,"never closed', OPEN),
    ('x,"closed" in the middle', OPEN),
    ('"x,never closed', OPEN),
    ('x,"""', OPEN),
    (f"x,{'long ' * 30_000}", "131,072 characters"),
    (f'x,"{"long " * 30_000}"', "131,072 characters"),
    (f'x,"{"long, " * 30_000}', OPEN),
    ("x,nul \0", "U+0000"),
    ("x,half \ud83d pair", "U+D83D"),
    ("x,one,two", "more fields"),
    (f"x{',' * 200_000}", "more than 100 fields"),
]


@pytest.mark.parametrize(("line", "seen"), BROKEN_LINES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_broken_row_costs_itself_alone(
    folder: Path, line: str, seen: str, *, encoding: str, end: str, place: int
) -> None:
    lines = ["file,title", "a,First", '2021/b,"The ""second"", quoted"']
    lines.insert(place, line)
    write(folder, end.join([*lines, ""]).encode(encoding, "surrogatepass"))
    articles, [issue] = read(folder)
    assert (articles["a"].title, articles["2021/b"].title) == ("First", 'The "second", quoted')
    assert (issue.severity, issue.code) == ("warning", "bad_sidecar")
    assert issue.source == f"{folder / 'articles.csv'}:{place + 1}"
    assert seen in issue.message
    assert issue.advice


def test_a_field_may_go_on_in_the_next_line(folder: Path) -> None:
    write(folder, 'file,title,outlet\na,"Two\n""lines"", one title",Outer\n\n2021/b,Other,"In\r\nner"\nc,d\n')
    articles, [issue] = read(folder)
    assert (articles["a"].title, articles["a"].outlet) == ('Two\n"lines", one title', "Outer")
    assert articles["2021/b"].outlet == "In\nner"
    assert issue.source.endswith(":7")


def test_an_open_mark_does_not_take_the_rows_that_follow_into_its_own(folder: Path) -> None:
    write(folder, 'file,title\nx,"open\na,"First, of two"\n2021/b,", second"\n')
    articles, issues = read(folder)
    assert (articles["a"].title, articles["2021/b"].title) == ("First, of two", ", second")
    assert [issue.source[-2:] for issue in issues] == [":2"]


def test_a_forgotten_mark_takes_no_row_of_a_file_although_a_later_line_ends_in_a_mark(folder: Path) -> None:
    write(folder, 'file,title\nx,"open\na,the 19"\n2021/b,"two\nlines, really"\n')
    articles, issues = read(folder)
    assert (articles["a"].title, articles["2021/b"].title) == ('the 19"', "two\nlines, really")
    assert [issue.source[-2:] for issue in issues] == [":2"]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1), delimiter=st.sampled_from(",;\t"))
@settings(max_examples=300)
def test_whatever_a_program_writes_is_read_as_it_was(rows: list[list[str]], delimiter: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    found = [list(row.fields or ()) for row in read_rows(file.getvalue(), delimiter)]
    assert found == [row for row in rows if row]


@given(text=st.text(st.sampled_from(['"', ",", "\n", "\r", "a", "\0", "é"]), max_size=60))
@settings(max_examples=500)
def test_any_text_is_rows_in_the_order_of_their_lines(text: str) -> None:
    rows = list(read_rows(text, ","))
    lines = [row.line for row in rows]
    assert lines == sorted(set(lines))
    assert max(lines, default=0) <= len(io.StringIO(text, newline=None).read().split("\n"))
    assert all(bool(row.flaw) == (row.fields is None) for row in rows)


@pytest.mark.parametrize("line", ['","', '"', '""', 'a,"', 'a,""",', '",",","', '"\r', ",", '"",'])
def test_no_file_takes_more_than_linear_time(line: str) -> None:
    started = time.process_time()
    for _ in read_rows(f"file,title\n{f'{line}{chr(10)}' * 100_000}", ","):
        pass
    assert time.process_time() - started < 10
