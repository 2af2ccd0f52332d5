"""From files, folders and patterns to Articles and Issues."""

import json
import os
import time
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.model import Article, Issue
from extract.reading import input_path, read_inputs

ENGLISH = "The council met and the members said that they will meet again.\n"


def read(*inputs: Path, max_chars: int = 10_000) -> tuple[list[Article], list[Issue]]:
    found = list(read_inputs(inputs, max_chars=max_chars))
    articles = [item for item in found if isinstance(item, Article)]
    return articles, [item for item in found if isinstance(item, Issue)]


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{ENGLISH}{name}", encoding="utf-8")


def ids(articles: list[Article]) -> list[str]:
    return [article.article_id for article in articles]


def test_a_folder_is_read_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.TXT", "2021/z.txt", "2020/07/y.txt", ".hidden.txt", ".git/x.txt")
    articles, issues = read(tmp_path)
    assert ids(articles) == ["a", "b", "2020/07/y", "2021/z"]
    assert articles[2].source == str(tmp_path / "2020" / "07" / "y.txt")
    assert issues == []


def test_a_file_has_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path, "2021/z.txt")
    assert ids(read(tmp_path / "2021" / "z.txt")[0]) == ["z"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a"]),
        ("2021/*.txt", ["z"]),
        ("**/*.txt", ["2021/z", "a"]),
        ("20??/*", ["2021/z"]),
        ("*", ["2021/z", "a"]),
    ],
)
def test_a_pattern_gives_ids_below_its_fixed_part(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    write(tmp_path, "a.txt", "2021/z.txt", ".hidden/h.txt")
    articles, issues = read(tmp_path / pattern)
    assert ids(articles) == expected
    assert issues == []


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    write(tmp_path, "[a]*.txt", "b.txt")
    assert ids(read(tmp_path / "[a]*.txt")[0]) == ["[a]*"]


@pytest.mark.parametrize("name", ["missing", "missing.txt", "*.missing", "**x/[", "none/*/*.txt"])
def test_a_missing_input_is_raised_before_anything_is_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as error:
        read_inputs([tmp_path / name], max_chars=10)
    assert error.value.advice


@pytest.mark.parametrize("given", ["", " ", "\t\n", "\u3000"])
def test_a_blank_input_is_not_the_current_folder(given: str) -> None:
    with pytest.raises(InputError, match="blank"):
        input_path(given)


@pytest.mark.parametrize("given", [".", " a", Path("news/*.txt")])
def test_an_input_is_a_path_as_given(given: str | Path) -> None:
    assert input_path(given) == Path(given)


def test_unknown_formats(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.exe")
    articles, issues = read(tmp_path)
    assert ids(articles) == ["a"]
    assert [(Path(issue.source).name, issue.severity, issue.code) for issue in issues] == [
        ("b.exe", "info", "unknown_format")
    ]
    _, [issue] = read(tmp_path / "b.exe")
    assert (issue.severity, issue.code) == ("error", "unknown_format")


@pytest.mark.parametrize("name", ["README", "readme.txt", "LICENSE.md", "Licence.rst", "COPYING"])
@pytest.mark.parametrize("pattern", ["", "*"])
def test_a_file_about_its_folder_is_no_article_and_is_told(tmp_path: Path, name: str, pattern: str) -> None:
    write(tmp_path, "a.txt", name)
    articles, [issue] = read(tmp_path / pattern)
    assert ids(articles) == ["a"]
    assert (Path(issue.source).name, issue.severity, issue.code) == (name, "info", "about_folder")


@pytest.mark.parametrize(
    "name", ["License revoked for a militia channel.txt", "readme-first.txt", "Copying the past.txt"]
)
def test_a_headline_that_begins_like_the_name_of_such_a_file(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    articles, issues = read(tmp_path)
    assert ids(articles) == [Path(name).stem]
    assert issues == []


def test_a_readme_that_is_named_as_an_input_is_an_article(tmp_path: Path) -> None:
    write(tmp_path, "readme.txt")
    assert ids(read(tmp_path / "readme.txt")[0]) == ["readme"]


def test_the_first_of_two_articles_with_one_id_counts(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "two/a.txt")
    (tmp_path / "two" / "a.txt").write_text("The council met on Friday instead.", encoding="utf-8")
    [article], [issue] = read(tmp_path / "one", tmp_path / "two")
    assert article.source == str(tmp_path / "one" / "a.txt")
    assert (issue.code, issue.severity, issue.article_id) == ("duplicate_id", "error", "a")
    assert issue.source == str(tmp_path / "two" / "a.txt")
    assert article.source in issue.message


def messages(*texts: str, first: int = 1) -> str:
    """Return the export of a channel, as Telegram Desktop writes it."""
    listed = [
        {"id": number, "type": "message", "date": f"2021-09-0{number}T08:00:00", "text": text}
        for number, text in enumerate(texts, first)
    ]
    return json.dumps({"name": "Riverbend", "type": "public_channel", "id": 7, "messages": listed})


def test_equal_messages_of_a_later_export_are_told_in_one_note(tmp_path: Path) -> None:
    (tmp_path / "may.json").write_text(messages("One came.", "Two came.", "Three came."), encoding="utf-8")
    later = messages("Two came.", "Three came.", "Four came.", first=2)
    (tmp_path / "may_and_june.json").write_text(later, encoding="utf-8")
    articles, [note] = read(tmp_path)
    assert ids(articles) == ["7/1", "7/2", "7/3", "7/4"]
    assert (note.code, note.severity, Path(note.source).name) == ("same_article", "info", "may_and_june.json")
    assert "2 articles are the same as in" in note.message
    assert "may.json" in note.message


def test_a_message_that_was_edited_between_two_exports_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(messages("One came.", "Two came."), encoding="utf-8")
    (tmp_path / "b.json").write_text(messages("One came.", "Two came, then left."), encoding="utf-8")
    articles, issues = read(tmp_path)
    assert ids(articles) == ["7/1", "7/2"]
    assert [(issue.code, issue.article_id) for issue in issues] == [
        ("duplicate_id", "7/2"),
        ("same_article", None),
    ]


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.txt")
    articles, issues = read(
        tmp_path, tmp_path / "sub", tmp_path / "sub" / "a.txt", tmp_path / "sub" / "*.txt"
    )
    assert ids(articles) == ["sub/a"]
    assert issues == []


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert ids(read(tmp_path)[0]) == ["a"]


def test_what_is_no_regular_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path, "z.txt")
    articles, issues = read(tmp_path)
    assert ids(articles) == ["z"]
    assert [(issue.severity, issue.code) for issue in issues] == [("error", "unreadable")] * 2


def test_a_file_that_vanishes_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    found = read_inputs([tmp_path], max_chars=1000)
    (tmp_path / "a.txt").unlink()
    kinds = [type(item) for item in found]
    assert kinds == [Issue, Article]


@pytest.mark.parametrize(
    ("name", "shown", "code"),
    [
        (b"caf\xe9.txt", "caf\\xe9.txt", "bad_file_name"),
        (b"\xff.txt", "\\xff.txt", "bad_file_name"),
        (b"\xff.jsonl", "\\xff.jsonl", "bad_file_name"),
        (b"\xff/a.txt", "\\xff/a.txt", "bad_file_name"),
        (b"a.\xff", "a.\\xff", "unknown_format"),
    ],
)
def test_a_path_that_is_not_utf8_is_told_in_words_that_can_be_stored(
    tmp_path: Path, name: bytes, shown: str, code: str
) -> None:
    path = os.fsencode(tmp_path) + b"/" + name
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - a name of bytes
        with open(path, "wb") as file:  # noqa: PTH123 - a name of bytes
            file.write(b'{"id": "a", "text": "He left."}')
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    articles, [issue] = read(tmp_path)
    assert articles == []
    assert issue.code == code
    assert issue.source.endswith(shown)
    f"{issue.source}{issue.message}{issue.advice}".encode()


@pytest.mark.parametrize("name", [b"missing\xff", b"missing\xff*"])
def test_a_missing_input_that_is_not_utf8_is_told(tmp_path: Path, name: bytes) -> None:
    with pytest.raises(InputError) as caught:
        list(read_inputs([Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))], max_chars=1000))
    assert "missing\\xff" in caught.value.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_text"),
        (b" \r\n\t\n", "empty_text"),
        (b"\xef\xbb\xbf", "empty_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "wrong_suffix"),
        (b"text with \x00 in it", "binary"),
        (b"\x01\x02\x03\x04 few words", "binary"),
        (b"\xff\xfeodd number of bytes", "binary"),
        (b"x" * 101, "too_long"),
        (b"x" * 1000, "too_long"),
    ],
)
def test_a_file_that_is_no_article_is_told_and_the_others_go_on(
    tmp_path: Path, data: bytes, code: str
) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    write(tmp_path, "b.txt")
    articles, [issue] = read(tmp_path, max_chars=100)
    assert ids(articles) == ["b"]
    assert (issue.severity, issue.code, issue.source) == ("error", code, str(tmp_path / "a.txt"))
    assert issue.message
    assert issue.advice


def test_the_hash_is_that_of_the_text(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    [before], _ = read(tmp_path)
    assert read(tmp_path)[0] == [before]
    (tmp_path / "a.txt").write_text("edited", encoding="utf-8")
    assert read(tmp_path)[0][0].content_hash != before.content_hash


@pytest.mark.slow
def test_a_long_text_takes_linear_time(tmp_path: Path) -> None:
    """Measured: about five seconds for the two of 2 MB; a quadratic step would take minutes."""
    lines = [
        "On July 28, 2021 the council said that it will meet (again) by December 31, 2021 - " * 2,
        "x",
        "Related",
    ]
    (tmp_path / "lines.txt").write_text("\n".join(lines * 9_000), encoding="utf-8")
    (tmp_path / "one_line.txt").write_text("A (B, " * 330_000, encoding="utf-8")
    started = time.process_time()
    articles, issues = read(tmp_path, max_chars=6_000_000)
    assert ids(articles) == ["lines", "one_line"]
    assert issues == []
    assert time.process_time() - started < 30
