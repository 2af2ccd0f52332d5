"""The `extract` command: in a process of its own, as a user calls it, and in this one, which is faster."""

import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from extract.cli.app import app

ROOT = Path(__file__).parents[2]


def extract(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extract.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def invoke(*arguments: str | Path, **environment: str) -> Result:
    """Call the command in this process; an ExtractError comes through."""
    return CliRunner().invoke(app, [*map(str, arguments)], env=environment, catch_exceptions=False)
