"""Runs the examples of the pages that read the sample tables, and writes what they print.

`make examples` renews what they print on these pages; a test compares them.
Of a page, it runs the fenced blocks `python` with `>>>`, in one session, and `console`, lines after `$`. A
block `sql` is no example of its own: its rows must be those of the variable `answer`, the same in pandas.
"""

import contextlib
import doctest
import io
import re
import shlex
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from typer.testing import CliRunner

import extract
from extract.cli.app import app

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/cookbook.md", "docs/tour.md")

_BLOCK = re.compile(r"^```(python|console|sql)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

_WIDTH = 110  # as on a wide terminal, whatever the one that runs this

Session = dict[str, Any]


def refreshed(page: str) -> str:
    """Return a page with what its examples print now; they read `outputs` in the current folder.

    Raises:
        AssertionError: SQL gives other rows than pandas.
    """
    session: Session = {}
    run: dict[str, Callable[[str], str]] = {
        "python": lambda block: _run_python(block, session),
        "console": _run_console,
        "sql": lambda block: _check_sql(block, session),
    }
    with pd.option_context("display.width", _WIDTH, "display.max_columns", None):
        return _BLOCK.sub(lambda match: f"```{match[1]}\n{run[match[1]](match[2])}```", page)


def _run_python(block: str, session: Session) -> str:
    if ">>> " not in block:
        return block
    lines = []
    for part in doctest.DocTestParser().get_examples(block):
        prompts = [">>> ", *["... "] * part.source.count("\n")]
        lines += [
            f"{prompt}{line}".rstrip()
            for prompt, line in zip(prompts, part.source.splitlines(), strict=False)
        ]
        lines += _printed(part.source, session)
    return "\n".join(lines) + "\n"


def _printed(source: str, session: Session) -> list[str]:
    """Run a statement as Python's prompt does, and return the lines that it prints."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(source, "<example>", "single"), session)  # noqa: S102 - our own pages
    return [line.rstrip() for line in shown.getvalue().splitlines()]


def _run_console(block: str) -> str:
    if not block.startswith("$ extract "):
        return block
    lines = []
    for line in block.splitlines():
        if line.startswith("$ extract "):
            result = CliRunner().invoke(app, shlex.split(line)[2:], catch_exceptions=False)
            printed = [line.rstrip() for line in result.output.splitlines()]
            lines += [line, *(line for line in printed if line)]
    return "\n".join(lines) + "\n"


def _check_sql(block: str, session: Session) -> str:
    if "answer" not in session:  # it reads files, as users may
        return block
    expected = [tuple(map(_plain, row)) for row in session["answer"].itertuples(index=False)]
    rows = extract.open("outputs").duckdb().sql(block).fetchall()
    found = [tuple(map(_plain, row)) for row in rows]
    if found != expected:
        raise AssertionError(f"{block}\ngives {found}\nbut pandas {expected}")
    return block


def _plain(value: object) -> object:
    """Return a value in the form that pandas and DuckDB share: days as text, nothing for missing."""
    if isinstance(value, date | pd.Timestamp):
        return str(value)[:10]
    if pd.api.types.is_list_like(value):
        return list(value)
    return None if pd.isna(value) else value


if __name__ == "__main__":
    for name in PAGES:
        path = ROOT / name
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")
        sys.stdout.write(f"{name}\n")
