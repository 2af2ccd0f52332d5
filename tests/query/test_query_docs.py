"""The examples of the pages that read the sample tables print what stands there."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def _examples() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples", ROOT / "docs" / "examples.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


examples = _examples()


@pytest.fixture
def at_home(sample_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the sample tables in `outputs`, as `make run` leaves them."""
    (tmp_path / "outputs").symlink_to(sample_tables, target_is_directory=True)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("name", examples.PAGES)
def test_the_examples_are_right(name: str) -> None:
    page = (ROOT / name).read_text("utf-8")
    assert examples.refreshed(page) == page, "renew them: make examples"


@pytest.mark.usefixtures("at_home")
def test_sql_with_other_rows_than_pandas_is_told() -> None:
    python = ">>> import pandas as pd\n>>> answer = pd.DataFrame({'n': [1]})"
    page = f"```python\n{python}\n```\n\n```sql\nSELECT 2\n```\n"
    with pytest.raises(AssertionError, match=r"gives \[\(2,\)\]"):
        examples.refreshed(page)


@pytest.mark.usefixtures("at_home")
def test_what_is_printed_otherwise_is_renewed() -> None:
    page = "```python\n>>> 1 + 1\n3\n```\n\n```console\n$ extract query 'SELECT 1 AS one'\nnothing\n```\n"
    assert examples.refreshed(page) == (
        "```python\n>>> 1 + 1\n2\n```\n\n```console\n$ extract query 'SELECT 1 AS one'\n one\n ───\n 1\n```\n"
    )


def test_the_cookbook_answers_twelve_questions_both_ways() -> None:
    questions = re.split(
        r"^## \d+\. ", (ROOT / "docs" / "cookbook.md").read_text("utf-8"), flags=re.MULTILINE
    )[1:]
    assert len(questions) == 12
    assert all("\n```python\n>>> " in one and "\n```sql\n" in one for one in questions)
