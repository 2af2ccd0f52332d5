"""Fixtures that are expensive to make, made once."""

from extract import light_spacy  # isort: skip  # noqa: F401 - before spaCy: saves each process two seconds

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import QuoteComponent
from extract.engines.engine import Engine
from extract.engines.extensions import register
from extract.lexicon import Lexicon
from extract.model import Article
from extract.pipeline import run
from extract.pipeline.annotator import Annotator
from extract.quotes.cues import Cues
from extract.settings import Settings
from warm_workers import WarmContext, warm_workers

ROOT = Path(__file__).parents[1]
collect_ignore_glob = ["**/conftest.py"]  # where pytest looks for doctests in them, the second one clashes


# Tests that start processes, publish or check all of models/: left out of `make check`. They start in this
# order and before the others, those that wait for minutes first: else a worker would end with them alone.
SLOW = (
    *(
        "flows",
        "recipes",
        "faults",
        "pipeline",
        "cli",
        "store",
        "engines",
        "report",
        "query",
        "check",
        "components",
    ),
    *("test_quality.py", "test_lexicon_check.py", "test_lexicon_difference.py", "test_lexicon_load.py"),
    *("test_unlinked.py", "test_reading_arrival.py", "test_evaluate_shared.py"),
)


def pytest_configure() -> None:
    """Let a row that breaks its contract fail its article, in the runs of all tests; users lose the row."""
    os.environ["EXTRACT_BROKEN_ROWS"] = "fail"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {item: _place(item.path) for item in items}
    for item, place in places.items():
        if place < len(SLOW):
            item.add_marker(pytest.mark.slow)
    items.sort(key=places.__getitem__)


def _place(file: Path) -> int:
    """Return the place of a test's file among the slow ones; fast ones come after all of them."""
    parts = file.relative_to(ROOT).parts
    names = SLOW if parts[0] == "tests" else ()
    return min((place for place, name in enumerate(names) if name in parts), default=len(SLOW))


@pytest.fixture(scope="session")
def slow() -> tuple[str, ...]:
    return SLOW


@pytest.fixture(scope="session")
def models_dir() -> Path:
    return ROOT / "models"


@pytest.fixture(scope="session")
def copy_models() -> Callable[[Path], Path]:
    """Copy what a run reads of models/ into a folder, for tests that change it, and return the copy."""

    def copy(folder: Path) -> Path:
        ignored = shutil.ignore_patterns("stanza", "README.md", "*.txt")
        return Path(shutil.copytree(ROOT / "models", folder / "models", ignore=ignored))

    return copy


@pytest.fixture(scope="session")
def stanza_models(models_dir: Path) -> Path:
    """models/, for tests that load Stanza; without the extra they are skipped."""
    if importlib.util.find_spec("stanza") is None:
        pytest.skip("the extra stanza is not installed")
    return models_dir


@pytest.fixture(scope="session")
def annotator(models_dir: Path) -> Annotator:
    """All that annotates, loaded once: lexicon, rules and, where it is needed, the model."""
    return Annotator(Settings(models_dir=models_dir))


@pytest.fixture(scope="session")
def engine(annotator: Annotator) -> Engine:
    return annotator.engine


@pytest.fixture
def warm(annotator: Annotator) -> Iterator[None]:
    """Let the runs of a test start workers that have all loaded already."""
    with warm_workers(annotator):
        yield


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let readers and checks be forks of this process, which has imported all that they import first."""
    for place in ("multiprocessing.get_context", "extract.check.get_context"):
        monkeypatch.setattr(place, lambda _method: WarmContext())


@pytest.fixture(scope="session")
def sample_tables(annotator: Annotator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published tables of seeds/, to look at: who changes them copies them."""
    output = tmp_path_factory.mktemp("samples")
    with warm_workers(annotator):
        assert run([ROOT / "seeds"], Settings(output=output)).is_flawless
    return output


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
def lexicon(annotator: Annotator) -> Lexicon:
    return annotator.knowledge.lexicon


@pytest.fixture(scope="session")
def cues(annotator: Annotator) -> Cues:
    return annotator.knowledge.cues


@pytest.fixture(scope="session")
def quote_component(annotator: Annotator) -> QuoteComponent:
    return annotator.components[-1]


@pytest.fixture
def blank() -> Language:
    return spacy.blank("en")


@pytest.fixture(autouse=True)
def files_settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run after a file was written would wait a second to see whether it grows."""
    monkeypatch.setenv("EXTRACT_SETTLE_SECONDS", "0")
