"""The recipes of CONTRIBUTING.md, followed literally on a scratch copy of the project.

A recipe is a section `### Add ...`. Its text says where a block of code goes (``In `FILE`, below `LINE`:``,
``In `FILE`, at its end:``, ``New file `FILE`:``), and a console block shows commands with a line that their
output contains.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPES = re.findall(
    r"^### (Add [^\n]+)\n(.*?)(?=^##)",
    (ROOT / "CONTRIBUTING.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
STEP = re.compile(
    r"^(?:In `(?P<file>[^`]+)`, (?:below `(?P<line>[^`]+)`|(?P<end>at its end))"
    r"|New file `(?P<new>[^`]+)`):\n\n"
    r"```\w+\n(?P<code>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)

# Places that a recipe touches: one for knowledge, a module and a line or two of a registry for code.
PLACES = {
    "Add a faction": 1,
    "Add a cue": 1,
    "Add a date rule": 1,
    "Add a format": 2,
    "Add an engine": 3,
    "Add a table": 2,
}


@dataclass(frozen=True)
class Scratch:
    """A copy of the project with an article to read."""

    folder: Path

    def follow(self, recipe: str) -> int:
        """Follow the steps of a recipe, and return how many there were."""
        steps = list(STEP.finditer(recipe))
        for step in steps:
            if step["new"]:
                target = self.folder / step["new"]
                assert not target.exists()
                target.write_text(step["code"], "utf-8")
            else:
                self._insert(self.folder / step["file"], step["code"], step["line"])
        return len(steps)

    def _insert(self, file: Path, code: str, line: str | None) -> None:
        lines = file.read_text("utf-8").splitlines(keepends=True)
        places = [number for number, known in enumerate(lines, 1) if line and known.startswith(line)]
        assert line is None or len(places) == 1, f"{file}: {line!r} stands {len(places)} times"
        at = places[0] if places else len(lines)
        file.write_text("".join([*lines[:at], code if line else f"\n{code}", *lines[at:]]), "utf-8")

    def show(self, *titles: str) -> dict[str, str]:
        """Run what the consoles of recipes show, each command once, and return what is printed."""
        printed: dict[str, str] = {}
        for title in titles:
            [console] = CONSOLE.findall(dict(RECIPES)[title])
            commands = re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]
            assert commands
            for command, _, expected in (shown.partition("\n") for shown in commands):
                if command not in printed:
                    printed[command] = self.run(command)
                assert expected.strip() in printed[command], command
        return printed

    def run(self, command: str) -> str:
        """Run a command as a person would in the copy, and return what it prints."""
        command = re.sub(r"^extract\b", f"{sys.executable} -m extract.cli", command)
        command = re.sub(r"^python\b", sys.executable, command)
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "src"), "EXTRACT_SETTLE_SECONDS": "0"}
        done = subprocess.run(
            ["bash", "-c", command],  # noqa: S607
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=200,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    for name in ("src", "models"):
        # With what is compiled: else every test would compile five hundred modules again.
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("stanza"))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return Scratch(tmp_path)


def test_there_are_six_recipes() -> None:
    assert [title for title, _ in RECIPES] == list(PLACES)


# Those that change knowledge alone are followed one after the other: what they show is shown once.
@pytest.mark.parametrize(
    "titles",
    [("Add a faction", "Add a cue", "Add a date rule"), ("Add a format",), ("Add an engine",)],
    ids=", ".join,
)
def test_the_recipes_do_what_they_say(titles: tuple[str, ...], scratch: Scratch) -> None:
    if titles != ("Add a format",):  # that one writes its own
        shutil.copy(ROOT / "seeds" / "sample-wire.txt", scratch.folder / "inbox")
    for title in titles:
        assert scratch.follow(dict(RECIPES)[title]) == PLACES[title]
    scratch.show(*titles)


def test_a_table_that_is_added_later_is_filled_by_the_next_run(scratch: Scratch) -> None:
    title = "Add a table"
    shutil.copy(ROOT / "seeds" / "sample-wire.txt", scratch.folder / "inbox")
    scratch.run("extract run inbox --output outputs")
    assert scratch.follow(dict(RECIPES)[title]) == PLACES[title]
    shown = scratch.show(title)
    assert "1 done" in shown["extract run inbox --output outputs"]
    count = "import pandas; print(len(pandas.read_parquet('outputs/sentences')) > 5)"
    assert scratch.run(f'python -c "{count}"') == "True\n"
    assert shown["extract history --output outputs"].count("\n") > 4
    scratch.run("extract doctor --output outputs")
    scratch.run("extract rollback --output outputs")
    scratch.run("extract run inbox --output outputs")
    assert scratch.run(f'python -c "{count}"') == "True\n"
