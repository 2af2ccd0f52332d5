"""What every reader of the registry keeps, whatever a file holds: a new one is tested by being listed."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import ReadError
from extract.model import Article, Issue
from extract.reading import READERS
from extract.reading.context import Context
from extract.reading.sources import Source

CONTEXT = Context(max_chars=2_000, models_dir=None, sidecars={})
PIECES = st.sampled_from(
    (
        *(b"{", b'"text"', b'"id": "a"', b"\n", b"# Title", b"By Rana Odeh", b"3 May 2021", b"x" * 3_000),
        *(b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\xe2\x80", b"\r\n", "“نعم”".encode()),
        *(b"<p>", b"%PDF-1.4", b"PK\x03\x04"),
    )
)
CONTENTS = st.lists(PIECES | st.binary(max_size=20), max_size=12).map(b" ".join)


def read(path: Path) -> list[Article | Issue]:
    return list(READERS[path.suffix](Source(path, path.parent, named=True), CONTEXT))


def outcome(path: Path) -> list[Article | Issue] | str:
    """Return the items of a file, or why it has none."""
    try:
        return read(path)
    except ReadError as error:  # becomes an issue of the whole file
        return str(error)


@pytest.mark.parametrize("suffix", list(READERS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=CONTENTS)
def test_any_file_gives_articles_and_issues_and_no_surprise(
    suffix: str, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    try:
        items = read(path)
    except ReadError:
        return  # becomes an issue of the whole file
    for item in items:
        assert item.source.startswith(str(path))
        if isinstance(item, Article):
            assert item.article_id
            assert item.format
            assert len(item.text) <= CONTEXT.max_chars
            assert all(0 <= section.start < section.end <= len(item.text) for section in item.sections)


@pytest.mark.parametrize("suffix", list(READERS))
def test_an_empty_file_is_told_as_an_issue(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.touch()
    [issue] = read(path)
    assert isinstance(issue, Issue)
    assert issue.message
    assert issue.advice


@pytest.mark.parametrize("suffix", list(READERS))
def test_reading_twice_gives_the_same(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text('{"id": "a", "text": "Officials met in Basra on 3 May 2021."}\n', "utf-8")
    assert outcome(path) == outcome(path)


@pytest.mark.parametrize("suffix", list(READERS))
def test_a_missing_file_is_an_os_error(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        read(tmp_path / f"a{suffix}")


def test_every_suffix_is_lower_case_and_described() -> None:
    for suffix, line in READERS.lines.items():
        assert suffix == suffix.lower()
        assert suffix.startswith(".")
        assert line.help
