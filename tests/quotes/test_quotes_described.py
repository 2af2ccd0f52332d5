"""Ids of speakers whom an article does not name: they group what one of them said, and keep two apart."""

import re
from pathlib import Path

import pytest

from extract.ids import is_description_id
from extract.model import Article
from extract.pipeline.annotator import Annotator
from markup import read_topics

EXAMPLES = Path(__file__).with_name("described.txt")
_WORDS = re.compile(r"\{(?P<id>\S+): (?P<words>[^}]+)\}")


@pytest.mark.parametrize("line", [pytest.param(line, id=name) for name, line in read_topics(EXAMPLES)])
def test_a_described_speaker_has_an_id_within_the_article(line: str, annotator: Annotator) -> None:
    text = _WORDS.sub(lambda found: found["words"], line).replace(" ¶ ", "\n\n")
    [annotation] = annotator.annotate([Article("2021/a", "a.txt", "txt", text, content_hash="")])
    found = {quote.text.rstrip(","): quote.speaker_name_id for quote in annotation.quotes}
    for expected in _WORDS.finditer(line):
        own = found[expected["words"]]
        assert (own or "-").removeprefix("2021/a#") == expected["id"]
        assert own is None or is_description_id(own) == own.startswith("2021/a#")
