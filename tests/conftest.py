"""Fixtures that are dear to make, made once."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.annotate.extensions import register
from extract.engines import Engine, load_engine
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.cues import Cues, load_cues
from extract.model import Article
from extract.settings import Settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def models_dir() -> Path:
    return ROOT / "models"


@pytest.fixture(scope="session")
def stanza_models(models_dir: Path) -> Path:
    """models/, for tests that load Stanza; without the extra they are skipped."""
    if importlib.util.find_spec("stanza") is None:
        pytest.skip("the extra stanza is not installed")
    return models_dir


@pytest.fixture(scope="session")
def engine(models_dir: Path) -> Engine:
    return load_engine(Settings(models_dir=models_dir))


@pytest.fixture(scope="session")
def parse(engine: Engine) -> Callable[[str], Doc]:
    """Text -> parsed Doc whose `doc._.article` holds the bare text."""
    register()

    def parse_text(text: str) -> Doc:
        article = Article(article_id="a", source="a.txt", format="txt", text=text, content_hash="")
        [doc] = engine.pipe([article])
        doc._.article = article
        return doc

    return parse_text


@pytest.fixture(scope="session")
def lexicon(models_dir: Path) -> Lexicon:
    return load_lexicon(models_dir)


@pytest.fixture(scope="session")
def cues(models_dir: Path) -> Cues:
    return load_cues(models_dir)


@pytest.fixture
def blank() -> Language:
    return spacy.blank("en")


@pytest.fixture(autouse=True)
def files_settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run after a file was written would wait a second to see whether it grows."""
    monkeypatch.setenv("EXTRACT_SETTLE_SECONDS", "0")
