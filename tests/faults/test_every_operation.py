"""Some of the operations that `every_operation.py` lets fail; that script tries all."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from disks import Kind, PythonDisk
from every_operation import Trials, try_all
from grounds import quick_folder, warm_runs

SCRIPT = Path(__file__).with_name("every_operation.py")


@pytest.fixture(scope="module")
def trials() -> Iterator[Trials]:
    with quick_folder() as folder, warm_runs():
        yield Trials(folder, PythonDisk())


@pytest.mark.parametrize(
    ("kind", "every", "lasting"), [("changes", 499, False), ("looks", 599, False), ("changes", 701, True)]
)
def test_an_operation_of_python_may_fail(trials: Trials, kind: Kind, every: int, *, lasting: bool) -> None:
    trials.wrong.clear()
    assert try_all(trials, every, kind=kind, lasting=lasting) > 0
    assert trials.wrong == []


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")
def test_an_operation_of_any_library_may_fail() -> None:
    command = [sys.executable, SCRIPT, "--every", "997"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stdout + tried.stderr
