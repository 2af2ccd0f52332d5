"""Read MEANTIME, the NewsReader corpus: Wikinews articles with TIMEX3 in their first sentences.

Its texts are stored as tokens (XML of the annotation tool CAT) and are rejoined with normal English spacing.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from benchmarks.dates.documents import Document

from extract.evaluate import DateRow

# Title, date line and the first four sentences, the part annotated in every article.
_LAST_SENTENCE = 5
_DATE_LINE = 2
_CREATED = ("%Y-%m-%d", "%d-%m-%Y")
_CLOSING = frozenset(".,;:!?)%") | {"'s", "’s", "'", "n't", "'re", "'ve", "'ll", "'d"}
_OPENING = frozenset({"(", "$", "US$", "#"})


def is_newsreader(root: ET.Element) -> bool:
    """Return whether an XML file belongs to this corpus."""
    return root.tag == "Document"


def read_article(path: Path, root: ET.Element) -> Document:
    """Read one article."""
    text, places = _join(root)
    timexes = [timex for timex in root.iter("TIMEX3") if timex.get("value")]
    gold = (row for timex in timexes for row in _row(path.name, timex, text, places))
    return Document(path.name, text, _created(timexes), tuple(sorted(gold, key=lambda row: row.start)))


def _join(root: ET.Element) -> tuple[str, dict[str, tuple[int, int]]]:
    """Return the text and the span of each token, by token id."""
    text, before, sentence, quotes = "", "", -1, 0
    places: dict[str, tuple[int, int]] = {}
    for token in root.iter("token"):
        word, number = token.text or "", int(token.get("sentence", "0"))
        if number > _LAST_SENTENCE:
            break
        quotes += word == '"'
        if number != sentence:
            text += "" if not text else "\n" if number <= _DATE_LINE else " "
        elif not _is_glued(before, word, quotes):
            text += " "
        places[token.get("t_id", "")] = (len(text), len(text) + len(word))
        text, before, sentence = text + word, word, number
    return text, places


def _is_glued(before: str, word: str, quotes: int) -> bool:
    """Return whether two tokens are joined without a space; `quotes` counts the marks up to the second."""
    if '"' in (before, word):
        return (quotes % 2 == 1) == (before == '"')
    return word in _CLOSING or before in _OPENING


def _row(name: str, timex: ET.Element, text: str, places: dict[str, tuple[int, int]]) -> Iterator[DateRow]:
    spans = [places[anchor.get("t_id", "")] for anchor in timex if anchor.get("t_id") in places]
    if spans:
        start, end = min(spans)[0], max(spans)[1]
        yield DateRow(name, start, end, text[start:end], timex.get("type", ""), timex.get("value", ""), None)


def _created(timexes: list[ET.Element]) -> date | None:
    for timex in timexes:
        if timex.get("functionInDocument") == "CREATION_TIME":
            for form in _CREATED:
                try:
                    return datetime.strptime(timex.get("value", ""), form).date()  # noqa: DTZ007 - a day
                except ValueError:
                    continue
    return None
