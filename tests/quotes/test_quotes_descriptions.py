"""Whom a described speaker means in whole texts: a name only on evidence, else nobody."""

import re
from datetime import UTC, datetime

import pytest
from descriptions_examples import EXAMPLES

from extract.model import Article, Quote
from extract.pipeline.annotator import Annotator
from markup import parse_markup

_DAY = re.compile(r"^\[(?P<day>[\d-]+)\] ")
CASES = [
    pytest.param(source, id=f"{kind}-{number}")
    for kind, sources in EXAMPLES.items()
    for number, source in enumerate(sources)
]


@pytest.mark.parametrize("source", CASES)
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


def _quote_of(quotes: tuple[Quote, ...], start: int, end: int) -> Quote:
    """Return the quote that holds the marked words: the fullest one."""
    held = [quote for quote in quotes if quote.start < end and start < quote.end and quote.type != "scare"]
    assert held, "not found"
    return max(held, key=lambda quote: min(quote.end, end) - max(quote.start, start))
