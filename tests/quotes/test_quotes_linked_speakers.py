"""The texts of linked_speakers.toml, each annotated as an article: who is linked, and who stays open."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.model import Article
from extract.pipeline.annotator import Annotator
from markup import parse_markup

KINDS = tomllib.loads(Path(__file__).with_name("linked_speakers.toml").read_text("utf-8"))
EXAMPLES = {
    f"{kind} {number}": source
    for kind, sources in KINDS.items()
    for number, source in enumerate(sources, start=1)
}


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in EXAMPLES.items()])
def test_linked_speakers(source: str, annotator: Annotator) -> None:
    text, marked = parse_markup(source)
    day = datetime(2023, 5, 16, tzinfo=UTC)
    [annotation] = annotator.annotate([Article("a", "a.txt", "txt", text, content_hash="", published_at=day)])
    found = [(quote.speaker, quote.speaker_entity_id) for quote in annotation.quotes if quote.speaker]
    for tag in marked:
        linked = {known for phrase, known in found if phrase.start < tag.end and tag.start < phrase.end}
        allowed = {tag.attrs["is"]} if "is" in tag.attrs else {tag.attrs.get("or"), None}
        assert linked, (tag, found)
        assert linked <= allowed, (tag, found)
    if not marked:
        assert not [known for _, known in found if known], found
