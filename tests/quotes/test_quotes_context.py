"""The context of quotes, column by column: texts with the words of a quote in brackets and what is right."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extract.model import Article
from extract.pipeline.annotator import Annotator
from extract.tables.quotes import quote_rows

CASES = tomllib.loads(Path(__file__).with_name("contexts.toml").read_text("utf-8"))["case"]
PUBLISHED = datetime(2023, 5, 17, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_quote_has_its_context(case: dict[str, Any], annotator: Annotator) -> None:
    before, _, rest = case["text"].partition("[[")
    words, _, after = rest.partition("]]")
    text = before + words + after
    article = Article("case", "case.txt", "txt", text, published_at=PUBLISHED, content_hash="")
    [annotation] = annotator.annotate([article])
    rows = {row["text"]: row for row in quote_rows(annotation)}
    assert words in rows
    wanted = {name: value for name, value in case.items() if name != "text"}
    assert {name: rows[words][name] or "null" for name in wanted} == wanted
