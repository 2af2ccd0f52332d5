"""Starts commands with a Prefect home of their own, asks its server, and ends all that runs with it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import pytest

ROOT = Path(__file__).parents[2]

T = TypeVar("T")

Json = Any
"""What the API answers: each test knows what it asks for."""


@dataclass(frozen=True)
class Prefect:
    """A Prefect of its own: a home, perhaps a server, and the processes that belong to it."""

    home: Path
    url: str | None = None

    def environment(self, **extra: str) -> dict[str, str]:
        inherited = {
            name: v for name, v in os.environ.items() if not name.startswith(("PREFECT_", "EXTRACT_"))
        }
        address = {"PREFECT_API_URL": self.url} if self.url else {}
        own = {"PREFECT_HOME": str(self.home), "DO_NOT_TRACK": "1", "OMP_NUM_THREADS": "1"}
        return inherited | own | address | extra

    def run(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m ...` in the project's folder, to its end."""
        return self.python("-m", *arguments, **extra)

    def python(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the project's folder, to its end."""
        command = [sys.executable, *arguments]
        env = self.environment(**extra)
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=240)

    def start(self, *arguments: str, **extra: str) -> "subprocess.Popen[bytes]":
        """Start `python -m ...` in the project's folder; it writes to a log in the home."""
        with (self.home / f"{arguments[1]}.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=self.environment(**extra),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ask(self, path: str, content: Mapping[str, Any] | None = None, method: str | None = None) -> Json:
        """Send a request to the server's API; a POST where there is content, unless told otherwise."""
        body = None if content is None else json.dumps(content).encode()
        kind = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}{path}", body, kind, method=method)
        for _ in range(20):
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE:  # its database is busy: it asks to try again
                    raise
            time.sleep(0.5)
        pytest.fail(f"the server stays busy: {path}\n{self.logs()}")

    def processes(self, word: str = "") -> list[int]:
        """Return the processes that run with this home and have the word in their command line."""
        mark = f"PREFECT_HOME={self.home}".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                ours = mark in (process / "environ").read_bytes().split(b"\0")
                if ours and word.encode() in (process / "cmdline").read_bytes().replace(b"\0", b" "):
                    found.append(int(process.name))
        return found

    def kill(self, word: str = "") -> None:
        """Kill what runs with this home and has the word in its command line."""
        for pid in self.processes(word):
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)

    def logs(self) -> str:
        return "\n".join(f"--- {log.name}\n{log.read_text()[-6000:]}" for log in self.home.glob("*.log"))

    def wait_for(self, what: str, look: Callable[[], T | None], seconds: float = 120) -> T:
        """Return what `look` finds, looking twice a second."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with suppress(OSError):
                if found := look():
                    return found
            time.sleep(0.5)
        pytest.fail(f"no {what} after {seconds} s\n{self.logs()}")
