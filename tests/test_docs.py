"""The pages in docs/: their examples are right, they say what there is, and they agree with the package."""

import ast
import doctest
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from extract.errors import ReadError

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(page.name for page in DOCS.glob("*.md"))
# Those that read the sample tables are run by tests/query/test_query_docs.py.
WITH_EXAMPLES = [
    name
    for name in PAGES
    if ">>> " in (text := (DOCS / name).read_text("utf-8")) and "extract.open(" not in text
]


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
    assert all("$(PINNED)" in line for line in installs if line not in own)


def test_every_folder_of_tests_is_fast_or_slow(slow: tuple[str, ...]) -> None:
    recipe = re.search(r"^fast:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe is not None
    fast = re.findall(r"tests/(\w+)(?!\S)", recipe[1])
    slow_folders = [name for name in slow if not name.endswith(".py")]
    tests = ROOT / "tests"
    folders = {path.relative_to(tests).parts[0] for path in tests.glob("*/**/test_*.py")}
    assert sorted([*fast, *slow_folders]) == sorted(folders)


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


def test_what_a_cluster_needs_is_no_part_of_what_one_machine_does() -> None:
    one, cluster, all_of_it = (
        dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dask.lock", "requirements-dev.lock")
    )
    assert one.items() <= cluster.items() <= all_of_it.items()
    assert "distributed" in cluster.keys() - one.keys()


# Where the code and the severity stand in a call: by position or by name.
_ISSUES = {"Issue": (3, 2), "Problem": (1, 0), "Failure": (0, None)}


def _words(argument: ast.expr | None) -> set[str]:
    """Return the strings in an argument: both of `"error" if named else "info"`."""
    nodes = ast.walk(argument) if argument else ()
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _issues_in(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Yield the code and the severities of every issue that a module can report."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _ISSUES):
            continue
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        at_code, at_severity = _ISSUES[call.func.id]
        code, severity = (
            named.get(name) or (call.args[at] if at is not None and at < len(call.args) else None)
            for name, at in (("code", at_code), ("severity", at_severity))
        )
        # A code that is no constant is passed on from a Problem or a Failure.
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            # The source says of a Failure that it is an error in one place: Failure.issue.
            yield code.value, _words(severity) if at_severity is not None else {"error"}


def test_running_lists_every_issue_with_its_levels() -> None:
    codes: dict[str, set[str]] = {}
    for module in (ROOT / "src").rglob("*.py"):
        for code, severities in _issues_in(ast.parse(module.read_text("utf-8"))):
            codes.setdefault(code, set()).update(severities)
    for error in (ReadError, *ReadError.__subclasses__()):
        codes.setdefault(error.code, set()).add("error")
    section = (DOCS / "running.md").read_text("utf-8").partition("\n## Issues\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|", section, re.MULTILINE)
    assert {code: set(levels.split(", ")) for code, levels in rows} == codes


def test_the_map_of_models_names_every_file() -> None:
    text = (ROOT / "models" / "README.md").read_text("utf-8")
    files = [path.relative_to(ROOT / "models").as_posix() for path in (ROOT / "models").rglob("*.toml")]
    assert [name for name in files if f"`{name}`" not in text] == []
