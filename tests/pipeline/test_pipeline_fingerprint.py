"""What makes rows out of date: every module that they depend on, no other, and the versions of packages."""

import ast
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from extract.pipeline import fingerprint
from extract.pipeline.fingerprint import RULE_PACKAGES, pipeline_fingerprint
from extract.pipeline.import_closure import import_closure, imported_files, modules_of
from extract.settings import Settings

PACKAGE = Path(fingerprint.__file__).parents[1]

# One module of each room that rows depend on, and some of those that they do not.
SHAPING = (
    "reading/formats/txt.py", "reading/page/titles.py", "reading/inputs.py", "text/paragraphs.py",
    "lexicon/keys.py", "entities/mentions.py", "entities/linking/linker.py", "entities/offices/holders.py",
    "dates/finder.py", "dates/timex/families/hijri.py", "quotes/finder.py", "quotes/direct/types.py",
    "quotes/indirect/clauses.py", "quotes/turns/labelled.py", "quotes/speakers/ranking.py",
    "components.py", "tables/quotes.py", "tables/registry.py", "schema/columns.py", "model.py", "ids.py",
)  # fmt: skip
NOT_SHAPING = (
    "cli/run.py", "store/store.py", "evaluate/scores.py", "pipeline/plan.py", "pipeline/workers/pool.py",
    "console.py", "check/cue_words.py", "unlinked.py",
)  # fmt: skip


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package that a test may change."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "extract", ignore=ignored))


def changes_after_each(modules: tuple[str, ...], package: Path) -> dict[str, tuple[str, ...]]:
    """Add a line to one module after the other and return what the fingerprint says has changed."""
    before = pipeline_fingerprint(Settings(), package)
    changes = {}
    for module in modules:
        with (package / module).open("a", encoding="utf-8") as file:
            file.write("# another line\n")
        after = pipeline_fingerprint(Settings(), package)
        changes[module], before = after.changed_since(before.components), after
    return changes


def test_a_change_of_any_module_that_shapes_rows_counts(package: Path) -> None:
    changes = changes_after_each(SHAPING, package)
    assert [module for module, changed in changes.items() if "code" not in changed] == []


def test_a_change_of_any_other_module_does_not(package: Path) -> None:
    assert set(changes_after_each(NOT_SHAPING, package).values()) == {()}


def test_a_room_with_another_name_derives_the_rows_again(package: Path) -> None:
    before = pipeline_fingerprint(Settings(), package)
    (package / "entities").rename(package / "names")
    for file in package.rglob("*.py"):
        file.write_text(file.read_text("utf-8").replace("extract.entities", "extract.names"), "utf-8")
    after = pipeline_fingerprint(Settings(), package)
    assert after.changed_since(before.components) == ("code",)
    changed = package / "names" / "merging.py"
    changed.write_text(changed.read_text("utf-8") + "# another line\n", "utf-8")
    assert pipeline_fingerprint(Settings(), package) != after  # the room counts under its new name


def test_a_module_that_is_split_off_counts_without_being_listed(package: Path) -> None:
    finder = package / "dates" / "finder.py"
    finder.write_text(finder.read_text("utf-8") + "from extract.dates import anew  # noqa: F401\n", "utf-8")
    (package / "dates" / "anew.py").write_text("X = 1\n", "utf-8")
    before = pipeline_fingerprint(Settings(), package)
    (package / "dates" / "anew.py").write_text("X = 2\n", "utf-8")
    assert pipeline_fingerprint(Settings(), package).changed_since(before.components) == ("code",)


@pytest.mark.parametrize(
    ("engine", "module", "counts"),
    [
        ("spacy", "engines/spacy.py", True),
        ("spacy", "engines/docs.py", True),
        ("stanza", "engines/docs.py", True),
        ("spacy", "engines/stanza.py", False),
        ("stanza", "engines/stanza.py", True),
        ("consensus", "engines/stanza.py", True),
        ("consensus", "engines/consensus.py", True),
        ("stanza", "engines/consensus.py", False),
    ],
)
def test_docs_depend_on_their_own_engine(engine: str, module: str, *, counts: bool, package: Path) -> None:
    settings = Settings(engine=engine)
    before = pipeline_fingerprint(settings, package)
    with (package / module).open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    assert (pipeline_fingerprint(settings, package).engine != before.engine) is counts


@pytest.mark.parametrize("distribution", ["spacy", "thinc", "numpy", "blis", *RULE_PACKAGES])
def test_another_version_of_a_package_whose_numbers_count(
    distribution: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pipeline_fingerprint(Settings())
    monkeypatch.setattr(fingerprint, "_version", lambda name: "9" if name == distribution else version(name))
    part = "code" if distribution in RULE_PACKAGES else "engine"
    assert pipeline_fingerprint(Settings()).changed_since(before.components) == (part,)


def test_a_root_that_is_no_module_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"extract\.moon"):
        import_closure(PACKAGE, ["extract.moon"])


def test_imports_are_found_as_the_parser_finds_them() -> None:
    modules = modules_of(PACKAGE)
    assert {*modules.values()} == {*PACKAGE.rglob("*.py")}
    for file in modules.values():
        expected = set()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                expected |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                expected |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        known = {modules[name] for name in expected & modules.keys()}
        assert known == set(imported_files(modules, file)), file
