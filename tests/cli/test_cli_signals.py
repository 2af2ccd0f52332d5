"""Ctrl-C and SIGTERM end a command at once: one sentence, the shell's exit code, nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from cli_process import ROOT

from extract.pipeline import run
from extract.settings import Settings
from faults.misfortunes import write_hook

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to see processes")

SENTENCE = "Stopped. The published tables are whole; run the command again to go on.\n"
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
SIGTERM_BIT = 1 << (signal.SIGTERM - 1)


class Command:
    """`extract run` over one article, in a session of its own as in a terminal."""

    def __init__(self, folder: Path) -> None:
        inbox, self.output, self.begun = folder / "in", folder / "out", folder / "begun"
        inbox.mkdir()
        (inbox / "a.txt").write_text("Officials in Baghdad met on 3 May 2021.\n", encoding="utf-8")
        hook = write_hook(
            folder / "hook", {"Baghdad": f"open({str(self.begun)!r}, 'w').close(); time.sleep(600)"}
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "extract.cli", "run", inbox, "--output", self.output, "--workers", "1"],
            cwd=ROOT,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join([str(hook.parent), os.environ.get("PYTHONPATH", "")])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_for(self, look: Callable[[], object]) -> None:
        deadline = time.monotonic() + 60
        while not look():
            assert time.monotonic() < deadline, "it did not happen"
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.01)

    def leaves_nothing(self) -> bool:
        """Whether all its processes end within two seconds, such as the tracker of multiprocessing."""
        deadline = time.monotonic() + 2
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.01)
        return not self.processes()

    def listens(self) -> bool:
        """Whether it has begun to handle signals itself."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        [caught] = (line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
        return bool(int(caught, 16) & SIGTERM_BIT)

    def plans(self) -> bool:
        return any(self.output.glob(".staging/*"))

    def starts_processes(self) -> bool:
        return len(self.processes()) > 1

    def annotates(self) -> bool:
        return self.begun.exists()

    def processes(self) -> list[int]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                state, _, _, session, *_ = (process / "stat").read_text().rpartition(")")[2].split()
                if int(session) == self.process.pid and state != "Z":
                    found.append(int(process.name))
        return found


@pytest.mark.parametrize("number", CODES)
@pytest.mark.parametrize(
    "moment", [Command.listens, Command.plans, Command.starts_processes, Command.annotates]
)
def test_a_signal_ends_a_run_at_any_moment(
    tmp_path: Path, moment: Callable[[Command], bool], number: int
) -> None:
    command = Command(tmp_path)
    command.wait_for(lambda: moment(command))
    os.killpg(command.process.pid, number)
    printed, errors = command.process.communicate(timeout=20)
    assert (command.process.returncode, errors, printed) == (CODES[number], SENTENCE, "")
    assert command.leaves_nothing()


@pytest.mark.parametrize("number", CODES)
def test_an_impatient_second_signal_changes_nothing(tmp_path: Path, number: int) -> None:
    command = Command(tmp_path)
    command.wait_for(command.annotates)
    while command.process.poll() is None:
        os.killpg(command.process.pid, number)
        time.sleep(0.02)
    printed, errors = command.process.communicate()
    assert (command.process.returncode, errors, printed) == (CODES[number], SENTENCE, "")
    assert command.leaves_nothing()


def test_a_run_that_does_not_end_by_itself_is_ended() -> None:
    code = (
        "import time, extract.signals; extract.signals._PATIENCE_SECONDS = 0.5\n"
        "extract.signals.end_on_signals()\n"
        "try: print('ready', flush=True); time.sleep(60)\n"
        "finally: time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        process.terminate()
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (CODES[signal.SIGTERM], SENTENCE)


@pytest.mark.usefixtures("warm")
def test_the_run_after_a_signal_goes_on(tmp_path: Path) -> None:
    command = Command(tmp_path)
    command.wait_for(command.annotates)
    command.process.send_signal(signal.SIGINT)
    command.process.communicate(timeout=20)
    assert run([tmp_path / "in"], Settings(output=command.output, workers=1)).done == 1
    assert len(pd.read_parquet(command.output / "articles")) == 1
