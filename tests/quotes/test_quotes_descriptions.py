"""Whom a described speaker means in whole texts: a name only on evidence, else nobody."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.model import Article, Quote
from extract.pipeline.annotator import Annotator
from markup import parse_markup

EXAMPLES = Path(__file__).with_name("descriptions.txt")
_DAY = re.compile(r"^\[(?P<day>[\d-]+)\] ")


def read_examples() -> Iterator[tuple[str, str]]:
    """Yield the texts of descriptions.txt, each with an id made from its kind."""
    kind, number = "", 0
    for line in EXAMPLES.read_text("utf-8").splitlines():
        if re.fullmatch(r"\[[a-z ]+\]", line):
            kind, number = line.strip("[]"), 0
        elif line and not line.startswith("#"):
            number += 1
            yield f"{kind} {number}", line.replace(" ¶ ", "\n\n")


@pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in read_examples()])
def test_a_described_speaker(source: str, annotator: Annotator) -> None:
    day = _DAY.match(source)
    text, marked = parse_markup(_DAY.sub("", source))
    published = datetime.fromisoformat(day["day"] if day else "2023-05-16").replace(tzinfo=UTC)
    article = Article("a", "a.txt", "txt", text, content_hash="", published_at=published)
    [annotation] = annotator.annotate([article])
    for words in (span for span in marked if span.tag == "q"):
        quote = _quote_of(annotation.quotes, words.start, words.end)
        assert words.attrs["by"] in (quote.speaker_name or "")
        assert quote.speaker_entity_id == words.attrs.get("id")
        assert words.attrs.get("as") in (None, quote.speaker.text if quote.speaker else "")
    for words in (span for span in marked if span.tag == "no"):
        assert (words.start, words.end) not in {(quote.start, quote.end) for quote in annotation.quotes}


def _quote_of(quotes: tuple[Quote, ...], start: int, end: int) -> Quote:
    """Return the quote that holds the marked words: the fullest one."""
    held = [quote for quote in quotes if quote.start < end and start < quote.end and quote.type != "scare"]
    assert held, "not found"
    return max(held, key=lambda quote: min(quote.end, end) - max(quote.start, start))
