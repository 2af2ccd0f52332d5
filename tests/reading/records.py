"""Records that tests write, and what becomes of them."""

from collections.abc import Mapping
from pathlib import Path

from extract.model import Article, Issue
from extract.reading import read_inputs

TEXT = (
    "The council met in Basra and the members said that they will meet again.\n\n"
    '"We keep what we sign," the governor told reporters.'
)
RECORD = {
    "headline": "Council meets again",
    "content": TEXT,
    "date": "2021-09-05T11:20:00+03:00",
    "source": "Riverbend News",
    "authors": "Rana Odeh",
    "url": "https://riverbend.example/a",
}


def read(path: Path, mapping: Mapping[str, str] | None = None) -> tuple[list[Article], list[Issue]]:
    """Return the articles and the issues of a file."""
    items = list(read_inputs([path], max_chars=10_000, mapping=mapping))
    articles = [item for item in items if isinstance(item, Article)]
    return articles, [item for item in items if isinstance(item, Issue)]


def codes(articles: list[Article]) -> set[str]:
    """Return the codes of the issues of articles."""
    return {issue.code for article in articles for issue in article.issues}


def assert_is_record(article: Article) -> None:
    """Assert that an article has all that `RECORD` says."""
    assert article.text == TEXT
    assert (article.title, article.outlet, article.author) == (
        "Council meets again",
        "Riverbend News",
        "Rana Odeh",
    )
    assert article.url == "https://riverbend.example/a"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2021-09-05T08:20:00+00:00"
