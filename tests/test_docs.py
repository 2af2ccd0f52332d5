"""The pages in docs/: their examples are right, they say what there is, and they agree with the package."""

import doctest
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(page.name for page in DOCS.glob("*.md"))
WITH_EXAMPLES = [name for name in PAGES if ">>> " in (DOCS / name).read_text("utf-8")]


@pytest.mark.parametrize("page", WITH_EXAMPLES)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_examples_are_right(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"^```python\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page, None, 0)
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=report.append)
    assert result.attempted
    assert not result.failed, "".join(report)


def test_there_are_pages_with_examples() -> None:
    assert {"dates.md", "entities.md", "quotes.md", "spacy.md"} <= set(WITH_EXAMPLES)


@pytest.mark.parametrize("page", [*PAGES, "../README.md", "../CONTRIBUTING.md", "../models/README.md"])
def test_files_and_modules_that_a_page_names_exist(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    for path in re.findall(
        r"`((?:src|models|tests|benchmarks|flows|docs|seeds)/[\w./-]+\.(?:py|toml|md|txt))`", text
    ):
        assert (ROOT / path).exists() or path in _NEW_IN_RECIPES, path
    for module in re.findall(r"python -m (benchmarks[\w.]+)", text):
        assert ROOT.joinpath(*module.split(".")).with_suffix(".py").exists(), module


_NEW_IN_RECIPES = re.findall(r"New file `([^`]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))


def test_the_changelog_has_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1] == project["version"]


def test_nothing_is_installed_without_a_pinned_hash() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = [
        line for line in makefile.splitlines() if re.search(r"\$\(PIP\)|\$\(PINNED\)|pip install", line)
    ]
    own = [line for line in installs if "--editable ." in line or line.startswith(("PIP :=", "PINNED :="))]
    assert "--require-hashes" in next(line for line in installs if line.startswith("PINNED :="))
    assert "--no-deps" in next(line for line in installs if line.startswith("PIP :="))
    assert all("$(PIP)" not in line for line in installs if line not in own)


def test_the_default_engine_needs_no_torch() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert not re.search(r"^(torch|stanza|mypy|pytest|ruff)==", lock, re.MULTILINE)
    assert re.search(r"^stanza==", (ROOT / "requirements-stanza.lock").read_text("utf-8"), re.MULTILINE)


def test_the_locks_agree() -> None:
    pins = [
        dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-stanza.lock", "requirements-dev.lock")
    ]
    for smaller, larger in pairwise(pins):
        assert smaller.items() <= larger.items()
