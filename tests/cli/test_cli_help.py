"""Every command says in its help what it does, which defaults it has, and how it is called."""

import re
import resource
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version

import pytest
import typer
from cli_process import ROOT, extract, invoke
from typer.testing import CliRunner

from extract.cli.app import app

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTATION = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
LINES, COLUMNS = 24, 80
LEAST_SECONDS = 0.4


def _commands(
    group: typer.main.TyperGroup, *names: str
) -> Iterator[tuple[tuple[str, ...], typer.main.TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, typer.main.TyperGroup):
            yield from _commands(command, *names, name)
        else:
            yield (*names, name), command


COMMANDS = dict(_commands(typer.main.get_command(app)))
each_command = pytest.mark.parametrize("names", COMMANDS, ids=" ".join)


def test_these_are_all() -> None:
    assert {" ".join(names) for names in COMMANDS} == {
        *("run", "plan", "report", "search", "who", "query", "show", "unlinked", "check", "evaluate"),
        *("export", "import", "overrides", "doubtful", "fix"),
        *("history", "rollback", "doctor", "pull", "push", "lexicon show", "lexicon check"),
    }


@each_command
def test_every_command_is_documented(names: tuple[str, ...]) -> None:
    assert names == ("lexicon", "check") or f"extract {' '.join(names)}" in DOCUMENTATION  # an alias


@each_command
def test_every_help_fits_the_screen_and_has_an_example(names: tuple[str, ...]) -> None:
    shown = invoke(*names, "--help", COLUMNS=str(COLUMNS)).stdout
    assert re.search(rf"^ Examples:\s+extract {' '.join(names)}\b", shown, re.MULTILINE)
    assert max(map(len, shown.splitlines())) <= COLUMNS


@each_command
def test_the_terminal_wraps_the_help_and_not_the_source(names: tuple[str, ...]) -> None:
    assert "\n" not in (COMMANDS[names].help or "").replace("\n\n", " ")


@each_command
def test_every_value_has_a_default_or_is_required(names: tuple[str, ...]) -> None:
    for parameter in COMMANDS[names].params:
        is_told = isinstance(parameter.show_default, str) or parameter.default is not None
        assert getattr(parameter, "is_flag", False) or parameter.required or is_told, parameter.name


@each_command
def test_every_parameter_has_help(names: tuple[str, ...]) -> None:
    assert [parameter.name for parameter in COMMANDS[names].params if not parameter.help] == []


@each_command
def test_the_examples_are_valid(names: tuple[str, ...]) -> None:
    command = COMMANDS[names]
    lines = [line for line in (command.epilog or "").splitlines() if line.startswith("extract ")]
    assert lines
    for line in lines:
        words = shlex.split(line)[1:]
        assert tuple(words[: len(names)]) == names
        command.make_context(" ".join(names), words[len(names) :], resilient_parsing=False)


def _documented() -> list[str]:
    """Return the commands in the blocks of the pages, without what else the shell is told."""
    lines = re.findall(
        r"^(?:    +|\$ )(?:\S+=\S+ )*(?:\.venv/bin/)?(extract .+)$", DOCUMENTATION, re.MULTILINE
    )
    return sorted({re.split(r"\s[#|>&]|;|\s{2}", line)[0] for line in lines})


@pytest.mark.parametrize("line", _documented())
def test_what_the_pages_tell_to_type_is_valid(line: str) -> None:
    words = [word for word in shlex.split(line)[1:] if word not in {"[...]", "..."}]
    group = typer.main.get_command(app)
    name, command, rest = group.resolve_command(
        group.make_context("extract", words, resilient_parsing=True), words
    )
    if isinstance(command, typer.main.TyperGroup):
        name, command, rest = command.resolve_command(
            command.make_context("", rest, resilient_parsing=True), rest
        )
    assert command is not None
    if "--help" not in rest:
        command.make_context(name, rest, resilient_parsing=False)


def test_the_list_of_commands_fits_a_screen_one_line_each() -> None:
    lines = invoke("--help").stdout.splitlines()
    assert len(lines) < LINES, "the prompt takes a line"
    assert max(map(len, lines)) <= COLUMNS
    rows = [re.fullmatch(r"(?:\w+|) +([a-z]+(?:, [a-z]+)*)  +([A-Z].+[.])", line) for line in lines[3:-2]]
    listed = [name for row in rows if row for name in row[1].split(", ")]
    assert sorted(listed) == sorted(typer.main.get_command(app).commands)


def test_without_a_command_the_list_is_shown() -> None:
    assert invoke().output == invoke("--help").stdout


def test_help_costs_little() -> None:
    assert min(_seconds("--help") for _ in range(3)) <= LEAST_SECONDS


def test_help_imports_no_tables() -> None:
    heavy = {"pyarrow", "numpy", "pandas", "duckdb", "spacy", "pydantic"}
    code = f"import sys, extract.cli.app; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def _seconds(*arguments: str) -> float:
    """Return the processor seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "extract.cli", *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def test_the_version() -> None:
    assert extract("--version").stdout == f"extract {version('extract')}\n"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("extract se", {"search"}),
        ("extract who --t", {"--top"}),
        ("extract query --format ", {"table", "csv", "json", "parquet"}),
        ("extract lexicon ", {"show", "check"}),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_options_and_values(shell: str, typed: str, offered: set[str]) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    asked = {"_TYPER_COMPLETE_ARGS": typed, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    environment = {"_EXTRACT_COMPLETE": f"complete_{shell}", **words, **asked}
    done = CliRunner().invoke(app, [], prog_name="extract", env=environment)
    found = set(re.findall(r"[\w-]+", done.stdout))  # zsh and fish are told what each one is for as well
    assert found >= offered
    assert found == offered or shell != "bash"


def test_the_package_can_be_run_as_a_module() -> None:
    command = [sys.executable, "-m", "extract", "--version"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert shown == f"extract {version('extract')}\n"
