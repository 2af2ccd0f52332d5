"""Word, PDF, Rich Text and Markdown: visible text in reading order, and what the file knows of itself."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from extract.model import Article, Issue
from extract.reading import READERS
from extract.reading.context import Context
from extract.reading.formats.markdown import plain_text
from extract.reading.sources import Source
from pdf_files import Line, column, pdf

CONTEXT = Context(max_chars=200_000, models_dir=None, sidecars={})
TITLE = "Ferry service resumes on the lower river"
LEFT = [
    "The ferry between the two halves of the",
    "town ran again on Saturday after nine",
    "weeks without service. The hull has been",
    "welded, the council said in a statement.",
    "It had paid for a bus over the bridge in",
    "the meantime, which few people used.",
]
RIGHT = [
    "Karl Brandt, who runs the ferry with his",
    "sons, said that the engine was new. He",
    "thanked those who had waited on both",
    "banks from early morning, some of them",
    "with bicycles and one with a piano that",
    "he took across for nothing.",
]


def read(data: bytes, name: str, tmp_path: Path) -> Article | Issue:
    path = tmp_path / name
    path.write_bytes(data)
    [item] = READERS[path.suffix](Source(path, tmp_path, named=True), CONTEXT)
    return item


def article(data: bytes, name: str, tmp_path: Path) -> Article:
    item = read(data, name, tmp_path)
    assert isinstance(item, Article), item
    return item


def issue(data: bytes, name: str, tmp_path: Path) -> Issue:
    item = read(data, name, tmp_path)
    assert isinstance(item, Issue)
    assert item.advice
    return item


def word(*, stored_title: str = "") -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph("By Rana Odeh")
    document.add_paragraph(" ".join(LEFT))
    table = document.add_table(rows=2, cols=2)
    for number, text in enumerate(("Day", "Crossings", "Saturday", "14")):
        table.cell(number // 2, number % 2).text = text
    document.add_paragraph(" ".join(RIGHT))
    document.core_properties.author = "typist7"
    document.core_properties.title = stored_title
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_word_gives_paragraphs_tables_and_the_title_but_not_the_typist(tmp_path: Path) -> None:
    found = article(word(stored_title="Template 3"), "a.docx", tmp_path)
    assert (found.title, found.author, found.published_at) == (TITLE, "Rana Odeh", None)
    assert "Day\tCrossings\nSaturday\t14" in found.text
    assert found.text.split("\n\n")[:3] == [TITLE, "By Rana Odeh", " ".join(LEFT)]


def test_a_word_file_that_swells_beyond_measure_is_not_opened(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 50_000_000)
    assert issue(packed.getvalue(), "a.docx", tmp_path).code == "damaged_file"
    assert issue(b"PK\x03\x04 no archive", "b.docx", tmp_path).code == "damaged_file"


def test_rich_text_gives_its_letters_and_no_font_names(tmp_path: Path) -> None:
    source = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Helvetica;}{\info{\author typist7}}\f0 " + TITLE + r"\par\par "
        r"The caf\'e9 owner said \ldblquote we sail\rdblquote  on Saturday, and "
        r"\u1606?\u1593?\u1605? was the answer.\par}"
    )
    found = article(source.encode("ascii"), "a.rtf", tmp_path)
    assert found.text == f"{TITLE}\n\nThe café owner said “we sail” on Saturday, and نعم was the answer."
    assert (found.title, found.author) == (TITLE, None)
    assert issue(b"plain words", "b.rtf", tmp_path).code == "damaged_file"


MARKDOWN = """---
title: "Ferry service resumes on the lower river"
date: 2021-09-05
author: Rana Odeh
---

# Ferry service resumes on the lower river

The ferry between the **two halves** of the town ran again on
[Saturday](https://riverbend.example/sat "that day") after nine weeks.

![The ferry](ferry.jpg)

> "The engine is *new*," said Karl Brandt, who runs the ferry.

- bicycles
- one piano

| Day | Crossings |
|-----|-----------|
| Saturday | 14 |
"""


def test_markdown_gives_its_visible_text_and_front_matter(tmp_path: Path) -> None:
    found = article(MARKDOWN.encode(), "a.md", tmp_path)
    assert (found.title, found.author, str(found.published_at)[:10]) == (TITLE, "Rana Odeh", "2021-09-05")
    assert found.text.split("\n\n") == [
        TITLE,
        "The ferry between the two halves of the town ran again on\nSaturday after nine weeks.",
        '"The engine is new," said Karl Brandt, who runs the ferry.',
        "- bicycles\n- one piano",
        "Day\tCrossings\nSaturday\t14",
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Talks\n=====\n\nThey met.", "Talks\n\nThey met."),
        ("## Talks ##", "Talks"),
        ("a_b_c and 2 * 3 * 4", "a_b_c and 2 * 3 * 4"),
        ("```\n# code\n```", "# code"),
        ("one<br>two <!-- three -->", "onetwo"),
        (r"\*no emphasis\*", "*no emphasis*"),
        ("[one][1]\n\n[1]: https://riverbend.example", "one"),
        ("`x = *y*`", "x = *y*"),
    ],
)
def test_marks_of_markdown(source: str, text: str) -> None:
    assert plain_text(source)[0] == text


def page(number: int, top: float = 700) -> list[Line]:
    running: list[Line] = [("Riverbend Review    September 2021", 50, 780), (f"- {number} -", 290, 20)]
    return [*running, *column(LEFT, 50, top), *column(RIGHT, 320, top)]


def test_two_columns_are_read_one_after_the_other_without_heads_and_feet(tmp_path: Path) -> None:
    headline: Line = (TITLE, 50, 740)
    found = article(pdf([[headline, *page(1)], page(2, 750)], title=TITLE), "a.pdf", tmp_path)
    columns = "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)
    assert found.text == f"{TITLE}\n\n{columns}\n\n{columns}"
    assert found.title == TITLE


def test_lines_that_count_documents_stay_at_the_head_of_their_pages(tmp_path: Path) -> None:
    def document(number: int) -> list[Line]:
        head = (f"{number} of 3 DOCUMENTS", "The Riverbend Times", "May 3, 2021 Monday", "LENGTH: 90 words")
        lines = [*head, f"HEADLINE: Talks on road {number}"]
        return [*[(text, 50.0, 780.0 - 20 * at) for at, text in enumerate(lines)], *column(LEFT, 50, 640)]

    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([document(number) for number in (1, 2, 3)]))
    found = READERS[".pdf"](Source(path, tmp_path, named=True), CONTEXT)
    assert [item.title for item in found if isinstance(item, Article)] == [
        f"Talks on road {number}" for number in (1, 2, 3)
    ]


def test_columns_that_were_set_row_by_row_are_told_apart(tmp_path: Path) -> None:
    rows = [
        line for pair in zip(column(LEFT, 50, 700), column(RIGHT, 320, 700), strict=True) for line in pair
    ]
    found = article(pdf([[(TITLE, 50, 740), *rows]]), "a.pdf", tmp_path)
    assert found.text == f"{TITLE}\n\n" + "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)


def test_a_table_in_a_pdf_stays_a_table(tmp_path: Path) -> None:
    rows = [(str(1900 + number), 50.0, 700.0 - 12 * number) for number in range(12)]
    cells = [(f"{number} boats", 300.0, 700.0 - 12 * number) for number in range(12)]
    lines = [line for pair in zip(rows, cells, strict=True) for line in pair]
    found = article(pdf([[*column(LEFT, 50, 780), *lines]]), "a.pdf", tmp_path)
    assert "1903 3 boats\n1904 4 boats" in found.text


def test_a_printed_page_gives_its_address_and_not_the_day_of_printing(tmp_path: Path) -> None:
    lines: list[Line] = [
        ("10/6/21, 8:02 AM", 20, 785),
        (f"{TITLE} - Riverbend News", 200, 785),
        (TITLE, 50, 740),
        ("By Rana Odeh", 50, 715),
        ("5 September 2021", 50, 690),
        *column(LEFT, 50, 650),
        *column(RIGHT, 50, 560),
        ("https://riverbend.example/ferry", 20, 15),
        ("1/1", 570, 15),
    ]
    found = article(pdf([lines]), "a.pdf", tmp_path)
    assert (found.title, found.author, found.url) == (TITLE, "Rana Odeh", "https://riverbend.example/ferry")
    assert str(found.published_at)[:10] == "2021-09-05"
    assert found.text.split("\n\n")[3:] == ["\n".join(LEFT), "\n".join(RIGHT)]


def test_the_title_of_the_properties_counts_if_the_text_has_it(tmp_path: Path) -> None:
    lines = [(TITLE, 50.0, 740.0), *column(LEFT, 50, 700)]
    assert article(pdf([lines], title="Microsoft Word - x7"), "a.pdf", tmp_path).title == TITLE


def test_a_pdf_of_pictures_asks_for_recognition(tmp_path: Path) -> None:
    found = issue(pdf([[], []]), "a.pdf", tmp_path)
    assert found.code == "no_text_layer"
    assert "ocrmypdf" in found.advice


def test_a_damaged_or_locked_pdf_is_told(tmp_path: Path) -> None:
    whole = pdf([page(1)])
    assert issue(b"%PDF-1.4\nnothing", "a.pdf", tmp_path).code == "damaged_file"
    assert issue(whole.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"), "b.pdf", tmp_path).code  # a loop
    locked = pdf(
        [page(1)], extra="/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (x) /U (y) >> /ID [(a) (b)]"
    )
    assert issue(locked, "c.pdf", tmp_path).code in {"encrypted", "damaged_file"}
