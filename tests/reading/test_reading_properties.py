"""What holds for any text and any bytes."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Article, Issue
from extract.reading import find_sections, read_inputs

# Pieces of pages, so that chance meets the rules; between them any text at all.
PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", "\u2028", " ", "July 28, 2021",
        "Saturday, 24 July, 2021 - 08:30", "By Tara Sample",
        "(REUTERS)", "REUTERS/Tara Sample/File Photo", "KIRKUK (Reuters) - ", "Erbil - ",
        "Latest Briefs", "Related",
        "About Sample Watch", "Sample Watch is a platform", "Read more: ", "All rights reserved",
        "A Title | Rudaw",
        "The council met and failed to agree. " * 4, "The council met. ", "(@tara) July 29, 2021",
        "lower case", "(QASR WIRE)", "March 3, 2020. (QASR WIRE)", "By", "Tara Sample in Kirkuk",
        "Source: Reuters",
        "Sample Watch | By Tara Sample", "Published date:", "09:12", "© 2021 Sample Watch", "Sample Watch",
    ]
)  # fmt: skip
PAGES = st.lists(PIECES | st.text(max_size=20), max_size=25).map("".join)
ROLES = {"title", "byline", "dateline", "caption", "body", "boilerplate", "foreign"}


@given(text=PAGES, title=st.none() | st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_sections_cover_all_but_white_space_in_order(text: str, title: str | None) -> None:
    sections = find_sections(text, title=title)
    covered = set()
    end = 0
    for section in sections:
        assert section.kind in ROLES
        assert end <= section.start < section.end <= len(text)
        assert not text[section.start].isspace()
        assert not text[section.end - 1].isspace()
        end = section.end
        covered.update(range(section.start, section.end))
    assert all(char.isspace() for offset, char in enumerate(text) if offset not in covered)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "articles.csv"])
@given(data=st.binary(max_size=300) | PAGES.map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_stop_the_reading(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / "good.txt").write_text("Nothing is known.", encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    found = list(read_inputs([tmp_path], max_chars=1000))
    assert "good" in [item.article_id for item in found if isinstance(item, Article)]
    json.dumps([item.message for item in found if isinstance(item, Issue)]).encode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | PAGES,
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
FIELDS = st.sampled_from(["id", "text", "title", "url", "outlet", "author", "published", "language", "other"])


def strings_in(value: object) -> list[str]:
    """Return the paragraphs of a text that is a list of them."""
    if isinstance(value, list):
        return [part for item in value for part in strings_in(item)]
    return [value] if isinstance(value, str) and value.strip() not in {"", "-"} else []


@given(record=st.dictionaries(FIELDS, VALUES))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_is_an_article_or_an_issue(tmp_path: Path, record: dict[str, object]) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    [item] = read_inputs([tmp_path / "a.jsonl"], max_chars=1000)
    if isinstance(item, Article):
        text = record["text"]
        kept = item.text == (text if isinstance(text, str) else "\n\n".join(strings_in(text)))
        assert kept or "text_repaired" in {issue.code for issue in item.issues}
        item.text.encode("utf-8")
    else:
        assert item.severity == "error"


@given(text=PAGES.filter(lambda text: bool(text.strip()) and "\0" not in text))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_files_text_is_kept_unless_it_was_repaired(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8", "replace"))
    [item] = read_inputs([tmp_path / "a.txt"], max_chars=100_000)
    if isinstance(item, Article):
        if any(issue.code == "text_repaired" for issue in item.issues):
            return
        expected = text.encode("utf-8", "replace").decode().removeprefix("\ufeff").replace("\r\n", "\n")
        assert item.text == expected
    else:
        assert item.code in {"binary", "empty_text"}
