"""Ordinary news and chronicles: sentences with the values that they ought to have (ordinary/README.md)."""

import re
from datetime import date
from pathlib import Path

import pytest
from dates_reading import read

from extract.dates.rules import DateRules

FOLDER = Path(__file__).parent / "ordinary"
MARKED = re.compile(r"\[([^\]=]+) = ([^\]]+)\]")


def sentences() -> list[tuple[str, date | None]]:
    """Return every line that holds sentences, with the day of publication above it."""
    found: list[tuple[str, date | None]] = []
    for path in sorted(FOLDER.glob("*.txt")):
        published: date | None = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@"):
                published = None if line == "@ -" else date.fromisoformat(line.removeprefix("@ "))
            else:
                found.append((line, published))
    return found


@pytest.mark.parametrize(("marked", "published"), sentences())
def test_an_ordinary_sentence_is_read(marked: str, published: date | None, rules: DateRules) -> None:
    expected = [(match[1], match[2]) for match in MARKED.finditer(marked)]
    text = MARKED.sub(r"\1", marked)
    assert [(timex.text, timex.value) for timex in read(text, rules, anchor=published)] == expected


def test_there_are_many_of_them() -> None:
    assert len(sentences()) > 180
