"""What a worker reads of its batch is what the run has written."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Article, Issue, Section, SectionKind, Severity
from extract.pipeline.batches import write_batch

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MAYBE = st.none() | TEXT
ISSUES = st.builds(
    Issue, TEXT, MAYBE, st.sampled_from(get_args(Severity)), code=TEXT, message=TEXT, advice=TEXT
)
SECTIONS = st.builds(
    Section, st.sampled_from(get_args(SectionKind)), start=st.integers(0, 10**7), end=st.integers(0, 10**7)
)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(fold=0))
ARTICLES = st.builds(
    Article,
    *[TEXT] * 5,
    title=MAYBE,
    outlet=MAYBE,
    author=MAYBE,
    url=MAYBE,
    language=MAYBE,
    published_at=st.none() | MOMENTS,
    published_source=MAYBE,
    sections=st.lists(SECTIONS, max_size=3).map(tuple),
    issues=st.lists(ISSUES, max_size=3).map(tuple),
)


@given(articles=st.lists(ARTICLES, min_size=1, max_size=4).map(tuple))
@settings(max_examples=300, deadline=None)
def test_articles_come_back_from_their_batch_as_they_were(articles: tuple[Article, ...]) -> None:
    with TemporaryDirectory() as folder:
        batch = write_batch(Path(folder), "000000", articles)
        read = batch.read()
    assert repr(read) == repr(articles)  # also what is equal but not the same: UTC, tuples and lists
    assert read == articles
    assert (batch.n_articles, batch.n_chars) == (len(articles), sum(len(one.text) for one in articles))


def test_a_batch_is_json_which_executes_nothing(tmp_path: Path) -> None:
    article = Article("a", "a.txt", "txt", "Basra.", "hash", published_at=datetime(2021, 7, 28, tzinfo=UTC))
    write_batch(tmp_path, "000000", (article,))
    [file] = tmp_path.iterdir()
    [content] = json.loads(file.read_text(encoding="utf-8"))
    assert (content["text"], content["published_at"]) == ("Basra.", "2021-07-28T00:00:00Z")
