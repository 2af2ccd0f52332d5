"""Ctrl-C and SIGTERM end the flow's command as they end `extract run`, with its temporary server."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from prefect_home import ROOT, Prefect

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


@pytest.mark.parametrize(
    ("receivers", "number"),
    [(os.killpg, signal.SIGINT), (os.killpg, signal.SIGTERM), (os.kill, signal.SIGTERM)],
    ids=["Ctrl-C", "SIGTERM to the group", "SIGTERM"],
)
def test_a_signal_ends_the_command(
    alone: Prefect, database: Path, inbox: Path, number: int, receivers: Callable[[int, int], None]
) -> None:
    shutil.copy(database, alone.home)
    (inbox / "long.txt").write_text("Officials in Baghdad met on 3 May 2021. " * 20_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.extract_articles", inbox, "--output", inbox.with_name("out")],
        cwd=ROOT,
        env=alone.environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    alone.wait_for("worker", lambda: alone.processes("spawn_main"))
    receivers(process.pid, number)
    _, log = process.communicate(timeout=30)
    assert process.returncode == CODES[number]
    assert "Traceback" not in log
    assert log.count("Stopped. The published tables are whole; run the command again to go on.") == 1
    alone.wait_for("end of all its processes", lambda: not alone.processes(), seconds=5)
