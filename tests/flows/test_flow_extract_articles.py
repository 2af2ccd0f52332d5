"""The Prefect flow, with the temporary server of a bare machine and against a started server."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Officials in Baghdad met on 3 May 2021.\n", encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\x00\x01" * 50)
    return folder


def environment(home: Path, **extra: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**inherited, "PREFECT_HOME": str(home), "DO_NOT_TRACK": "1", **extra}


def run_flow(inbox: Path, output: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.extract_articles", str(inbox), "--output", str(output)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=240)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (tmp_path / "server.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(tmp_path / "server"), stdout=log, stderr=log
        )
        try:
            wait_until_healthy(url)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_until_healthy(url: str, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"no Prefect server at {url} after {seconds} s")


def test_a_bad_article_does_not_fail_the_flow(inbox: Path, tmp_path: Path) -> None:
    done = run_flow(inbox, tmp_path / "out", environment(tmp_path / "home"))
    assert done.returncode == 1, done.stderr
    assert "1 done, 0 skipped, 1 failed" in done.stdout
    assert "Completed" in done.stderr
    assert "database is locked" not in done.stderr
    assert pd.read_parquet(tmp_path / "out" / "dates").value.tolist() == ["2021-05-03"]


def test_the_flow_reports_to_a_started_server(inbox: Path, tmp_path: Path, server: str) -> None:
    (inbox / "broken.txt").unlink()
    done = run_flow(inbox, tmp_path / "out", environment(tmp_path / "client", PREFECT_API_URL=server))
    assert done.returncode == 0, done.stderr
    json = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{server}/flow_runs/filter", b"{}", json)
    with urllib.request.urlopen(request, timeout=10) as answer:
        runs = pd.read_json(answer)
    assert runs.state_type.tolist() == ["COMPLETED"]


def test_a_missing_input_fails_at_once_without_retries(tmp_path: Path) -> None:
    done = run_flow(tmp_path / "nowhere", tmp_path / "out", environment(tmp_path / "home"))
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Retry" not in done.stderr
