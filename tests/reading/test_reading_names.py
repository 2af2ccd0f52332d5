"""Names of files and ids: what could garble a screen or forge a line of a log is refused and told."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import InputError
from extract.model import Article, Issue
from extract.printable import is_printable, printable
from extract.reading import list_inputs, read_inputs

TEXT = "The council met and the members said that they will meet again."
CLEAR_SCREEN = "\x1b[2J"
CONTROLS = [
    *("\0", "\x07", "\t", "\n", "\r", "\x1b", "\x7f"),  # C0 and DEL
    *("\x80", "\x85", "\x9b", "\x9f"),  # C1
    *("\u2028", "\u2029"),  # separators of lines and paragraphs
    *("\u202a", "\u202e", "\u2066", "\u2069"),  # marks that reverse the direction of text
]


def read(path: Path) -> list[Article | Issue]:
    return list(read_inputs([path], max_chars=10_000))


def read_record(folder: Path, identifier: object) -> Article | Issue:
    good = {"id": "good", "text": TEXT}
    lines = [json.dumps(good | {"id": identifier}), json.dumps(good)]
    (folder / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    first, second = read(folder / "news.jsonl")
    assert second.article_id == "good"
    return first


def write(folder: Path, name: str | bytes) -> Path:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + os.fsencode(name)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    except (OSError, ValueError):
        pytest.skip("this file system takes no such name")
    return path


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("identifier", ["{}a", "a{}", "a{}b"])
def test_an_id_with_control_characters_is_refused(tmp_path: Path, control: str, identifier: str) -> None:
    issue = read_record(tmp_path, identifier.format(control))
    assert isinstance(issue, Issue)
    assert (issue.severity, issue.code, issue.article_id) == ("error", "bad_id", None)
    assert issue.message.isprintable()
    assert issue.advice


@pytest.mark.parametrize(
    ("identifier", "seen"),
    [
        (" a", "begins or ends with a blank"),
        ("a\xa0", "begins or ends with a blank"),
        ("\u3000a", "begins or ends with a blank"),
        ("a" * 1001, "1,001 characters"),
        (int("9" * 1001), "1,001 characters"),
        (CLEAR_SCREEN, '"\\x1b[2J" has control characters'),
        ("a\nerror: b", '"a\\nerror: b" has control characters'),
        ("\u202etxt.exe", '"\\u202etxt.exe" has control characters'),
    ],
)
def test_what_is_wrong_with_an_id_is_told(tmp_path: Path, identifier: object, seen: str) -> None:
    issue = read_record(tmp_path, identifier)
    assert isinstance(issue, Issue)
    assert (issue.code, issue.article_id) == ("bad_id", None)
    assert seen in issue.message
    assert len(issue.message) < 200


@pytest.mark.parametrize("identifier", ["a", "a b", "1/2", "بغداد", "می\u200cخواهم", "a" * 1000, "\\x1b", -1])
def test_all_other_ids_are_good(tmp_path: Path, identifier: object) -> None:
    article = read_record(tmp_path, identifier)
    assert isinstance(article, Article)
    assert article.article_id == str(identifier)


@pytest.mark.parametrize("name", [" a.txt", "a .txt", " 2021/a.txt", "\xa0.txt"])
def test_a_name_that_would_be_a_bad_id_is_told(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name)
    [issue] = read(tmp_path)
    assert isinstance(issue, Issue)
    assert (issue.severity, issue.code, issue.source, issue.article_id) == (
        "error",
        "bad_id",
        str(path),
        None,
    )


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a{}b.txt", "bad_file_name"),
        ("{}.txt", "bad_file_name"),
        ("a.{}.txt", "bad_file_name"),
        ("2021{}/a.txt", "bad_file_name"),
        ("a{}.jsonl", "bad_file_name"),
        ("a.txt{}", "unknown_format"),
        ("a{}.odt", "unknown_format"),
    ],
)
def test_a_file_name_with_control_characters_is_told_escaped(
    tmp_path: Path, name: str, code: str, control: str
) -> None:
    write(tmp_path, name.format(control))
    write(tmp_path, "good.txt")
    found = read(tmp_path)
    [issue] = [item for item in found if isinstance(item, Issue)]
    assert [item.article_id for item in found if isinstance(item, Article)] == ["good"]
    assert issue.code == code
    assert all(is_printable(text) for text in (issue.source, issue.message, issue.advice))


def test_a_folder_with_control_characters_that_leads_outside_is_told_escaped(tmp_path: Path) -> None:
    outside = write(tmp_path, f"{CLEAR_SCREEN}/a.txt").parent
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "link\n").symlink_to(outside)
    [issue] = read(tmp_path / "news")
    assert isinstance(issue, Issue)
    assert issue.source == str(tmp_path / "news" / "link\\n")
    assert "\\x1b[2J" in issue.message


@pytest.mark.parametrize("pattern", ["missing{}", "missing{}*", "{}[**/**"])
def test_a_missing_input_is_told_escaped(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / pattern.format(f"{CLEAR_SCREEN}\n"))
    assert "\\x1b[2J\\n" in str(caught.value)
    assert is_printable(str(caught.value))


def test_a_file_is_not_taken_for_one_whose_name_is_shown_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state of the one must not hide a change of the other."""
    monkeypatch.setattr("extract.reading.arrival._TICK_SECONDS", 0)
    good = write(tmp_path, "a\\n.txt")
    bad = write(tmp_path, "a\n.txt")
    listing = list_inputs([tmp_path], max_chars=1000)
    assert printable(bad) == str(good)
    assert {name: state.strip() for name, state in listing.states().items()} == {
        str(good): str(listing.stats[good])
    }


@given(text=st.text(st.sampled_from([*CONTROLS, "\ud83d", "\udcff", "a", " ", "\\", "ي"])))
@settings(max_examples=200)
def test_what_is_printable_can_be_stored_and_has_no_control_characters(text: str) -> None:
    shown = printable(text)
    assert not {*CONTROLS} & {*shown}
    shown.encode()
    assert printable(shown) == shown
    assert is_printable(text) == (shown == text)


@given(identifier=st.text(min_size=1, max_size=10) | st.text(st.sampled_from(CONTROLS), max_size=3))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_id_that_is_published_can_be_shown(tmp_path: Path, identifier: str) -> None:
    item = read_record(tmp_path, identifier)
    assert is_printable(item.article_id or "")
    if isinstance(item, Article):
        derived = item.article_id.startswith("news.jsonl#")  # of a blank id
        assert item.article_id == identifier.strip() or derived
    else:
        assert is_printable(item.message)
