"""The project's first real articles, where they are at hand (they are not ours to publish)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.model import Article, SectionKind
from extract.reading import read_inputs

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not here")

JULY_29 = datetime(2021, 7, 29, tzinfo=UTC)
PUBLISHED = {
    "000": (JULY_29, "inferred"),
    "001": (JULY_29, "inferred"),
    "002": (None, "unknown: no date line in the text"),
    "003": (datetime(2021, 7, 28, tzinfo=UTC), "byline"),
    "004": (datetime(2021, 7, 24, 8, 30, tzinfo=UTC), "byline"),
}
OUTLETS = {
    "000": None,
    "001": None,
    "002": "Middle East Eye",
    "003": "Track Persia",
    "004": "Asharq Al-Awsat",
}
ROLES: dict[str, list[SectionKind]] = {
    "000": ["body", "boilerplate"],
    "001": ["dateline", "body", "caption", "body", "caption", "body"],
    "002": ["title", "body", "boilerplate"],
    "003": ["caption", "dateline", "body", "boilerplate"],
    "004": ["boilerplate", "title", "dateline", "caption", "body", "boilerplate"],
}


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = list(read_inputs([SEEDS], max_chars=100_000))
    return {item.article_id[:3]: item for item in found if isinstance(item, Article)}


@pytest.mark.parametrize("key", PUBLISHED)
def test_publication(articles: dict[str, Article], key: str) -> None:
    assert (articles[key].published_at, articles[key].published_source) == PUBLISHED[key]


@pytest.mark.parametrize("key", ROLES)
def test_roles(articles: dict[str, Article], key: str) -> None:
    assert [section.kind for section in articles[key].sections] == ROLES[key]


@pytest.mark.parametrize("key", OUTLETS)
def test_outlet_and_language(articles: dict[str, Article], key: str) -> None:
    assert (articles[key].outlet, articles[key].language) == (OUTLETS[key], "en")


def test_titles(articles: dict[str, Article]) -> None:
    assert [bool(article.title) for article in articles.values()] == [False, False, True, False, True]
