"""The scripts outside the package, most of which no test runs: what they import from it exists."""

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from extract.engines.engine import Engine
from extract.lexicon import Lexicon
from extract.model import Article

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("models", "benchmarks", "flows")
    for path in (ROOT / folder).rglob("*.py")
)


def imports_from_extract(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """Yield what a script imports from the package, inside functions too: a module and a name in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "extract":
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names if alias.name.split(".")[0] == "extract")


def is_there(module: str, name: str | None) -> bool:
    if not is_module(module):
        return False
    return name is None or hasattr(import_module(module), name) or is_module(f"{module}.{name}")


def is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # what it would be in is no package
        return False


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_a_script_imports_is_there(script: str) -> None:
    tree = ast.parse((ROOT / script).read_text("utf-8"))
    assert [imported for imported in imports_from_extract(tree) if not is_there(*imported)] == []


def test_a_name_that_is_gone_is_seen() -> None:
    tree = ast.parse(
        "import extract.moon\nfrom extract.moon.tide import ebb\nfrom extract import light_spacy\n"
        "def main():\n    from extract.entities.mentions import EntityFinder, find_mentions\n"
    )
    gone = {imported for imported in imports_from_extract(tree) if not is_there(*imported)}
    assert gone == {
        ("extract.moon", None),
        ("extract.moon.tide", "ebb"),
        ("extract.entities.mentions", "EntityFinder"),
    }


def test_the_pipeline_tags_sentences_to_train_stanza_with(
    engine: Engine, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "models" / "stanza")
    silver = import_module("training.silver")
    text = "Karwan Dizayi left Basra on Tuesday. He slept."
    article = Article(article_id="a", source="a.txt", format="txt", text=text, content_hash="")
    [sentence] = silver.tag_articles(engine, lexicon, [article], (4, 50))
    assert sentence == [
        *(("Karwan", "B-PERSON"), ("Dizayi", "I-PERSON"), ("left", "O"), ("Basra", "B-GPE")),
        *(("on", "O"), ("Tuesday", "O"), (".", "O")),
    ]
