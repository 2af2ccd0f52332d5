"""The `extract` command as a user meets it: exit codes, messages, no traceback."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def extract(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extract.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Officials in Baghdad met on 3 May 2021.\n", encoding="utf-8")
    return folder


def test_run_prints_rows_counts_and_where_to_look(article: Path, tmp_path: Path) -> None:
    done = extract("run", article, "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\s*dates\s+1\s*$", done.stdout, re.MULTILINE)
    assert "Articles: 1 done, 0 skipped, 0 failed" in done.stdout
    assert "read_parquet" in done.stdout
    assert done.stderr == ""
    assert pd.read_parquet(tmp_path / "out" / "dates").value.tolist() == ["2021-05-03"]


def test_some_failed_is_exit_code_1_and_the_others_are_published(article: Path, tmp_path: Path) -> None:
    (article / "empty.txt").write_text("", encoding="utf-8")
    done = extract("run", article, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert "1 done, 0 skipped, 1 failed" in done.stdout
    assert len(pd.read_parquet(tmp_path / "out" / "articles")) == 1


@pytest.mark.parametrize(
    ("arguments", "says", "advises"),
    [
        (["run", "nowhere"], "nowhere", "folder"),
        (["run", "seeds", "--engine", "oracle"], "oracle", "spacy"),
        (["run", "seeds", "--output", "README.md"], "README.md", "--output"),
        (["evaluate", "--gold", "nowhere"], "nowhere", ""),
    ],
)
def test_what_cannot_run_is_exit_code_2_and_a_clear_error(
    arguments: list[str], says: str, advises: str, tmp_path: Path
) -> None:
    output = [] if "--output" in arguments or arguments[0] != "run" else ["--output", str(tmp_path / "out")]
    done = extract(*arguments, *output)
    assert done.returncode == 2
    assert says in done.stderr
    assert advises in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_every_command_has_help_and_is_in_the_readme() -> None:
    commands = re.findall(r"^\W*(\w+)\s{2,}\w", extract("--help").stdout.split("Commands")[1], re.MULTILINE)
    assert set(commands) >= {"run", "evaluate"}
    for command in commands:
        assert extract(command, "--help").returncode == 0
        assert f"extract {command}" in README
