"""The texts of whose_words.toml, each annotated as an article: marked words are rows of their speakers."""

import tomllib
from pathlib import Path

import pytest

from extract.model import Article, Quote
from extract.pipeline.annotator import Annotator
from extract.reading.page.sections import find_sections
from markup import Marked, parse_markup

KINDS = tomllib.loads(Path(__file__).with_name("whose_words.toml").read_text("utf-8"))
EXAMPLES = {
    f"{kind} {number}": source
    for kind, sources in KINDS.items()
    for number, source in enumerate(sources, start=1)
}


def test_the_table_is_long_enough() -> None:
    assert len(EXAMPLES) >= 70


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in EXAMPLES.items()])
def test_whose_words(source: str, annotator: Annotator) -> None:
    text, marked = parse_markup(source)
    article = Article("a", "a.txt", "txt", text, content_hash="", sections=find_sections(text))
    [annotation] = annotator.annotate([article])
    found = [_row(quote) for quote in annotation.quotes if quote.type != "scare"]
    expected = [tag for tag in marked if tag.tag != "no"]
    for tag in expected:
        assert _is_found(tag, annotation.quotes), (tag, found)
    assert expected or not found, found
    for tag in marked:
        assert tag.tag != "no" or all(tag.text != words for _, words, _ in found), (tag, found)


def _row(quote: Quote) -> tuple[str, str, str]:
    return quote.type, quote.text, quote.speaker_name or ""


def _is_found(tag: Marked, quotes: tuple[Quote, ...]) -> bool:
    """Return whether a row has the words of a tag, is of its kind and names its speaker."""
    return any(
        (quote.start, quote.end) == (tag.start, tag.end)
        and (quote.type == "indirect") == (tag.tag == "r")
        and quote.type != "scare"
        and tag.attrs["by"].lower() in (quote.speaker_name or "").lower()
        for quote in quotes
    )
